"""The list of cases: what is worked on, what comes next in each, by when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.cases.file import files
from shanghui.cases.models import Case, State
from shanghui.cases.progress import Place, next_places
from shanghui.cases.queries import all_kinds, cases
from shanghui.kernel.columns import Column
from shanghui.web.kit.listing import Filter, ListPage, answer_list
from shanghui.web.kit.routes import row_link
from shanghui.web.kit.visits import Visit, page


def columns(day: date) -> tuple[Column, ...]:
    """The columns of the page and the workbook. `next_place` is filled in for the rows of a page."""
    titles = {one.code: one.title for one in all_kinds()}

    def coming(row: Case) -> Place | None:
        return getattr(row, "next_place", None)

    def age(row: Case) -> int:
        return ((row.closed_on or day) - row.opened_on).days

    return (
        Column("title", "名称", lambda row: row.named, sort="title", width=44),
        Column("kind", "事项", lambda row: titles.get(row.kind, row.kind), sort="kind", width=16),
        Column("state", "状态", lambda row: row.get_state_display(), sort="state", width=10),
        Column("next", "下一步", lambda row: one.step.title if (one := coming(row)) else "", sort="", width=16),
        Column("who", "由谁办", lambda row: one.step.who.word if (one := coming(row)) else "", sort="", width=14),
        Column("due", "最迟", lambda row: one.due if (one := coming(row)) else None, sort="", width=12),
        Column("opened_on", "立项时间", lambda row: row.opened_on, sort="opened_on", width=12),
        Column("closed_on", "了结时间", lambda row: row.closed_on, sort="closed_on", width=12),
        Column("age", "历时（天）", age, sort="", numeric=True, width=10),
        Column("office", "承办单位", lambda row: row.office.name, sort="office__name", width=24),
        Column("organization", "党组织", lambda row: row.organization.unit.name if row.organization else "", sort="", width=34),
        Column("closing", "了结说明", lambda row: row.closing, sort="", width=30),
    )


def _with_next(rows: Sequence[Case], day: date) -> None:
    """Adds to each open case what is to be done next. Six questions."""
    found = files(Case.objects.filter(pk__in=[row.pk for row in rows], state=State.OPEN), day)
    coming = {file.case.pk: next_places(file) for file in found}
    for row in rows:
        row.next_place = next(iter(coming.get(row.pk, [])), None)  # type: ignore[attr-defined]


def _matching(text: str) -> Q:
    return Q(title__contains=text.strip()) | Q(organization__unit__name__contains=text.strip())


def _actions(visit: Visit) -> list[tuple[str, str, str]]:
    opening = [(reverse("case-kinds"), "新立一件", "plus")] if visit.may(Act.CASE_WORK) else []
    return [*opening, (reverse("joint-plans"), "规划联合支部", "sitemap")] if visit.may(Act.CASE_DECIDE) else opening


@page(Act.CASE_VIEW, methods=("GET",))
def cases_page(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Every case within one's part of the tree, the open ones first."""
    may = visit.may(Act.CASE_WORK)
    listed = ListPage(
        title="办理事项", rows=cases(visit.scope_today()), columns=columns(visit.today), unit="件",
        shown=("title", "state", "next", "who", "due", "opened_on", "age"), small=("title", "next", "due"),
        link=row_link("case", "case"), search=_matching, search_hint="名称、党组织",
        filters=(
            Filter("state", "状态", State.choices, lambda rows, value: rows.filter(state=value)),
            Filter("kind", "事项", [(one.code, one.title) for one in all_kinds()], lambda rows, value: rows.filter(kind=value)),
        ),
        dated=False, complete=lambda rows: _with_next(rows, visit.today),
        lead="组建、换届、撤并等要一步步办的事。每一步由谁办、最迟哪天、依据哪一条，都在里面。",
        actions=_actions(visit), empty_title="没有办理中的事项",
        empty_text="要给商会组建党组织、给党组织换届，从这里立项，一步步办到写入台账。",
        empty_action=(reverse("case-kinds"), "新立一件") if may else None,
    )
    return answer_list(request, visit, listed)
