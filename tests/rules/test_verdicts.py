"""Duties as verdicts: what is done, due, overdue, excused, or cannot be told as at a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shanghui.access.audit import Journal
from shanghui.access.models import AuditEntry, Unit
from shanghui.access.scope import Scope, whole
from shanghui.access.undo import undo
from shanghui.kernel.facts import Precision
from shanghui.ledger.activities.models import Activity, ActivityType, Occasion
from shanghui.ledger.activities.operations import Parts, change_activity, record_activity, remove_activity
from shanghui.ledger.organizations.models import Form, OrganizationKind, OrganizationPeriod, PartyOrganization
from shanghui.ledger.organizations.operations.describing import describe
from shanghui.rules.evidence import held
from shanghui.rules.models import Excuse, PackSwitch
from shanghui.rules.months import Window
from shanghui.rules.reading import Reading
from shanghui.rules.states import State
from shanghui.rules.verdicts import assess
from tests.worked_city import AT, BRANCH, HALF_YEAR, TODAY, city, named

pytestmark = pytest.mark.django_db
OTHERS = ("云泽市餐饮业商会党支部", "云泽市再生资源行业商会党支部")


def inside(unit: Unit | None = None, day: date = HALF_YEAR) -> Scope:
    return whole(day).under(unit or city())


def hold(
    *hosts: Unit, on: date = date(2022, 6, 17), type: ActivityType = ActivityType.THEME_DAY, minutes: str = "学习", present: int | None = 9,
    title: str = "走进绿色工厂", parts: Parts | None = None,
) -> Activity:
    return record_activity(
        type=type, held_on=on, title=title, hosts=hosts or (named(BRANCH),), by=None, at=AT, minutes=minutes, present=present,
        parts=parts or Parts(),
    )


def states(code: str, name: str = BRANCH, day: date = HALF_YEAR) -> dict[str, State]:
    return {slot.period: slot.state for slot in assess(inside(named(name), day), day, codes=[code]).slots()}


def test_a_period_is_due_until_its_last_day_and_overdue_the_day_after() -> None:
    assert states("life.theme_day", day=date(2022, 5, 31))["2022-05"] == State.DUE
    assert states("life.theme_day", day=date(2022, 6, 1))["2022-05"] == State.OVERDUE
    assert states("life.general_meeting", day=date(2022, 6, 30)) == {"2022-Q1": State.OVERDUE, "2022-Q2": State.DUE}
    assert states("life.general_meeting", day=date(2022, 7, 1))["2022-Q2"] == State.OVERDUE
    assert states("life.life_meeting", day=date(2022, 12, 31)) == {"2022": State.DUE}


def test_a_period_that_has_not_begun_is_not_asked_for_unless_planned() -> None:
    assert "2022-07" not in states("life.theme_day")
    planned = assess(inside(named(BRANCH)), HALF_YEAR, codes=["life.theme_day"], planned=True)
    assert len(list(planned.slots([State.DUE]))) == 7


def test_a_meeting_counts_from_the_day_it_was_held() -> None:
    hold(on=date(2022, 6, 17))

    assert states("life.theme_day", day=date(2022, 6, 16))["2022-06"] == State.DUE
    assert states("life.theme_day", day=date(2022, 6, 17))["2022-06"] == State.DONE
    assert states("life.theme_day", day=date(2023, 1, 1)) == {"2023-01": State.DUE}


@pytest.mark.parametrize(("minutes", "present"), [("", 9), ("  ", 9), ("学习", None), ("学习", 0)])
def test_without_minutes_or_without_anybody_it_was_not_held(minutes: str, present: int | None) -> None:
    hold(minutes=minutes, present=present)

    assert states("life.theme_day")["2022-06"] == State.DUE


def test_a_plan_counts_only_when_it_has_been_recorded() -> None:
    planned = hold(on=TODAY + timedelta(days=3), minutes="", present=None)
    assert planned.planned

    change_activity(activity=planned, hosts=[named(BRANCH)], by=None, at=AT + timedelta(days=4), minutes="学习", present=9)

    assert not planned.planned
    assert states("life.theme_day", day=TODAY + timedelta(days=3))["2022-07"] == State.DONE


def test_a_joint_meeting_is_one_and_fills_the_slot_of_every_host() -> None:
    before = Activity.objects.count()
    held = hold(named(BRANCH), *map(named, OTHERS))

    assert all(states("life.theme_day", name)["2022-06"] == State.DONE for name in (BRANCH, *OTHERS))
    assert Activity.objects.count() == before + 1
    assert held.occasions.count() == 3


def test_a_class_inside_a_theme_day_counts_as_both() -> None:
    PackSwitch.objects.create(unit=city(), pack="quarterly_class", valid_from=date(2022, 1, 1))
    hold(parts=Parts(aspects=[ActivityType.PARTY_CLASS]))

    assert states("life.party_class") == {"2022-Q1": State.OVERDUE, "2022-Q2": State.DONE}
    assert states("life.theme_day")["2022-06"] == State.DONE


def test_a_local_rule_is_asked_only_where_and_while_it_is_switched_on() -> None:
    assert states("life.party_class") == {}

    PackSwitch.objects.create(unit=named(BRANCH), pack="quarterly_class", valid_from=date(2022, 4, 1))

    assert states("life.party_class") == {"2022-Q2": State.DUE}
    assert states("life.party_class", OTHERS[0]) == {}


def test_what_changes_or_goes_is_seen_at_once_and_undoing_brings_it_back() -> None:
    held = hold()
    change_activity(activity=held, hosts=[named(BRANCH)], by=None, at=AT, held_on=date(2022, 5, 17))
    assert states("life.theme_day")["2022-06"] == State.DUE
    assert states("life.theme_day")["2022-05"] == State.DONE

    remove_activity(activity=held, reason="重复登记", by=None, at=AT)
    assert states("life.theme_day")["2022-05"] == State.OVERDUE

    undo([AuditEntry.objects.latest("pk")], by=None, at=AT)
    assert states("life.theme_day")["2022-05"] == State.DONE


def _founded(since: date, until: date | None = None, form: Form = Form.OWN, precision: Precision = Precision.DAY) -> None:
    OrganizationPeriod.objects.filter(organization__unit=named(BRANCH)).delete()
    OrganizationPeriod.objects.create(
        organization=PartyOrganization.objects.get(unit=named(BRANCH)), form=form, valid_from=since, valid_to=until, from_precision=precision
    )


def test_an_organization_owes_from_the_first_full_period() -> None:
    _founded(date(2022, 2, 2))
    assert list(states("life.theme_day")) == ["2022-03", "2022-04", "2022-05", "2022-06"]
    assert list(states("life.general_meeting")) == ["2022-Q2"]
    assert states("life.life_meeting") == {}

    _founded(date(2022, 2, 1))
    assert next(iter(states("life.theme_day"))) == "2022-02"

    _founded(date(2022, 2, 1), precision=Precision.MONTH)
    assert next(iter(states("life.theme_day"))) == "2022-03"


def test_an_organization_that_ended_owes_the_periods_it_was_there_throughout() -> None:
    _founded(date(2020, 1, 1), date(2022, 5, 31))
    assert list(states("life.theme_day")) == ["2022-01", "2022-02", "2022-03", "2022-04"]

    _founded(date(2020, 1, 1), date(2022, 6, 1))
    assert list(states("life.theme_day"))[-1] == "2022-05"


def test_what_ends_later_changes_nothing_as_at_the_day() -> None:
    def all_states() -> list[tuple[str, State]]:
        return [(slot.pk, slot.state) for slot in assess(inside(), HALF_YEAR).slots()]

    before = all_states()
    OrganizationPeriod.objects.filter(organization__unit=named(BRANCH)).update(valid_to=date(2022, 7, 10))
    named(BRANCH).appointments.update(valid_to=date(2022, 7, 10))

    assert all_states() == before
    assert states("life.life_meeting", day=date(2022, 7, 9)) == {"2022": State.DUE}
    assert states("life.life_meeting", day=date(2022, 7, 10)) == {}


@pytest.mark.parametrize("form", [Form.FUNCTIONAL, Form.TEMPORARY])
def test_functional_and_temporary_organizations_owe_fewer(form: Form) -> None:
    _founded(date(2020, 1, 1), form=form)

    assert len(states("life.theme_day")) == 6
    for code in ("life.general_meeting", "life.committee_meeting", "life.life_meeting", "life.review", "life.talk"):
        assert states(code) == {}


def test_a_change_of_form_within_a_month_leaves_no_gap() -> None:
    _founded(date(2020, 1, 1), date(2022, 5, 16), form=Form.FUNCTIONAL)
    OrganizationPeriod.objects.create(
        organization=PartyOrganization.objects.get(unit=named(BRANCH)), form=Form.OWN, valid_from=date(2022, 5, 16)
    )

    assert list(states("life.theme_day")) == [f"2022-0{month}" for month in range(1, 7)]
    assert list(states("life.committee_meeting")) == ["2022-06"]
    assert list(states("life.general_meeting")) == []


def becomes(on: date, **values: object) -> dict[str, dict[str, State]]:
    """The branch is something else from the day on. What was said of each duty in its periods, as at that year's end, before."""
    end = date(2022, 12, 31)
    before = {code: states(code, day=end) for code in ("life.theme_day", "life.general_meeting", "life.committee_meeting", "life.life_meeting")}
    journal = Journal(by=None, at=AT, verb="修改")
    describe(journal, PartyOrganization.objects.get(unit=named(BRANCH)), on, **values)
    return before


