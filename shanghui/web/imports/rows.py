"""Every row of a run by its outcome: searched, filtered, paged, exported."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse

from shanghui.access.acts import Act
from shanghui.exchange.models import ImportRow, Outcome
from shanghui.exchange.operations import title_of
from shanghui.kernel.columns import Column
from shanghui.web.imports.changes import place_of
from shanghui.web.imports.proposing import sentence
from shanghui.web.imports.showing import kind_title, runs_within
from shanghui.web.kit.listing import Filter, ListPage, answer_list
from shanghui.web.kit.visits import Visit, found, page


def _changes(row: ImportRow) -> str:
    return "；".join(f"{what}：{old or '无'} → {new}" for what, old, new in row.detail.get("changes", []))


def _problems(row: ImportRow) -> str:
    return "；".join(f"{one.get('column', '')}{' 列：' if one.get('column') else ''}{sentence(one)[0]}" for one in row.detail.get("problems", []))


def _what(row: ImportRow) -> str:
    text = "；".join(part for part in (_problems(row), _changes(row)) if part)
    return text if len(text) <= SHORT else text[:SHORT] + "…"


SHORT = 34
COLUMNS = (
    Column("title", "记录", lambda r: r.title or "—", sort="title", width=24),
    Column("kind", "种类", lambda r: kind_title(r.kind) if r.kind else "—", sort="kind"),
    Column("organization", "单位", lambda r: r.organization, sort="organization", width=28),
    Column("outcome", "结果", lambda r: r.get_outcome_display(), sort="outcome", width=8),
    Column("place", "表中位置", place_of, width=24),
    Column("what", "说明", _what, width=50),
    Column("changes", "原来 → 现在", _changes, width=50),
    Column("problems", "要看的", _problems, width=50),
    Column("file", "文件", lambda r: r.file, width=30),
)
_OUTCOMES = tuple((one.value, one.label) for one in Outcome)


def _by_outcome(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    """By what a row does; warnings and errors also by what was said about it."""
    return rows.filter(Q(outcome=value) | Q(worst=value))


@page(Act.IMPORT, methods=("GET",))
def import_rows(request: HttpRequest, visit: Visit, run: int) -> HttpResponse:
    """The rows of one run."""
    row = found(runs_within(visit), run)
    kinds = [(kind, kind_title(kind)) for kind in row.counts.get("kinds", {})]
    listed = ListPage(
        title="导入明细", rows=row.rows.order_by("pk"), columns=COLUMNS,
        shown=("title", "kind", "organization", "outcome", "place", "what"), small=("title", "outcome", "what"),
        link=lambda one: "", search=lambda text: Q(title__contains=text) | Q(organization__contains=text),
        search_hint="姓名、单位", lead=f"{title_of(row)}：", context={"run": row}, template="imports/rows.html",
        filters=(
            Filter("outcome", "结果", _OUTCOMES, _by_outcome),
            Filter("kind", "种类", kinds, lambda rows, value: rows.filter(kind=value)),
        ),
        counted=row.rows.count() <= 20_000, empty_title="没有明细",
        empty_text="放弃了的导入不保留明细。",
    )
    return answer_list(request, visit, listed)
