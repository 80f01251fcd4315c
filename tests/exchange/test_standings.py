"""A roster that marks who is away: a fact from the file's day on; nobody comes back, and nobody rises, by a file."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest

from shanghui.exchange.models import ImportRun
from shanghui.exchange.operations import apply_plan, propose, undo_run, upload
from shanghui.exchange.planning import Plan
from shanghui.exchange.recognition import SourceFile
from shanghui.ledger.people.models import MembershipRecord, MemberStanding, Person, StandingKind
from shanghui.ledger.people.operations import set_standing
from tests.worked_city import AT, BRANCH, TODAY, city

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
HEADINGS = ["姓名", "性别", "公民身份号码", "所在党组织", "入党时间", "转正时间", "党员类别", "是否流动党员"]


def brought_in(floating: str) -> tuple[ImportRun, Plan]:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["党员花名册"], HEADINGS, ["甲新立", "男", "990100198001010536", BRANCH, "2010-07-01", "2011-07-01", "正式党员", floating]):
        sheet.append(row)
    target = BytesIO()
    book.save(target)
    run = upload(files=[SourceFile("花名册.xlsx", target.getvalue())], under=city(), by=None, at=AT)
    made = propose(run=run, today=TODAY)
    apply_plan(run=run, made=made, at=AT, skip_errors=True)
    return run, made


def held() -> list[tuple[str, date, str]]:
    rows = MemberStanding.objects.filter(person__name="甲新立", valid_to=None)
    return [(str(one.kind), one.valid_from, str(one.from_precision)) for one in rows]


def told(made: Plan) -> str:
    return "".join(problem.message for problem in made.problems)


def test_a_mark_is_a_fact_from_the_day_of_the_file_and_the_same_again_changes_nothing() -> None:
    brought_in("是")
    assert held() == [("floating", TODAY, "seen")]

    _, again = brought_in("是")
    assert {one.outcome for one in again.planned} == {"same"}


@pytest.mark.parametrize("said", ["否", ""])
def test_no_mark_makes_nothing(said: str) -> None:
    brought_in(said)

    assert held() == []


def test_a_file_does_not_bring_anybody_back_from_away() -> None:
    brought_in("是")
    _, made = brought_in("否")

    assert held() == [("floating", TODAY, "seen")]
    assert "请在人员页登记返回的日期" in told(made)


def test_undoing_the_import_takes_the_mark_with_it() -> None:
    run, _ = brought_in("是")
    undo_run(run=run, by=None, at=AT)

    assert not MemberStanding.objects.filter(person__name="甲新立").exists()


def test_a_file_does_not_bring_the_dead_back() -> None:
    brought_in("")
    person = Person.objects.get(name="甲新立")
    set_standing(person=person, kind=StandingKind.DIED, since=TODAY + DAY, by=None, at=AT + DAY)

    _, made = brought_in("")

    assert "去世，表里仍列为党员" in told(made)
    assert not MembershipRecord.objects.on(TODAY + DAY).filter(person=person).exists()
