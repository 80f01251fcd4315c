"""What is asked, read from the address; what could not be read is said in words and the usual taken instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.http import QueryDict

from shanghui.indicators.populations import CHAMBERS
from shanghui.indicators.registry import Indicator, registry
from shanghui.web.coverage.over_time import RATES
from shanghui.web.explorer.dates import When, days_of, usual_beginning
from shanghui.web.figures.nodes import TODAY
from shanghui.web.kit.visits import Visit


class Level(StrEnum):
    """For which places figures are listed."""

    NODE = "node"
    CHILDREN = "children"
    ALL = "all"
    KIND = "kind"


LEVELS = {Level.NODE: "只看这一级", Level.CHILDREN: "本级直属和下一级", Level.ALL: "以下各级工商联", Level.KIND: "按商会类别"}
TREES = {"": "按当时的上下级", TODAY: "都按今天的上下级"}
NAMES = ("code", "under", "level", "when", "then", "on", "tree")
"""What a view keeps of an address."""


@dataclass(frozen=True)
class Asked:
    """A question: which figures, for which places, on which days, by which tree."""

    indicators: tuple[Indicator, ...]
    level: Level
    when: When
    then: date
    on: date
    days: tuple[date, ...]
    tree: str
    problems: list[str] = field(default_factory=list)

    @property
    def codes(self) -> set[str]:
        """The codes of the figures."""
        return {one.code for one in self.indicators}


def read(query: QueryDict, visit: Visit) -> Asked:
    """The question in an address. An address without any names the two coverages by month."""
    problems: list[str] = []
    usual = not any(name in query for name in NAMES)
    when = _choice(When, query.get("when", ""), When.MONTHS if usual else When.DAY, "日期的选法", problems)
    level = _choice(Level, query.get("level", ""), Level.NODE, "范围的选法", problems)
    indicators = _indicators(list(RATES) if usual else query.getlist("code"), level, problems)
    then, on = _span(query.get("then", "").strip(), when, visit, problems)
    days, told = days_of(when, then, on)
    tree = query.get("tree", "")
    if tree not in TREES:
        problems.append(f"没有“{_short(tree)}”这样的上下级选法，这里按当时的。")
    return Asked(indicators, level, when, then, on, days, tree if tree in TREES else "", problems + ([told] if told else []))


Chosen = TypeVar("Chosen", bound=StrEnum)


def _choice(kind: type[Chosen], written: str, usual: Chosen, what: str, problems: list[str]) -> Chosen:
    if written in {one.value for one in kind}:
        return kind(written)
    if written:
        problems.append(f"没有“{_short(written)}”这样的{what}，这里用平常的。")
    return usual


def _indicators(codes: list[str], level: Level, problems: list[str]) -> tuple[Indicator, ...]:
    """In the catalogue's order, each once. By kind there are only figures of chambers."""
    unknown = [code for code in dict.fromkeys(codes) if registry.get(code) is None]
    if unknown:
        problems.append(f"没有这样的指标：{'、'.join(_short(code) for code in unknown[:5])}，已略去。")
    chosen = tuple(one for one in registry if one.code in codes)
    if level is not Level.KIND:
        return chosen
    others = [one.title for one in chosen if one.population != CHAMBERS]
    if others:
        problems.append(f"只有商会的指标能按商会类别看，已略去：{'、'.join(others[:8])}{'等' if len(others) > 8 else ''}。")
    return tuple(one for one in chosen if one.population == CHAMBERS)


def _span(written: str, when: When, visit: Visit, problems: list[str]) -> tuple[date, date]:
    on = visit.day
    usual = usual_beginning(when, on)
    if not written or when is When.DAY:
        return usual, on
    try:
        then = date.fromisoformat(written)
    except ValueError:
        problems.append(f"“{_short(written)}”不是日期，这里从 {usual} 起。日期写成 2021-12-31 这样。")
        return usual, on
    if then > visit.today:
        problems.append(f"{then} 还没有到，这里从 {usual} 起。")
        return usual, on
    if then > on:
        problems.append("开始日期在结束日期之后，已按先后调换。")
        return on, then
    return then, on


def _short(text: str) -> str:
    return text if len(text) <= 30 else f"{text[:30]}…"


def document(query: QueryDict) -> dict[str, Any]:
    """What a view keeps: the names it knows, codes as a list, empty ones left out (no day: up to the day it is opened)."""
    kept: dict[str, Any] = {name: query[name] for name in NAMES[1:] if query.get(name)}
    return {"code": query.getlist("code")} | kept


def address_query(kept: Mapping[str, Any], **more: Any) -> str:
    """The same as «?code=…&level=…»."""
    pairs = {name: kept[name] for name in NAMES if kept.get(name)}
    return "?" + urlencode(pairs | more, doseq=True)
