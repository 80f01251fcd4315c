"""The pages of an import, as the office walks them: choose, columns, problems, changes, done, undone."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from shanghui.access.models import AuditEntry, Role
from shanghui.exchange.models import ImportRun, LearnedHeading, RunState
from shanghui.exchange.recognition import SourceFile
from shanghui.exchange.templates_out import TEMPLATES
from shanghui.ledger.people.models import Person
from shanghui.web.imports import going
from shanghui.web.kit.listing import XLSX
from tests.exchange.recognition.books import Formula, identity, workbook
from tests.exchange.test_writing import ledger
from tests.worked_city import BRANCH, CHAMBER, WORKBOOK, city, neighbour

pytestmark = pytest.mark.django_db
HEADINGS = ["姓名", "身份证号码", "所在党组织", "入党时间", "转正时间", "党员类别", "联系电话"]
NUMBER = identity(date(1980, 1, 1), 11)


def _roster(*rows: list[Any]) -> SourceFile:
    return workbook({"党员花名册": [["党员花名册"], HEADINGS, *rows]}, name="花名册.xlsx")


def _member(name: str = "甲新一", number: str = NUMBER, joined: Any = "2010-07-01") -> list[Any]:
    return [name, number, BRANCH, joined, "2011-07-01", "正式党员", "15400006601"]


def _upload(client: Client, *files: SourceFile) -> ImportRun:
    sent = [SimpleUploadedFile(file.name, file.content) for file in files]
    answer = client.post(reverse("import-new"), {"workbooks": sent, "under": city().pk})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return ImportRun.objects.latest("pk")


def _page(client: Client, run: ImportRun, step: str = "") -> str:
    return client.get(reverse("import", kwargs={"run": run.pk}), {"step": step} if step else {}).content.decode()


def _post(client: Client, name: str, run: ImportRun, data: dict[str, Any] | None = None) -> Any:
    return client.post(reverse(name, kwargs={"run": run.pk}), data or {}, follow=True)


def _first_problem(html: str) -> str:
    found = re.search(r'name="problem" value="(\d+-\d+)"', html)
    assert found is not None
    return found.group(1)


def test_from_the_file_to_the_ledger_and_back(editor: Client) -> None:
    before = ledger()
    run = _upload(editor, _roster(_member()))
    shown = _page(editor, run)
    assert "确认写入 1 条" in shown
    assert "数字会跟着变" in shown
    assert ledger() == before

    done = _post(editor, "import-apply", run).content.decode()
    assert "已写入 1 条" in done
    assert "党员数" in done
    assert Person.objects.filter(name="甲新一").exists()

    asked = editor.get(reverse("import-undo", kwargs={"run": run.pk})).content.decode()
    assert "整批撤销" in asked
    undone = _post(editor, "import-undo", run).content.decode()
    assert "已经整批撤销" in undone
    assert ledger() == before


def test_the_same_file_again_says_so(editor: Client) -> None:
    run = _upload(editor, SourceFile(WORKBOOK.name, WORKBOOK.read_bytes()))

    html = _page(editor, run)

    assert "这份文件已经导入过，没有变化" in html
    assert "确认写入" not in html


def test_the_list_shows_state_counts_and_undo(editor: Client) -> None:
    run = _upload(editor, _roster(_member()))
    _post(editor, "import-apply", run)

    html = editor.get(reverse("imports")).content.decode()

    assert "花名册.xlsx" in html
    assert reverse("import-undo", kwargs={"run": run.pk}) in html


def _locked() -> bytes:
    """The smallest compound file that says it is an encrypted workbook."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    head += struct.pack("<IIIIIII", 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE) + struct.pack("<I", 0)
    head += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    head = head[:512].ljust(512, b"\0")
    fat = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *[0xFFFFFFFF] * 126)

    def entry(name: str, kind: int, child: int) -> bytes:
        text = name.encode("utf-16-le")
        body = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        return body + bytes(36) + struct.pack("<IQ", 0xFFFFFFFE, 0)

    return head + fat + entry("Root Entry", 5, 1) + entry("EncryptedPackage", 2, 0xFFFFFFFF) + bytes(256)


