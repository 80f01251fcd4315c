"""What an import writes, and that undoing it leaves every row of the ledger as it was."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.apps import apps
from django.db import connection

from shanghui.access.models import AuditEntry, Unit
from shanghui.access.restoring import CHUNK, CannotUndo
from shanghui.exchange.models import ImportRun
from shanghui.exchange.operations import apply_plan, counts_of, propose, undo_run, upload
from shanghui.exchange.planning import Plan
from shanghui.exchange.recognition import SourceFile
from shanghui.kernel.codes import id_check_digit
from shanghui.ledger.people.models import MembershipRecord, Person
from shanghui.ledger.people.operations import change_person
from tests import worked_city
from tests.exchange.recognition.books import workbook

pytestmark = pytest.mark.django_db
ROOMS = ("access", "organizations", "people", "activities", "programs")
KEPT = {"access_auditentry", "access_user"}
HEADINGS = ["姓名", "性别", "公民身份号码", "所在党组织", "入党时间", "转正时间", "党员类别", "学历", "联系电话"]
NEW = ["甲新立", "男", "990100198001010536", worked_city.BRANCH, "2010-07-01", "2011-07-01", "正式党员", "大专", "15400000001"]


def ledger() -> dict[str, set[tuple[Any, ...]]]:
    """Every row of every ledger table, as it is stored."""
    tables = [model._meta.db_table for room in ROOMS for model in apps.get_app_config(room).get_models()]
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(set(tables) - KEPT):
            cursor.execute(f"SELECT * FROM {table}")
            skip = [place for place, column in enumerate(cursor.description) if table == "access_reach" and column[0] == "id"]
            found[table] = {
                tuple(bytes(value) if isinstance(value, memoryview) else value for place, value in enumerate(row) if place not in skip)
                for row in cursor.fetchall()
            }
    return found


def roster(*rows: Iterable[Any]) -> SourceFile:
    """A roster with these rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["党员花名册"], HEADINGS, *rows):
        sheet.append(list(row))
    target = BytesIO()
    book.save(target)
    return SourceFile("花名册.xlsx", target.getvalue())


def brought_in(file: SourceFile, under: Unit | None = None) -> tuple[ImportRun, Plan]:
    run = upload(files=[file], under=under or worked_city.city(), by=None, at=worked_city.AT)
    made = propose(run=run, today=worked_city.TODAY)
    apply_plan(run=run, made=made, at=worked_city.AT, skip_errors=False)
    return run, made


def somebody(number: int) -> list[str]:
    """One of many new people, in one of two new branches."""
    first = f"9905{number // 1000:02d}19800101{number % 1000:03d}"
    gender = "男" if number % 2 else "女"
    branch = f"云泽市{'花木' if number % 3 else '茶叶'}商会党支部"
    return [f"丁{chr(0x4E00 + number)}", gender, first + id_check_digit(first), branch, "2010-07-01", "2011-07-01", "正式党员", "", ""]


def whole_city() -> SourceFile:
    return SourceFile(worked_city.WORKBOOK.name, worked_city.WORKBOOK.read_bytes())


def outcomes(made: Plan) -> set[str]:
    return {one.outcome for one in made.planned}


def test_the_same_workbook_again_changes_nothing() -> None:
    before = ledger()

    _, made = brought_in(whole_city())

    assert (outcomes(made), ledger()) == ({"same"}, before)


