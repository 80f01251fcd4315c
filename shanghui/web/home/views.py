"""The work table: what is to be done, where we stand, what changed; for every role its own."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import resolve

from shanghui.access.acts import Act
from shanghui.ledger.people.queries import is_number
from shanghui.web.home.finding import find
from shanghui.web.home.office import office
from shanghui.web.home.others import without_figures
from shanghui.web.kit.asking import onward, text_of
from shanghui.web.kit.links import address
from shanghui.web.kit.visits import Visit, page, show


@page(Act.SIGNED_IN)
def home(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Where a visitor begins. Always as at today: a to-do has no other day."""
    context: dict[str, Any] = {"links": _links(visit)}
    if visit.may(Act.FIGURES_VIEW):
        context |= office(request, visit)
        template = "home/beginning.html" if context.get("is_empty") else "home/office.html"
    else:
        context |= without_figures(visit, request.GET.get("todo", ""))
        template = "home/home.html"
    return show(request, template, visit, context)


def _links(visit: Visit) -> dict[str, str]:
    """Where the buttons of the page lead, as far as the visitor may go there: each page says itself which act it needs."""
    names = ("activity-new", "record", "visit-new", "report-new", "seats", "account-new", "tree", "audit", "coverage", "me")
    return {name.replace("-", "_"): _open_to(visit, name) for name in names}


def _open_to(visit: Visit, name: str) -> str:
    url = address(name)
    return url if url and visit.may(getattr(resolve(url).func, "act", Act.SIGNED_IN)) else ""


@page(Act.SIGNED_IN)
def search(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Chambers, organizations, people and activities that answer to a text, as far as one's seats reach."""
    elsewhere = onward(request)
    if elsewhere is not None:
        return elsewhere
    text = text_of(request)
    context = {"text": text, "query": "" if is_number(text) else text, "groups": find(text, visit) if text else []}
    return show(request, "home/search.html", visit, context)