BAD_FILES = {
    "not_a_workbook": (SourceFile("照片.xlsx", b"\x89PNG\r\n\x1a\n\x00\x00"), "不是表格文件"),
    "password": (SourceFile("加密.xlsx", _locked()), "取消密码"),
    "nobody_recognises": (workbook({"乱": [["甲", "乙", "丙", "丁"], ["1", "2", "3", "4"], ["4", "5", "6", "7"]]}), "指明各列是什么"),
    "formula": (_roster(_member(joined=Formula("=1/0|#DIV/0!"))), "公式出错（#DIV/0!）"),
    "no_such_day": (_roster(_member(joined="2022-02-30")), "“2022-02-30”这一天不存在"),
    "end_before_beginning": (_roster(_member(joined="2012-07-01")), "先后颠倒"),
    "second_president": (
        workbook({"商会班子": [["商会班子成员"], ["商会名称", "姓名", "职务"], [CHAMBER, "王大一", "会长"], [CHAMBER, "王大二", "会长"]]}),
        "有两位在任的会长",
    ),
    "two_counties": (
        workbook({"商会": [["商会基本情况表"], ["商会名称", "所属县区", "成立时间"], ["云泽市甲新商会", "东岭区", "2010"],
                           ["云泽市甲新商会", "西陵区", "2010"]]}),
        "两处不一致",
    ),
}


@pytest.mark.parametrize("case", BAD_FILES)
def test_bad_input_gets_a_sentence_and_nothing_is_written(editor: Client, case: str) -> None:
    file, sentence = BAD_FILES[case]
    before = ledger()
    run = _upload(editor, file)

    html = _page(editor, run)
    refused = _post(editor, "import-apply", run).content.decode()

    assert sentence in html
    assert "处必须改" in html
    assert "什么都没有写入" in refused
    assert ledger() == before
    run.refresh_from_db()
    assert run.state == RunState.PROPOSED


def test_sixty_megabytes_are_refused_before_they_are_kept(editor: Client) -> None:
    runs = ImportRun.objects.count()
    large = SimpleUploadedFile("大台账.xlsx", b"PK" + bytes(60 * 1024 * 1024))

    answer = editor.post(reverse("import-new"), {"workbooks": [large], "under": city().pk})

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "“大台账.xlsx”有 61 MB，超过 50 MB" in html
    assert "分成几个文件" in html
    assert ImportRun.objects.count() == runs


def test_no_file_and_too_many_files_get_a_sentence(editor: Client) -> None:
    many = [SimpleUploadedFile(f"{n}.csv", b"a") for n in range(150)]

    none = editor.post(reverse("import-new"), {"under": city().pk})
    several = editor.post(reverse("import-new"), {"workbooks": many, "under": city().pk})

    assert "请先选择要导入的文件" in none.content.decode()
    assert "一次最多上传 20 个文件" in several.content.decode()


def test_a_federation_outside_the_scope_cannot_be_chosen(editor: Client) -> None:
    file = SimpleUploadedFile("a.csv", "姓名,入党时间\n".encode())

    answer = editor.post(reverse("import-new"), {"workbooks": [file], "under": neighbour().pk})

    assert answer.status_code == 422


