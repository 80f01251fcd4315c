"""A pairing: its page, and what can happen to it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.access.models import UnitKind
from shanghui.kernel.periods import first_day_after, last_day
from shanghui.ledger.activities.queries import activities
from shanghui.ledger.organizations.models import Pairing
from shanghui.ledger.organizations.operations import change_pairing, end_pairing, pair
from shanghui.web.kit.answers import answer_form, answer_question
from shanghui.web.kit.history import history
from shanghui.web.kit.units import unit_options
from shanghui.web.kit.visits import Visit, found, page, show
from shanghui.web.partners.alliances import SHOWN
from shanghui.web.partners.forms import EndForm, PairingForm
from shanghui.web.partners.lists import term_in_words


def _address(row: Pairing) -> str:
    return reverse("pairing", kwargs={"pairing": row.pk})


def _mine(visit: Visit, pk: int) -> Pairing:
    return found(Pairing.objects.within(visit.scope_today()).select_related("unit"), pk)


@page(Act.LEDGER_VIEW, methods=("GET",))
def pairing(request: HttpRequest, visit: Visit, pairing: int) -> HttpResponse:
    """With whom, until when, what was held together."""
    row = _mine(visit, pairing)
    may_change = visit.may(Act.ACTIVITY_CHANGE) and visit.scope_today(Act.ACTIVITY_CHANGE).contains(row.unit_id)
    context = {
        "row": row, "term": term_in_words(row, visit.today), "activities": activities(visit.scope_today()).filter(pairing_links__pairing=row)[:SHOWN],
        "over": row.valid_to is not None and row.valid_to <= visit.today, "acts": history(row), "may_change": may_change, "may_undo": may_change,
    }
    return show(request, "partners/pairing.html", visit, context)


@page(Act.ACTIVITY_CHANGE)
def pairing_new(request: HttpRequest, visit: Visit) -> HttpResponse:
    """A pairing of a party organization within one's part of the tree."""
    form = PairingForm(request.POST or None, initial={"since": visit.today}, units=unit_options(visit, UnitKind.ORGANIZATION))

    def do(cleaned: dict[str, Any]) -> str:
        unit = found(visit.scope_today().units(), cleaned["unit"])
        return _address(pair(unit=unit, by=visit.user, at=visit.now, **form.values()))

    crumbs = (("结对共建", reverse("pairings")), ("登记结对", ""))
    return answer_form(request, visit, form, do=do, heading="登记结对", back=reverse("pairings"), verb="登记", crumbs=crumbs)


@page(Act.ACTIVITY_CHANGE)
def pairing_change(request: HttpRequest, visit: Visit, pairing: int) -> HttpResponse:
    """Puts right what is written, or prolongs it."""
    row = _mine(visit, pairing)
    initial = {name: getattr(row, name) for name in ("partner", "partner_kind", "agreement")}
    form = PairingForm(request.POST or None, initial=initial | {"since": row.valid_from, "last": last_day(row.valid_to)})

    def do(cleaned: dict[str, Any]) -> str:
        change_pairing(pairing=row, by=visit.user, at=visit.now, **form.columns())
        return _address(row)

    crumbs = (("结对共建", reverse("pairings")), (row.partner, _address(row)), ("修改、续签", ""))
    return answer_form(request, visit, form, do=do, heading="修改、续签", back=_address(row), crumbs=crumbs)


@page(Act.ACTIVITY_CHANGE)
def pairing_end(request: HttpRequest, visit: Visit, pairing: int) -> HttpResponse:
    """Ends a pairing before its term."""
    row = _mine(visit, pairing)

    def do(cleaned: dict[str, Any]) -> str:
        on = first_day_after(cleaned["last_day"])
        end_pairing(pairing=row, on=on, reason=cleaned["reason"], by=visit.user, at=visit.now)
        return _address(row)

    return answer_question(
        request, visit, question=f"结束与“{row.partner}”的结对？", do=do, back=_address(row), verb="结束", cancel_verb="不结束",
        form=EndForm(request.POST or None, initial={"last_day": visit.today}), consequences=["办过的活动都还在。"],
    )
