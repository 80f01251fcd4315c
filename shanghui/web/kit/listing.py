"""A ledger as a page: search, filters, sorting, paging and export from one declaration of columns."""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from itertools import islice
from typing import Any
from urllib.parse import quote

from django.db.models import F, Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString, mark_safe

from shanghui.access.acts import Act
from shanghui.access.audit import note
from shanghui.access.models import Unit
from shanghui.kernel.columns import Column
from shanghui.kernel.records import Records
from shanghui.kernel.spreadsheets import write_ledger
from shanghui.ledger.people.privacy import Level
from shanghui.ledger.people.queries import matching_people
from shanghui.web.kit.addresses import changed, kept
from shanghui.web.kit.asking import onward, text_of
from shanghui.web.kit.days import in_cell
from shanghui.web.kit.paging import paginate
from shanghui.web.kit.sights import in_sight
from shanghui.web.kit.visits import Visit, show

CHUNK = 2000
NARROW = 14
"""Columns of so many characters are not broken into lines: names, days, words of choice."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Filter:
    """Choices that set `?name=value`; `apply(rows, value)` narrows. Values outside the choices are ignored.

    `about`: the field of a person by which it narrows; there is no such filter for whoever may not see that in full.
    `usual`: the choice that holds where none was made; without it everything is listed.
    """

    name: str
    label: str
    choices: Sequence[tuple[str, str]]
    apply: Callable[[Any, str], Any]
    about: str = ""
    usual: str = ""


@dataclass(frozen=True)
class ListPage:
    """One list. `rows` come narrowed to the scope, ordered, unique at the end; `link(row)` is a row's own page.

    `shown`: keys of the columns on the page (all in the export). `small`: of these, the ones a telephone shows.
    `search(text)`: the condition of the search box. `counted`: say how many there are (≤ 20,000 rows).
    """

    title: str
    rows: QuerySet[Any] | Records[Any]
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
    export_title: str = ""  # what the workbook is called, where that differs from the page
    gathered: Callable[[Any], Any] | None = None  # of the narrowed rows those that stand for several on the page; the workbook has all
    opened: Callable[[Sequence[Any]], None] | None = None  # reads what stands behind the rows of the page
    complete: Callable[[Sequence[Any]], None] | None = None  # adds to rows what would be dear to compute for all of them
    context: dict[str, Any] = field(default_factory=dict)
    template: str = "kit/list.html"
    more: Callable[[Any], Any] | None = None  # what a template of one's own shows of a row beyond its cells (line.more)

    @property
    def private(self) -> bool:
        """Whether numbers of people are searched for here: then the box is posted (kit.asking)."""
        return self.search is matching_people


def narrowed(listed: ListPage, request: HttpRequest, visit: Visit) -> tuple[QuerySet[Any] | Records[Any], bool]:
    """The rows after search and filters in the order asked for, and whether anything narrows them."""
    rows, narrows = listed.rows, False
    text = text_of(request)
    if text and listed.search is not None:
        rows, narrows = rows.filter(_matching(listed, text, visit)), True
    for one in listed.filters:
        value = request.GET.get(one.name, "")
        if value and value in dict(one.choices):
            rows, narrows = one.apply(rows, value), narrows or value != one.usual
    return _sorted(rows, listed.columns, request.GET.get("sort", "")), narrows


def _matching(listed: ListPage, text: str, visit: Visit) -> Q:
    """What the search box asks for: whole numbers find nobody for whoever sees none, for an answer tells whose they are."""
    if listed.private:
        return matching_people(text, by_number=visit.sight(Act.PEOPLE_VIEW).finds_numbers)
    assert listed.search is not None
    return listed.search(text)


def _seen(listed: ListPage, visit: Visit) -> ListPage:
    """The list with what the visitor may see of the people in it: hidden fields have no column, no filter and no order."""
    sight = visit.sight()
    columns = in_sight(listed.columns, sight)
    kept = {column.key for column in columns}
    filters = [one for one in listed.filters if not one.about or sight.level(one.about) == Level.FULL]
    return replace(listed, columns=columns, shown=[key for key in listed.shown if key in kept], filters=filters)


def _sorted(rows: QuerySet[Any] | Records[Any], columns: Sequence[Column], asked: str) -> QuerySet[Any] | Records[Any]:
    column = next((one for one in columns if one.key == asked.lstrip("-") and one.sort), None)
    if column is None:
        return rows
    if isinstance(rows, Records):
        return rows.ordered(column.sort, descending=asked.startswith("-"))
    nulls_last = None if _never_null(rows, column.sort) else True
    order = F(column.sort).desc(nulls_last=nulls_last) if asked.startswith("-") else F(column.sort).asc(nulls_last=nulls_last)
    return rows.order_by(order, "-pk" if asked.startswith("-") else "pk")


def _never_null(rows: QuerySet[Any], name: str) -> bool:
    """Whether a column of the rows' own table always has a value: then its index gives the order as it is."""
    return any(one.name == name and not one.null for one in rows.model._meta.concrete_fields)


