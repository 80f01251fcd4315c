"""People in the register, by home branch (M14)."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from shanghui.indicators.ages import NOT_YET, REACHED, UNTOLD
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


def of_known_age(day: date) -> Q:
    """The denominator of shares of ages up to 35: of whom it can be told."""
    return LIVING & ~Q(past_35=UNTOLD)


@indicator("members.young", "35岁及以下党员", PEOPLE, out_of=of_known_age)
def members_young(day: date) -> Q:
    """分子：当日党员中未满36周岁的人，按出生年月算到当日。分母：看得出是否满36周岁的党员；出生年月没有登记或者只写了年份、看不出来的不计入，
    人数见“看不出年龄的党员”。"""
    return LIVING & Q(past_35=NOT_YET)


def of_known_higher_age(day: date) -> Q:
    """The denominator of shares of ages above 60."""
    return LIVING & ~Q(past_60=UNTOLD)


@indicator("members.over_60", "61岁及以上党员", PEOPLE, out_of=of_known_higher_age)
def members_over_60(day: date) -> Q:
    """分子：当日党员中已满61周岁的人，按出生年月算到当日。分母：看得出是否满61周岁的党员。"""
    return LIVING & Q(past_60=REACHED)


@indicator("members.age_untold", "看不出年龄的党员", PEOPLE, out_of=members)
def members_age_untold(day: date) -> Q:
    """分子：当日党员中出生年月没有登记，或者只写了年份、当年才满36周岁，看不出是否满36周岁的人。分母：党员。"""
    return LIVING & Q(past_35=UNTOLD)


def full_members(day: date) -> Q:
    """The denominator of what is asked of full members alone."""
    return Q(category=Category.FULL)


def of_known_party_age(day: date) -> Q:
    """Full members of whom it can be told whether their years in the Party reach five."""
    return Q(category=Category.FULL) & ~Q(full_5=UNTOLD)


@indicator("members.party_age_5", "党龄不满5年的党员", PEOPLE, out_of=of_known_party_age, basis="《发展党员工作细则》第三十三条")
def members_party_age_5(day: date) -> Q:
    """分子：当日正式党员中，从转为正式党员之日算到当日不满5年的人（党龄从预备期满转正之日算起）。分母：看得出党龄是否满5年的正式党员。"""
    return Q(category=Category.FULL, full_5=NOT_YET)


def of_known_long_party_age(day: date) -> Q:
    """Full members of whom it can be told whether their years in the Party reach thirty."""
    return Q(category=Category.FULL) & ~Q(full_30=UNTOLD)


@indicator("members.party_age_30", "党龄30年及以上的党员", PEOPLE, out_of=of_known_long_party_age, basis="《发展党员工作细则》第三十三条")
def members_party_age_30(day: date) -> Q:
    """分子：当日正式党员中，从转为正式党员之日算到当日已满30年的人。分母：看得出党龄是否满30年的正式党员。"""
    return Q(category=Category.FULL, full_30=REACHED)


@indicator("members.party_age_untold", "看不出党龄的正式党员", PEOPLE, out_of=full_members)
def members_party_age_untold(day: date) -> Q:
    """分子：当日正式党员中，转正时间没有登记，或者写得不够细，看不出党龄是否满5年的人。分母：正式党员。"""
    return Q(category=Category.FULL, full_5=UNTOLD)


@indicator("members.floating", "流动党员", PEOPLE, out_of=members)
def members_floating(day: date) -> Q:
    """分子：党员中当日登记为流动党员的人，按组织关系所在党组织（流动不改变组织关系）。分母：党员。"""
    return LIVING & Q(floating=True)
