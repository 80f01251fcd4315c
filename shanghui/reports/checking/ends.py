"""The two ends of a change: what there is now, and what there was before (M44)."""

from __future__ import annotations

import re

from shanghui.reports.checking.figures import Figure
from shanghui.reports.checking.passage import Passage

BY = re.compile(r"(净?[增减][长加少产收支员设资持亏盈]?了?|(?:增长|下降|上升|降低|回落|提高)了?|[多少]了?|[比较][一-龥]{0,6}[多少][一-龥]{2,3})$")
THAN = re.compile(r"(?:比(?![重例率])|较)[^，,;；、增减升降]{0,12}$")
FROM_TO = re.compile(r"(?:增加|增长|减少|发展|扩大|提高|提升|上升|下降|降低|壮大)[到至为]|[增减降升][至到为]")
THEN = re.compile(r"(?:去年|上年|上届|上次|上期|上一年|前年|年初|\d{4}年|[一二三四]季度|上月)(?:同期|末|底|度|初|[一二三四]季度|时)?[为是的有]?$")
"""What a figure of an earlier time is introduced with."""
_COMPARED = re.compile(r"相比|比较|比，")
_WITH_THEN = re.compile(r"[与同和比较][^，,;；。]{0,10}$")
_TWO_YEARS = re.compile(r"(\d{4})年[^，,;；。\d]{0,6}[比较](\d{4})年")
LATELY = 6


def ends_of(passage: Passage, place: int, one: Figure) -> tuple[Figure, Figure] | None:
    """(now, before) of a change at this place: «now … 与…before 相比», «now，比…的 before», «now，去年同期为 before», «由 before 增至 now»."""
    earlier = [other for other in passage.figures[max(0, place - LATELY) : place] if not other.is_percent]
    earlier = [other for other in earlier if passage.sentence(other.start) == passage.sentence(one.start)]
    while earlier and BY.search(passage.before(earlier[-1])):
        earlier.pop()
    if len(earlier) < 2 or not earlier[-2].same_kind(earlier[-1]):
        return None
    first, second = earlier[-2:]
    between = passage.between(first, second)
    if FROM_TO.search(between):
        return second, first
    compared = _COMPARED.match(passage.ahead(second, 6)) or THAN.search(between) or THEN.search(between)
    return (first, second) if compared else None


def then_named(passage: Passage, place: int, one: Figure) -> tuple[Figure, Figure] | None:
    """(now, before) where what there was stands behind: «156.8 亿元，同比增长 12.4%，去年同期为 139.5 亿元», «…（2021年底为211580名）»."""
    now = _now(passage, place, one)
    if now is None:
        return None
    for other in passage.figures[place + 1 : place + 4]:
        if passage.sentence(other.start) != passage.sentence(one.start):
            return None
        if other.is_percent or not other.same_kind(now) or BY.search(passage.before(other)):
            continue
        return (now, other) if THEN.search(passage.before(other)) else None
    return None


def _now(passage: Passage, place: int, one: Figure) -> Figure | None:
    """The last count before a change in its sentence that is neither a change itself nor of an earlier time."""
    for other in reversed(passage.figures[max(0, place - LATELY) : place]):
        if passage.sentence(other.start) != passage.sentence(one.start):
            return None
        if not other.is_percent and not BY.search(said := passage.before(other)) and not THEN.search(said):
            return other if one.is_percent or other.same_kind(one) else None
    return None


def two_years(passage: Passage, one: Figure) -> tuple[Figure, Figure] | None:
    """(now, before) of two years of which the text gives the figures: «2021年1745万元、2022年1647万元…2022年比2021年减少98万元»."""
    start = max((passage.shown.rfind(mark, 0, one.start) for mark in "。；;"), default=0)
    named = list(_TWO_YEARS.finditer(passage.shown, start + 1, one.start))
    if not named or any(not BY.search(passage.before(other)) for other in passage.counts if named[-1].end() <= other.start < one.start):
        return None
    now, before = (_of_year(passage, year, named[-1].start()) for year in named[-1].groups())
    return (now, before) if now is not None and before is not None and now.same_kind(before) else None


def _of_year(passage: Passage, year: str, place: int) -> Figure | None:
    """The count of a year, where the text gives but one."""
    found = [one for one in passage.counts if one.end <= place and passage.before(one).endswith(f"{year}年")]
    return found[0] if len(found) == 1 else None


def now_named(passage: Passage, place: int, one: Figure) -> tuple[Figure, Figure] | None:
    """(now, before) where a sentence begins with what there was, and speaks of what an earlier one has named: «共受理纠纷1268件。…。与去年同期的
    1043件相比，受理量增加225件»."""
    before = passage.figures[place - 1] if place else None
    if before is None or before.is_percent or not before.same_kind(one) or passage.sentence(before.start) != passage.sentence(one.start):
        return None
    if not (_WITH_THEN.search(passage.before(before)) and _COMPARED.match(passage.ahead(before, 6))):
        return None
    subject = passage.before(one)[:2]
    named = [other for other in passage.counts if other.end <= before.start and other.same_kind(one) and subject in passage.name(other)]
    return (named[0], before) if len(named) == 1 else None
