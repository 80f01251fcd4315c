"""Guides and liaisons by how many chambers they look after (M06): people in bands, never a list by achievement."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from shanghui.indicators.populations import GUIDES
from shanghui.indicators.registry import everything, indicator


@indicator("guides.active", "指导员、联络员数", GUIDES)
def guides_active(day: date) -> Q:
    """当日有联系商会任务的指导员、联络员，每人算一次。"""
    return everything(day)


@indicator("guides.load_small", "联系1至3家的指导员", GUIDES)
def guides_load_small(day: date) -> Q:
    """当日联系1至3家商会的指导员、联络员，每人算一次，按其联系的全部商会计。"""
    return Q(load__lte=3)


@indicator("guides.load_medium", "联系4至6家的指导员", GUIDES)
def guides_load_medium(day: date) -> Q:
    """当日联系4至6家商会的指导员、联络员，每人算一次，按其联系的全部商会计。"""
    return Q(load__gte=4, load__lte=6)


@indicator("guides.load_large", "联系7家以上的指导员", GUIDES)
def guides_load_large(day: date) -> Q:
    """当日联系7家以上（含7家）商会的指导员、联络员，每人算一次，按其联系的全部商会计。"""
    return Q(load__gte=7)
