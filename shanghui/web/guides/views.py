"""The list of guides with their chambers, and a new assignment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.kernel.periods import first_day_after
from shanghui.ledger.organizations.models import Chamber
from shanghui.ledger.people.ledgers import guide_list
from shanghui.ledger.people.models import GuideAssignment, GuideKind
from shanghui.ledger.people.operations import assign_guide
from shanghui.ledger.people.queries import assignments, matching_people
from shanghui.ledger.people.sheets import GUIDE_COLUMNS
from shanghui.rules.registry import limit
from shanghui.web.guides.forms import AssignmentForm
from shanghui.web.kit.answers import answer_form
from shanghui.web.kit.listing import Filter, ListPage, answer_list
from shanghui.web.kit.units import chamber_options
from shanghui.web.kit.visits import Visit, page
from shanghui.web.people.changes import office_of
from shanghui.web.people.picking import PersonChoice

TERMS = (("soon", "聘期30天内满"), ("none", "没有定期限"))


@page(Act.LEDGER_VIEW, methods=("GET",))
def guides(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Who looks after which chambers within one's part of the tree on the day, from when to when."""
    here = assignments(visit.scope(), visit.day)

    def matching(text: str) -> Q:
        chambers = here.filter(person_id=OuterRef("pk"), chamber__unit__name__contains=text).order_by()
        people = matching_people(text, by_number=False) if visit.may(Act.PEOPLE_VIEW) else Q(name__contains=text)
        return people | Q(Exists(chambers))

    def complete(rows: Sequence[Any]) -> None:
        held: dict[int, list[GuideAssignment]] = {}
        for one in here.filter(person_id__in=[row.pk for row in rows]):
            held.setdefault(one.person_id, []).append(one)
        for row in rows:
            row.held = held.get(row.pk, [])

    may_assign = visit.may(Act.LEDGER_CHANGE) and visit.may(Act.PEOPLE_VIEW)
    soon = visit.day + timedelta(days=limit("SOC-12-DAYS", "days"))
    listed = ListPage(
        title="指导员", export_title="党建指导员联系表", columns=GUIDE_COLUMNS,
        rows=guide_list(visit.scope(), visit.day).defer("id_number", "phone"),
        shown=("name", "duties", "load", "guided_names"), link=lambda row: "", unit="人", search=matching, search_hint="姓名、拼音首字母、商会名称",
        filters=(Filter("kind", "类别", GuideKind.choices, lambda rows, value: rows.filter(
            Exists(here.filter(person_id=OuterRef("pk"), kind=value).order_by()))),
            Filter("term", "聘期", TERMS, lambda rows, value: rows.filter(
                Exists(here.filter(_term(value, soon), person_id=OuterRef("pk")).order_by())))),
        lead="指导员、联络员和他们联系的商会；有指导员联系，就算党的工作覆盖。", complete=complete,
        actions=((reverse("guide-new"), "选派", "user-plus"), (reverse("guide-plan"), "提均衡方案", "scale")) if may_assign else (),
        empty_title="还没有指导员" if visit.may(Act.LEDGER_CHANGE) else "您的范围里没有指导员", empty_text="没有党组织的商会，先派一位指导员或联络员联系。",
        empty_action=(reverse("guide-new"), "选派") if may_assign else None, template="guides/guides.html",
        context={"may_end": visit.may(Act.LEDGER_CHANGE) and not visit.query, "may_open": visit.may(Act.PEOPLE_VIEW)},
    )
    return answer_list(request, visit, listed)


def _term(value: str, soon: date) -> Q:
    """Assignments whose term ends by `soon`, or that have no term."""
    return Q(valid_to__lte=soon) if value == TERMS[0][0] else Q(valid_to=None)


@page(Act.LEDGER_CHANGE)
def guide_new(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Somebody looks after one chamber or several; `?chamber=` fills one in."""
    choice = PersonChoice(request, visit)
    if choice.onward:
        return redirect(choice.onward)
    wanted = request.GET.get("chamber", "")
    initial: dict[str, Any] = {"since": visit.today, "kind": GuideKind.GUIDE}
    if wanted.isdecimal() and len(wanted) < 15:
        initial["chambers"] = [int(wanted)]
    form = AssignmentForm(
        choice.sent, initial=initial, person=choice.field(), chambers=lambda: chamber_options(visit)
    )

    def do(cleaned: dict[str, Any]) -> str:
        rows = Chamber.objects.filter(pk__in=cleaned["chambers"]).select_related("unit").order_by("unit__name")
        until = first_day_after(cleaned["until"]) if cleaned["until"] else None
        with transaction.atomic():
            person = choice.person(cleaned["person"], office_of(visit))
            for chamber in rows:
                assign_guide(
                    person=person, chamber=chamber, kind=GuideKind(cleaned["kind"]), duty=cleaned["duty"], since=cleaned["since"],
                    until=until, by=visit.user, at=visit.now,
                )
        return reverse("guides")

    return answer_form(
        request, visit, form, do=do, heading="选派指导员、联络员", back=reverse("guides"), verb="选派", template="people/pick.html",
        crumbs=(("指导员", reverse("guides")), ("选派", "")), done="已选派。", context=choice.context,
    )
