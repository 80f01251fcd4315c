"""The geometry and the words of bars, waffles and meters. Nothing here decides what is counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

FORMS = (("own", "单独"), ("joint", "联合"), ("attach", "挂靠"), ("guide", "指导员联系"), ("none", "空白"))
"""The forms of coverage, strong to weak: the css class after `k-`, and the word."""


@dataclass(frozen=True)
class Segment:
    """One piece of a bar: where it begins and how wide it is, in percent of the bar."""

    kind: str
    label: str
    count: int
    x: str
    width: str


@dataclass(frozen=True)
class Square:
    """One square of a waffle; with a name and an address it can be opened."""

    kind: str
    label: str = ""
    url: str = ""


def segments(counts: tuple[int, ...]) -> list[Segment]:
    """The pieces of a coverage bar for counts in the order of FORMS; empty pieces are left out."""
    total = sum(counts)
    found: list[Segment] = []
    before = 0
    for (kind, label), count in zip(FORMS, counts, strict=True):
        if count:
            found.append(Segment(kind, label, count, percent(before, total), percent(count, total)))
        before += count
    return found


def squares(counts: tuple[int, ...]) -> Iterator[Square]:
    """One square per chamber, strong forms first."""
    for (kind, label), count in zip(FORMS, counts, strict=True):
        yield from (Square(kind, label) for _ in range(count))


def in_words(counts: tuple[int, ...], unit: str = "家") -> str:
    """The same as a sentence: «40 家：单独 28 家，联合 6 家，指导员联系 6 家»."""
    parts = [f"{label} {count} {unit}" for (_, label), count in zip(FORMS, counts, strict=True) if count]
    return f"{sum(counts)} {unit}：{'，'.join(parts)}" if parts else f"0 {unit}"


def percent(part: int, whole: int) -> str:
    """A width for SVG: «15.00%»; empty wholes have no width."""
    return f"{part * 100 / whole:.2f}%" if whole else "0%"
