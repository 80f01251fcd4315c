"""Pages of comparisons: uploaded, worked through field by field, taken back, closed; bad input says what to do (M50)."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from shanghui.access.models import AuditEntry, Role
from shanghui.exchange.models import ImportRun
from shanghui.exchange.recognition import SourceFile
from shanghui.exchange.reconciling.jobs import compare_now
from shanghui.exchange.reconciling.models import Comparison, ComparisonState, Verdict
from shanghui.ledger.people.models import Person
from shanghui.web.comparisons import acting
from tests.exchange.reconciling.spoiled import compared, exported, put
from tests.web.somebody import NUMBER, OTHER, number, somebody, text_of
from tests.worked_city import AT, BRANCH, city, neighbour

pytestmark = pytest.mark.django_db
PEOPLE = "members-national"


def at(name: str, row: Comparison, **more: int) -> str:
    return reverse(name, kwargs={"comparison": row.pk, **more})


def fang(*, education: str = "大学", more: str = "") -> Comparison:
    """A comparison in which 方云泽 differs by his education, and 司徒新来 stands only there."""
    somebody()
    text = f"姓名,公民身份号码,所在党支部,学历\n方云泽,{NUMBER},{BRANCH},{education}\n司徒新来,{number('006')},{BRANCH},大专\n{more}"
    return compared(SourceFile("全国系统.csv", text.encode()), PEOPLE)


def upload(client: Client, content: bytes, name: str = "表.csv", **more: Any) -> Any:
    form = {"file": SimpleUploadedFile(name, content), "layout": PEOPLE, "under": city().pk, "day": "2022-06-30"} | more
    return client.post(reverse("comparison-new"), form)


def test_without_any_the_list_says_how_to_begin(editor: Client) -> None:
    assert "还没有比对过" in text_of(editor.get(reverse("comparisons")))


def test_a_workbook_is_uploaded_compared_and_listed(editor: Client) -> None:
    def change(sheet: Worksheet) -> None:
        put(sheet, 0, "学历", "博士研究生")

    answer = upload(editor, exported(PEOPLE, change).content, "国库.xlsx")

    row = Comparison.objects.get()
    assert answer["Location"] == at("comparison", row)
    shown = text_of(editor.get(answer["Location"]))
    assert "博士研究生" in shown
    assert "361 人" in shown
    assert "国库.xlsx" in text_of(editor.get(reverse("comparisons")))
    assert AuditEntry.objects.filter(verb="上传比对文件", subject_id=row.pk).exists()


@pytest.mark.parametrize(("content", "said"), [
    (b"\x00\x01\x02", "没有比成"), ("天气,温度\n晴,20\n".encode(), "没有认出"), ("姓名,所在党支部\n".encode(), "没有一行记录"),
    ("姓名,所在党支部\n方临江,临江市茶叶商会党支部\n".encode(), "没有一行在本单位"),
])
def test_a_file_that_cannot_be_compared_says_what_to_do(editor: Client, content: bytes, said: str) -> None:
    answer = upload(editor, content)

    shown = text_of(editor.get(answer["Location"]))
    assert "没有比成" in shown
    assert said in shown
    assert "请" in Comparison.objects.get().message


@pytest.mark.parametrize(("more", "said"), [
    ({"file": ""}, "请选文件"), ({"layout": "x"}, "x"), ({"day": "6月30"}, "日期写成"), ({"day": "2099-01-01"}, "还没有到"), ({"under": 0}, ""),
    ({"layout": "party-statistics-social"}, ""),
])
def test_bad_input_is_refused_with_its_reason(editor: Client, more: dict[str, Any], said: str) -> None:
    answer = upload(editor, b"x", **more)

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert not Comparison.objects.exists()


def test_another_office_is_not_offered(editor: Client) -> None:
    assert upload(editor, b"x", under=neighbour().pk).status_code == 422


def test_theirs_is_accepted_after_a_look_and_taken_back(editor: Client) -> None:
    row = fang()
    cell = row.cells.get()
    where = f"{at('comparison-accept', row)}?cell={cell.pk}&back=kind%3Ddifferent"
    assert "方云泽 学历：（空） → 大学" in text_of(editor.get(where))

    answer = editor.post(where, {"since": "2022-07-01"})

    assert answer["Location"] == f"{at('comparison', row)}?kind=different"
    assert Person.objects.get(name="方云泽").education == "大学"
    shown = text_of(editor.get(answer["Location"]))
    assert "采用了 1 处" in shown
    assert "已采用对方" in shown
    editor.post(at("comparison-undo", row, acceptance=row.acceptances.get().pk))
    assert Person.objects.get(name="方云泽").education == ""
    assert "已撤销" in text_of(editor.get(at("comparison", row)))


@pytest.mark.parametrize(("since", "said"), [("", "请填"), ("2099-01-01", "还没有到"), ("昨天", "日期写成")])
def test_a_day_that_is_none_is_refused(editor: Client, since: str, said: str) -> None:
    row = fang()

    answer = editor.post(f"{at('comparison-accept', row)}?column=education", {"since": since})

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert Person.objects.get(name="方云泽").education == ""


def test_a_whole_column_is_accepted_at_once(editor: Client) -> None:
    def change(sheet: Worksheet) -> None:
        for place in range(50):
            put(sheet, place, "学历", "博士研究生")

    row = compared(exported(PEOPLE, change), PEOPLE)
    assert "这一列全部采用对方的（50 处）" in text_of(editor.get(f"{at('comparison', row)}?column=education"))

    editor.post(f"{at('comparison-accept', row)}?column=education", {"since": "2022-07-01"})

    assert Person.objects.filter(education="博士研究生").count() == 50


def test_a_large_column_is_accepted_in_the_background(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    row = fang()
    monkeypatch.setattr(acting, "MANY", 0)

    answer = editor.post(f"{at('comparison-accept', row)}?column=education", {"since": "2022-07-01"}, follow=True)

    assert "后台采用了 1 处" in text_of(answer)
    assert Person.objects.get(name="方云泽").education == "大学"
    editor.post(at("comparison-undo", row, acceptance=row.acceptances.get().pk))
    Person.objects.filter(name="方云泽").update(education="研究生")
    refused = editor.post(f"{at('comparison-accept', row)}?column=education", {"since": "2022-07-01"}, follow=True)
    assert "一处都没有采用" in text_of(refused)


@pytest.mark.parametrize("asked", ["", "cell=", "cell=x", "cell=999999999", "column=nothing", "cell=99999999999999999999999"])
@pytest.mark.parametrize("name", ["comparison-accept", "comparison-keep", "comparison-ask-again", "comparison-note", "comparison-import", "comparison-settle"])
def test_nothing_chosen_leads_back_with_a_word(editor: Client, name: str, asked: str) -> None:
    row = fang()

    answer = editor.get(f"{at(name, row)}?{asked}", follow=True)

    assert answer.status_code == 200
    assert "没有选到" in text_of(answer) or "没有写过" in text_of(answer)


def test_ours_is_kept_with_a_reason_and_asked_again(editor: Client) -> None:
    row = fang()
    where = f"{at('comparison-keep', row)}?cell={row.cells.get().pk}"
    assert "请填为什么" in text_of(editor.post(where, {"reason": ""}))

    editor.post(where, {"reason": "以毕业证书为准"})

    assert "以毕业证书为准" in text_of(editor.get(at("comparison", row)))
    editor.post(f"{at('comparison-ask-again', row)}?cell={row.cells.get().pk}")
    assert row.cells.get().state == "open"


def test_a_line_only_there_is_noted_or_becomes_an_import(editor: Client) -> None:
    row = fang()
    line = row.lines.get(verdict=Verdict.THEIRS)
    editor.post(f"{at('comparison-note', row)}?line={line.pk}", {"word": "关系还没转来"})
    assert "关系还没转来" in text_of(editor.get(f"{at('comparison', row)}?kind=theirs"))

    answer = editor.post(f"{at('comparison-import', row)}?line={line.pk}")

    run = ImportRun.objects.latest("pk")
    assert answer["Location"] == reverse("import", kwargs={"run": run.pk})
    assert run.state == "proposed"
    assert answer["Location"] in text_of(editor.get(f"{at('comparison', row)}?kind=theirs"))


def test_a_row_left_open_is_settled_by_a_person(editor: Client) -> None:
    person = somebody()
    row = compared(SourceFile("全国系统.csv", f"姓名,所在党支部,学历\n方云泽,{OTHER},大学\n".encode()), PEOPLE)
    shown = text_of(editor.get(f"{at('comparison', row)}?kind=unclear"))
    where = f"{at('comparison-settle', row)}?line={row.lines.get(verdict=Verdict.UNCLEAR).pk}&record={person.pk}"
    assert where.replace("&", "&amp;") in shown
    assert "就是台账里的" in text_of(editor.get(where))

    editor.post(where)

    assert row.cells.count() == 2
    assert "没有选到行" in text_of(editor.get(where, follow=True))


def test_it_is_narrowed_by_kind_column_state_and_text(editor: Client) -> None:
    row = fang()

    assert "方云泽" in text_of(editor.get(f"{at('comparison', row)}?kind=different&column=education&done=waiting"))
    assert "没有符合条件的" in text_of(editor.get(f"{at('comparison', row)}?kind=different&done=done"))
    assert editor.post(at("comparison", row), {"q": "方云", "kind": "different"})["Location"].endswith("q=%E6%96%B9%E4%BA%91&kind=different")
    assert "方云泽" in text_of(editor.get(f"{at('comparison', row)}?kind=different&q=方云"))
    assert "没有这一种" in text_of(editor.get(f"{at('comparison', row)}?kind=unclear"))
    assert editor.get(f"{at('comparison', row)}?kind=x&column=x&done=x&page=99").status_code == 200


def test_numbers_are_nowhere_in_full(editor: Client) -> None:
    row = fang(more=f"方云择,{NUMBER},{BRANCH},大专\n")
    shown = "".join(text_of(editor.get(f"{at('comparison', row)}?kind={kind}")) for kind in Verdict.values)

    assert NUMBER not in shown
    assert number("006") not in shown
    assert f"{number('006')[:6]}********" in shown


def test_the_result_is_a_workbook_and_noted(editor: Client) -> None:
    row = fang()

    answer = editor.get(at("comparison-workbook", row))

    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    cells = [[str(cell or "") for cell in line] for line in sheet.iter_rows(min_row=4, values_only=True)]
    assert ["不同", "方云泽", "学历", "大学", "待办"] in [[line[0], line[1], line[4], line[6], line[7]] for line in cells]
    assert number("006") not in str(cells)
    assert AuditEntry.objects.filter(verb="导出", subject_id=row.pk).exists()


def test_it_is_closed_with_what_is_left_and_opened_again(editor: Client) -> None:
    row = fang()
    assert "行没有办" in text_of(editor.get(at("comparison-close", row)))

    editor.post(at("comparison-close", row))

    shown = text_of(editor.get(at("comparison", row)))
    assert "已办结" in shown
    assert 'name="cell"' not in shown
    refused = editor.post(f"{at('comparison-accept', row)}?column=education", {"since": "2022-07-01"})
    assert (refused.status_code, "已经办结" in text_of(refused)) == (422, True)
    editor.post(at("comparison-reopen", row))
    row.refresh_from_db()
    assert row.state == ComparisonState.OPEN


def test_while_it_is_compared_the_page_waits_and_then_loads_anew(editor: Client) -> None:
    row = fang()
    row.lines.all().delete()
    Comparison.objects.filter(pk=row.pk).update(state=ComparisonState.READING, counts={"done": 10, "total": 20})
    assert "正在比对" in text_of(editor.get(at("comparison", row)))
    assert "10 / 20" in text_of(editor.get(at("comparison-progress", row)))

    editor.post(at("comparison-read", row))

    row.refresh_from_db()
    assert row.state == ComparisonState.OPEN
    assert editor.get(at("comparison-progress", row))["HX-Redirect"] == at("comparison", row)
    compare_now(row.pk, AT)
    assert row.lines.filter(verdict=Verdict.DIFFERENT).count() == 1


def test_a_secretary_and_a_reader_have_no_part_in_it(as_role: Callable[[Role], Client]) -> None:
    row = fang()

    assert as_role(Role.READER).get(at("comparison", row)).status_code == 403
    assert as_role(Role.SECRETARY).get(at("comparison", row)).status_code == 403


def test_the_result_asks_a_fixed_number_of_queries(editor: Client, django_assert_max_num_queries: Callable[..., Any]) -> None:
    def change(sheet: Worksheet) -> None:
        for place in range(362):
            put(sheet, place, "学历", "博士研究生")
            put(sheet, place, "民族", "满族")

    row = compared(exported(PEOPLE, change), PEOPLE)
    editor.get(at("comparison", row))

    with django_assert_max_num_queries(14):
        editor.get(at("comparison", row))
