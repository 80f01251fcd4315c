"""The floor of a page: Django with one view, one indexed query of fifty rows, no middleware and no template."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.bare_settings")

from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path


def bare(request: HttpRequest) -> HttpResponse:
    """Fifty people in the order of an index, a line each."""
    from shanghui.ledger.people.models import Person

    rows = Person.objects.order_by("initials", "pk").values_list("pk", "name", "initials", "workplace")[:50]
    return HttpResponse("".join(f"<p>{pk} {name} {initials} {workplace}</p>" for pk, name, initials, workplace in rows))


urlpatterns = [path("", bare)]
os.environ["DJANGO_SETTINGS_MODULE"] = "bench.bare_settings"
application = get_wsgi_application()
