"""Developments by stage, how long they have been there, whose probation is over (M15; regulations §3)."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from shanghui.indicators.developing import DEVELOPMENTS
from shanghui.indicators.registry import everything, indicator


def _probationary(day: date) -> Q:
    return Q(stage="probationary")


@indicator("development.open", "正在办理发展党员", DEVELOPMENTS)
def development_open(day: date) -> Q:
    """当日立项办理、还没有归档也没有结束的发展党员，按办理的党支部计算。"""
    return everything(day)


@indicator("development.applicants", "发展党员：申请人阶段", DEVELOPMENTS)
def development_applicants(day: date) -> Q:
    """当日正在办理、还没有确定为入党积极分子的。"""
    return Q(stage="applicant")


@indicator("development.activists", "发展党员：积极分子阶段", DEVELOPMENTS)
def development_activists(day: date) -> Q:
    """当日正在办理、已确定为入党积极分子、还不是发展对象的。"""
    return Q(stage="activist")


@indicator("development.candidates", "发展党员：发展对象阶段", DEVELOPMENTS)
def development_candidates(day: date) -> Q:
    """当日正在办理、已确定为发展对象、党委还没有批准的。"""
    return Q(stage="candidate")


@indicator("development.probationary", "发展党员：预备党员阶段", DEVELOPMENTS)
def development_probationary(day: date) -> Q:
    """当日正在办理、党委已批准为预备党员、还没有批准转正的。"""
    return _probationary(day)


@indicator("development.long", "同一阶段超过24个月", DEVELOPMENTS, out_of=everything)
def development_long(day: date) -> Q:
    """当日正在办理、进入现在的阶段已超过24个月的。分母是正在办理的。只作提示，不下指标。"""
    return Q(is_long=True)


@indicator("development.probation_over", "预备期满还没有讨论转正", DEVELOPMENTS, out_of=_probationary,
           basis="《发展党员工作细则（2026年）》第三十一条")
def development_probation_over(day: date) -> Q:
    """当日预备期（含延长）已满、支部党员大会还没有讨论转正的。分母是预备党员阶段的。"""
    return Q(stage="probationary", is_over=True)
