"""Duties of every kind: not asked before their period, due to its last day, overdue after; met from its first day to its last."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from shanghui.access.models import Unit
from shanghui.access.scope import whole
from shanghui.ledger.activities.models import ActivityType, Presence
from shanghui.ledger.activities.operations import Parts, Roll
from shanghui.ledger.organizations.models import Form, OrganizationKind
from shanghui.ledger.organizations.queries import kind_on
from shanghui.ledger.people.models import Affiliation, Post
from shanghui.rules.models import PackSwitch
from shanghui.rules.months import Window
from shanghui.rules.states import State
from shanghui.rules.verdicts import assess
from tests.rules.bounds import SINCE, appoint, bounds, branch, hold, join
from tests.worked_city import city, neighbour

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MAY = ("2022-05", date(2022, 5, 1), date(2022, 5, 31))
Q2 = ("2022-Q2", date(2022, 4, 1), date(2022, 6, 30))
YEAR = ("2022", date(2022, 1, 1), date(2022, 12, 31))


@dataclass(frozen=True)
class Case:
    """One duty: a period of it, what it takes that it is asked (`make`), and what meets it (`meet`)."""

    code: str
    period: tuple[str, date, date]
    make: Callable[[], Unit]
    meet: Callable[[Unit, date], None]
    limited: bool = False


def _plain() -> Unit:
    return branch(2)


def _with_committee() -> Unit:
    unit = branch(7)
    appoint(unit, Post.COMMITTEE_MEMBER)
    return unit


def _group() -> Unit:
    return branch(kind=OrganizationKind.GROUP, name="云泽市试点商会党支部第一党小组")


def _with_pack() -> Unit:
    PackSwitch.objects.create(unit=city(), pack="quarterly_class", valid_from=SINCE)
    return branch()


def _led(kind: OrganizationKind) -> Unit:
    unit = branch(kind=kind)
    appoint(unit, person=join(unit, 1)[0])
    return unit


def _held(type: ActivityType) -> Callable[[Unit, date], None]:
    return lambda unit, day: hold(unit, type, day)


def _everybody(type: ActivityType) -> Callable[[Unit, date], None]:
    def meet(unit: Unit, day: date) -> None:
        home = Affiliation.objects.filter(organization=unit.organization).order_by("pk")
        hold(unit, type, day, Parts(roster=[Roll(one.person_id, Presence.PRESENT, unit=unit.pk) for one in home]))

    return meet


def _lectured(unit: Unit, day: date) -> None:
    hold(unit, ActivityType.PARTY_CLASS, day, lecturer=unit.appointments.get(post=Post.SECRETARY).person)


CASES = (
    Case("life.general_meeting", Q2, _plain, _held(ActivityType.GENERAL_MEETING)),
    Case("life.committee_meeting", MAY, _with_committee, _held(ActivityType.COMMITTEE_MEETING)),
    Case("life.group_meeting", MAY, _group, _held(ActivityType.GROUP_MEETING)),
    Case("life.theme_day", MAY, _plain, _held(ActivityType.THEME_DAY), limited=True),
    Case("life.party_class", Q2, _with_pack, _held(ActivityType.PARTY_CLASS)),
    Case("life.life_meeting", YEAR, _plain, _held(ActivityType.LIFE_MEETING)),
    Case("life.review", YEAR, _plain, _held(ActivityType.REVIEW)),
    Case("life.talk", YEAR, _plain, _everybody(ActivityType.TALK)),
    Case("life.secretary_class", YEAR, lambda: _led(OrganizationKind.COMMITTEE), _lectured),
    Case("training.secretary", YEAR, lambda: _led(OrganizationKind.BRANCH), _everybody(ActivityType.TRAINING)),
)
EVERY = pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)


def verdict(case: Case, unit: Unit, day: date) -> str:
    """The verdict of the period; empty when it is not asked. Never asked of the city next door."""
    assert all(slot.unit != unit.pk for slot in assess(whole(day).under(neighbour()), day, codes=[case.code]).slots())
    slots = assess(whole(day).under(city()), day, codes=[case.code]).slots()
    return next((slot.state.value for slot in slots if slot.unit == unit.pk and slot.period == case.period[0]), "")


@bounds(*(case.code for case in CASES))
@EVERY
def test_what_was_not_held_is_due_to_the_last_day(case: Case) -> None:
    unit, (_, first, last) = case.make(), case.period

    assert [verdict(case, unit, day) for day in (first - DAY, first, last)] == ["", "due", "due"]
    if last + DAY < date(2023, 1, 1):
        assert verdict(case, unit, last + DAY) == "overdue"


@EVERY
@pytest.mark.parametrize("edge", ["before", "first", "last", "after"])
def test_what_was_held_counts_within_its_period(case: Case, edge: str) -> None:
    unit, (_, first, last) = case.make(), case.period
    case.meet(unit, {"before": first - DAY, "first": first, "last": last, "after": last + DAY}[edge])

    assert verdict(case, unit, last) == ("done" if edge in ("first", "last") else "due")


@EVERY
def test_a_host_without_the_record_of_another_is_not_done(case: Case) -> None:
    unit, (_, first, last) = case.make(), case.period
    other = branch(2, name="云泽市试点商会第二党支部")
    hold(other, ActivityType.THEME_DAY, first)

    assert verdict(case, unit, last) == "due"


@EVERY
@pytest.mark.parametrize("form", [Form.FUNCTIONAL, Form.TEMPORARY])
def test_a_limited_form_owes_its_theme_day_alone(case: Case, form: Form) -> None:
    unit, (_, _, last) = case.make(), case.period
    unit.organization.periods.update(form=form)
    asked = case.limited or kind_on(unit.organization, last) == OrganizationKind.COMMITTEE

    assert verdict(case, unit, last) == ("due" if asked else "")


@pytest.mark.parametrize(("code", "kind"), [
    ("life.secretary_class", OrganizationKind.COMMITTEE), ("training.secretary", OrganizationKind.BRANCH),
])
def test_without_a_secretary_on_record_nobody_can_tell(code: str, kind: OrganizationKind) -> None:
    case = next(one for one in CASES if one.code == code)
    unit = branch(kind=kind)
    assert verdict(case, unit, YEAR[2]) == "cannot_tell"

    appoint(unit, since=date(2022, 12, 1))

    assert verdict(case, unit, YEAR[2]) == "due"


@pytest.mark.parametrize(("full", "found"), [(6, ""), (7, "cannot_tell"), (8, "cannot_tell")])
def test_from_seven_full_members_a_committee_is_asked_for(full: int, found: str) -> None:
    case = next(one for one in CASES if one.code == "life.committee_meeting")

    assert verdict(case, branch(full, 3), MAY[2]) == found


def test_a_committee_of_which_nobody_is_named_cannot_be_told() -> None:
    case = next(one for one in CASES if one.code == "life.committee_meeting")

    assert verdict(case, branch(2, committee_members=2), MAY[2]) == ""
    assert verdict(case, branch(2, committee_members=3, name="云泽市第二试点商会党支部"), MAY[2]) == "cannot_tell"


def test_one_member_not_talked_with_is_one_too_many() -> None:
    case = next(one for one in CASES if one.code == "life.talk")
    unit = branch(2)
    case.meet(unit, date(2022, 5, 1))
    assert verdict(case, unit, YEAR[2]) == "done"

    join(unit, 1)

    assert verdict(case, unit, YEAR[2]) == "due"


def test_who_comes_after_the_year_moves_no_verdict_of_it() -> None:
    case = next(one for one in CASES if one.code == "life.talk")
    unit = branch(2)
    case.meet(unit, date(2022, 5, 1))
    there = list(Affiliation.objects.values_list("pk", flat=True))
    join(unit, 1)
    Affiliation.objects.exclude(pk__in=there).update(valid_from=date(2023, 2, 1))
    day = date(2023, 3, 1)

    slots = assess(whole(day).under(city()), day, Window(2022, 2023), codes=[case.code]).slots()

    assert {slot.period: slot.state for slot in slots if slot.unit == unit.pk} == {"2022": State.DONE, "2023": State.DUE}
