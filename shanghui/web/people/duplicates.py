"""Records that resemble each other: looked at once, told apart for good, or put right in one of them (M14; lessons 23)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.ledger.people.models import Category, NotSame, Person
from shanghui.ledger.people.operations import say_not_same
from shanghui.ledger.people.register import MOST_PAIRS, resembling
from shanghui.web.kit.answers import answer_question
from shanghui.web.kit.visits import Visit, found, page, show
from shanghui.web.people.changes import address, changeable


@page(Act.PEOPLE_VIEW, methods=("GET",))
def people_duplicates(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Pairs that may be one person, each with what is the same and what differs; below it who was told apart, by whom."""
    pairs = resembling(visit.scope_today(), visit.today)
    inside = Person.objects.within(visit.scope_today()).values("pk")
    told = NotSame.objects.filter(first__in=inside, second__in=inside).select_related("first", "second", "said_by")
    told = told.defer("first__id_number", "first__phone", "second__id_number", "second__phone").order_by("-said_on", "-pk")
    keys = [one.pk for pair in pairs for one in (pair.one, pair.other)]
    mine = set(Person.objects.kept_within(visit.scope_today(Act.PEOPLE_CHANGE)).filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()
    context = {
        "pairs": [_shown(pair, mine if visit.may(Act.PEOPLE_CHANGE) else set()) for pair in pairs],
        "told": told[:50], "most": MOST_PAIRS, "full": len(pairs) == MOST_PAIRS,
    }
    return show(request, "people/duplicates.html", visit, context)


def _shown(pair: Any, mine: set[int]) -> dict[str, Any]:
    """`mine`: the records one may change; telling two apart needs one of them, merging both."""
    keys = {"person": pair.one.pk, "other": pair.other.pk}
    held = {pair.one.pk, pair.other.pk} & mine
    apart = reverse("people-apart", kwargs=keys if pair.one.pk in mine else {"person": pair.other.pk, "other": pair.one.pk}) if held else ""
    merge = reverse("people-merge", kwargs=keys) if len(held) == len(keys) else ""
    return {"records": [_record(pair.one), _record(pair.other)], "because": "、".join(pair.because), "url": apart, "merge": merge}


def _record(row: Any) -> dict[str, Any]:
    return {"row": row, "url": address(row), "category": Category(row.category).label if row.category else "", "has_number": bool(row.id_digest)}


@page(Act.PEOPLE_CHANGE)
def people_apart(request: HttpRequest, visit: Visit, person: int, other: int) -> HttpResponse:
    """«不是同一人», with what one went by; both must be within one's part of the tree."""
    one = changeable(visit, person)
    second = found(Person.objects.within(visit.scope_today(Act.PEOPLE_VIEW)).select_related("kept_by"), other)

    def do(cleaned: dict[str, Any]) -> str:
        say_not_same(one=one, other=second, reason=cleaned["reason"], by=visit.user, at=visit.now)
        return reverse("people-duplicates")

    return answer_question(
        request, visit, question=f"这两条“{one.name}”的记录不是同一个人？", do=do, back=reverse("people-duplicates"), verb="不是同一人",
        consequences=["以后不再提示这两条。", "写明依据，例如核对了证件、问过本人；记下谁、什么时候登记的，可以在操作记录里撤销。"],
        done="已登记，不再提示这两条。",
    )
