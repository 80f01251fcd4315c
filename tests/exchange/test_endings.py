"""What a workbook says is closed or dissolved ends as it does on the pages and in a case: the same facts, on the day of the file (M45)."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.db.models import Q

from shanghui.access.models import Role, Seat
from shanghui.exchange.models import ImportRow, ImportRun
from shanghui.exchange.operations import apply_plan, propose, undo_run, upload
from shanghui.exchange.planning import Plan
from shanghui.exchange.recognition import SourceFile
from shanghui.ledger.organizations.models import (
    AllianceMember,
    Chamber,
    ChamberStatus,
    Coverage,
    OrganizationPeriod,
    Pairing,
    PartnerKind,
    PartyOrganization,
    Status,
    Term,
)
from shanghui.ledger.organizations.operations import found_alliance, pair
from shanghui.ledger.people.models import Affiliation, Appointment, GuideAssignment
from shanghui.ledger.people.operations import close_chamber, close_organization
from tests.web.somebody import OTHER
from tests.worked_city import AT, BRANCH, SINCE, TODAY, UNCOVERED, city, named, seat

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
CHAMBERS = ["商会名称", "类别", "会长", "状态"]
ORGANIZATIONS = ["党组织名称", "组建方式", "书记", "备注"]
ENDING: tuple[Any, ...] = (GuideAssignment, Pairing, AllianceMember, Seat, Appointment, Coverage, Term, OrganizationPeriod, ChamberStatus)


def brought_in(headings: list[str], *rows: list[str]) -> tuple[ImportRun, Plan]:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["商会名录" if headings is CHAMBERS else "党组织台账"], headings, *rows):
        sheet.append(row)
    target = BytesIO()
    book.save(target)
    run = upload(files=[SourceFile("台账.xlsx", target.getvalue())], under=city(), by=None, at=AT)
    made = propose(run=run, today=TODAY)
    apply_plan(run=run, made=made, at=AT, skip_errors=True)
    return run, made


def closed(name: str = UNCOVERED, said: str = "已注销") -> tuple[ImportRun, Plan]:
    return brought_in(CHAMBERS, [name, "行业商会", "", said], ["云泽市餐饮业商会", "行业商会", "", "正常"])


def dissolved(name: str = BRANCH, said: str = "已撤销") -> tuple[ImportRun, Plan]:
    return brought_in(ORGANIZATIONS, [name, "单独组建", "", said], ["云泽市河南商会党支部", "单独组建", "", ""])


def bind(name: str) -> None:
    """The unit is in an alliance, a party organization paired besides, and somebody has a seat there from next month on."""
    unit = named(name)
    if name == BRANCH:
        pair(unit=unit, partner="某律师事务所", partner_kind=PartnerKind.LAW_FIRM, since=SINCE, until=date(2025, 1, 1), by=None, at=AT)
    found_alliance(name=f"{name}联盟", kept_by=city(), since=SINCE, members=[unit, named(OTHER)], by=None, at=AT)
    late = seat(Role.SECRETARY, unit, "late")
    Seat.objects.filter(user=late).update(valid_from=date(2022, 8, 1))


def ends() -> dict[str, list[tuple[int, date | None]]]:
    """When every fact of these kinds ends, by its key."""
    return {model.__name__: list(model.objects.order_by("pk").values_list("pk", "valid_to")) for model in ENDING}


def told(made: Plan) -> str:
    return "".join(problem.message for problem in made.problems)


def test_a_chamber_closed_by_a_workbook_ends_what_closing_it_by_hand_ends() -> None:
    bind(UNCOVERED)
    before = ends()
    run, _ = closed()
    by_file = ends()
    undo_run(run=run, by=None, at=AT)
    assert ends() == before

    close_chamber(chamber=Chamber.objects.get(unit__name=UNCOVERED), since=TODAY, by=None, at=AT)

    assert {name: rows for name, rows in ends().items() if name != "ChamberStatus"} == {
        name: rows for name, rows in by_file.items() if name != "ChamberStatus"
    }
    assert [len(set(by_file[one]) - set(before[one])) for one in ("GuideAssignment", "AllianceMember", "Seat")] == [1, 1, 2]


def test_an_organization_dissolved_by_a_workbook_ends_what_dissolving_it_by_hand_ends_and_its_people_are_told_of() -> None:
    bind(BRANCH)
    before = ends()
    run, made = dissolved()
    by_file = ends()
    people = Affiliation.objects.on(TODAY).filter(organization__unit__name=BRANCH).count()
    assert f"还有{people}人的隶属在这里" in told(made)
    undo_run(run=run, by=None, at=AT)
    assert ends() == before

    body = PartyOrganization.objects.select_related("unit").get(unit__name=BRANCH)
    close_organization(organization=body, on=TODAY, reason="撤销", by=None, at=AT)

    assert ends() == by_file
    assert not OrganizationPeriod.objects.on(TODAY).filter(organization=body).exists()
    assert OrganizationPeriod.objects.on(TODAY - DAY).filter(organization=body).exists()


def test_what_ends_with_it_is_told_before_anything_is_written() -> None:
    bind(UNCOVERED)
    run, _ = closed()

    row = ImportRow.objects.get(run=run, title=UNCOVERED)
    said = {(what, before) for what, before, _ in row.detail["changes"]}
    assert ("同时结束", f"在“{UNCOVERED}联盟”的成员资格") in said
    assert any(what == "指导员" for what, _ in said)


@pytest.mark.parametrize("again", [closed, dissolved])
def test_the_same_workbook_again_changes_nothing(again: Any) -> None:
    again()
    before = ends()

    _, made = again()

    assert {one.outcome for one in made.planned} == {"same"}
    assert ends() == before


def test_a_chamber_that_the_ledger_meets_closed_is_registered_as_closed() -> None:
    closed(name="云泽市某某收购商会")

    assert ChamberStatus.objects.get(chamber__unit__name="云泽市某某收购商会").status == Status.CLOSED


def test_an_organization_that_the_ledger_does_not_have_is_not_registered_only_to_end() -> None:
    _, made = dissolved(name="云泽市某某收购商会党支部")

    assert "表里写明已撤销，没有登记" in told(made)
    assert not PartyOrganization.objects.filter(unit__name="云泽市某某收购商会党支部").exists()


def test_an_organization_of_which_later_facts_are_on_record_stays_and_it_is_said_why() -> None:
    Term.objects.filter(unit__name=BRANCH).update(valid_from=TODAY)

    _, made = dissolved()

    assert f"台账里它自{TODAY}起还有记录" in told(made)
    assert OrganizationPeriod.objects.on(TODAY).filter(organization__unit__name=BRANCH).exists()


@pytest.mark.parametrize("said", ["", "正常", "拟撤销", "未撤销"])
def test_without_a_word_of_its_end_an_organization_stays(said: str) -> None:
    dissolved(said=said)

    assert not OrganizationPeriod.objects.filter(~Q(valid_to=None), organization__unit__name=BRANCH).exists()
