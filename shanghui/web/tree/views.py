"""The tree of federations as at a day, one unit, and its changes: opened, renamed, moved (M01)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.access.models import Axis, Link, Unit, UnitKind
from shanghui.access.operations import move, rename
from shanghui.access.queries import ancestors_of, children_of, federations, parents_on
from shanghui.kernel.code_tables import region_name
from shanghui.ledger.organizations.models import Federation
from shanghui.ledger.organizations.operations import open_federation
from shanghui.web.kit.answers import answer_form
from shanghui.web.kit.history import history
from shanghui.web.kit.visits import Visit, found, page, show
from shanghui.web.tree.forms import FederationForm, MoveForm, NameForm


@page(Act.TREE_CHANGE)
def tree(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Every federation of one's part of the tree, indented, as at the day."""
    units = list(federations(visit.scope()))
    parents = parents_on(visit.day, Axis.SUPERVISION)
    known = {unit.pk: unit for unit in units}
    below: dict[int | None, list[Unit]] = {}
    for unit in units:
        above = parents.get(unit.pk)
        below.setdefault(above if above in known else None, []).append(unit)
    lines: list[tuple[int, Unit]] = []
    waiting = [(0, unit) for unit in reversed(below.get(None, []))]
    while waiting:
        depth, unit = waiting.pop()
        lines.append((depth, unit))
        waiting += [(depth + 1, child) for child in reversed(below.get(unit.pk, []))]
    context = {"lines": [(min(depth, 4), unit, region_name(unit.code)) for depth, unit in lines]}
    return show(request, "tree/tree.html", visit, context, dated=True)


@page(Act.TREE_CHANGE)
def unit(request: HttpRequest, visit: Visit, unit: int) -> HttpResponse:
    """One unit: where it stood and stands on each axis, what is directly below, what was done."""
    row = found(visit.scope().units(), unit)
    links = Link.objects.filter(child=row).select_related("parent").order_by("axis", "-valid_from")
    context = {
        "row": row, "links": links, "acts": history(row), "may_undo": True,
        "above": ancestors_of(row, axis=Axis.SUPERVISION, day=visit.day),
        "children": children_of(row, axis=Axis.SUPERVISION, day=visit.day).filter(kind=UnitKind.FEDERATION),
    }
    return show(request, "tree/unit.html", visit, context, dated=True)


@page(Act.TREE_CHANGE)
def federation_new(request: HttpRequest, visit: Visit) -> HttpResponse:
    """A federation below one of one's own."""
    form = FederationForm(request.POST or None, units=federations(visit.scope_today()))

    def do(cleaned: dict[str, Any]) -> str:
        above = Federation.objects.get(unit=cleaned["parent"])
        made = open_federation(
            name=cleaned["name"], code=cleaned["code"], committee_name=cleaned["committee"], parent=above, by=visit.user,
            at=visit.now,
        )
        return reverse("unit", kwargs={"unit": made.pk})

    crumbs = (("机构", reverse("tree")), ("增设工商联", ""))
    return answer_form(request, visit, form, do=do, heading="增设工商联", back=reverse("tree"), crumbs=crumbs, done="已增设。")


@page(Act.TREE_CHANGE)
def unit_rename(request: HttpRequest, visit: Visit, unit: int) -> HttpResponse:
    """Another name from a day on; or the present one is put right."""
    row = found(visit.scope_today().units(), unit)
    back = reverse("unit", kwargs={"unit": row.pk})
    initial = {"name": row.name, "short_name": row.short_name, "code": row.code, "since": visit.today}
    form = NameForm(request.POST or None, initial=initial)

    def do(cleaned: dict[str, Any]) -> str:
        written = {name: cleaned[name] for name in ("name", "short_name", "code")}
        rename(unit=row, since=form.changed_since, by=visit.user, at=visit.now, **written)
        return back

    return answer_form(request, visit, form, do=do, heading=f"修改“{row.name}”的名称", back=back)


@page(Act.TREE_CHANGE)
def unit_move(request: HttpRequest, visit: Visit, unit: int) -> HttpResponse:
    """Another parent from a day on; figures before that day do not move."""
    row = found(visit.scope_today().units(), unit)
    back = reverse("unit", kwargs={"unit": row.pk})
    form = MoveForm(request.POST or None, units=federations(visit.scope_today()).exclude(pk=row.pk), initial={"since": visit.today})

    def do(cleaned: dict[str, Any]) -> str:
        move(child=row, parent=cleaned["parent"], axis=Axis.SUPERVISION, since=cleaned["since"], by=visit.user, at=visit.now)
        return back

    notes = ["从这一天起，它和下面的商会、党组织都算在新的上级名下；以前各天的数字不变。"]
    return answer_form(request, visit, form, do=do, heading=f"调整“{row.name}”的上级", back=back, verb="调整", notes=notes, done="上级已调整。")
