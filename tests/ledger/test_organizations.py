"""What can happen to chambers and party organizations: one fact follows another, none overlaps, reality is recordable."""

from __future__ import annotations

from datetime import date

import pytest

from shanghui.access.models import AuditEntry
from shanghui.kernel.facts import Precision
from shanghui.kernel.refusals import Refused
from shanghui.ledger.organizations.models import (
    Chamber,
    ChamberMembership,
    ChamberStatus,
    CharterItem,
    Coverage,
    Form,
    OrganizationPeriod,
    PartyOrganization,
    Rank,
    Status,
    Term,
)
from shanghui.ledger.organizations.operations import (
    change_chamber,
    cover,
    dissolve_organization,
    end_fact,
    join_chamber,
    register_enterprise,
    set_form,
    set_rank,
    set_size,
    set_status,
    set_term,
    write_clause,
)
from shanghui.ledger.organizations.powers import powers_of, term_months
from tests.worked_city import AT, BRANCH, CHAMBER, HALF_YEAR, SINCE, UNCOVERED, city, named

pytestmark = pytest.mark.django_db
JULY = date(2022, 7, 1)


def chamber(name: str = CHAMBER) -> Chamber:
    return Chamber.objects.get(unit=named(name))


def branch() -> PartyOrganization:
    return PartyOrganization.objects.get(unit=named(BRANCH))


def test_a_second_change_on_the_same_day_corrects_the_first() -> None:
    set_status(chamber=chamber(), status=Status.CLOSED, since=JULY, by=None, at=AT)
    set_status(chamber=chamber(), status=Status.REELECTING, since=JULY, by=None, at=AT)

    assert list(chamber().statuses.order_by("valid_from").values_list("status", flat=True)) == ["normal", "reelecting"]


def test_a_closed_fact_is_not_overlapped_by_a_later_entry() -> None:
    size = set_size(chamber=chamber(UNCOVERED), enterprises=90, since=JULY, by=None, at=AT)
    end_fact(fact=size, subject=chamber(UNCOVERED), unit=None, on=date(2022, 9, 1), by=None, at=AT)

    with pytest.raises(Refused, match="已有一条记录"):
        set_size(chamber=chamber(UNCOVERED), enterprises=80, since=date(2022, 8, 1), by=None, at=AT)
    assert set_size(chamber=chamber(UNCOVERED), enterprises=80, since=date(2022, 9, 1), by=None, at=AT).pk


def test_ending_needs_a_day_after_the_beginning() -> None:
    row = Coverage.objects.get(chamber__unit__name=CHAMBER)

    with pytest.raises(Refused, match="不能早于开始日期"):
        end_fact(fact=row, subject=row.chamber, unit=None, on=row.valid_from, by=None, at=AT)


def test_what_ended_is_not_ended_later() -> None:
    row = Coverage.objects.get(chamber__unit__name=CHAMBER)
    end_fact(fact=row, subject=row.chamber, unit=None, on=JULY, by=None, at=AT)

    with pytest.raises(Refused, match="已于2022-06-30结束"):
        end_fact(fact=row, subject=row.chamber, unit=None, on=date(2022, 8, 1), by=None, at=AT)


def test_a_code_of_another_chamber_is_refused() -> None:
    with pytest.raises(Refused, match=f"已登记在“{CHAMBER}”名下"):
        change_chamber(chamber=chamber(UNCOVERED), credit_code=chamber().credit_code, by=None, at=AT)


def test_a_name_of_another_chamber_of_the_same_office_is_refused() -> None:
    with pytest.raises(Refused, match="下已有"):
        change_chamber(chamber=chamber(UNCOVERED), name=CHAMBER, by=None, at=AT)


def test_two_forms_may_cover_a_chamber_at_once() -> None:
    other = PartyOrganization.objects.get(unit__name="云泽市异地商会第一联合党支部")

    cover(chamber=chamber(), organization=other, form=Form.FUNCTIONAL, since=JULY, by=None, at=AT)

    assert Coverage.objects.on(JULY).filter(chamber=chamber()).count() == 2


