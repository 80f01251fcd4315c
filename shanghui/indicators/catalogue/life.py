"""What was held in the half year, and promises (M33, M35)."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from shanghui.indicators.populations import ACTIVITIES, PROMISES
from shanghui.indicators.registry import everything, indicator
from shanghui.ledger.activities.models import ActivityType


@indicator("activities.total", "活动", ACTIVITIES)
def activities_total(day: date) -> Q:
    """当日所在半年（到当日为止）举办的活动；几个单位合办的算一次。"""
    return everything(day)


def _of_type(kind: ActivityType) -> None:
    def condition(day: date) -> Q:
        return Q(type=kind.value)

    condition.__doc__ = f"当日所在半年（到当日为止）举办的{kind.label}；几个单位合办的算一次。"
    indicator(f"activities.{kind.value}", kind.label, ACTIVITIES)(condition)


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
