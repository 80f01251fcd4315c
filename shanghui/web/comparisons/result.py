"""The result of a comparison: what differs, by kind and column, open and done; as a workbook (M50)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from shanghui.access.acts import Act
from shanghui.exchange.reconciling.models import (
    CellState,
    Comparison,
    ComparisonCell,
    ComparisonLine,
    ComparisonState,
    Verdict,
)
from shanghui.exchange.reconciling.queries import Lines, acceptances, by_column, lines, tally
from shanghui.exchange.reconciling.subjects import COMPARABLE, WORDS
from shanghui.kernel.columns import Column
from shanghui.web.comparisons.seen import comparison_of, keys_seen, record_address
from shanghui.web.kit.asking import onward, text_of
from shanghui.web.kit.listing import workbook
from shanghui.web.kit.paging import paginate
from shanghui.web.kit.visits import Visit, page, show

SIZE, ACTS = 30, 20
DONE = (("waiting", "待办"), ("done", "办过"))
SAYS = {
    Verdict.DIFFERENT: "两边都有，有几项不一样：逐项采用对方的，或者写明原因保留本平台的。",
    Verdict.THEIRS: "对方有、本平台没有：是新的就转到导入，不是的写一句为什么。",
    Verdict.OURS: "本平台有、对方没有：写一句为什么；已经离开的，到记录页面上登记。",
    Verdict.UNCLEAR: "可能是台账里的某一个，没有号码、代码可以确认，没有猜：核对以后点“就是这一个”，或者在文件里补上再比。",
}


@dataclass(frozen=True)
class Shown:
    """A line on the page: where its record stands, which of its cells are open, and what they may be done with."""

    line: ComparisonLine
    url: str
    cells: Sequence[tuple[ComparisonCell, str]]
    values: Sequence[tuple[str, str]]
    candidates: Sequence[tuple[str, str, int]]


@dataclass(frozen=True)
class Asked:
    """What the page is asked for."""

    verdict: str
    column: str
    done: str
    text: str


def _asked(request: HttpRequest, keys: Sequence[str], counts: dict[str, dict[str, int]]) -> Asked:
    """Filters as they make sense; without a kind, the first of which there is something."""
    verdict = request.GET.get("kind", "")
    if verdict not in Verdict.values:
        verdict = next((one.value for one in Verdict if one.value in counts), Verdict.DIFFERENT.value)
    column = request.GET.get("column", "") if verdict == Verdict.DIFFERENT else ""
    done = request.GET.get("done", "")
    return Asked(verdict, column if column in keys else "", done if done in dict(DONE) else "", text_of(request))


@page(Act.IMPORT)
def comparison_page(request: HttpRequest, visit: Visit, comparison: int) -> HttpResponse:
    """A comparison where it stands: going on, failed with what to do, or its result."""
    row = comparison_of(visit, comparison)
    if row.state in (ComparisonState.READING, ComparisonState.FAILED):
        return show(request, "comparisons/going.html" if row.state == ComparisonState.READING else "comparisons/failed.html", visit, {"row": row})
    elsewhere = onward(request)
    if elsewhere is not None:
        return elsewhere
    keys, counts = keys_seen(visit, row), tally(row)
    asked = _asked(request, keys, counts)
    turned = paginate(_narrowed(row, keys, asked), request, size=SIZE)
    kinds = [(one.value, one.label, counts.get(one.value, {"all": 0, "waiting": 0})) for one in Verdict]
    columns = by_column(row, keys)
    context = {
        "row": row, "kinds": kinds, "asked": asked, "says": SAYS[Verdict(asked.verdict)], "columns": columns, "page": turned,
        "chosen": next((one for one in columns if one["key"] == asked.column), None), "done_choices": DONE,
        "shown": [_shown(row, line, keys) for line in turned.rows], "open": row.state == ComparisonState.OPEN,
        "words": WORDS[row.subject], "waiting": sum(one["waiting"] for one in counts.values()),
        "strange": sum(one["all"] for one in counts.values()), "acts": acceptances(row)[:ACTS],
        "kept_query": request.GET.urlencode(), "text": asked.text, "narrows": bool(asked.column or asked.done or asked.text),
    }
    return show(request, "comparisons/result.html", visit, context)


def _narrowed(row: Comparison, keys: Sequence[str], asked: Asked) -> Lines:
    return lines(row, keys, verdict=asked.verdict, column=asked.column, done=asked.done, text=asked.text)


def _shown(row: Comparison, line: ComparisonLine, keys: Sequence[str]) -> Shown:
    cells = [(cell, _why(row, cell)) for cell in line.cells.all()]
    values = [(heading, text) for key, heading, text in line.values if key in keys and key != "name"]
    return Shown(line, record_address(row, line.record), cells, values, [(record_address(row, pk), name, pk) for pk, name in line.candidates])


def _why(row: Comparison, cell: ComparisonCell) -> str:
    """What stands in the way of taking theirs."""
    return cell.fault or ("" if cell.can_accept else COMPARABLE[row.subject][cell.key].elsewhere)


@page(Act.IMPORT, methods=("GET",))
def comparison_workbook(request: HttpRequest, visit: Visit, comparison: int) -> HttpResponse:
    """Every line that does not agree, a row for each difference, with what was done. The download is noted."""
    row = comparison_of(visit, comparison)
    keys = keys_seen(visit, row)
    found = [(line, cell) for line in lines(row, keys) for cell in (line.cells.all() or [None])]
    return workbook(visit, f"比对结果_{row.title}_{row.as_at}_", _RESULT, [_Out(line, cell, keys) for line, cell in found], row)


@dataclass(frozen=True)
class _Out:
    line: ComparisonLine
    cell: ComparisonCell | None
    keys: Sequence[str]

    def of_cell(self, name: str) -> Any:
        """Something of the cell; "" for a line that stands on one side only."""
        return getattr(self.cell, name) if self.cell is not None else ""

    @property
    def state(self) -> str:
        """What was done."""
        if self.cell is None:
            return "待办" if self.line.waiting else "已备注"
        return str(CellState(self.cell.state).label)

    @property
    def theirs(self) -> str:
        """The difference, or the whole line where it stands only there."""
        if self.cell is not None:
            return self.cell.theirs
        return "；".join(f"{heading}：{text}" for key, heading, text in self.line.values if key in self.keys)


_RESULT = (
    Column("verdict", "结果", lambda one: one.line.get_verdict_display(), width=12), Column("title", "名称", lambda one: one.line.title, width=24),
    Column("place", "所在单位", lambda one: one.line.place, width=30), Column("row", "文件行", lambda one: one.line.row or "", width=8),
    Column("heading", "栏目", lambda one: one.of_cell("heading"), width=18), Column("ours", "本平台", lambda one: one.of_cell("ours"), width=28),
    Column("theirs", "对方", lambda one: one.theirs, width=40), Column("state", "办理", lambda one: one.state, width=12),
    Column("since", "自", lambda one: one.cell.acceptance.since if one.cell and one.cell.acceptance else "", width=12),
    Column("reason", "原因、备注", lambda one: one.of_cell("reason") or one.line.note, width=28),
    Column("told", "说明", lambda one: one.of_cell("fault") or one.line.told, width=40),
)
