"""A guide's visits: once for each sending, never in the future, undone with a reason, due again on the day agreed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from shanghui.access.models import AuditEntry
from shanghui.access.scope import whole
from shanghui.access.undo import undo
from shanghui.kernel.refusals import Refused
from shanghui.ledger.activities.models import Activity, ActivityType, Visit
from shanghui.ledger.activities.operations import change_visit, record_activity, record_visit, remove_visit
from shanghui.ledger.activities.operations import visits as operations
from shanghui.ledger.activities.queries import last_visits, visits_due
from shanghui.ledger.organizations.models import Chamber, Status
from shanghui.ledger.organizations.operations import set_status
from tests.worked_city import AT, BRANCH, TODAY, UNCOVERED, named

pytestmark = pytest.mark.django_db
KEY = "0f8f5c9e-1111-4222-8333-944455556666"


def chamber() -> Chamber:
    return Chamber.objects.get(unit=named(UNCOVERED))


def visited(on: date = TODAY, **values: Any) -> Visit:
    return record_visit(chamber=chamber(), visited_on=on, by=None, at=AT, **{"agreed": "会长同意", **values})


def test_the_same_sending_twice_is_one_visit() -> None:
    first, second = visited(key=KEY), visited(key=KEY, agreed="另写的")

    assert first.pk == second.pk
    assert Visit.objects.filter(key=KEY).count() == 1


def test_two_sendings_at_once_are_one_visit(monkeypatch: pytest.MonkeyPatch) -> None:
    def other_was_quicker(made: Visit, **_: Any) -> Visit:
        Visit.objects.create(chamber=made.chamber, visited_on=made.visited_on, key=made.key)
        raise IntegrityError

    monkeypatch.setattr(operations, "_record", other_was_quicker)

    assert visited(key=KEY).key == KEY
    assert Visit.objects.filter(key=KEY).count() == 1


def test_two_sendings_of_one_meeting_at_once_are_one_meeting(monkeypatch: pytest.MonkeyPatch) -> None:
    from shanghui.ledger.activities.operations import recording

    real = recording._record

    def other_was_quicker(**values: Any) -> Activity:
        real(**values)
        raise IntegrityError

    monkeypatch.setattr(recording, "_record", other_was_quicker)
    made = record_activity(type=ActivityType.THEME_DAY, held_on=TODAY, title="同时", hosts=[named(BRANCH)], by=None, at=AT, key=KEY)

    assert Activity.objects.get(key=KEY) == made


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(Refused, match="今天之后"):
        visited(TODAY + timedelta(days=1))
    with pytest.raises(Refused, match="之后"):
        visited(next_on=TODAY)
    set_status(chamber=chamber(), status=Status.CLOSED, since=TODAY, by=None, at=AT)
    visited(TODAY - timedelta(days=1))
    with pytest.raises(Refused, match="已经注销"):
        visited(TODAY)


def test_before_its_founding_a_chamber_is_not_visited() -> None:
    Chamber.objects.filter(pk=chamber().pk).update(founded_on="2022-07")

    with pytest.raises(Refused, match="还没有成立"):
        visited(date(2022, 6, 30))
    assert visited(date(2022, 7, 1)).pk


def test_a_visit_is_put_right_removed_and_taken_back() -> None:
    row = visited()

    assert change_visit(visit=row, agreed="改写", by=None, at=AT) is True
    assert change_visit(visit=row, agreed="改写", by=None, at=AT) is False
    with pytest.raises(Refused, match="原因"):
        remove_visit(visit=row, reason=" ", by=None, at=AT)
    pk = row.pk
    remove_visit(visit=row, reason="记错商会", by=None, at=AT)
    assert not Visit.objects.filter(pk=pk).exists()
    undo([AuditEntry.objects.get(verb="删除走访")], by=None, at=AT)

    assert Visit.objects.get(pk=pk).agreed == "改写"


def test_the_next_day_is_due_until_somebody_went() -> None:
    row = visited(TODAY - timedelta(days=20), next_on=TODAY)
    scope = whole(TODAY)

    assert list(visits_due(scope, TODAY, TODAY)) == []
    assert list(visits_due(scope, TODAY, TODAY + timedelta(days=1))) == [row]
    later = visited(TODAY)
    assert list(visits_due(scope, TODAY, TODAY + timedelta(days=1))) == []
    assert list(visits_due(scope, TODAY - timedelta(days=1), TODAY + timedelta(days=1))) == [row]
    assert last_visits([chamber().pk], TODAY) == {chamber().pk: later}
