"""How often the checker of drafts is right on labelled passages: what it finds of the wrong figures, what it calls wrong without cause.

A passage: {"id", "text", "relations": [{"type", "anchor", "window", "verdict", …}]}; a relation is a figure that follows from others.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shanghui.reports.checking.check import check
from shanghui.reports.checking.verdicts import Finding, Verdict

ALIKE = ({"ratio", "plausible_percent", "growth"}, {"sum", "difference"})
"""Kinds that say the same of a figure: what is left is a part of the whole."""
CHECKABLE = ("ok", "wrong", "rounding")


@dataclass
class Score:
    """Counts by kind of claim. `alarms`, `misses`: (passage, what) of what was called wrong and is not, and of what was not found."""

    checkable: Counter[str] = field(default_factory=Counter)
    covered: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    alarms: list[tuple[str, str]] = field(default_factory=list)
    misses: list[tuple[str, str]] = field(default_factory=list)

    @property
    def kinds(self) -> list[str]:
        """The kinds of claim, the most frequent first."""
        return [kind for kind, _ in self.checkable.most_common()]

    @property
    def precision(self) -> float:
        """What share of the figures called wrong are wrong."""
        right = sum(self.found.values())
        return right / (right + len(self.alarms)) if right or self.alarms else 1.0

    @property
    def recall(self) -> float:
        """What share of the wrong figures are found."""
        return sum(self.found.values()) / max(1, sum(self.wrong.values()))


def passages(path: Path) -> list[dict[str, Any]]:
    """Labelled passages, one JSON object a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def score(cases: Sequence[dict[str, Any]]) -> Score:
    """The checker on labelled passages."""
    total = Score()
    for case in cases:
        findings = check(case["text"])
        called = [one for one in findings if one.verdict is Verdict.WRONG]
        total.alarms += [(case["id"], one.message) for one in called if not _has_cause(one, case["relations"])]
        for relation in case["relations"]:
            _count(total, case["id"], relation, findings, called)
    return total


def _count(total: Score, name: str, relation: dict[str, Any], findings: Sequence[Finding], called: Sequence[Finding]) -> None:
    kind = relation["type"]
    if relation["verdict"] in CHECKABLE:
        total.checkable[kind] += 1
        total.covered[kind] += any(_overlap(relation["anchor"], place) for one in findings for place in _places(one))
    if relation["verdict"] == "wrong":
        total.wrong[kind] += 1
        if any(_speaks_of(one, relation) for one in called):
            total.found[kind] += 1
        else:
            total.misses.append((name, f"{kind} {relation['stated']}"))


def _has_cause(one: Finding, relations: Sequence[dict[str, Any]]) -> bool:
    return any(_speaks_of(one, relation) for relation in relations if relation["verdict"] in ("wrong", "unsure"))


def _speaks_of(one: Finding, relation: dict[str, Any]) -> bool:
    """Whether a finding is about a relation: of its figure, or of its kind and from its figures only (a part may be blamed, or the whole)."""
    alike = one.type == relation["type"] or any({one.type, relation["type"]} <= kinds for kinds in ALIKE)
    if _overlap((one.figure.start, one.figure.end), relation["anchor"]):
        return alike
    summed = one.type == relation["type"] or {one.type, relation["type"]} == {"sum", "difference"}
    return summed and any(_overlap(place, relation["anchor"]) for place in _places(one))


def _places(one: Finding) -> Iterator[tuple[int, int]]:
    yield one.figure.start, one.figure.end
    for other in one.operands:
        yield other.start, other.end


def _overlap(one: Sequence[int], other: Sequence[int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
