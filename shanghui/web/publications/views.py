"""The list of notices, one notice, and what can happen to it."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.kernel.periods import first_day_after, last_day
from shanghui.ledger.activities.models import Affairs, Audience, Publication
from shanghui.ledger.activities.operations import change_publication, end_publication, publish
from shanghui.ledger.activities.sheets import PUBLICATION_COLUMNS
from shanghui.web.kit.answers import answer_form, answer_question
from shanghui.web.kit.history import history
from shanghui.web.kit.listing import Filter, ListPage, answer_list
from shanghui.web.kit.units import unit_options
from shanghui.web.kit.visits import Visit, found, page, show
from shanghui.web.publications.forms import NOT_YET, EndForm, PublicationForm, initial_of

PHASES = (("now", "正在公开"), ("coming", "还没开始"), ("over", "已经结束"))


def _address(row: Publication) -> str:
    return reverse("publication", kwargs={"publication": row.pk})


@page(Act.LEDGER_VIEW, methods=("GET",))
def publications(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Notices within one's part of the tree, the newest first; filtered by what, to whom, and whether they are shown now."""
    may_publish = visit.may(Act.PUBLISH)
    new = reverse("publication-new")
    filters = (
        Filter("affairs", "内容", Affairs.choices, lambda rows, value: rows.filter(affairs=value)),
        Filter("audience", "范围", Audience.choices, lambda rows, value: rows.filter(audience=value)),
        Filter("phase", "时间", PHASES, lambda rows, value: _in_phase(rows, value, visit)),
    )
    listed = ListPage(
        title="党务公开", export_title="党务公开目录", columns=PUBLICATION_COLUMNS, unit="条", filters=filters,
        rows=Publication.objects.within(visit.scope()).select_related("unit").order_by("-valid_from", "-pk"),
        shown=("title", "affairs", "audience", "unit", "valid_from", "last"), small=("title", "valid_from", "last"), link=_address,
        search=lambda text: Q(title__contains=text) | Q(unit__name__contains=text), search_hint="标题、公开单位",
        lead="党务、会务、财务、服务四项公开，每条写明对谁公开、公开到哪天。", actions=((new, "公开一条", "plus"),) if may_publish else (),
        empty_title="还没有公开过", empty_text="把要公开的事写在这里，到期自动列入已经结束。",
        empty_action=(new, "公开一条") if may_publish else None,
    )
    return answer_list(request, visit, listed)


def _in_phase(rows: QuerySet[Any], value: str, visit: Visit) -> QuerySet[Any]:
    coming, over = Q(valid_from__gt=visit.day), Q(valid_to__lte=visit.day)
    return rows.filter({"coming": coming, "over": over}.get(value, ~coming & ~over))


def _phase(row: Publication, visit: Visit) -> str:
    if row.valid_from > visit.today:
        return "coming"
    return "over" if row.valid_to is not None and row.valid_to <= visit.today else "now"


@page(Act.LEDGER_VIEW, methods=("GET",))
def publication(request: HttpRequest, visit: Visit, publication: int) -> HttpResponse:
    """One notice as it is posted on the wall, with its period and audience."""
    row = found(Publication.objects.within(visit.scope_today()).select_related("unit"), publication)
    may_change = visit.may(Act.PUBLISH) and visit.scope_today(Act.PUBLISH).contains(row.unit_id)
    context = {
        "row": row, "last": last_day(row.valid_to), "phase": _phase(row, visit), "may_change": may_change, "may_undo": may_change,
        "acts": history(row), "not_yet": NOT_YET if row.audience == Audience.EVERYONE else "",
    }
    return show(request, "publications/publication.html", visit, context)


@page(Act.PUBLISH)
def publication_new(request: HttpRequest, visit: Visit) -> HttpResponse:
    """A notice of one of one's units."""
    units = unit_options(visit)
    known = {one.value for one in units}
    own = [seat.unit_id for seat in visit.seats if seat.unit_id in known][:1]
    initial = {"since": visit.today, "affairs": Affairs.PARTY, "audience": Audience.MEMBERS, "unit": own[0] if own else None}
    form = PublicationForm(request.POST or None, initial=initial, units=units)

    def do(cleaned: dict[str, Any]) -> str:
        unit = found(visit.scope_today().units(), cleaned["unit"])
        return _address(publish(unit=unit, by=visit.user, at=visit.now, **form.values()))

    crumbs = (("党务公开", reverse("publications")), ("公开一条", ""))
    return answer_form(
        request, visit, form, do=do, heading="公开一条", back=reverse("publications"), verb="公开", crumbs=crumbs, done="已公开。"
    )


def _mine(visit: Visit, pk: int) -> Publication:
    return found(Publication.objects.within(visit.scope_today()).select_related("unit"), pk)


@page(Act.PUBLISH)
def publication_change(request: HttpRequest, visit: Visit, publication: int) -> HttpResponse:
    """Puts right what is written; the unit stays."""
    row = _mine(visit, publication)
    form = PublicationForm(request.POST or None, initial=initial_of(row))

    def do(cleaned: dict[str, Any]) -> str:
        change_publication(publication=row, by=visit.user, at=visit.now, **form.columns())
        return _address(row)

    crumbs = (("党务公开", reverse("publications")), (row.title, _address(row)), ("修改", ""))
    return answer_form(request, visit, form, do=do, heading="修改公开内容", back=_address(row), crumbs=crumbs)


@page(Act.PUBLISH)
def publication_end(request: HttpRequest, visit: Visit, publication: int) -> HttpResponse:
    """Ends a notice on a day."""
    row = _mine(visit, publication)

    def do(cleaned: dict[str, Any]) -> str:
        on = first_day_after(cleaned["last_day"])
        end_publication(publication=row, on=on, reason=cleaned["reason"], by=visit.user, at=visit.now)
        return _address(row)

    return answer_question(
        request, visit, question=f"结束公开“{row.title}”？", do=do, back=_address(row), verb="结束公开", cancel_verb="不结束",
        form=EndForm(request.POST or None, initial={"last_day": visit.today}), done="已结束。这一步可以在下面的操作记录里撤销。",
        consequences=["这一条仍在目录里，写明公开到哪一天。"],
    )
