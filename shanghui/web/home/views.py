"""The work table."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from shanghui.access.acts import Act
from shanghui.web.kit.visits import Visit, page, show


@page(Act.SIGNED_IN)
def home(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Where a visitor begins."""
    return show(request, "home/home.html", visit)
