"""A report's own text before the checker: what would be told of any draft is told of ours, too (M44)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shanghui.access.scope import Scope
from shanghui.reports.checking.check import check, check_tables
from shanghui.reports.checking.drafts import Cell
from shanghui.reports.checking.verdicts import Verdict
from shanghui.reports.content import Block, Content, Counted, Paragraph, Table
from shanghui.reports.ledger_checking import against_ledger


@dataclass(frozen=True)
class Fault:
    """A figure called wrong. `where`: the heading it stands under."""

    where: str
    message: str

    @property
    def words(self) -> str:
        """As a sentence names it."""
        return f"“{self.where}”{self.message}"


def unsound(content: Content, scope: Scope) -> Iterator[Fault]:
    """Every figure of a report's text that does not follow from the others of its stretch, or differs from the ledger of the scope as at
    the report's day. Each section is checked as a whole: its own paragraphs may take up figures of the compiled ones."""
    yield from _of("开头", content.opening, content, scope)
    for section in content.sections():
        yield from _of(section.heading, section.paragraphs, content, scope)


def _of(where: str, blocks: Sequence[Block], content: Content, scope: Scope) -> Iterator[Fault]:
    text = "\n".join(one.text for one in blocks if isinstance(one, Paragraph))
    ledger = "\n".join(_without_own_counts(one) for one in blocks if isinstance(one, Paragraph))
    grids = tuple(_grid(one) for one in blocks if isinstance(one, Table))
    for one in (*check(text), *against_ledger(ledger, scope, content.as_at, content.span), *check_tables(grids)):
        if one.verdict is Verdict.WRONG:
            yield Fault(where, one.message)


def _without_own_counts(paragraph: Paragraph) -> str:
    """The text without counts that are no indicator's: «1名指导员» of a branch's chambers is not the branch's own figure of guides."""
    return "".join("若干" if isinstance(one, Counted) else one.text for one in paragraph.pieces)


def _grid(table: Table) -> tuple[tuple[Cell, ...], ...]:
    return tuple(tuple(Cell(text, 0) for text in row) for row in table.texts)
