"""Findings follow the facts: open, explained, fixed, open again; owners and explanations are people's and audited."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shanghui.access.models import AuditEntry, Unit
from shanghui.access.scope import Scope, whole
from shanghui.access.undo import undo
from shanghui.kernel.refusals import Refused
from shanghui.ledger.activities.models import Activity, ActivityType
from shanghui.ledger.activities.operations import record_activity, remove_activity
from shanghui.ledger.organizations.models import PartyOrganization, Term
from shanghui.rules.findings import MONTHS_BACK, follow, refresh, refresh_when_stale
from shanghui.rules.models import Finding, FindingState
from shanghui.rules.operations import assign, explain, give_excuse, withdraw_excuse
from shanghui.rules.states import State
from shanghui.rules.verdicts import assess
from tests.worked_city import AT, BRANCH, HALF_YEAR, TODAY, city, named, neighbour

pytestmark = pytest.mark.django_db
MAY = date(2022, 5, 1)


def inside(unit: Unit | None = None) -> Scope:
    return Scope(roots=((unit or city()).pk,), day=TODAY)


def may() -> Finding:
    return Finding.objects.get(unit=named(BRANCH), rule="life.theme_day", first=MAY)


def hold(on: date = date(2022, 5, 20)) -> Activity:
    return record_activity(
        type=ActivityType.THEME_DAY, held_on=on, title="走进绿色工厂", hosts=[named(BRANCH)], by=None, at=AT, minutes="学习", present=9
    )


def test_what_is_overdue_is_open_and_nothing_else() -> None:
    refresh(inside(), TODAY)

    overdue = {(slot.unit, slot.duty.code, slot.first) for slot in assess(inside(), TODAY).slots([State.OVERDUE])}
    found = set(Finding.objects.within(inside()).filter(first__year=2022, rule__in=[key[1] for key in overdue]).values_list("unit_id", "rule", "first"))
    assert found == overdue
    assert may().state == FindingState.OPEN
    assert may().since == TODAY
    assert "补记" in may().message
    assert not Finding.objects.within(inside(neighbour())).exists()


def test_the_day_after_the_period_it_opens() -> None:
    refresh(inside(), HALF_YEAR)
    assert not Finding.objects.filter(unit=named(BRANCH), first=date(2022, 6, 1)).exists()

    refresh(inside(), date(2022, 7, 1))
    assert Finding.objects.filter(unit=named(BRANCH), rule="life.theme_day", first=date(2022, 6, 1)).exists()


def test_it_is_fixed_by_the_facts_and_opens_again_by_itself() -> None:
    refresh(inside(), TODAY)
    held = hold()
    follow([named(BRANCH)], TODAY)
    assert (may().state, may().fixed_on) == (FindingState.FIXED, TODAY)

    remove_activity(activity=held, reason="登错了", by=None, at=AT)
    follow([named(BRANCH)], TODAY)

    assert (may().state, may().fixed_on, may().reopened) == (FindingState.OPEN, None, 1)


def test_an_explanation_is_kept_and_the_verdict_stays() -> None:
    refresh(inside(), TODAY)

    assert explain(findings=[may()], reason=" 书记住院，六月补开 ", by=None, at=AT) == 1

    refresh(inside(), TODAY)
    assert (may().state, may().explanation) == (FindingState.EXPLAINED, "书记住院，六月补开")
    assert AuditEntry.objects.latest("pk").verb == "说明原因"
    hold()
    follow([named(BRANCH)], TODAY)
    assert may().state == FindingState.FIXED


def test_an_explanation_without_words_is_refused_and_one_is_taken_back() -> None:
    refresh(inside(), TODAY)
    with pytest.raises(Refused, match="原因"):
        explain(findings=[may()], reason="  ", by=None, at=AT)

    explain(findings=[may()], reason="写错了地方", by=None, at=AT)
    undo([AuditEntry.objects.latest("pk")], by=None, at=AT)

    assert (may().state, may().explanation) == (FindingState.OPEN, "")


def test_several_get_an_owner_at_once() -> None:
    refresh(inside(), TODAY)
    some = list(Finding.objects.within(inside()).select_related("unit")[:5])

    assert assign(findings=some, owner="王敏", by=None, at=AT) == 5
    assert assign(findings=some, owner="王敏", by=None, at=AT) == 0
    assert Finding.objects.filter(owner="王敏").count() == 5


def test_an_excuse_fixes_and_its_withdrawal_opens_again() -> None:
    refresh(inside(), TODAY)
    given = give_excuse(unit=named(BRANCH), rule="life.theme_day", first=MAY, reason="防汛", by=None, at=AT)
    assert may().state == FindingState.FIXED

    withdraw_excuse(excuse=given, reason="已补开", by=None, at=AT)
    assert may().state == FindingState.OPEN


def test_what_cannot_be_told_moves_nothing() -> None:
    Finding.objects.create(unit=named(BRANCH), rule="life.committee_meeting", first=MAY, message="…", since=TODAY)
    branch = PartyOrganization.objects.get(unit=named(BRANCH))
    branch.periods.update(committee_members=None)
    branch.unit.appointments.filter(post="committee_member").delete()

    refresh(inside(), TODAY)

    assert Finding.objects.get(unit=named(BRANCH), rule="life.committee_meeting", first=MAY).state == FindingState.OPEN


def test_what_was_over_long_ago_is_not_opened_and_what_stands_open_stays() -> None:
    late = date(2023, 8, 15)
    refresh(inside(), TODAY)
    refresh(Scope(roots=(city().pk,), day=late), late)

    assert may().state == FindingState.OPEN
    assert MONTHS_BACK == 12
    opened = Finding.objects.filter(since=late, rule="life.theme_day")
    assert min(opened.values_list("first", flat=True)) == date(2022, 8, 1)


def test_a_term_that_is_over_is_found_and_fixed_by_the_next() -> None:
    Term.objects.filter(unit=named(BRANCH)).delete()
    term = Term.objects.create(unit=named(BRANCH), valid_from=date(2019, 3, 1), due_on="2022-03-01", due_by=date(2022, 3, 1))
    refresh(inside(), TODAY)
    found = Finding.objects.get(unit=named(BRANCH), rule="term.organization")
    assert found.first == date(2022, 3, 1)

    term.due_by = date(2025, 3, 1)
    term.save()
    follow([named(BRANCH)], TODAY)

    found.refresh_from_db()
    assert found.state == FindingState.FIXED


def test_it_is_compared_again_only_when_something_was_written_since() -> None:
    scope = inside()
    refresh_when_stale(scope, TODAY)
    with CaptureQueriesContext(connection) as queries:
        refresh_when_stale(scope, TODAY)
    assert len(queries) <= 2

    hold()
    refresh_when_stale(inside(), TODAY)
    assert may().state == FindingState.FIXED


def test_the_number_of_questions_does_not_grow_with_the_organizations() -> None:
    asked = []
    for unit in (named(BRANCH), city()):
        with CaptureQueriesContext(connection) as queries:
            refresh(inside(unit), TODAY)
        asked.append(len([one for one in queries if not one["sql"].startswith("INSERT")]))

    assert asked[0] == asked[1] <= 40


def test_everything_is_compared_for_the_night() -> None:
    assert refresh(whole(TODAY), TODAY).opened > 100
    assert refresh(whole(TODAY), TODAY).opened == 0
