"""The list of uncovered chambers, and the form by which one of them is worked (M04)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.access.queries import history_of
from shanghui.cases.queries import next_of_chambers
from shanghui.indicators.gaps import suggestion, uncovered_chambers
from shanghui.kernel.facts import holds_on
from shanghui.kernel.refusals import Refused
from shanghui.ledger.activities.queries import last_visits
from shanghui.ledger.organizations.models import Chamber, GapPlan
from shanghui.ledger.organizations.operations import plan_gap
from shanghui.ledger.organizations.queries import chambers
from shanghui.ledger.people.models import Category, Person
from shanghui.web.cases.around import OF_CHAMBER, of_chamber, openings
from shanghui.web.figures.nodes import Node, asked_node, to_choose
from shanghui.web.gaps.forms import GapForm
from shanghui.web.gaps.rows import COLUMNS, filters, in_order, matching, words
from shanghui.web.kit.answers import answer_form
from shanghui.web.kit.history import acts
from shanghui.web.kit.links import address_of
from shanghui.web.kit.listing import ListPage, answer_list
from shanghui.web.kit.visits import Visit, found, page

PLANNED = "办理未覆盖商会"


@page(Act.LEDGER_VIEW)
def gaps(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Every uncovered chamber with its plan, what is due first; narrowed, searched, taken along as a workbook."""
    node: Node = asked_node(request, visit)
    listed = ListPage(
        title="未覆盖商会", rows=in_order(uncovered_chambers(node.scope, visit.day)), columns=COLUMNS, shown=("name",), link=address_of,
        unit="家", search=matching, search_hint="商会名称、首字母、经办人", filters=filters(visit.day),
        lead=f"{node.name}还没有党组织的商会，逐家办。", empty_title="没有未覆盖的商会", empty_text="这一天，范围内的商会都有党组织。",
        template="gaps/gaps.html", complete=lambda rows: _visited(rows, visit), more=lambda row: words(row, visit.day),
        context={
            "node": node, "nodes": to_choose(visit), "may_open": visit.may(Act.CASE_WORK) and not visit.query,
            "may_plan": visit.may(Act.CASE_DECIDE) and not visit.query, "may_change": visit.may(Act.LEDGER_CHANGE),
        },
    )
    return answer_list(request, visit, listed)


@page(Act.LEDGER_CHANGE)
def gap(request: HttpRequest, visit: Visit, chamber: int) -> HttpResponse:
    """One uncovered chamber: what is known, what the regulations suggest, the plan, and what was planned before."""
    row: Any = found(chambers(visit.scope_today(), visit.today), chamber)
    plan = GapPlan.objects.on(visit.today).filter(chamber=row).first()
    initial = {name: getattr(plan, name) for name in ("reason", "route", "owner", "next_on", "note")} if plan else {
        "owner": visit.user.display_name}
    form = GapForm(request.POST or None, initial=initial)

    def do(cleaned: dict[str, Any]) -> str:
        if row.form is not None:
            raise Refused(f"“{row.unit.name}”已由“{row.organization_name}”覆盖，不用再办理。")
        plan_gap(chamber=row, since=visit.today, by=visit.user, at=visit.now, **cleaned)
        return reverse("gaps")

    entries = history_of(Chamber._meta.db_table, [row.pk]).filter(verb__contains=PLANNED)[:20]
    cases = of_chamber(row.pk, visit)
    members, guides = _full_members(row.pk, visit), _guides(row.pk, visit)
    context = {
        "row": row, "members": members, "chamber_url": address_of(row), "may_see": visit.may(Act.PEOPLE_VIEW),
        "suggestion": suggestion(len(members), bool(guides)), "guides": guides, "cases": cases,
        "openings": openings(visit, OF_CHAMBER, f"chamber={row.pk}", cases) if row.form is None else [],
        "plans": GapPlan.objects.filter(chamber=row).order_by("-valid_from"), "acts": acts(list(entries)), "may_undo": True,
    }
    return answer_form(
        request, visit, form, do=do, heading=row.unit.name, back=reverse("gaps"), crumbs=(("未覆盖商会", reverse("gaps")), (row.unit.name, "")),
        template="gaps/gap.html", context=context, done=f"“{row.unit.name}”的打算已记下。",
    )


def _visited(rows: Sequence[Any], visit: Visit) -> None:
    """The last visit to each chamber of a page, and what is to be done next in its open case."""
    keys = [row.pk for row in rows]
    known = last_visits(keys, visit.day)
    steps = next_of_chambers(keys, visit.scope_today(Act.CASE_VIEW), visit.today) if visit.may(Act.CASE_VIEW) and not visit.query else {}
    for row in rows:
        row.last_visit, row.step = known.get(row.pk), steps.get(row.pk)


def _full_members(chamber: int, visit: Visit) -> list[Person]:
    """Full members who hold a post in the chamber or belong to it, today."""
    day = visit.today
    attached = Person.objects.filter(
        holds_on(day, "appointments__"), holds_on(day, "memberships__"), appointments__unit_id=chamber,
        memberships__category=Category.FULL,
    )
    return list(attached.distinct().order_by("initials", "pk"))


def _guides(chamber: int, visit: Visit) -> list[Person]:
    return list(Person.objects.filter(holds_on(visit.today, "assignments__"), assignments__chamber_id=chamber).distinct())
