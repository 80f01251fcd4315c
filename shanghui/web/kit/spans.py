"""How long a fact held, as far as it is known: «2016年11月 至今», «不晚于 2022-06-30», «2019-11-18 — 2022-07-10»."""

from __future__ import annotations

from datetime import date

from shanghui.kernel.facts import Fact, Precision
from shanghui.kernel.periods import EPOCH, last_day
from shanghui.web.kit.days import table_day

_LENGTH = {Precision.YEAR: 4, Precision.MONTH: 7}


def began(fact: Fact) -> str:
    """The beginning with the precision known, as text («2016-11»); "" where nothing is known of it."""
    if fact.valid_from <= EPOCH or fact.from_precision == Precision.SEEN:
        return ""
    return fact.valid_from.isoformat()[: _LENGTH.get(Precision(fact.from_precision), 10)]


def began_in_words(fact: Fact) -> str:
    """«2016年11月», «不晚于 2022-06-30», "" for a fact that was always there."""
    if fact.valid_from <= EPOCH:
        return ""
    return table_day(began(fact)) if began(fact) else f"不晚于 {fact.valid_from.isoformat()}"


def held(fact: Fact, day: date, today: date) -> str:
    """The days of a fact, both inclusive, as one knew them on `day`: an end after an earlier `day` is not told."""
    start = began_in_words(fact)
    ended = last_day(fact.valid_to)
    if ended is not None and (day >= today or ended < day):
        return f"{start} — {ended.isoformat()}" if start else f"至 {ended.isoformat()}"
    if day < today:
        return f"{start} 起" if start else "当日有效"
    return f"{start} 至今" if start else "至今"
