"""The two coverages 两个覆盖 and what they are made of (M04)."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from shanghui.indicators.populations import ALL_CLAUSES, BUILDABLE, CHAMBERS
from shanghui.indicators.registry import everything, indicator
from shanghui.ledger.organizations.models import ChamberKind

_BASIS = "《关于加强社会组织党的建设工作的意见（试行）》"


@indicator("chambers.total", "商会数", CHAMBERS)
def chambers_total(day: date) -> Q:
    """当日状态为正常或换届中的商会。"""
    return everything(day)


@indicator("coverage.organization", "党组织覆盖率", CHAMBERS, out_of=everything, basis=_BASIS)
def coverage_organization(day: date) -> Q:
    """分子：当日由存续的党组织覆盖的商会，被覆盖两次的只算一家。分母：当日正常或换届中的商会。"""
    return Q(covered=True)


@indicator("coverage.work", "党的工作覆盖率", CHAMBERS, out_of=everything, basis=_BASIS)
def coverage_work(day: date) -> Q:
    """分子：当日有党组织覆盖，或者有指导员、联络员联系的商会。分母：当日正常或换届中的商会。"""
    return Q(covered=True) | Q(guided=True)


@indicator("coverage.own", "单独组建的商会", CHAMBERS, out_of=everything)
def coverage_own(day: date) -> Q:
    """当日以单独组建方式覆盖的商会。"""
    return Q(by_own=True)


@indicator("coverage.joint", "联合组建的商会", CHAMBERS, out_of=everything)
def coverage_joint(day: date) -> Q:
    """当日以联合组建方式覆盖的商会。"""
    return Q(by_joint=True)


@indicator("coverage.industry", "行业联建的商会", CHAMBERS, out_of=everything)
def coverage_industry(day: date) -> Q:
    """当日以行业联建方式覆盖的商会。"""
    return Q(by_industry=True)


@indicator("coverage.area", "区域共建的商会", CHAMBERS, out_of=everything)
def coverage_area(day: date) -> Q:
    """当日以区域共建方式覆盖的商会。"""
    return Q(by_area=True)


@indicator("coverage.functional", "功能型党组织覆盖的商会", CHAMBERS, out_of=everything)
def coverage_functional(day: date) -> Q:
    """当日由功能型党组织覆盖的商会。"""
    return Q(by_functional=True)


@indicator("coverage.temporary", "临时党组织覆盖的商会", CHAMBERS, out_of=everything)
def coverage_temporary(day: date) -> Q:
    """当日由临时党组织覆盖的商会。"""
    return Q(by_temporary=True)


@indicator("coverage.attached", "挂靠兜底的商会", CHAMBERS, out_of=everything)
def coverage_attached(day: date) -> Q:
    """当日由所在乡镇、街道、园区、村的党组织挂靠覆盖的商会。"""
    return Q(by_attached=True)


@indicator("coverage.shared", "联建共建的商会", CHAMBERS, out_of=everything)
def coverage_shared(day: date) -> Q:
    """当日以行业联建或区域共建方式覆盖的商会，两种都有的只算一家。"""
    return Q(by_industry=True) | Q(by_area=True)


@indicator("coverage.other", "功能型、临时、挂靠的商会", CHAMBERS, out_of=everything)
def coverage_other(day: date) -> Q:
    """当日由功能型、临时党组织覆盖，或者由所在地党组织挂靠兜底的商会，几种都有的只算一家。"""
    return Q(by_functional=True) | Q(by_temporary=True) | Q(by_attached=True)


@indicator("coverage.uncovered", "未建党组织的商会", CHAMBERS, out_of=everything)
def coverage_uncovered(day: date) -> Q:
    """当日没有党组织覆盖的商会。"""
    return Q(covered=False)


@indicator("coverage.guided", "指导员联系的未建商会", CHAMBERS, out_of=everything)
def coverage_guided(day: date) -> Q:
    """当日没有党组织覆盖、但有指导员或联络员联系的商会。"""
    return Q(covered=False, guided=True)


@indicator("coverage.blank", "空白商会", CHAMBERS, out_of=everything)
def coverage_blank(day: date) -> Q:
    """当日既没有党组织覆盖，也没有指导员、联络员联系的商会。"""
    return Q(covered=False, guided=False)


def uncovered(day: date) -> Q:
    """The denominator of 应建未建."""
    return Q(covered=False)


@indicator("coverage.can_build", "应建未建", CHAMBERS, out_of=uncovered, basis="《支部工作条例》第四条、第五条")
def coverage_can_build(day: date) -> Q:
    """分子：当日没有党组织覆盖、在商会任职或入会的正式党员有3名以上的商会。分母：没有党组织覆盖的商会。"""
    return Q(covered=False, full_members__gte=BUILDABLE)


@indicator("charter.complete", "党建入章率", CHAMBERS, out_of=everything)
def charter_complete(day: date) -> Q:
    """分子：当日章程四项内容（党的领导、设立党组织、作用、经费）齐全的商会。分母：当日正常或换届中的商会。"""
    return Q(clause_count__gte=ALL_CLAUSES)


@indicator("chambers.enterprises", "会员企业数", CHAMBERS, total=True, unit="家")
def chambers_enterprises(day: date) -> Q:
    """当日正常或换届中的商会各自填报的会员企业数之和；同一企业加入两家商会的，两家各算一次。"""
    return everything(day)


def _of_kind(kind: ChamberKind) -> None:
    def condition(day: date) -> Q:
        return Q(kind=kind.value)

    condition.__doc__ = f"当日正常或换届中的{kind.label}商会。"
    indicator(f"chambers.{kind.value}", f"{kind.label}商会数", CHAMBERS)(condition)


for _kind in ChamberKind:
    _of_kind(_kind)
