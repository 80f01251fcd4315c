"""What a search box sends. It is posted, so that a number of a person never stands in an address, a history or a server's log;
any other text goes on to an address that can be kept and sent to a colleague."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from shanghui.ledger.people.queries import is_number

LONGEST = 60


def text_of(request: HttpRequest) -> str:
    """The text searched for, posted or in the address."""
    asked = request.POST if request.method == "POST" else request.GET
    return asked.get("q", "").strip()[:LONGEST]


def onward(request: HttpRequest) -> HttpResponse | None:
    """Where a posted search goes on; None when it is answered here: nothing was posted, or a number was.

    Of a posted number's form everything else is left in `request.GET`, so that the page's own addresses do not carry it.
    """
    if request.method != "POST":
        return None
    asked: QueryDict = request.POST.copy()
    asked.pop("csrfmiddlewaretoken", None)
    if not is_number(text_of(request)):
        return redirect(f"{request.path}?{asked.urlencode()}" if asked else request.path)
    asked.pop("q", None)
    request.GET = asked  # type: ignore[assignment]
    return None
