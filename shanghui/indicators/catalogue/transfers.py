"""Transfers of relations: on their way, out and in, letters that ran out (M16)."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from shanghui.indicators.registry import indicator
from shanghui.indicators.transferring import TRANSFERS_IN, TRANSFERS_OUT


def _letters(day: date) -> Q:
    return Q(in_transit=True, by_letter=True)


@indicator("transfer.in_transit", "转接途中的党员", TRANSFERS_OUT, basis="《党员教育管理工作条例》第二十五条")
def in_transit(day: date) -> Q:
    """当日组织关系已转出、对方还没有接收的，含平台内接转和开介绍信转出；仍计入转出党组织，由它负责。"""
    return Q(in_transit=True)


@indicator("transfer.out", "本半年转出", TRANSFERS_OUT)
def out(day: date) -> Q:
    """本半年1月1日或7月1日起到当日对方已经接收的转出，每次接转算一人次。同一单位范围内互转的，转出、转入各算一次。"""
    return Q(in_transit=False)


@indicator("transfer.in", "本半年转入", TRANSFERS_IN)
def into(day: date) -> Q:
    """本半年1月1日或7月1日起到当日已经接收的转入，每次接转算一人次，含凭介绍信转入。"""
    return Q(in_transit=False)


@indicator("transfer.letters_overdue", "逾期没有回执的介绍信", TRANSFERS_OUT, out_of=_letters)
def letters_overdue(day: date) -> Q:
    """当日已过有效期、还没有收到回执也没有作废的转出介绍信。分母是当日在途的转出介绍信。"""
    return Q(overdue=True)
