"""Counts of a day beside those of a year before, as a table of figures that open. No ranking, no rate of growth."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from shanghui.reports.content import Block, Paragraph, Table, Words, chinese_day
from shanghui.reports.facts import Facts, Pieces, missing, paragraph, say

STANDING = (
    "chambers.total", "coverage.organization", "coverage.uncovered", "coverage.work", "organizations.total", "term.overdue",
    "members.total", "members.probationary", "members.activists", "cross.secretary_leader", "guides.active", "charter.complete",
)
HELD = (
    "activities.general_meeting", "activities.party_class", "activities.theme_day", "activities.presidents_home",
    "activities.lecture_hall", "activities.training", "activities.field_march", "activities.volunteering", "promises.signed",
)
NAMES = {"coverage.organization": "有党组织覆盖的商会", "coverage.work": "党的工作覆盖的商会", "charter.complete": "党建入章的商会"}
"""What the count of a rate is called, where the rate's title names the rate."""
KNOWN_BY = {
    "coverage.work": "guides.active", "members": "members.total", "cross": "cross.secretaries", "guides": "guides.active",
    "charter": "charter.complete", "activities": "activities.total", "promises": "promises.signed", "organizations": "organizations.total",
    "term": "organizations.total",
}
"""{figure or its theme: the figure that is more than 0 where the ledger knows anything of it on a day}; all else: the chambers."""


def beside_the_year_before(facts: Facts) -> tuple[Block, ...]:
    """The counts of both days; a blank for what the ledger does not know of the year before: that is not 0."""
    before = facts.before
    codes = [code for code in STANDING + HELD if facts.count(code) or before.count(code)]
    known = [code for code in codes if _is_known(before, code)]
    unknown = [_name(facts, code) for code in codes if code not in known]
    blank = () if not unknown and codes else (_blank(before.day, unknown),)
    return (_told(before.day, facts.day), table_of(facts, before, known), *blank) if known else blank


def _is_known(facts: Facts, code: str) -> bool:
    return facts.count(KNOWN_BY.get(code) or KNOWN_BY.get(code.partition(".")[0], "chambers.total")) > 0


def _blank(day: date, names: Sequence[str]) -> Paragraph:
    what = "、".join(names) or "数"
    advice = f"台账里没有{chinese_day(day)}的这些记录，没有登记不等于没有。可以补记起止时间，或者照当年的总结在本节写一段。"
    return missing(f"{chinese_day(day)}的{what}", advice, "chambers", open=True)


def _told(before: date, now: date) -> Paragraph:
    return paragraph(f"下表把{chinese_day(before)}和{chinese_day(now)}的数并列；活动是各自当年1月1日起的次数。")


def table_of(facts: Facts, before: Facts, codes: Sequence[str]) -> Table:
    """Each figure's count on both days, and how it moved in words."""
    rows = tuple(_row(facts, before, code) for code in codes)
    heads = ("项目", chinese_day(before.day), chinese_day(facts.day), "增减")
    return Table("两年的数对照", heads, rows, (13, 11, 11, 6))


def _row(facts: Facts, before: Facts, code: str) -> tuple[Pieces, ...]:
    name = f"{_name(facts, code)}（{facts.figure(code).indicator.unit}）"
    earlier = before.number(code, on=before.day.isoformat())
    return say(name), (earlier,), (facts.number(code),), (Words(moved(before.count(code), facts.count(code))),)


def _name(facts: Facts, code: str) -> str:
    return NAMES.get(code, facts.figure(code).indicator.title)


def moved(before: int, now: int) -> str:
    """«增加3», «减少2» or «持平»."""
    return f"增加{now - before}" if now > before else f"减少{before - now}" if now < before else "持平"