def test_an_unknown_federation_ends_the_command_with_status_2(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("姓名,入党时间\n")

    with pytest.raises(CommandError) as wrong:
        call_command("import_ledger", str(path), "--under", "990999")

    assert wrong.value.returncode == 2
    assert "990999" in str(wrong.value)


def test_several_files_gb18030_among_them_are_one_run(editor: Client) -> None:
    text = "党员花名册,,,\n" + ",".join(HEADINGS) + "\n" + ",".join(_member("甲新䶮", "990100198001010536")) + "\n"
    csv = SourceFile("名册.csv", text.encode("gb18030"))

    run = _upload(editor, csv, _roster(_member()))
    _post(editor, "import-apply", run)

    assert sorted(Person.objects.filter(name__startswith="甲新").values_list("name", flat=True)) == sorted(["甲新一", "甲新䶮"])


def test_confirmed_twice_is_written_once(editor: Client, as_role: Callable[[Role], Client]) -> None:
    run = _upload(editor, _roster(_member()))

    _post(editor, "import-apply", run)
    again = _post(as_role(Role.EDITOR), "import-apply", run).content.decode()

    assert "已经写入过" in again
    assert Person.objects.filter(name="甲新一").count() == 1


def test_a_value_is_put_right_on_the_page(editor: Client) -> None:
    run = _upload(editor, _roster(_member(number="3.20102E+17")))
    html = _page(editor, run)
    assert "先改 1 处，才能往下走" in html

    empty = _post(editor, "import-answer", run, {"problem": _first_problem(html), "answer": "use", "value": " "}).content.decode()
    assert "请先在框里填上正确的内容" in empty
    right = _post(editor, "import-answer", run, {"problem": _first_problem(html), "answer": "use", "value": NUMBER}).content.decode()
    assert "都看过了" in right

    _post(editor, "import-apply", run)
    assert Person.objects.get(name="甲新一").id_number == NUMBER
    gone = _post(editor, "import-answer", run, {"problem": _first_problem(html), "answer": "skip"}).content.decode()
    assert "已经处理过了" in gone


def test_an_ambiguous_year_is_answered_by_a_button(editor: Client) -> None:
    run = _upload(editor, _roster(_member(joined=2009.1)))
    html = _page(editor, run)
    assert "是 2009-10" in html

    _post(editor, "import-answer", run, {"problem": _first_problem(html), "answer": "use:2009-10"})
    _post(editor, "import-apply", run)

    assert Person.objects.get(name="甲新一").joined_on == "2009-10"


def test_rows_with_errors_are_left_out_by_one_button_and_listed_afterwards(editor: Client) -> None:
    run = _upload(editor, _roster(_member(), _member("甲新二", "990100198001010999")))
    sent_back = editor.get(reverse("import", kwargs={"run": run.pk}), {"step": "changes"})
    assert sent_back.status_code == 422
    assert "data-focus" in sent_back.content.decode()

    chosen = _post(editor, "import-answer", run, {"answer": "leave-errors"}).content.decode()
    assert "有错误的行先不导入" in chosen
    done = _post(editor, "import-apply", run).content.decode()

    assert "没有导入" in done
    assert list(Person.objects.filter(name__startswith="甲新").values_list("name", flat=True)) == ["甲新一"]


@pytest.fixture
def twins() -> tuple[Person, Person]:
    """Two of one name in one branch."""
    known = Person.objects.filter(affiliations__organization__unit__name=BRANCH).exclude(id_number=b"").order_by("pk")[0]
    twin = Person.objects.create(name=known.name, kept_by=known.kept_by, initials=known.initials)
    twin.affiliations.create(organization=known.affiliations.all()[0].organization, valid_from=date(2020, 1, 1))
    return known, twin


def test_two_people_of_one_name_are_refused_with_links_to_those_one_may_see(editor: Client, twins: tuple[Person, Person]) -> None:
    known, twin = twins

    run = _upload(editor, _roster([known.name, "", BRANCH, "2010-07-01", "", "正式党员", ""]))

    html = _page(editor, run)
    for person in (known, twin):
        assert reverse("person", kwargs={"person": person.pk}) in html
    assert f"人员{known.pk}" not in html


def test_who_is_meant_is_said_by_a_button_and_taken_back_with_the_run(editor: Client, twins: tuple[Person, Person]) -> None:
    known, twin = twins
    before = ledger()
    run = _upload(editor, _roster([known.name, "", BRANCH, "1999-07-01", "2000-07-01", "正式党员", ""]))
    html = _page(editor, run)
    assert "就是第 2 位" in html

    stranger = Person.objects.exclude(name=known.name).order_by("pk")[0]
    _post(editor, "import-answer", run, {"problem": _first_problem(html), "answer": f"person:{stranger.pk}"})
    assert "就是第 2 位" in _page(editor, run)
    _post(editor, "import-answer", run, {"problem": _first_problem(html), "answer": f"person:{twin.pk}"})
    _post(editor, "import-apply", run)

    assert list(Person.objects.filter(joined_on="1999-07-01")) == [twin]
    _post(editor, "import-undo", run)
    assert ledger() == before


def test_columns_are_matched_on_the_page_and_remembered(editor: Client) -> None:
    rows = [["党员花名册"], ["填报单位：城东商会"], ["姓名", "组织", "入伙日", "类别", "电话"], ["甲新一", BRANCH, "2010-07-01", "正式党员", "15400006601"]]
    file = workbook({"党员花名册": rows})
    run = _upload(editor, file)
    address = reverse("import-mapping", kwargs={"run": run.pk})
    html = editor.get(address).content.decode()
    assert "154****6601" in html
    assert "15400006601" not in html
    chosen = {"at": "t0", "kind": "member", "c-A": "name", "c-B": "branch", "c-C": "joined_on", "c-D": "category", "c-E": "phone"}

    twice = editor.post(address, {**chosen, "c-B": "name"})
    assert twice.status_code == 422
    assert "都选了“姓名”" in twice.content.decode()
    saved = editor.post(address, chosen, follow=True).content.decode()

    assert "下次同样的表直接沿用" in saved
    assert LearnedHeading.objects.filter(sender="城东商会", field="joined_on").exists()
    again = _upload(editor, file)
    assert again.reading["tables"][0]["columns"]["C"] == "joined_on"


def test_an_unknown_sheet_is_named_on_the_page(editor: Client) -> None:
    file = workbook({"名单": [["人员一览"], ["称呼", "哪个组织", "哪天入的"], ["甲新一", BRANCH, "2010-07-01"], ["甲新二", BRANCH, "2011-07-01"]]})
    run = _upload(editor, file)
    address = reverse("import-mapping", kwargs={"run": run.pk})
    assert f"{address}?at=s0" in _page(editor, run)
    assert "先选择这份表是什么" in editor.get(address, {"at": "s0"}).content.decode()
    assert "称呼" in editor.get(address, {"at": "s0", "kind": "member"}).content.decode()

    missing = editor.post(address, {"at": "s0", "kind": "member", "c-B": "branch"})
    assert "还要指明哪一列是“姓名”" in missing.content.decode()
    editor.post(address, {"at": "s0", "kind": "member", "c-A": "name", "c-B": "branch", "c-C": "joined_on"})

    run.refresh_from_db()
    assert run.counts["kinds"]["member"]["new"] == 2


def test_large_files_are_read_and_written_by_jobs(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(going, "SMALL", 0)
    run = _upload(editor, _roster(_member(number="3.20102E+17")))
    html = _page(editor, run)

    kept = _post(editor, "import-answer", run, {"problem": _first_problem(html), "answer": "use", "value": NUMBER}).content.decode()
    assert "还没有重新核对" in kept
    assert "还没有重新核对" in _post(editor, "import-apply", run).content.decode()
    _post(editor, "import-read", run)
    _post(editor, "import-apply", run)

    assert Person.objects.get(name="甲新一").id_number == NUMBER


def test_the_page_of_a_run_that_is_going_shows_progress_and_a_way_to_start_again(editor: Client) -> None:
    run = _upload(editor, _roster(_member()))
    ImportRun.objects.filter(pk=run.pk).update(state=RunState.READING, done=20, total=100)

    html = _page(editor, run)
    part = editor.get(reverse("import-progress", kwargs={"run": run.pk}))
    again = _post(editor, "import-read", run)

    assert 'max="100" value="20"' in html
    assert "重新读取" in html
    assert "HX-Redirect" not in part
    assert "确认写入 1 条" in again.content.decode()
    assert editor.get(reverse("import-progress", kwargs={"run": run.pk}))["HX-Redirect"] == reverse("import", kwargs={"run": run.pk})


def test_the_original_can_be_downloaded_and_that_is_noted(editor: Client) -> None:
    file = _roster(_member())
    run = _upload(editor, file)
    kept = run.files.get()

    answer: HttpResponse = editor.get(reverse("import-file", kwargs={"run": run.pk, "file": kept.pk}))

    assert answer.content == file.content
    assert AuditEntry.objects.filter(verb="下载导入原文件", subject_id=run.pk).count() == 1
    other = _upload(editor, _roster(_member("甲新二", "990100198001010536")))
    assert editor.get(reverse("import-file", kwargs={"run": other.pk, "file": kept.pk})).status_code == 404


def test_every_row_can_be_filtered_and_exported_without_numbers(editor: Client) -> None:
    run = _upload(editor, _roster(_member(), _member("甲新二", "990100198001010999")))
    address = reverse("import-rows", kwargs={"run": run.pk})

    errors = editor.get(address, {"outcome": "error"}).content.decode()
    exported = editor.get(address, {"format": "xlsx"})

    assert "甲新二" in errors
    assert "甲新一" not in errors
    sheet = openpyxl.load_workbook(BytesIO(exported.content)).active
    assert sheet is not None
    text = repr([[cell.value for cell in row] for row in sheet.iter_rows()])
    assert "校验不通过" in text
    assert "990100198001010999" not in text


def test_a_run_is_given_up_before_it_is_written(editor: Client) -> None:
    run = _upload(editor, _roster(_member()))

    _post(editor, "import-discard", run)

    run.refresh_from_db()
    assert run.state == RunState.DISCARDED
    assert "没有写入任何内容" in _page(editor, run)


def test_undo_that_something_depends_on_is_refused_with_its_name(editor: Client) -> None:
    first = _upload(editor, _roster(_member()))
    _post(editor, "import-apply", first)
    second = _upload(editor, _roster([*_member()[:6], "15400006699"]))
    _post(editor, "import-apply", second)

    refused = _post(editor, "import-undo", first)

    assert "不能撤销" in refused.content.decode()
    assert "甲新一" in refused.content.decode()
    assert Person.objects.filter(name="甲新一").exists()


def test_pages_ask_the_database_a_fixed_number_of_times(editor: Client, django_assert_max_num_queries: Any) -> None:
    run = _upload(editor, _roster(*[_member(f"甲新{n}", "3.20102E+17") for n in range(30)]))
    with django_assert_max_num_queries(14):
        editor.get(reverse("imports"))
    with django_assert_max_num_queries(16):
        _page(editor, run)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", list(TEMPLATES))
def test_every_template_is_offered_and_comes_filled(editor: Client, kind: str) -> None:
    address = reverse("import-template", kwargs={"kind": kind})

    assert address in editor.get(reverse("import-new")).content.decode()
    answer = editor.get(address)

    assert answer["Content-Type"] == XLSX
    assert answer.content.startswith(b"PK")
    assert AuditEntry.objects.latest("pk").verb == "导出"


@pytest.mark.django_db
def test_a_template_that_is_none_is_404(editor: Client) -> None:
    assert editor.get(reverse("import-template", kwargs={"kind": "nothing"})).status_code == 404
