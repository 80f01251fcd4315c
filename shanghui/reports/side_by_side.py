"""Two reports of one kind and unit side by side: figures that moved, paragraphs that came or went (M43)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from shanghui.reports.content import Content, Number
from shanghui.reports.models import Report, ReportQuerySet
from shanghui.reports.queries import counts_in_words


@dataclass(frozen=True)
class Beside:
    """A figure in both reports; None where one does not speak of it."""

    title: str
    before: Number | None
    after: Number | None

    @property
    def differs(self) -> bool:
        """Whether a count moved, or only one of them speaks of it."""
        return _counts(self.before) != _counts(self.after)

    @property
    def texts(self) -> tuple[str, str]:
        """«34/40 85.0%» of both; «—» where there is none."""
        return _words(self.before), _words(self.after)


@dataclass(frozen=True)
class Changed:
    """A section that does not say the same: its sentences that are gone, and those that are new."""

    heading: str
    removed: tuple[str, ...]
    added: tuple[str, ...]


def others(report: Report, within: ReportQuerySet) -> ReportQuerySet:
    """The reports of the same kind and unit among these, the one before it first: «last one» is what one compares with."""
    same: ReportQuerySet = within.filter(kind=report.kind, unit=report.unit_id).exclude(pk=report.pk)
    return same


def last_one(report: Report, within: ReportQuerySet) -> Report | None:
    """The latest before this one; a frozen one rather than a draft of the same day. Else any other."""
    same = others(report, within)
    earlier = same.filter(Q(as_at__lt=report.as_at) | Q(as_at=report.as_at, made_at__lt=report.made_at))
    return earlier.order_by("-as_at", "snapshot", "-made_at").first() or same.order_by("as_at").first()


def figures_beside(before: Content, after: Content) -> list[Beside]:
    """Every figure of the two reports' own unit and day, in the order of the later one."""
    first, second = _figures(before), _figures(after)
    titles = {code: one.title for code, one in (first | second).items()}
    return [Beside(titles[code], first.get(code), second.get(code)) for code in [*second, *(code for code in first if code not in second)]]


def _figures(content: Content) -> dict[str, Number]:
    return {one.code: one for _, one in reversed(list(content.numbers())) if not one.on and not one.under}


def sections_beside(before: Content, after: Content) -> Iterator[Changed]:
    """The sections that differ, paragraph by paragraph: one in which only figures moved is told as gone and new."""
    first, second = _texts(before), _texts(after)
    for code in [*second, *(code for code in first if code not in second)]:
        old, new = first.get(code, Told()), second.get(code, Told())
        removed = tuple(one for one in old.lines if one not in new.lines)
        added = tuple(one for one in new.lines if one not in old.lines)
        if removed or added:
            yield Changed(new.heading or old.heading, removed, added)


@dataclass(frozen=True)
class Told:
    """What a section says, paragraph by paragraph, a table row by row."""

    heading: str = ""
    lines: tuple[str, ...] = ()


def _texts(content: Content) -> dict[str, Told]:
    return {
        section.code: Told(section.heading or part.heading, tuple(line for block in section.paragraphs for line in block.text.split("\n") if line))
        for part in content.parts for section in part.sections
    }


def _counts(one: Number | None) -> tuple[int, int | None] | None:
    return (one.numerator, one.denominator) if one else None


def _words(one: Number | None) -> str:
    return counts_in_words(one.numerator, one.denominator) if one else "—"
