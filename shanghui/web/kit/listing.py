"""A ledger as a page: search, filters, sorting, paging and export from one declaration of columns."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from django.db.models import F, Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse

from shanghui.access.audit import note
from shanghui.access.models import Unit
from shanghui.kernel.columns import Column
from shanghui.kernel.spreadsheets import write_ledger
from shanghui.web.kit.addresses import changed, kept
from shanghui.web.kit.paging import paginate
from shanghui.web.kit.visits import Visit, show

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Filter:
    """Choices that set `?name=value`; `apply(rows, value)` narrows. Values outside the choices are ignored."""

    name: str
    label: str
    choices: Sequence[tuple[str, str]]
    apply: Callable[[QuerySet[Any], str], QuerySet[Any]]


@dataclass(frozen=True)
class ListPage:
    """One list. `rows` come narrowed to the scope, ordered, unique at the end; `link(row)` is a row's own page.

    `shown`: keys of the columns on the page (all in the export). `small`: of these, the ones a telephone shows.
    `search(text)`: the condition of the search box. `counted`: say how many there are (≤ 20,000 rows).
    """

    title: str
    rows: QuerySet[Any]
    columns: Sequence[Column]
    shown: Sequence[str]
    link: Callable[[Any], str]
    unit: str = "条"
    small: Sequence[str] = ()
    search: Callable[[str], Q] | None = None
    search_hint: str = "名称、拼音首字母"
    filters: Sequence[Filter] = ()
    lead: str = ""
    actions: Sequence[tuple[str, str, str]] = ()  # (address, word, icon); the first is the page's primary button
    empty_title: str = "还没有记录"
    empty_text: str = ""
    empty_action: tuple[str, str] | None = None  # (address, word)
    counted: bool = True
    export: bool = True
    dated: bool = True  # the as-at control: for lists that depend on the day
    context: dict[str, Any] = field(default_factory=dict)
    template: str = "kit/list.html"
    more: Callable[[Any], Any] | None = None  # what a template of one's own shows of a row beyond its cells (line.more)


def narrowed(listed: ListPage, request: HttpRequest) -> tuple[QuerySet[Any], bool]:
    """The rows after search and filters in the order asked for, and whether anything narrows them."""
    rows, narrows = listed.rows, False
    text = request.GET.get("q", "").strip()[:60]
    if text and listed.search is not None:
        rows, narrows = rows.filter(listed.search(text)), True
    for one in listed.filters:
        value = request.GET.get(one.name, "")
        if value and value in dict(one.choices):
            rows, narrows = one.apply(rows, value), True
    return _sorted(rows, listed.columns, request.GET.get("sort", "")), narrows


def _sorted(rows: QuerySet[Any], columns: Sequence[Column], asked: str) -> QuerySet[Any]:
    column = next((one for one in columns if one.key == asked.lstrip("-") and one.sort), None)
    if column is None:
        return rows
    order = F(column.sort).desc(nulls_last=True) if asked.startswith("-") else F(column.sort).asc(nulls_last=True)
    return rows.order_by(order, "pk")


def answer_list(request: HttpRequest, visit: Visit, listed: ListPage) -> HttpResponse:
    """The page, or with `?format=xlsx` the whole narrowed list as a workbook (noted in the audit)."""
    rows, narrows = narrowed(listed, request)
    if listed.export and request.GET.get("format") == "xlsx":
        return workbook(visit, listed.title, listed.columns, rows)
    by_key = {column.key: column for column in listed.columns}
    columns = [by_key[key] for key in listed.shown]
    turned = paginate(rows, request, count=listed.counted)
    small = set(listed.small) or {column.key for column in columns[:3]}
    shown = {
        "list": listed, "searches": listed.search is not None, "page": turned, "columns": columns, "narrows": narrows, "small": small,
        "lines": [_line(listed, columns, row) for row in turned.rows], "query": "",
        "filters": [_chosen(one, request) for one in listed.filters], **_addresses(listed, request),
    }
    return show(request, listed.template, visit, shown | listed.context, dated=listed.dated)


def _addresses(listed: ListPage, request: HttpRequest) -> dict[str, Any]:
    """What the filter form carries along, and the address without any filter; both keep whatever else was asked for."""
    names = ["q", "page", "format", *(one.name for one in listed.filters)]
    return {"kept": kept(request.GET, *names), "clear_url": changed(request.GET, **dict.fromkeys(names))}


def _chosen(one: Filter, request: HttpRequest) -> dict[str, Any]:
    return {"name": one.name, "label": one.label, "choices": one.choices, "value": request.GET.get(one.name, "")}


def _line(listed: ListPage, columns: Sequence[Column], row: Any) -> dict[str, Any]:
    more = listed.more(row) if listed.more else None
    return {"row": row, "url": listed.link(row), "cells": [(column, column.value(row)) for column in columns], "more": more}


def workbook(
    visit: Visit, title: str, columns: Sequence[Column], rows: QuerySet[Any] | Sequence[Any], subject: Model | None = None
) -> HttpResponse:
    """A list as a workbook: every column, masked numbers masked, with the as-at line; the download is noted."""
    content = io.BytesIO()
    lines = rows.iterator(chunk_size=2000) if isinstance(rows, QuerySet) else rows
    count = write_ledger(content, title=title, as_at=visit.day, columns=columns, rows=lines)
    unit = _office(visit)
    note(by=visit.user, at=visit.now, verb="导出", subject=subject or unit or visit.user, unit=unit, title=title,
         reason=f"{count}行，截至{visit.day}")
    return attachment(content.getvalue(), f"{title}{visit.day}.xlsx", XLSX)


def _office(visit: Visit) -> Unit | None:
    return visit.seats[0].unit if visit.seats else None


def attachment(content: bytes, name: str, kind: str) -> HttpResponse:
    """A file to keep, with its Chinese name."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