def test_what_adds_to_a_record_of_the_same_files_is_new_and_a_chamber_in_two_lists_is_one() -> None:
    lists = workbook({
        "商会": [["商会基本情况表"], ["商会名称", "成立时间", "会长", "会员企业数"], ["云泽市竹艺商会", "2012-03-01", "欧阳竹", 55]],
        "登记": [["社会组织登记情况表"], ["社会组织名称", "会长", "业务主管单位", "住所"], ["云泽市竹艺商会", "欧阳竹", "市工商联", "竹林路1号"]],
        "名册": [["党员花名册"], ["姓名", "党支部", "入党时间", "商会", "商会职务"], ["欧阳竹", "云泽市竹艺商会党支部", "2010.3", "云泽市竹艺商会", "会长"]],
        "班子": [["商会班子成员表"], ["商会名称", "姓名", "职务", "政治面貌"], ["云泽市竹艺商会", "欧阳竹", "会长", "中共党员"]],
    })  # fmt: skip

    _, made = brought_in(lists)

    assert counts_of(made) == {
        "chamber": {"new": 1, "changed": 1, "same": 0}, "member": {"new": 1, "changed": 0, "same": 0},
        "appointment": {"new": 1, "changed": 0, "same": 0},
    }  # fmt: skip


def test_undoing_a_large_roster_with_new_branches_leaves_the_ledger_as_it_was() -> None:
    before = ledger()

    run, made = brought_in(roster(*(somebody(number) for number in range(CHUNK + 50))))
    assert outcomes(made) == {"new"}
    assert ledger() != before
    undo_run(run=run, by=None, at=worked_city.AT)

    assert ledger() == before


def test_undoing_corrections_to_the_roster_leaves_the_ledger_as_it_was() -> None:
    before = ledger()
    book = openpyxl.load_workbook(BytesIO(whole_city().content))
    for other in set(book.sheetnames) - {"党员花名册"}:
        del book[other]
    for row in book["党员花名册"].iter_rows(min_row=5, max_row=100):
        row[6].value = "博士研究生"
    target = BytesIO()
    book.save(target)

    run, made = brought_in(SourceFile("更正.xlsx", target.getvalue()))
    assert outcomes(made) == {"same", "changed"}
    undo_run(run=run, by=None, at=worked_city.AT)

    assert ledger() == before


def test_undoing_a_change_restores_sealed_numbers_byte_for_byte() -> None:
    brought_in(roster(NEW))
    before = ledger()

    run, made = brought_in(roster([*NEW[:7], "大学本科", "15400000002"]))
    assert outcomes(made) == {"changed"}
    undo_run(run=run, by=None, at=worked_city.AT)

    assert ledger() == before


def test_a_new_person_gets_everything_the_row_says() -> None:
    brought_in(roster(NEW))

    person = Person.objects.get(name="甲新立")
    records = MembershipRecord.objects.filter(person=person).order_by("valid_from").values_list("category", "valid_from", "valid_to")
    assert (person.id_number, person.phone, person.initials, person.education) == (NEW[2], NEW[8], "jxl", "大专")
    assert list(records) == [
        ("probationary", date(2010, 7, 1), date(2011, 7, 1)), ("full", date(2011, 7, 1), None),
    ]


def test_each_record_that_changed_something_has_one_audit_entry() -> None:
    run, _ = brought_in(roster(NEW))

    entry = AuditEntry.objects.get(run=run.key())
    assert (entry.subject_title, entry.reason) == ("甲新立", "花名册.xlsx Sheet 第3行")
    assert {change[0] for change in entry.changes} == {"people_person", "people_affiliation", "people_membershiprecord"}


def test_no_number_stands_in_the_clear_in_the_audit_or_in_what_is_kept_of_the_rows() -> None:
    run, _ = brought_in(roster(NEW))
    run, _ = brought_in(roster([*NEW[:7], "大学本科", "15400000002"]))

    kept = str([*AuditEntry.objects.values_list("changes", flat=True), *run.rows.values_list("detail", flat=True)])
    assert NEW[2] not in kept
    assert "15400000002" not in kept


def test_a_run_that_later_changes_depend_on_is_not_undone() -> None:
    run, _ = brought_in(roster(NEW))
    person = Person.objects.get(name="甲新立")
    change_person(person=person, by=None, at=worked_city.AT, education="硕士研究生")
    before = ledger()

    with pytest.raises(CannotUndo, match="又做了"):
        undo_run(run=run, by=None, at=worked_city.AT)
    assert ledger() == before
