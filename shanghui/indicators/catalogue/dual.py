"""Two upper links, a second plate, a second organizational life (M09)."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from shanghui.indicators.catalogue.organizations import of_chambers
from shanghui.indicators.populations import DUAL, ORGANIZATIONS
from shanghui.indicators.registry import everything, indicator


@indicator("dual.plates", "挂双牌子的党组织", ORGANIZATIONS, out_of=of_chambers)
def dual_plates(day: date) -> Q:
    """分子：当日存续并覆盖商会、另挂有第二块牌子（如非公企业党建工作指导站）的党组织。分母：商会党组织。"""
    return Q(covers=True, plated=True)


@indicator("dual.territory", "有属地管理的党组织", ORGANIZATIONS, out_of=of_chambers)
def dual_territory(day: date) -> Q:
    """分子：当日存续并覆盖商会、登记了属地党组织的党组织。分母：商会党组织。"""
    return Q(covers=True, guided_locally=True)


@indicator("dual.life", "双重组织生活党员", DUAL, basis="《党员教育管理工作条例》第三十二条")
def dual_life(day: date) -> Q:
    """当日在组织关系所在党组织以外另参加一个党组织生活的正式党员和预备党员，每人算一次；不计入该党组织的党员数。"""
    return everything(day)
