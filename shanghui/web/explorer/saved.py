"""Saved views: a question kept under a name for one's own unit; listed, opened, renamed, deleted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from shanghui.access.acts import Act, roles_that_may
from shanghui.access.models import Unit
from shanghui.indicators.models import SavedView
from shanghui.indicators.operations import delete_view, rename_view, save_view
from shanghui.kernel.columns import Column
from shanghui.kernel.refusals import Refused
from shanghui.web.explorer.asked import address_query, document, read
from shanghui.web.figures.nodes import asked_node, asked_scope
from shanghui.web.kit.answers import answer_form, answer_question
from shanghui.web.kit.forms import Form
from shanghui.web.kit.listing import ListPage, answer_list
from shanghui.web.kit.routes import route, row_link
from shanghui.web.kit.visits import Visit, found, page

BESIDE = 12
"""How many views stand beside the explorer."""
COLUMNS = (
    Column("name", "视图", lambda one: one.name, sort="name", width=30),
    Column("unit", "单位", lambda one: one.unit.name, sort="unit__name", width=26),
    Column("made_by", "经办", lambda one: one.made_by.display_name if one.made_by else "系统管理命令"),
    Column("made_at", "存入时间", lambda one: one.made_at, sort="made_at"),
)


class NameForm(Form):
    """What a view is called, and for whom it is kept where one serves several units."""

    name = forms.CharField(label="名称", max_length=60, help_text="别人一看就懂，如“各县区覆盖率（逐月）”")

    def __init__(self, *args: Any, units: Sequence[Unit] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        if len(units) > 1:
            choices = [(one.pk, one.name) for one in units]
            self.fields["unit"] = forms.TypedChoiceField(label="存给哪个单位", choices=choices, coerce=int)


@page(Act.FIGURES_VIEW, methods=("GET",))
def saved_views(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The views of the units one reaches."""
    explorer = route("explorer")
    return answer_list(request, visit, ListPage(
        title="存下的视图", rows=_views(visit).order_by("unit__code", "name", "pk"), columns=COLUMNS, export=False, unit="个", dated=False,
        shown=[column.key for column in COLUMNS], small=("name", "unit"), link=row_link("saved-view", "saved_view"),
        actions=[(explorer, "自选指标", "chart-bar")], empty_title="还没有存下的视图",
        empty_text="选好指标、范围和日期，点“存为视图”，下次一点就是最新的数。", empty_action=(explorer, "去选指标"),
    ))


@page(Act.FIGURES_VIEW)
def saved_view_new(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Keeps the question in the address under a name."""
    units = own_units(visit)
    form = NameForm(request.POST or None, units=units)
    asked_node(request, visit, asked_scope(request, visit))

    def do(cleaned: dict[str, Any]) -> str:
        if not read(request.GET, visit).indicators:
            raise Refused("还没有选指标，请先回去选好再存。")
        unit = next(one for one in units if one.pk == cleaned.get("unit", units[0].pk))
        made = save_view(unit=unit, name=cleaned["name"], query=_kept(request, visit), by=visit.user, at=visit.now)
        return reverse("saved-view", kwargs={"saved_view": made.pk})

    return answer_form(
        request, visit, form, do=do, heading="存为视图", back=f"{route('explorer')}?{request.GET.urlencode()}", done="已存下。",
        lead="存的是怎么选，不是当时的数：每次打开都重新算。“到”没有填日期的，打开时算到当天。", crumbs=[("指标", route("figures")), ("存为视图", "")],
    )


def _kept(request: HttpRequest, visit: Visit) -> dict[str, Any]:
    """The document of the question; of codes only those that exist, so that a view opens without complaints."""
    kept = document(request.GET)
    return kept | {"code": [one.code for one in read(request.GET, visit).indicators]}


@page(Act.FIGURES_VIEW, methods=("GET",))
def saved_view(request: HttpRequest, visit: Visit, saved_view: int) -> HttpResponse:
    """Opens a view: the explorer with its question."""
    row = found(_views(visit), saved_view)
    return redirect(route("explorer") + address_query(row.query, view=row.pk))


@page(Act.FIGURES_VIEW)
def saved_view_rename(request: HttpRequest, visit: Visit, saved_view: int) -> HttpResponse:
    """Another name for a view of one's own unit."""
    row = _own(visit, saved_view)
    form = NameForm(request.POST or None, initial={"name": row.name})
    back = reverse("saved-view", kwargs={"saved_view": row.pk})

    def do(cleaned: dict[str, Any]) -> str:
        rename_view(view=row, name=cleaned["name"], by=visit.user, at=visit.now)
        return back

    return answer_form(request, visit, form, do=do, heading=f"给“{row.name}”改名", back=back, done="已改名。")


@page(Act.FIGURES_VIEW)
def saved_view_delete(request: HttpRequest, visit: Visit, saved_view: int) -> HttpResponse:
    """Asks once, then removes a view of one's own unit."""
    row = _own(visit, saved_view)

    def do(cleaned: dict[str, Any]) -> str:
        delete_view(view=row, by=visit.user, at=visit.now)
        return route("saved-views")

    return answer_question(
        request, visit, question=f"删除视图“{row.name}”？", do=do, back=reverse("saved-view", kwargs={"saved_view": row.pk}), verb="删除",
        asks_reason=False, done="已删除。", consequences=["只删掉这一种选法，台账和数字都不变；操作记录里查得到。"],
    )


def own_units(visit: Visit) -> list[Unit]:
    """The units on which the visitor's seats allow figures: for these views are kept and changed."""
    roles = roles_that_may(Act.FIGURES_VIEW)
    return list({seat.unit_id: seat.unit for seat in visit.seats if seat.role in roles}.values())


def _views(visit: Visit) -> QuerySet[SavedView]:
    return SavedView.objects.within(visit.scope_today()).select_related("unit", "made_by")


def _own(visit: Visit, pk: int) -> SavedView:
    """A view of one's own unit; another's, though one may open it, is not there to change (404)."""
    row = found(_views(visit), pk)
    if row.unit_id not in {one.pk for one in own_units(visit)}:
        raise Http404
    return row


def views_beside(visit: Visit) -> list[SavedView]:
    """The first views of one's own units, and one more where there are more."""
    return list(SavedView.objects.filter(unit__in=own_units(visit)).order_by("name", "pk")[: BESIDE + 1])


def opened_view(request: HttpRequest, visit: Visit) -> dict[str, Any] | None:
    """The view in `?view=`, and whether one may change it; None where there is none."""
    written = request.GET.get("view", "")
    row = _views(visit).filter(pk=int(written)).first() if written.isdecimal() and len(written) < 19 else None
    return None if row is None else {"row": row, "own": row.unit_id in {one.pk for one in own_units(visit)}}
