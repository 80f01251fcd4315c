"""Who may agree that a duty need not be met, and when; local rules on and off; a longer term."""

from __future__ import annotations

from datetime import date

import pytest

from shanghui.access.models import AuditEntry, Role
from shanghui.access.undo import undo
from shanghui.kernel.refusals import Refused
from shanghui.ledger.activities.models import ActivityType
from shanghui.ledger.activities.operations import record_activity
from shanghui.ledger.organizations.models import Term
from shanghui.rules.models import Excuse, PackSwitch
from shanghui.rules.operations import (
    extend_term,
    give_excuse,
    longer_than_usual,
    switch_pack_off,
    switch_pack_on,
    withdraw_excuse,
)
from shanghui.rules.standing import standing
from shanghui.rules.states import State
from tests.rules.test_verdicts import inside, states
from tests.worked_city import AT, BRANCH, TODAY, city, named, user

pytestmark = pytest.mark.django_db
JUNE = date(2022, 6, 1)


def excuse(first: date = JUNE, reason: str = "防汛", rule: str = "life.theme_day", role: Role = Role.EDITOR) -> Excuse:
    return give_excuse(unit=named(BRANCH), rule=rule, first=first, reason=reason, by=user(role), at=AT)


def test_the_office_excuses_with_a_reason_and_takes_it_back() -> None:
    given = excuse()
    assert states("life.theme_day", day=TODAY)["2022-06"] == State.EXCUSED
    assert AuditEntry.objects.latest("pk").reason == "防汛"

    withdraw_excuse(excuse=given, reason="已补开", by=user(Role.EDITOR), at=AT)
    assert states("life.theme_day", day=TODAY)["2022-06"] == State.OVERDUE


def test_an_excuse_is_undone_like_any_other_act() -> None:
    excuse()

    undo([AuditEntry.objects.latest("pk")], by=None, at=AT)

    assert not Excuse.objects.exists()


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_it_is_refused(reason: str) -> None:
    with pytest.raises(Refused, match="原因"):
        excuse(reason=reason)


def test_nobody_excuses_his_own_organization() -> None:
    with pytest.raises(Refused, match="上级"):
        excuse(role=Role.SECRETARY)
    with pytest.raises(Refused, match="上级"):
        withdraw_excuse(excuse=excuse(), reason="不用了", by=user(Role.SECRETARY), at=AT)


def test_a_period_that_has_not_begun_is_not_excused() -> None:
    with pytest.raises(Refused, match="还没有开始"):
        excuse(first=date(2022, 8, 1))
    assert excuse(first=date(2022, 7, 1)).first == date(2022, 7, 1)


def test_what_is_done_excused_or_not_asked_is_refused() -> None:
    excuse()
    with pytest.raises(Refused, match="已经同意"):
        excuse()
    record_activity(
        type=ActivityType.THEME_DAY, held_on=date(2022, 5, 20), title="学习", hosts=[named(BRANCH)], by=None, at=AT, minutes="学习", present=9
    )
    with pytest.raises(Refused, match="不用免除"):
        excuse(first=date(2022, 5, 1))
    with pytest.raises(Refused, match="没有这项要求"):
        excuse(rule="life.secretary_class", first=date(2022, 1, 1))


def test_local_rules_go_on_and_off_with_the_month() -> None:
    made = switch_pack_on(unit=city(), pack="quarterly_class", since=date(2022, 4, 1), by=None, at=AT)
    assert states("life.party_class", day=TODAY) == {"2022-Q2": State.OVERDUE, "2022-Q3": State.DUE}

    switch_pack_off(switch=made, on=date(2022, 7, 1), by=None, at=AT)

    assert states("life.party_class", day=TODAY) == {"2022-Q2": State.OVERDUE}
    again = switch_pack_on(unit=city(), pack="quarterly_class", since=date(2022, 7, 1), by=None, at=AT)
    assert list(PackSwitch.objects.order_by("valid_from").values_list("valid_to", flat=True)) == [date(2022, 7, 1), None]
    assert again.pk != made.pk


def test_local_rules_never_overlap_and_begin_with_a_month() -> None:
    made = switch_pack_on(unit=city(), pack="quarterly_class", since=date(2022, 4, 1), by=None, at=AT)
    for since in (date(2022, 4, 1), date(2022, 1, 1), date(2023, 1, 1)):
        with pytest.raises(Refused, match="已经启用"):
            switch_pack_on(unit=city(), pack="quarterly_class", since=since, by=None, at=AT)
    with pytest.raises(Refused, match="不是1日"):
        switch_pack_on(unit=city(), pack="size_decides", since=date(2022, 4, 2), by=None, at=AT)
    with pytest.raises(Refused, match="晚于"):
        switch_pack_off(switch=made, on=date(2022, 4, 1), by=None, at=AT)
    with pytest.raises(Refused, match="没有这一组"):
        switch_pack_on(unit=city(), pack="nothing", since=date(2022, 4, 1), by=None, at=AT)


def _term() -> None:
    Term.objects.filter(unit=named(BRANCH)).delete()
    Term.objects.create(unit=named(BRANCH), valid_from=date(2019, 3, 1), due_on="2022-03-01", due_by=date(2022, 3, 1))


def _state() -> State:
    return next(one.stand.state for one in standing(inside(named(BRANCH), TODAY), TODAY, ["term.organization"]))


def test_a_term_is_extended_with_the_document_that_approves_it() -> None:
    _term()
    assert _state() == State.OVERDUE
    asked = {"unit": named(BRANCH), "reason": "会长空缺", "by": user(Role.EDITOR), "at": AT}
    with pytest.raises(Refused, match="批准文件"):
        extend_term(until=date(2022, 12, 31), document=" ", **asked)
    with pytest.raises(Refused, match="晚于"):
        extend_term(until=date(2022, 3, 1), document="云泽商党〔2022〕5号", **asked)

    extend_term(until=TODAY, document="云泽商党〔2022〕5号", **asked)
    assert _state() == State.EXCUSED
    extend_term(until=date(2022, 7, 7), document="云泽商党〔2022〕5号", **asked)
    assert _state() == State.OVERDUE


def test_a_delay_of_more_than_a_year_is_told() -> None:
    assert longer_than_usual(date(2022, 3, 1), date(2023, 3, 1)) == ""
    assert "不超过1年" in longer_than_usual(date(2022, 3, 1), date(2023, 3, 2))
