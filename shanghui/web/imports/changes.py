"""看变化 and 完成: counts by kind and organization, each change old → new, and what it does to the figures."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from shanghui.exchange.models import ImportRow, ImportRun, Outcome
from shanghui.web.imports.showing import context_of, kind_title
from shanghui.web.kit.visits import Visit, show

SHOWN, ORGANIZATIONS, FIGURES = 30, 12, 14
_OUTCOMES = (("", "全部"), (Outcome.NEW.value, "新增"), (Outcome.CHANGED.value, "更新"))


def answer_page(request: HttpRequest, visit: Visit, run: ImportRun) -> HttpResponse:
    """The dry run, before the one confirmation."""
    context = context_of(run)
    chosen = request.GET.get("outcome", "")
    wanted = [Outcome.NEW, Outcome.CHANGED] if chosen not in (Outcome.NEW, Outcome.CHANGED) else [Outcome(chosen)]
    rows = run.rows.filter(outcome__in=wanted).order_by("outcome", "pk")
    totals, organizations = context["totals"], _organizations(run)
    counts = {"": totals["new"] + totals["changed"], "new": totals["new"], "changed": totals["changed"]}
    context |= {
        "lines": [line_of(row) for row in rows[:SHOWN]], "chosen": chosen, "rest": max(0, counts.get(chosen, 0) - SHOWN),
        "outcomes": [(value, word, counts[value]) for value, word in _OUTCOMES],
        "organizations": organizations[:ORGANIZATIONS], "more_organizations": organizations[ORGANIZATIONS:],
        "figures": _figures(run, "foreseen"), "left_out": run.counts.get("problems", {}).get("error", 0) if run.skip_errors else 0,
    }
    return show(request, "imports/changes.html", visit, context)


def _organizations(run: ImportRun) -> list[list[Any]]:
    listed: list[list[Any]] = run.counts.get("organizations", [])
    return [one for one in listed if one[1] or one[2]] + [one for one in listed if not (one[1] or one[2])]


def line_of(row: ImportRow) -> dict[str, Any]:
    """One record with its changes."""
    return {"row": row, "kind": kind_title(row.kind), "place": place_of(row), "changes": row.detail.get("changes", [])}


def place_of(row: ImportRow, column: str = "") -> str:
    """«党员花名册 第 11 行 G 列»; the file is told where there are several."""
    where = f"第 {row.row} 行" if row.row else f"{row.column} 列" if row.column else ""
    return " ".join(part for part in (row.sheet if row.sheet != "csv" else "", where, f"{column} 列" if column and row.row else "") if part)


def done(run: ImportRun) -> dict[str, Any]:
    """What the last page shows: the figures that moved, each opening into its records."""
    figures = _figures(run, "figures")
    return {"figures": figures[:FIGURES], "more_figures": figures[FIGURES:]}


def _figures(run: ImportRun, kept: str) -> list[dict[str, str]]:
    day = run.as_at.isoformat() if run.as_at else ""
    return [
        {"title": title, "before": before, "after": after, "url": _figure(code, day)}
        for code, title, before, after in run.counts.get(kept, [])
    ]


def _figure(code: str, day: str) -> str:
    return reverse("figure", kwargs={"code": code}) + (f"?on={day}" if day else "")
