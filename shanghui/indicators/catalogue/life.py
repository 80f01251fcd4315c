"""What was held in the half year, promises (M33, M35), and the duties of organizational life (M19, M42)."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from shanghui.indicators.populations import ACTIVITIES, PROMISES
from shanghui.indicators.registry import everything, indicator
from shanghui.indicators.slots import OWED_PERIODS
from shanghui.ledger.activities.models import ActivityType
from shanghui.rules.duties import Duty, registry
from shanghui.rules.states import State

_IN_HALF_YEAR = Q(in_half_year=True)


@indicator("activities.total", "活动", ACTIVITIES)
def activities_total(day: date) -> Q:
    """当日所在半年（到当日为止）举办的活动；几个单位合办的算一次。"""
    return _IN_HALF_YEAR


@indicator("activities_year.total", "本年活动", ACTIVITIES)
def activities_year_total(day: date) -> Q:
    """当日所在的年（1月1日到当日）举办的活动；几个单位合办的算一次。"""
    return everything(day)


def _of_type(kind: ActivityType) -> None:
    def in_half_year(day: date) -> Q:
        return _IN_HALF_YEAR & Q(type=kind.value)

    def in_year(day: date) -> Q:
        return Q(type=kind.value)

    in_half_year.__doc__ = f"当日所在半年（到当日为止）举办的{kind.label}；几个单位合办的算一次。"
    in_year.__doc__ = f"当日所在的年（1月1日到当日）举办的{kind.label}；几个单位合办的算一次。"
    indicator(f"activities.{kind.value}", kind.label, ACTIVITIES)(in_half_year)
    indicator(f"activities_year.{kind.value}", f"本年{kind.label}", ACTIVITIES)(in_year)


for _kind in ActivityType:
    _of_type(_kind)


@indicator("promises.signed", "签订诚信经营承诺的经营户", PROMISES)
def promises_signed(day: date) -> Q:
    """到当日已签订、没有收回的诚信经营承诺。"""
    return everything(day)


@indicator("promises.plates", "亮牌经营户", PROMISES)
def promises_plates(day: date) -> Q:
    """到当日已签订承诺并授牌、没有收回的经营户。"""
    return Q(plate_given=True)


MEETINGS = ("life.general_meeting", "life.committee_meeting", "life.group_meeting", "life.party_class", "life.theme_day")
"""The three meetings, the class and the theme day."""
_OWED = Q(state__in=[State.DONE.value, State.DUE.value, State.OVERDUE.value])


def _met(rule: Q) -> Q:
    return rule & Q(ended=True, state=State.DONE.value)


def _of_duty(duty: Duty) -> None:
    """A duty's rate: of the organization-periods that ended this year by the day, those in which it was met."""
    rule = Q(rule=duty.code)
    whole_year = duty.code.startswith("training.")

    def met(day: date) -> Q:
        return rule & Q(state=State.DONE.value) if whole_year else _met(rule)

    def owed(day: date) -> Q:
        return rule & _OWED if whole_year else rule & _OWED & Q(ended=True)

    span = "本年应做的" if whole_year else "本年到当日为止已到期的"
    met.__doc__ = f"分子：{span}组织期数中已完成的。分母：{span}组织期数。{duty.sentence}上级同意免除的、无法判定的不计入。"
    norm = duty.norm_on(date(2026, 1, 1))
    indicator(duty.code, f"{duty.title}完成率", OWED_PERIODS, out_of=owed, basis=norm.source if norm else "")(met)


for _duty in registry:
    _of_duty(_duty)


@indicator("life.meetings", "三会一课、主题党日完成率", OWED_PERIODS, out_of=lambda day: Q(rule__in=MEETINGS, ended=True) & _OWED)
def life_meetings(day: date) -> Q:
    """分子：本年到当日为止已到期的三会一课、主题党日组织期数中已完成的。分母：已到期的组织期数。上级同意免除的、无法判定的不计入。"""
    return _met(Q(rule__in=MEETINGS))


@indicator("life.overdue", "组织生活逾期", OWED_PERIODS)
def life_overdue(day: date) -> Q:
    """本年到当日已过期限、没有记录、上级没有同意免除的组织期数。"""
    return Q(state=State.OVERDUE.value, rule__startswith="life.")


@indicator("life.due", "组织生活待开", OWED_PERIODS)
def life_due(day: date) -> Q:
    """当日所在的月、季、年里还没有记录、期限还没有过的组织期数。"""
    return Q(state=State.DUE.value, rule__startswith="life.")


@indicator("life.excused", "组织生活已同意免除", OWED_PERIODS)
def life_excused(day: date) -> Q:
    """本年到当日上级已同意免除的组织期数。"""
    return Q(state=State.EXCUSED.value, rule__startswith="life.")


@indicator("life.unknown", "组织生活无法判定", OWED_PERIODS)
def life_unknown(day: date) -> Q:
    """本年到当日因为台账缺少委员、书记等登记而无法判定的组织期数。"""
    return Q(state=State.UNKNOWN.value)
