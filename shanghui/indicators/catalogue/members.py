"""People in the register, by home branch (M14)."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from shanghui.indicators.populations import LIVING, PEOPLE
from shanghui.indicators.registry import indicator
from shanghui.ledger.people.models import Category


@indicator("members.total", "党员数", PEOPLE)
def members_total(day: date) -> Q:
    """当日的正式党员和预备党员，按组织关系所在党组织，每人算一次。"""
    return LIVING


@indicator("members.full", "正式党员", PEOPLE)
def members_full(day: date) -> Q:
    """当日的正式党员，按组织关系所在党组织。"""
    return Q(category=Category.FULL)


@indicator("members.probationary", "预备党员", PEOPLE)
def members_probationary(day: date) -> Q:
    """当日的预备党员，按组织关系所在党组织。"""
    return Q(category=Category.PROBATIONARY)


@indicator("members.candidates", "发展对象", PEOPLE)
def members_candidates(day: date) -> Q:
    """当日的发展对象，按联系培养的党组织。"""
    return Q(category=Category.CANDIDATE)


@indicator("members.activists", "入党积极分子", PEOPLE)
def members_activists(day: date) -> Q:
    """当日的入党积极分子，按联系培养的党组织。"""
    return Q(category=Category.ACTIVIST)


@indicator("members.applicants", "入党申请人", PEOPLE)
def members_applicants(day: date) -> Q:
    """当日的入党申请人（尚未列为积极分子），按联系培养的党组织。"""
    return Q(category=Category.APPLICANT)


def members(day: date) -> Q:
    """The denominator of shares of members."""
    return LIVING


@indicator("members.women", "女党员", PEOPLE, out_of=members)
def members_women(day: date) -> Q:
    """分子：当日党员中的女性。分母：党员。"""
    return LIVING & Q(gender="女")


@indicator("members.young", "35岁及以下党员", PEOPLE, out_of=members)
def members_young(day: date) -> Q:
    """分子：当日党员中，当年年份减出生年份不超过35的人。分母：党员。"""
    return LIVING & Q(birth_year__gte=day.year - 35)


@indicator("members.floating", "流动党员", PEOPLE, out_of=members)
def members_floating(day: date) -> Q:
    """分子：党员中登记为流动党员的人。分母：党员。"""
    return LIVING & Q(floating=True)
