"""Opening /record/ without network: a service worker that keeps an empty form and the files it needs, and nothing of anybody.

The worker answers for /record/ alone. The empty form is fetched without a session, so that no name, no branch and no key can be
in it; what was typed waits in the outbox of static/phone.js, and the names follow when the connection is back.
"""

from __future__ import annotations

from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_GET

from shanghui.ledger.activities.models import ActivityType
from shanghui.web.phone.due import USUAL

FILES = ("ui.css", "seal.svg", "icons.svg", "app.js", "record.js", "phone.js")
KINDS = tuple(one for one in (*USUAL, *ActivityType) if one != ActivityType.TALK)
"""Of a talk only who talked with whom is kept: it needs the names."""


def shell() -> str:
    """The empty form, the same for everybody."""
    kinds = list(dict.fromkeys(KINDS))
    first = len(USUAL) - 1
    return render_to_string("phone/shell.html", {"kinds": kinds[:first], "rest": kinds[first:]})


@require_GET
def record_shell(request: HttpRequest) -> HttpResponse:
    """The empty form."""
    return HttpResponse(shell())


@require_GET
def record_worker(request: HttpRequest) -> HttpResponse:
    """The worker; another version as soon as the form or one of its files changes."""
    page, files = shell(), [static(name) for name in FILES]
    version = sha256("\n".join([page, *files]).encode()).hexdigest()[:12]
    context = {"version": version, "page": reverse("record"), "shell": reverse("record-shell"), "files": files}
    script = render_to_string("phone/worker.js", context)
    return HttpResponse(script, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})
