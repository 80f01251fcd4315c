"""Party organizations, their terms, and who holds two posts (M03, M08, M10)."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from shanghui.indicators.populations import GUIDES, ORGANIZATIONS, SECRETARIES
from shanghui.indicators.registry import everything, indicator
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


@indicator("cross.secretaries", "书记", SECRETARIES)
def cross_secretaries(day: date) -> Q:
    """当日在任的党组织书记。"""
    return everything(day)


@indicator("cross.secretary_president", "书记由会长担任", SECRETARIES, out_of=everything)
def cross_secretary_president(day: date) -> Q:
    """分子：当日在任、同时是所覆盖商会会长的书记。分母：在任的书记。由任职记录算出，不另填。"""
    return Q(is_president=True)


@indicator("cross.secretary_leader", "书记由副会长以上担任", SECRETARIES, out_of=everything)
def cross_secretary_leader(day: date) -> Q:
    """分子：当日在任、同时是所覆盖商会会长、常务副会长或副会长的书记。分母：在任的书记。由任职记录算出，不另填。"""
    return Q(is_leader=True)


@indicator("cross.secretary_general", "书记由秘书长担任", SECRETARIES, out_of=everything)
def cross_secretary_general(day: date) -> Q:
    """分子：当日在任、同时是所覆盖商会秘书长的书记。分母：在任的书记。由任职记录算出，不另填。"""
    return Q(is_secretary_general=True)


@indicator("cross.secretary_hired", "聘任的书记", SECRETARIES, out_of=everything)
def cross_secretary_hired(day: date) -> Q:
    """分子：当日在任、以聘任方式产生的书记。分母：在任的书记。"""
    return Q(method="hired")


@indicator("guides.active", "指导员、联络员数", GUIDES)
def guides_active(day: date) -> Q:
    """当日有联系商会任务的指导员、联络员，每人算一次。"""
    return everything(day)
