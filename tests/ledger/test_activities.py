"""One activity, entered once: who held it, what is refused, and that removing it can be taken back."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from shanghui.access.acts import Act
from shanghui.access.models import AuditEntry, Role, Unit
from shanghui.access.scope import scope_of
from shanghui.access.undo import undo
from shanghui.kernel.refusals import Refused
from shanghui.ledger.activities import queries
from shanghui.ledger.activities.models import Activity, ActivityType
from shanghui.ledger.activities.operations import change_activity, record_activity, remove_activity
from shanghui.ledger.activities.queries import activities, hosted_by, listed_activities
from tests.worked_city import AT, BRANCH, TODAY, city, named, neighbour, user

pytestmark = pytest.mark.django_db
OTHER = "云泽市餐饮业商会党支部"


def record(*hosts: Unit, held_on: date = TODAY, title: str = "明厨亮灶回头看", at: datetime = AT) -> Activity:
    return record_activity(
        type=ActivityType.THEME_DAY, held_on=held_on, title=title, hosts=hosts or (named(BRANCH),), by=None, at=at, present=18
    )


def test_one_activity_of_two_hosts_is_one_and_counts_for_both() -> None:
    held = record(named(BRANCH), named(OTHER))

    for name in (BRANCH, OTHER):
        assert held in hosted_by(Activity.objects.all(), named(name).pk)
    assert list(activities(scope_of(user(Role.EDITOR), Act.LEDGER_VIEW, today=TODAY)).filter(pk=held.pk)) == [held]


def test_tomorrow_is_refused_and_today_is_not_even_before_eight_in_the_morning() -> None:
    early = datetime(2022, 7, 7, 23, 0, tzinfo=UTC)  # 7:00 on 8 July in the office

    assert record(at=early).held_on == TODAY
    with pytest.raises(Refused, match="今天之后"):
        record(held_on=date(2022, 7, 9), at=early)


def test_the_same_activity_is_not_entered_twice_nor_changed_into_another() -> None:
    record()
    other = record(title="支部共建")

    with pytest.raises(Refused, match="只登记一次"):
        record()
    with pytest.raises(Refused, match="只登记一次"):
        change_activity(activity=other, hosts=[named(BRANCH)], by=None, at=AT, title="明厨亮灶回头看")


def test_nobody_holding_it_is_refused() -> None:
    held = record()

    with pytest.raises(Refused, match="主办单位"):
        change_activity(activity=held, hosts=[], by=None, at=AT)


def test_a_host_that_was_added_is_written_down_and_the_title_too() -> None:
    held = record()

    assert change_activity(activity=held, hosts=[named(BRANCH), named(OTHER)], by=None, at=AT, title="明厨亮灶")
    assert not change_activity(activity=held, hosts=[named(BRANCH), named(OTHER)], by=None, at=AT, title="明厨亮灶")
    assert {host.unit.name for host in held.hosts.all()} == {BRANCH, OTHER}


def test_a_removed_activity_comes_back_with_its_hosts() -> None:
    held = record(named(BRANCH), named(OTHER))
    pk = held.pk
    with pytest.raises(Refused, match="原因"):
        remove_activity(activity=held, reason=" ", by=None, at=AT)
    remove_activity(activity=held, reason="重复登记", by=None, at=AT)
    assert not Activity.objects.filter(pk=pk).exists()

    undo([AuditEntry.objects.latest("pk")], by=None, at=AT)

    assert {host.unit.name for host in Activity.objects.get(pk=pk).hosts.all()} == {BRANCH, OTHER}


@pytest.mark.parametrize("few", [0, 300])
@pytest.mark.parametrize("role", [Role.EDITOR, Role.SECRETARY])
def test_lists_show_what_was_held_within_the_scope(role: Role, few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "FEW_UNITS", few)
    here, elsewhere = record(), record(neighbour(), title="邻市")
    scope = scope_of(user(role), Act.LEDGER_VIEW, today=TODAY)

    listed = list(listed_activities(scope))

    assert here in listed
    assert elsewhere not in listed
    assert listed == list(activities(scope))
    assert (record(city(), title="全市") in listed_activities(scope)) == (role == Role.EDITOR)
