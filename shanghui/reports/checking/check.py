"""Everything that is checked in a text, in the order of its places (M44)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from shanghui.reports.checking.amounts import amounts
from shanghui.reports.checking.averages import averages
from shanghui.reports.checking.changes import changes
from shanghui.reports.checking.columns import share_columns
from shanghui.reports.checking.divisions import divisions, opposites
from shanghui.reports.checking.doubts import undoubted
from shanghui.reports.checking.drafts import Cell, Draft
from shanghui.reports.checking.figures import plain
from shanghui.reports.checking.hundreds import hundreds, series
from shanghui.reports.checking.lists import lists
from shanghui.reports.checking.named_wholes import of_named_counts, of_plans
from shanghui.reports.checking.partitions import partitions
from shanghui.reports.checking.passage import Passage
from shanghui.reports.checking.pasted import pasted
from shanghui.reports.checking.periods import periods
from shanghui.reports.checking.points import points
from shanghui.reports.checking.rates import rates
from shanghui.reports.checking.remainders import remainders
from shanghui.reports.checking.respective import respective
from shanghui.reports.checking.respective_growth import respective_growth
from shanghui.reports.checking.shares import shares
from shanghui.reports.checking.sums import sums
from shanghui.reports.checking.tables import tables
from shanghui.reports.checking.verdicts import Finding

LONG = 2000
"""Characters of a paragraph that are looked at together."""
_KINDS = (respective, respective_growth, of_named_counts, of_plans, hundreds, changes, remainders, points, amounts, averages, lists, periods)


def check_draft(draft: Draft) -> list[Finding]:
    """The findings of a draft: of its text, and of the columns of its tables."""
    grids = draft.tables or tuple(pasted(draft.text))
    return sorted([*_prose(draft.text), *check_tables(grids)], key=lambda one: (one.figure.start, one.type))


def check_tables(grids: Sequence[Sequence[Sequence[Cell]]]) -> Iterator[Finding]:
    """The findings of tables: totals of rows and columns, columns of shares."""
    yield from tables(grids)
    for grid in grids:
        yield from share_columns(grid)


def check(text: str) -> list[Finding]:
    """The findings of a text and of the tables pasted into it: what was checked and is right, too."""
    return check_draft(Draft(text))


def _prose(text: str) -> list[Finding]:
    """Paragraph by paragraph; a very long one in stretches, so that the time it takes stays linear."""
    return [one.shifted(start) for start, end in _stretches(plain(text)) for one in _paragraph(text[start:end])]


def _stretches(shown: str) -> Iterator[tuple[int, int]]:
    """(start, end) of every paragraph, cut behind a sentence where it is longer than LONG."""
    start = 0
    for paragraph in shown.split("\n"):
        end = start + len(paragraph)
        while end - start > LONG:
            cut = max(shown.rfind("。", start, start + LONG), start + LONG // 2) + 1
            yield start, cut
            start = cut
        yield start, end
        start = end + 1


def _paragraph(text: str) -> list[Finding]:
    passage = Passage(text)
    if not passage.figures:
        return [*periods(passage), *lists(passage)]
    added = list(sums(passage))
    added += divisions(passage, added)
    shared = [*shares(passage, added), *rates(passage, added)]
    found = [*added, *shared, *partitions(passage, shared, added), *opposites(passage, added, shared), *(one for kind in _KINDS for one in kind(passage))]
    return undoubted(passage, [*found, *series(passage, found)])
