"""Who sees what of a person, and what each field is for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from shanghui.access.acts import Act
from shanghui.ledger.people.privacy import FIELDS, VIEWER_TITLES, WORDS, Level
from shanghui.web.kit.visits import Visit, page, show


@page(Act.SIGNED_IN, methods=("GET",))
def privacy(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The table every page, export and paper obeys, with the columns of the visitor's own seats marked."""
    own = {seat.role for seat in visit.seats}
    viewers = [(title, viewer.value in own) for viewer, title in VIEWER_TITLES.items()]
    lines = [
        (one, [(title, WORDS[one.levels[viewer]], one.levels[viewer] == Level.NONE) for viewer, title in VIEWER_TITLES.items()])
        for one in FIELDS.values()
    ]
    return show(request, "privacy/privacy.html", visit, {"viewers": viewers, "lines": lines})
