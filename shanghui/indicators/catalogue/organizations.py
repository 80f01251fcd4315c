"""Party organizations and their terms (M03, M08)."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from shanghui.indicators.populations import ORGANIZATIONS
from shanghui.indicators.registry import indicator
from shanghui.kernel.periods import months_later
from shanghui.ledger.organizations.models import Form, OrganizationKind

FOREWARNING_MONTHS = 6
_CHAMBER_ORGANIZATIONS = Q(covers=True)


def of_chambers(day: date) -> Q:
    """Organizations that cover a chamber: the leading committees are not counted among them."""
    return _CHAMBER_ORGANIZATIONS


@indicator("organizations.total", "商会党组织数", ORGANIZATIONS)
def organizations_total(day: date) -> Q:
    """当日存续并覆盖商会的党组织；一个联合党支部算一个。领导机构（总商会党委等）不算在内。"""
    return _CHAMBER_ORGANIZATIONS


@indicator("organizations.branches", "党支部", ORGANIZATIONS)
def organizations_branches(day: date) -> Q:
    """当日存续并覆盖商会的党支部（含联合党支部）。"""
    return _CHAMBER_ORGANIZATIONS & Q(kind=OrganizationKind.BRANCH)


@indicator("organizations.joint", "联合党支部", ORGANIZATIONS)
def organizations_joint(day: date) -> Q:
    """当日存续、以联合组建方式成立并覆盖商会的党组织。"""
    return _CHAMBER_ORGANIZATIONS & Q(form=Form.JOINT)


@indicator("organizations.general", "党总支", ORGANIZATIONS)
def organizations_general(day: date) -> Q:
    """当日存续并覆盖商会的党总支。"""
    return _CHAMBER_ORGANIZATIONS & Q(kind=OrganizationKind.GENERAL_BRANCH)


@indicator("organizations.committees", "党委", ORGANIZATIONS)
def organizations_committees(day: date) -> Q:
    """当日存续并覆盖商会的党委。"""
    return _CHAMBER_ORGANIZATIONS & Q(kind=OrganizationKind.COMMITTEE)


@indicator("term.overdue", "逾期未换届", ORGANIZATIONS, out_of=of_chambers, basis="《支部工作条例》第二十一条")
def term_overdue(day: date) -> Q:
    """分子：当日存续、任期已满而没有新一届任期的商会党组织。分母：商会党组织。"""
    return _CHAMBER_ORGANIZATIONS & Q(due_by__lt=day)


@indicator("term.due", "半年内届满", ORGANIZATIONS, out_of=of_chambers, basis="《支部工作条例》第二十一条")
def term_due(day: date) -> Q:
    """分子：任期在当日起6个月内届满的商会党组织（提前6个月提醒）。分母：商会党组织。"""
    return _CHAMBER_ORGANIZATIONS & Q(due_by__gte=day, due_by__lt=months_later(day, FOREWARNING_MONTHS))
