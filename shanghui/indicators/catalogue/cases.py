"""Cases by age and kind, how long approvals took (M05, M08), and joint branches by how many units they cover (M07)."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from shanghui.indicators.casework import APPROVALS, BUILDING, CASES, ELECTIONS, JOINT, RESHAPING
from shanghui.indicators.registry import everything, indicator


def _open(day: date) -> Q:
    return Q(is_open=True)


def _limited(day: date) -> Q:
    return Q(has_limit=True)


@indicator("cases.open", "办理中的事项", CASES)
def cases_open(day: date) -> Q:
    """当日已立项、还没有办结或撤回的事项。"""
    return _open(day)


@indicator("cases.open_over_3", "立项超过3个月没有办完", CASES, out_of=_open)
def cases_open_over_3(day: date) -> Q:
    """当日办理中、立项已超过3个月的事项。分母是当日办理中的事项。"""
    return Q(is_open=True, over_3=True)


@indicator("cases.open_over_6", "立项超过6个月没有办完", CASES, out_of=_open)
def cases_open_over_6(day: date) -> Q:
    """当日办理中、立项已超过6个月的事项。分母是当日办理中的事项。"""
    return Q(is_open=True, over_6=True)


@indicator("cases.open_building", "办理中的组建", CASES)
def cases_open_building(day: date) -> Q:
    """当日办理中的组建党组织、由已有党组织覆盖的事项。"""
    return Q(is_open=True, kind__in=BUILDING)


@indicator("cases.open_elections", "办理中的换届和选任", CASES)
def cases_open_elections(day: date) -> Q:
    """当日办理中的换届选举、补选、任命或者聘任书记的事项。"""
    return Q(is_open=True, kind__in=ELECTIONS)


@indicator("cases.open_reshaping", "办理中的调整撤并", CASES)
def cases_open_reshaping(day: date) -> Q:
    """当日办理中的改变组建方式、合并、撤销党组织的事项。"""
    return Q(is_open=True, kind__in=RESHAPING)


@indicator("cases.done", "本半年办结的事项", CASES)
def cases_done(day: date) -> Q:
    """本半年1月1日或7月1日起到当日办结并写入台账的事项，撤回的不算。"""
    return Q(is_open=False)


@indicator("cases.done_building", "本半年办结的组建", CASES)
def cases_done_building(day: date) -> Q:
    """本半年到当日办结的组建党组织、由已有党组织覆盖的事项。"""
    return Q(is_open=False, kind__in=BUILDING)


@indicator("cases.done_elections", "本半年办结的换届和选任", CASES)
def cases_done_elections(day: date) -> Q:
    """本半年到当日办结的换届选举、补选、任命或者聘任书记的事项。"""
    return Q(is_open=False, kind__in=ELECTIONS)


@indicator("cases.done_reshaping", "本半年办结的调整撤并", CASES)
def cases_done_reshaping(day: date) -> Q:
    """本半年到当日办结的改变组建方式、合并、撤销党组织的事项。"""
    return Q(is_open=False, kind__in=RESHAPING)


@indicator("cases.approvals", "本半年的批复", APPROVALS)
def cases_approvals(day: date) -> Q:
    """本半年到当日上级党组织对请示作出的批复，当日以前退回的不算。"""
    return everything(day)


@indicator("cases.approval_days", "本半年批复历时合计", APPROVALS, unit="天", total=True)
def cases_approval_days(day: date) -> Q:
    """本半年到当日的批复，从请示到批复的天数合计；除以“本半年的批复”就是平均天数。"""
    return everything(day)


@indicator("cases.approved_in_time", "一个月内批复", APPROVALS, out_of=_limited, basis="《支部工作条例》第六条")
def cases_approved_in_time(day: date) -> Q:
    """本半年到当日的批复，在请示以后1个月内作出的。分母是其中有批复时限的。"""
    return Q(has_limit=True, in_time=True)


@indicator("joint.units_2", "覆盖2家以下的联合党支部", JOINT)
def joint_units_2(day: date) -> Q:
    """当日联合组建、行业联建、区域共建的党组织，覆盖商会不超过2家的。"""
    return Q(units__lte=2)


@indicator("joint.units_3", "覆盖3家的联合党支部", JOINT)
def joint_units_3(day: date) -> Q:
    """当日联合组建、行业联建、区域共建的党组织，覆盖3家商会的。"""
    return Q(units=3)


@indicator("joint.units_4", "覆盖4家的联合党支部", JOINT)
def joint_units_4(day: date) -> Q:
    """当日联合组建、行业联建、区域共建的党组织，覆盖4家商会的。"""
    return Q(units=4)


@indicator("joint.units_5", "覆盖5家的联合党支部", JOINT)
def joint_units_5(day: date) -> Q:
    """当日联合组建、行业联建、区域共建的党组织，覆盖5家商会的。"""
    return Q(units=5)


@indicator("joint.units_more", "覆盖超过5家的联合党支部", JOINT, basis="《支部工作条例》第五条")
def joint_units_more(day: date) -> Q:
    """当日联合组建、行业联建、区域共建的党组织，覆盖商会超过5家的；一般不超过5家。"""
    return Q(units__gt=5)
