"""A run from upload to undo: answers, confirmation, memory, and what is never kept in the clear."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection

from shanghui.access.models import AuditEntry, Role
from shanghui.exchange import writing
from shanghui.exchange.answering import answer, learned_for, leave_errors_out, map_columns
from shanghui.exchange.answers import SEEN, SKIP, VALUE, Answer, Place
from shanghui.exchange.jobs import apply_now, read_now
from shanghui.exchange.models import ImportRow, ImportRun, RunState
from shanghui.exchange.operations import confirm, discard, imported_before, propose, undo_run, upload
from shanghui.exchange.recognition import SourceFile
from shanghui.kernel.refusals import Refused
from shanghui.ledger.organizations.models import Chamber
from shanghui.ledger.people.models import Person
from shanghui.ledger.people.operations import change_person
from tests.exchange.recognition.books import credit_code, identity, workbook
from tests.exchange.test_writing import ledger
from tests.worked_city import AT, BRANCH, CHAMBER, TODAY, city, named, user

pytestmark = pytest.mark.django_db
SHEET = "党员花名册"
HEADINGS = ["姓名", "性别", "身份证号码", "所在党组织", "入党时间", "转正时间", "党员类别", "联系电话"]


def _member(name: str, number: str, joined: str = "2010-07-01", phone: str = "15400006601") -> list[str]:
    return [name, "", number, BRANCH, joined, "2011-07-01", "正式党员", phone]


def _number(serial: int) -> str:
    return identity(date(1980, 1, 1), serial)


def _roster(*rows: list[str], name: str = "花名册.xlsx") -> SourceFile:
    return workbook({SHEET: [["党员花名册"], HEADINGS, *rows]}, name=name)


def _proposed(*files: SourceFile) -> ImportRun:
    run = upload(files=files, under=city(), by=user(Role.EDITOR), at=AT)
    propose(run=run, today=TODAY)
    return run


def _confirmed(run: ImportRun, skip_errors: bool = False) -> dict[str, int]:
    return confirm(run=run, by=user(Role.EDITOR), today=TODAY, at=AT, skip_errors=skip_errors)


def _problem(run: ImportRun, kind: str) -> tuple[ImportRow, int, dict[str, Any]]:
    for row in run.rows.order_by("pk"):
        for number, problem in enumerate(row.detail["problems"]):
            if problem["kind"] == kind:
                return row, number, problem
    raise AssertionError(kind)


def _say(run: ImportRun, kind: str, do: str, value: str = "") -> None:
    row, number, problem = _problem(run, kind)
    place = Place(row.file, row.sheet, row.row) if do == SKIP else Place(row.file, row.sheet, problem["row"], problem.get("column"))
    answer(run=run, row=row, number=number, given=Answer(do, place, value=value, problem=problem["kind"] if do == SEEN else ""))
    run.refresh_from_db()
    propose(run=run, today=TODAY)


def test_confirmed_same_again_and_undone_row_for_row() -> None:
    before = ledger()
    run = _proposed(_roster(_member("甲新一", _number(11)), _member("甲新二", _number(12))))
    assert ledger() == before

    _confirmed(run)
    again = _proposed(_roster(_member("甲新一", _number(11)), _member("甲新二", _number(12))))

    assert again.counts["kinds"]["member"] == {"new": 0, "changed": 0, "same": 2}
    assert Person.objects.filter(name__startswith="甲新").count() == 2
    undo_run(run=run, by=None, at=AT)
    assert ledger() == before


def test_somebody_in_the_lists_of_two_years_is_one_new_person() -> None:
    rows = [["党员花名册"], HEADINGS, _member("甲新一", _number(11))]

    run = _proposed(workbook({"2021年": rows, "2022年": rows}))
    _confirmed(run)

    assert run.counts["kinds"]["member"] == {"new": 1, "changed": 0, "same": 1}
    assert run.counts["problems"].keys() <= {"info"}
    assert Person.objects.filter(name="甲新一").count() == 1


def test_the_same_file_is_known_by_its_digest_as_long_as_it_holds() -> None:
    file = _roster(_member("甲新一", _number(11)))
    run = _proposed(file)
    _confirmed(run)
    again = _proposed(file)

    assert imported_before(again) == run
    undo_run(run=run, by=None, at=AT)
    assert imported_before(again) is None


def test_figures_before_and_after_are_kept() -> None:
    run = _proposed(_roster(_member("甲新一", _number(11))))

    _confirmed(run)

    moved = {code: (before, after) for code, _, before, after in run.counts["figures"]}
    before, after = moved["members.total"]
    assert int(after) == int(before) + 1


def test_what_becomes_of_the_figures_is_foreseen_and_not_written() -> None:
    before = ledger()
    run = upload(files=[_roster(_member("甲新一", _number(11)))], under=city(), by=None, at=AT)
    read_now(run.pk, TODAY)
    run.refresh_from_db()
    assert ledger() == before

    _confirmed(run)

    assert run.counts["foreseen"] == run.counts["figures"] != []


def test_a_blank_never_overwrites() -> None:
    person = Person.objects.exclude(workplace="").filter(affiliations__organization__unit__name=BRANCH).exclude(id_number=b"").first()
    assert person is not None
    row = [person.name, "", person.id_number, BRANCH, "", "", "", ""]

    run = _proposed(_roster(row))
    if run.counts["kinds"]["member"]["changed"]:
        _confirmed(run)

    kept = Person.objects.get(pk=person.pk)
    assert (kept.workplace, kept.joined_on, kept.phone, kept.gender) == (person.workplace, person.joined_on, person.phone, person.gender)


def test_errors_hold_the_confirmation_until_they_are_left_out() -> None:
    before = ledger()
    run = _proposed(_roster(_member("甲新一", _number(11)), _member("甲新二", "990100198001010999")))

    with pytest.raises(Refused, match="1处错误"):
        _confirmed(run)
    assert ledger() == before

    leave_errors_out(run=run, chosen=True)
    run.refresh_from_db()
    _confirmed(run, skip_errors=run.skip_errors)
    assert list(Person.objects.filter(name__startswith="甲新").values_list("name", flat=True)) == ["甲新一"]


def test_a_corrected_cell_is_read_as_corrected() -> None:
    run = _proposed(_roster(_member("甲新一", "3.20102E+17")))

    _say(run, "id_precision_lost", VALUE, _number(11))

    assert run.counts["kinds"]["member"]["new"] == 1
    assert not run.counts["problems"].get("error")
    _confirmed(run)
    assert Person.objects.get(name="甲新一").id_number == _number(11)


def test_a_row_left_out_is_neither_planned_nor_spoken_of() -> None:
    run = _proposed(_roster(_member("甲新一", _number(11)), _member("甲新二", _number(12), joined="2022-02-30")))

    _say(run, "date_invalid", SKIP)

    assert not run.counts["problems"].get("error")
    assert [row.title for row in run.rows.all()] == ["甲新一"]


def test_of_two_rows_about_one_person_either_may_be_left_out() -> None:
    run = _proposed(_roster(_member("甲新一", _number(11)), _member("甲新一", _number(11), joined="2010-09-01")))
    row, number, problem = _problem(run, "duplicate_person")
    first = Place(row.file, row.sheet, problem["other_row"])

    answer(run=run, row=row, number=number, given=Answer(SKIP, first))
    run.refresh_from_db()
    propose(run=run, today=TODAY)

    assert not run.counts["problems"].get("error")
    _confirmed(run)
    assert Person.objects.get(name="甲新一").joined_on == "2010-09-01"


def test_a_warning_that_was_seen_is_settled_also_after_another_reading() -> None:
    run = _proposed(_roster(_member("甲新一", _number(11), phone="1540000")))
    assert run.counts["problems"]["warning"] == 1

    _say(run, "phone_invalid", SEEN)

    assert run.counts["problems"] == {"seen": 1}
    assert run.rows.get().worst == ""


def test_numbers_of_people_are_nowhere_in_the_clear() -> None:
    wrong, right, phone = "990100198001010999", _number(11), "15400006601"
    run = _proposed(_roster(_member("甲新一", wrong, phone=phone), _member("甲新二", _number(12), phone=f"{phone}/15400006602")))
    _say(run, "id_check_digit", VALUE, right)
    _confirmed(run)
    again = _proposed(_roster(_member("甲新二", _number(12), phone="15400006603")))
    _confirmed(again)

    tables = ("exchange_importrun", "exchange_importrow", "access_auditentry", "exchange_learnedheading")
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT * FROM {table}")
            text = repr([[bytes(v) if isinstance(v, memoryview) else v for v in row] for row in cursor.fetchall()])
            for secret in (wrong, right, _number(12), phone, "15400006602", "15400006603"):
                assert secret not in text, (table, secret)
    assert right in run.corrections


def test_the_original_is_kept_for_the_office_alone() -> None:
    run = _proposed(_roster(_member("甲新一", _number(11))))
    kept = run.files.get()

    path = Path(kept.stored.path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert len(kept.sha256) == 64


def test_undo_is_refused_when_a_later_change_depends_on_it_and_names_it() -> None:
    run = _proposed(_roster(_member("甲新一", _number(11))))
    _confirmed(run)
    change_person(person=Person.objects.get(name="甲新一"), by=None, at=AT, workplace="云泽市新厂")

    with pytest.raises(Refused, match="甲新一"):
        undo_run(run=run, by=None, at=AT)

    run.refresh_from_db()
    assert run.state == RunState.APPLIED
    assert Person.objects.filter(name="甲新一").exists()


def test_a_run_is_written_once() -> None:
    run = _proposed(_roster(_member("甲新一", _number(11))))
    stale = ImportRun.objects.get(pk=run.pk)
    _confirmed(run)

    with pytest.raises(Refused):
        _confirmed(stale)

    assert Person.objects.filter(name="甲新一").count() == 1


def test_what_changed_since_the_dry_run_is_shown_again_and_not_written() -> None:
    first, second = (_proposed(_roster(_member("甲新一", _number(11)), _member("甲新二", _number(12)))) for _ in range(2))
    _confirmed(first)
    before = ledger()

    with pytest.raises(Refused, match="又有了改动"):
        _confirmed(second)

    second.refresh_from_db()
    assert (second.state, second.counts["kinds"]["member"]["same"]) == (RunState.PROPOSED, 2)
    assert ledger() == before


@pytest.mark.parametrize("fault", [OperationalError("disk"), KeyError("ours")])
def test_a_fault_in_the_middle_writes_nothing_and_can_be_tried_again(monkeypatch: pytest.MonkeyPatch, fault: Exception) -> None:
    before, entries = ledger(), AuditEntry.objects.exclude(changes=[]).count()
    run = _proposed(_roster(_member("甲新一", _number(11))))
    ImportRun.objects.filter(pk=run.pk).update(state=RunState.APPLYING)

    def broken(*args: Any, **more: Any) -> None:
        raise fault

    with monkeypatch.context() as patched:
        patched.setattr(writing, "_audit", broken)
        apply_now(run.pk, user(Role.EDITOR).pk, TODAY, AT, False)

    run.refresh_from_db()
    assert (run.state, ledger() == before) == (RunState.PROPOSED, True)
    assert "台账没有变化" in run.message
    assert AuditEntry.objects.exclude(changes=[]).count() == entries
    _confirmed(run)
    assert Person.objects.filter(name="甲新一").exists()


def test_jobs_done_again_do_nothing_more() -> None:
    run = upload(files=[_roster(_member("甲新一", _number(11)))], under=city(), by=None, at=AT)
    read_now(run.pk, TODAY)
    read_now(run.pk, TODAY)
    ImportRun.objects.filter(pk=run.pk).update(state=RunState.APPLYING)
    apply_now(run.pk, user(Role.EDITOR).pk, TODAY, AT, False)
    apply_now(run.pk, user(Role.EDITOR).pk, TODAY, AT, False)

    run.refresh_from_db()
    assert (run.state, run.rows.count(), Person.objects.filter(name="甲新一").count()) == (RunState.APPLIED, 1, 1)


def test_a_mapping_is_remembered_for_the_sender_and_nobody_else() -> None:
    def file(sender: str) -> SourceFile:
        rows = [["党员花名册"], [f"填报单位：{sender}"], ["姓名", "组织", "入伙日", "类别"], ["甲新一", BRANCH, "2010-07-01", "正式党员"]]
        return workbook({SHEET: rows})

    run = _proposed(file("城东商会"))
    table = run.reading["tables"][0]
    assert table["columns"]["C"] is None

    map_columns(run=run, file="book.xlsx", sheet=SHEET, kind="", columns={"C": "joined_on"}, headings={"入伙日": "joined_on"})
    run.refresh_from_db()
    propose(run=run, today=TODAY)

    assert run.reading["tables"][0]["columns"]["C"] == "joined_on"
    assert learned_for("城东商会") == {"入伙日": "joined_on"}
    assert _proposed(file("城东商会")).reading["tables"][0]["columns"]["C"] == "joined_on"
    assert _proposed(file("城西商会")).reading["tables"][0]["columns"]["C"] is None


def test_a_sheet_nobody_recognises_is_read_when_its_columns_are_named_and_so_the_next_time() -> None:
    file = workbook({"名单": [["人员一览"], ["称呼", "哪个组织", "哪天入的"], ["甲新一", BRANCH, "2010-07-01"], ["甲新二", BRANCH, "2011-07-01"]]})
    run = _proposed(file)
    assert run.counts["problems"]["error"] == 1

    columns: dict[str, str | None] = {"A": "name", "B": "branch", "C": "joined_on"}
    headings = {"称呼": "name", "哪个组织": "branch", "哪天入的": "joined_on"}
    map_columns(run=run, file=file.name, sheet="名单", kind="member", columns=columns, headings=headings)
    run.refresh_from_db()
    propose(run=run, today=TODAY)

    assert run.counts["kinds"] == {"member": {"new": 2, "changed": 0, "same": 0}}
    assert _proposed(file).counts["kinds"]["member"]["new"] == 2


def test_a_column_left_out_stays_out_the_next_time() -> None:
    file = _roster(_member("甲新一", _number(11)))
    run = _proposed(file)

    map_columns(run=run, file=file.name, sheet=SHEET, kind="", columns={"H": None}, headings={"联系电话": ""})

    assert _proposed(file).reading["tables"][0]["columns"]["H"] is None


def test_dues_are_recognised_and_not_kept() -> None:
    before = ledger()
    run = _proposed(workbook({"党费": [["党费收缴表"], ["姓名", "所在党组织", "月份", "缴费金额"], ["王一", BRANCH, "2022-01", "20"]]}))

    assert [row.outcome for row in run.rows.all()] == ["unkept"]
    assert not run.counts["problems"].get("warning")
    assert ledger() == before


def test_an_error_in_a_sheet_on_its_side_leaves_only_its_own_record_out() -> None:
    rows = [
        ["商会名称", "云泽市甲新商会", "云泽市乙新商会", "云泽市丙新商会"], ["统一社会信用代码", credit_code(9001), credit_code(9002), credit_code(9003)],
        ["成立时间", "2010-01-01", "2022-02-30", "2011-03-01"], ["会员企业数", "30", "40", "50"],
    ]
    run = _proposed(workbook({"商会": rows}))

    leave_errors_out(run=run, chosen=True)
    _confirmed(run, skip_errors=True)

    made = Chamber.objects.filter(unit__name__contains="新商会").values_list("unit__name", flat=True)
    assert sorted(made) == ["云泽市丙新商会", "云泽市甲新商会"]


def test_a_chamber_found_by_its_code_under_another_name_is_told() -> None:
    known = Chamber.objects.get(unit=named(CHAMBER))
    run = _proposed(workbook({"商会": [["商会基本情况表"], ["商会名称", "统一社会信用代码", "成立时间"], ["另一个商会", known.credit_code, "2010"]]}))

    assert "按同一家处理" in _problem(run, "value_conflict")[2]["message"]


def test_a_discarded_run_keeps_the_file_and_nothing_else() -> None:
    run = _proposed(_roster(_member("甲新一", "3.20102E+17")))
    _say(run, "id_precision_lost", VALUE, _number(11))

    discard(run=run, by=user(Role.EDITOR), at=AT)

    run.refresh_from_db()
    assert (run.state, run.rows.count(), run.corrections, run.files.count()) == (RunState.DISCARDED, 0, "", 1)
    with pytest.raises(Refused):
        _confirmed(run)


def test_what_a_run_keeps_of_a_reading_can_be_stored_as_json() -> None:
    run = _proposed(SourceFile("空.csv", "姓名,入党时间\n".encode("gb18030")), _roster(_member("甲新一", _number(11))))

    json.dumps([run.reading, run.counts, run.mapping])


@pytest.mark.django_db
def test_every_import_keeps_which_figures_it_moved_however_it_was_confirmed() -> None:
    run = ImportRun.objects.filter(state=RunState.APPLIED).earliest("pk")

    moved = {code: (before, after) for code, _, before, after in run.counts["figures"]}

    assert moved["coverage.organization"] == ("—", "85.0%（34/40）")
    assert moved["members.total"] == ("0", "362")
