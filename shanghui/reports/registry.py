"""Kinds of report: one class each in `catalogue/` (architecture, «to add a report»)."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import ClassVar

from shanghui.access.models import Unit, UnitKind
from shanghui.kernel.refusals import Refused
from shanghui.kernel.registry import Registry
from shanghui.reports.content import HALF_YEAR, Block, Content, Gap, Paragraph, Part, Section, Words, chinese_number
from shanghui.reports.facts import Facts


class NotReported(Refused):
    """Why there is no such report of that unit."""


class ReportKind(ABC):
    """One kind of report: what it is called, of whom it speaks, and what it says.

    The place of a Gap is one of: `chambers`, `organizations`, `people`, `coverage`, `activities`, `promises`, `text`.
    `group`: under which heading it is offered; `about`: what it is for, in a sentence.
    """

    code: ClassVar[str]
    title: ClassVar[str]
    about: ClassVar[str] = ""
    group: ClassVar[str] = "总结和简报"
    units: ClassVar[tuple[UnitKind, ...]] = (UnitKind.FEDERATION,)
    span: ClassVar[str] = HALF_YEAR
    one_page: ClassVar[bool] = False

    def compile(self, *, unit: Unit, day: date, made_on: date, own_text: Mapping[str, str]) -> Content:
        """The report of what stands below the unit as at the day, with the user's paragraphs at their sections."""
        if unit.kind not in self.units:
            of = UnitKind(self.units[0]).label
            raise NotReported(f"“{unit.name}”不是{of}，没有{self.title}。请选一个{of}。")
        facts = Facts(unit, day, self.span)
        return Content(
            title=self.title_of(facts), issuer=facts.issuer, as_at=day, made_on=made_on,
            opening=self.opening(facts), parts=_numbered(self.parts(facts), own_text), notes=self.notes(facts),
            span=self.span, one_page=self.one_page,
        )

    @abstractmethod
    def default_day(self, today: date) -> date:
        """The as-at day most likely wanted today."""

    @abstractmethod
    def title_of(self, facts: Facts) -> tuple[str, ...]:
        """The lines of the title."""

    @abstractmethod
    def opening(self, facts: Facts) -> tuple[Paragraph, ...]:
        """What stands before the first part."""

    @abstractmethod
    def parts(self, facts: Facts) -> tuple[Part, ...]:
        """The parts with headings still without numbers."""

    @abstractmethod
    def notes(self, facts: Facts) -> tuple[str, ...]:
        """The definitions printed at the end."""


def _numbered(parts: tuple[Part, ...], own_text: Mapping[str, str]) -> tuple[Part, ...]:
    """The parts with numbers before their headings; what has no heading has none."""
    return tuple(
        Part(
            f"{chinese_number(index)}、{part.heading}" if part.heading else "",
            tuple(_with_own(one, own_text, place) for place, one in enumerate(part.sections, 1)),
        )
        for index, part in enumerate(parts, 1)
    )


def _with_own(section: Section, own_text: Mapping[str, str], place: int) -> Section:
    """The numbered section with the user's paragraphs at its end; they take the place of open gaps."""
    lines = [line.strip() for line in own_text.get(section.code, "").splitlines() if line.strip()]
    compiled = section.paragraphs
    if lines:
        compiled = tuple(kept for kept in map(_without_open_gaps, compiled) if kept is not None)
    own = tuple(Paragraph((Words(line),), own=True) for line in lines)
    heading = f"（{chinese_number(place)}）{section.heading}" if section.heading else ""
    return replace(section, heading=heading, paragraphs=compiled + own)


def _without_open_gaps(block: Block) -> Block | None:
    """The block without them; None where nothing is left."""
    if not isinstance(block, Paragraph):
        return block
    kept = tuple(piece for piece in block.pieces if not (isinstance(piece, Gap) and piece.open))
    return replace(block, pieces=kept) if kept else None


registry: Registry[ReportKind] = Registry("shanghui.reports.catalogue")


def report_kind(declared: type[ReportKind]) -> type[ReportKind]:
    """Declares a kind of report."""
    registry.add(declared.code, declared())
    return declared


def kind_with_code(code: str) -> ReportKind:
    """The kind with this code. Raises NotReported."""
    kind = registry.get(code)
    if kind is None:
        known = "、".join(f"{one.code}（{one.title}）" for one in registry)
        raise NotReported(f"没有“{code}”这种报告。现有：{known}。")
    return kind
