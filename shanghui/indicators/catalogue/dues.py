"""Dues: how many owe and have paid for the last month that is over, and branches that showed their list. Never by person (M17)."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from shanghui.indicators.dues_months import KEEPERS, OWED_MONTHS, Owed
from shanghui.indicators.registry import everything, indicator

_RULE = "《关于中国共产党党费收缴、使用和管理的规定》"


@indicator("dues.owing", "应交党费的党员", OWED_MONTHS, basis=f"{_RULE}第九条")
def owing(day: date) -> Q:
    """当日已过完的最近一个月（月末最后一天算过完），应当交党费的党员，按月初组织关系所在的党组织，每人算一次；功能型、临时党组织不收。
    明细只列党组织和交了没有，不列姓名。"""
    return everything(day)


@indicator("dues.based", "登记了党费基数的党员", OWED_MONTHS, out_of=everything)
def based(day: date) -> Q:
    """分子：那个月有党费基数，或者已登记应交、实交的党员。分母：那个月应交党费的党员。没有登记基数的，算不出应交多少。"""
    return ~Q(state=Owed.UNKNOWN.value)


def asked(day: date) -> Q:
    """The denominator of who has paid: of whom something is asked."""
    return Q(state__in=[Owed.PAID.value, Owed.OPEN.value])


@indicator("dues.paid", "交了党费的党员", OWED_MONTHS, out_of=asked, basis=f"{_RULE}第十二条")
def paid(day: date) -> Q:
    """分子：那个月的党费到当日已登记实交的党员。分母：那个月算得出应交、应交大于零的党员；经批准免交、没有登记基数的不计入。"""
    return Q(state=Owed.PAID.value)


@indicator("dues.published", "公布了党费收缴的党支部", KEEPERS, out_of=everything, basis=_RULE)
def published(day: date) -> Q:
    """分子：当年到当日公布过党费收缴情况的党支部。分母：在这里登记了当年党费的党支部。每年至少公布一次，到年底看。"""
    return Q(published=True)