def test_no_coverage_before_the_organization_was_in_being() -> None:
    with pytest.raises(Refused, match="不存在"):
        cover(chamber=chamber(UNCOVERED), organization=branch(), form=Form.JOINT, since=date(2018, 10, 20), by=None, at=AT)


def test_another_form_carries_the_coverages_along_or_leaves_them() -> None:
    set_form(organization=branch(), form=Form.AREA, since=JULY, with_coverages=False, by=None, at=AT)
    assert Coverage.objects.get(organization=branch()).form == "own"

    set_form(organization=branch(), form=Form.JOINT, since=date(2022, 8, 1), with_coverages=True, by=None, at=AT)

    forms = Coverage.objects.filter(organization=branch()).order_by("valid_from").values_list("form", "valid_to")
    assert list(forms) == [("own", date(2022, 8, 1)), ("joint", None)]


def test_a_dissolved_organization_can_be_in_being_again() -> None:
    dissolve_organization(organization=branch(), on=JULY, reason="合并", by=None, at=AT)
    with pytest.raises(Refused, match="已经不存在"):
        dissolve_organization(organization=branch(), on=date(2022, 8, 1), reason="合并", by=None, at=AT)

    set_form(organization=branch(), form=Form.OWN, since=date(2022, 9, 1), with_coverages=True, by=None, at=AT)

    assert [OrganizationPeriod.objects.on(day).filter(organization=branch()).exists()
            for day in (HALF_YEAR, JULY, date(2022, 9, 1))] == [True, False, True]


def test_a_beginning_that_was_only_seen_is_filled_in_and_a_known_one_is_not() -> None:
    unit = named(BRANCH)
    set_term(unit=unit, subject=branch(), since=date(2019, 10, 1), due_on="2022-10", due_by=date(2022, 10, 31), by=None, at=AT,
             precision=Precision.MONTH)
    assert Term.objects.filter(unit=unit).count() == 1

    with pytest.raises(Refused, match="须在其后"):
        set_term(unit=unit, subject=branch(), since=date(2018, 1, 1), due_on="2021", due_by=date(2021, 12, 31), by=None, at=AT)


def test_a_charter_item_stands_once() -> None:
    write_clause(chamber=chamber(), item=CharterItem.ROLE, since=SINCE, document="", by=None, at=AT)

    with pytest.raises(Refused, match="已经登记入章"):
        write_clause(chamber=chamber(), item=CharterItem.ROLE, since=JULY, document="", by=None, at=AT)


def test_another_rank_keeps_the_one_before() -> None:
    made = register_enterprise(name="青松", kept_by=city(), by=None, at=AT)
    row = join_chamber(enterprise=made, chamber=chamber(), rank=Rank.MEMBER, since=SINCE, by=None, at=AT)
    set_rank(membership=row, rank=Rank.DIRECTOR, since=JULY, by=None, at=AT)

    ranks = ChamberMembership.objects.filter(enterprise=made).order_by("valid_from").values_list("rank", "valid_to")
    assert list(ranks) == [("member", JULY), ("director", None)]


def test_what_is_refused_leaves_no_trace() -> None:
    before = AuditEntry.objects.count(), ChamberStatus.objects.count()

    with pytest.raises(Refused):
        set_status(chamber=chamber(), status=Status.CLOSED, since=date(1990, 1, 1), by=None, at=AT)

    assert (AuditEntry.objects.count(), ChamberStatus.objects.count()) == before


@pytest.mark.parametrize(("form", "elects"), [("own", True), ("joint", True), ("functional", False), ("temporary", False), ("", True)])
def test_the_form_decides_the_powers(form: str, elects: bool) -> None:
    powers = powers_of(form)

    assert (powers.holds_elections, powers.develops, powers.collects_dues) == (elects, elects, elects)


def test_branches_are_elected_for_three_years_and_committees_for_five() -> None:
    assert [term_months(kind) for kind in ("branch", "general_branch", "committee")] == [36, 36, 60]