def answer_list(request: HttpRequest, visit: Visit, listed: ListPage) -> HttpResponse:
    """The page, or with `?format=xlsx` the whole narrowed list as a workbook (noted in the audit)."""
    elsewhere = onward(request) if listed.private else None
    if elsewhere is not None:
        return elsewhere
    listed = _seen(listed, visit)
    rows, narrows = narrowed(listed, request, visit)
    if listed.export and request.GET.get("format") == "xlsx":
        return workbook(visit, listed.export_title or listed.title, listed.columns, rows, complete=listed.complete)
    by_key = {column.key: column for column in listed.columns}
    columns = [by_key[key] for key in listed.shown]
    turned = paginate(listed.gathered(rows) if listed.gathered else rows, request, count=listed.counted)
    if listed.opened is not None:
        listed.opened(turned.rows)
    if listed.complete is not None:
        listed.complete(turned.rows)
    small = set(listed.small) or {column.key for column in columns[:3]}
    lines = [_line(listed, columns, row) for row in turned.rows]
    shown = {
        "list": listed, "searches": listed.search is not None, "text": text_of(request), "page": turned, "columns": columns, "narrows": narrows, "small": small,
        "lines": lines, "body": _body(lines, columns, small, visit.query), "query": "",
        "filters": [_chosen(one, request) for one in listed.filters], **_addresses(listed, request),
    }
    return show(request, listed.template, visit, shown | listed.context, dated=listed.dated)


def _addresses(listed: ListPage, request: HttpRequest) -> dict[str, Any]:
    """What the filter form carries along, and the address without any filter; both keep whatever else was asked for."""
    names = ["q", "page", "format", *(one.name for one in listed.filters)]
    return {"kept": kept(request.GET, *names), "clear_url": changed(request.GET, **dict.fromkeys(names))}


def _chosen(one: Filter, request: HttpRequest) -> dict[str, Any]:
    value = request.GET.get(one.name, "") or one.usual
    choices = one.choices if one.usual else [("", "全部"), *one.choices]
    options = "".join([f'<option value="{escape(key)}"{" selected" if key == value else ""}>{escape(word)}</option>' for key, word in choices])
    return {"name": one.name, "label": one.label, "options": mark_safe(options)}  # noqa: S308 (every value is escaped above)


def _line(listed: ListPage, columns: Sequence[Column], row: Any) -> dict[str, Any]:
    more = listed.more(row) if listed.more else None
    return {"row": row, "url": listed.link(row), "cells": [(column, column.value(row)) for column in columns], "more": more}


def _body(lines: Sequence[dict[str, Any]], columns: Sequence[Column], small: Collection[str], query: str) -> SafeString:
    """The rows of the table. Written here and not in the template: fifty rows are hundreds of cells, and half of a page's time."""
    classes = [_classes(column.numeric, column.key not in small, column.width <= NARROW) for column in columns]
    return mark_safe("\n".join(_row(line, classes, query) for line in lines))  # noqa: S308 (every value is escaped in _row)


def _row(line: dict[str, Any], classes: Sequence[str], query: str) -> str:
    url = escape(f"{line['url']}{query}") if line["url"] else ""
    first, *others = [escape(in_cell(value)) for _, value in line["cells"]]
    head = f'<th scope="row"{classes[0]}>{f"""<a href="{url}">{first}</a>""" if url else first}</th>'
    opens = f' data-href="{url}"' if url else ""
    cells = "".join([f"<td{of}>{word}</td>" for of, word in zip(classes[1:], others, strict=True)])
    return f"<tr{opens}>{head}{cells}</tr>"


def _classes(numeric: bool, hidden: bool, narrow: bool) -> str:
    """The classes of a column's cells, as they stand in the tag."""
    traits = (("n", numeric), ("hide-s", hidden), ("nowrap", narrow))
    classes = " ".join(name for name, applies in traits if applies)
    return f' class="{classes}"' if classes else ""


def workbook(
    visit: Visit, title: str, columns: Sequence[Column], rows: QuerySet[Any] | Sequence[Any], subject: Model | None = None, *,
    complete: Callable[[Sequence[Any]], None] | None = None,
) -> HttpResponse:
    """A list as a workbook: every column, masked numbers masked, with the as-at line; the download is noted."""
    content = io.BytesIO()
    lines = _completed(rows, complete)
    shown = in_sight(columns, visit.sight())
    count = write_ledger(content, title=title, as_at=visit.day, columns=shown, rows=lines)
    unit = _office(visit)
    note(by=visit.user, at=visit.now, verb="导出", subject=subject or unit or visit.user, unit=unit, title=title,
         reason=f"{count}行，截至{visit.day}")
    return attachment(content.getvalue(), f"{title}{visit.day}.xlsx", XLSX)


def _completed(rows: QuerySet[Any] | Sequence[Any], complete: Callable[[Sequence[Any]], None] | None) -> Iterator[Any]:
    waiting = rows.iterator(chunk_size=CHUNK) if isinstance(rows, QuerySet) else iter(rows)
    while some := list(islice(waiting, CHUNK)):
        if complete is not None:
            complete(some)
        yield from some


def _office(visit: Visit) -> Unit | None:
    return visit.seats[0].unit if visit.seats else None


def attachment(content: bytes, name: str, kind: str) -> HttpResponse:
    """A file to keep, with its Chinese name."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