@pytest.mark.parametrize(("on", "last"), [(date(2022, 7, 1), "2022-06"), (date(2022, 7, 2), "2022-07")])
def test_a_change_of_kind_asks_for_nothing_more_and_leaves_what_was_due_before(on: date, last: str) -> None:
    before = becomes(on, kind=OrganizationKind.GENERAL_BRANCH)

    end = date(2022, 12, 31)
    assert states("life.theme_day", day=end) == {period: state for period, state in before["life.theme_day"].items() if period <= last}
    quarter = "2022-Q2" if last == "2022-06" else "2022-Q3"
    assert states("life.general_meeting", day=end) == {
        period: state for period, state in before["life.general_meeting"].items() if period <= quarter
    }
    assert states("life.life_meeting", day=end) == before["life.life_meeting"] != {}


def test_a_branch_that_becomes_a_committee_owes_its_secretarys_class_from_the_next_year_on() -> None:
    becomes(date(2022, 7, 1), kind=OrganizationKind.COMMITTEE)

    assert states("life.secretary_class", day=date(2022, 12, 31)) == {}
    assert states("life.secretary_class", day=date(2023, 1, 1)) == {"2023": State.DUE}
    assert states("life.theme_day", day=date(2023, 1, 31)) == {}


def test_a_committee_declared_later_makes_nothing_unclear_of_the_months_before() -> None:
    small = "云泽市餐饮业商会党支部"
    assert states("life.committee_meeting", small) == {}

    body = PartyOrganization.objects.get(unit=named(small))
    describe(Journal(by=None, at=AT, verb="修改"), body, date(2022, 5, 1), committee_members=3)

    assert states("life.committee_meeting", small) == {"2022-05": State.UNKNOWN, "2022-06": State.UNKNOWN}


