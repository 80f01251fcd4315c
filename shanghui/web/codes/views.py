"""Suggestions as options of a datalist."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from shanghui.access.acts import Act
from shanghui.web.codes.fields import matching_regions
from shanghui.web.kit.visits import Visit, page, show


@page(Act.LEDGER_VIEW, methods=["GET"])
def regions(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The regions that answer to what is being typed, whatever the field is called."""
    typed = next((str(value) for value in request.GET.values() if value), "")
    return show(request, "codes/options.html", visit, {"options": matching_regions(typed[:40])})
