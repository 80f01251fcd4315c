"""403, 404 and 500 in plain Chinese."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The visitor's seats do not allow the act."""
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """No such page, or not within the visitor's part of the tree."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke. The page needs neither database nor session; its number stands in the log too."""
    incident = f"{secrets.randbelow(10**6):06d}"
    import logging

    logging.getLogger("shanghui.web").error("incident %s at %s", incident, request.path)
    shown: dict[str, Any] = {"incident": incident, "duty_phone": settings.DUTY_PHONE}
    return HttpResponse(loader.get_template("500.html").render(shown), status=500)