def test_an_excuse_holds_for_its_period_from_the_day_it_was_given() -> None:
    Excuse.objects.create(
        unit=named(BRANCH), rule="life.theme_day", first=date(2022, 5, 1), reason="疫情防控", given_on=date(2022, 6, 2)
    )

    assert states("life.theme_day", day=date(2022, 6, 1))["2022-05"] == State.OVERDUE
    assert states("life.theme_day", day=date(2022, 6, 2))["2022-05"] == State.EXCUSED
    assert states("life.theme_day")["2022-04"] == State.OVERDUE
    hold(on=date(2022, 5, 17))
    assert states("life.theme_day")["2022-05"] == State.DONE


def test_a_large_branch_without_a_committee_on_record_cannot_be_told() -> None:
    branch = PartyOrganization.objects.get(unit=named(BRANCH))
    branch.periods.update(committee_members=None)
    branch.unit.appointments.filter(post="committee_member").delete()

    assert set(states("life.committee_meeting").values()) == {State.UNKNOWN}
    hold(on=date(2022, 3, 9), type=ActivityType.COMMITTEE_MEETING)
    assert states("life.committee_meeting")["2022-03"] == State.DONE
    found = next(assess(inside(named(BRANCH)), HALF_YEAR, codes=["life.committee_meeting"]).slots([State.UNKNOWN]))
    assert "请登记委员" in found.message


def test_every_slot_names_its_article_and_says_what_to_do() -> None:
    for slot in assess(inside(), HALF_YEAR).slots():
        assert slot.article
        assert slot.message
        assert slot.first <= HALF_YEAR


def test_the_number_of_questions_does_not_grow_with_the_organizations() -> None:
    asked = []
    for unit in (named(BRANCH), city()):
        with CaptureQueriesContext(connection) as queries:
            list(assess(inside(unit), HALF_YEAR).slots())
        asked.append(len(queries))

    assert asked[0] == asked[1] <= 12


def test_a_window_of_many_years_holds_what_lies_far_apart() -> None:
    days = (date(2008, 1, 31), date(2013, 1, 1), date(2019, 3, 9), HALF_YEAR, HALF_YEAR + timedelta(days=1))
    for day in days:
        made = Activity.objects.create(type=ActivityType.THEME_DAY, held_on=day, title="主题党日", present=9)
        month = day.year * 12 + day.month - 1
        Occasion.objects.create(activity=made, unit=named(BRANCH), type=ActivityType.THEME_DAY, held_on=day, month=month)

    window = Window(2008, 2022)
    found = held(Reading(inside(), HALF_YEAR, window), [ActivityType.THEME_DAY])[ActivityType.THEME_DAY]
    assert found == {named(BRANCH).pk: sum(1 << window.place(day) for day in days[:4])}


def test_organizations_of_which_the_same_is_known_are_told_apart_by_what_they_held() -> None:
    hold(named(BRANCH), on=date(2022, 3, 9))

    lines = {line.roll.name: line for line in assess(inside(), HALF_YEAR, codes=["life.theme_day"]).lines}
    same = [line for line in lines.values() if line.roll.facts == lines[BRANCH].roll.facts and line.roll.name != BRANCH]
    assert same
    assert lines[BRANCH].done >> 2 & 1
    assert not any(line.done >> 2 & 1 for line in same)


def test_two_meetings_of_one_month_are_one_period() -> None:
    for day in (9, 23):
        hold(on=date(2022, 3, day), title=f"三月{day}日")

    assert states("life.theme_day")["2022-03"] == State.DONE
    assert states("life.theme_day")["2022-04"] == State.OVERDUE


def test_one_branch_asks_as_much_as_everything() -> None:
    asked = []
    for scope in (inside(named(BRANCH)), whole(HALF_YEAR)):
        with CaptureQueriesContext(connection) as queries:
            list(assess(scope, HALF_YEAR).slots())
        asked.append(len(queries))

    assert max(asked) <= 12
