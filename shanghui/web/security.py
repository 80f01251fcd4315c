"""Headers and session rules that hold for every page."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
Answer = Callable[[HttpRequest], HttpResponse]


class ContentSecurityPolicy:
    """Only our own files run: no inline script or style, nothing from elsewhere; signed-in pages are not cached."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "geolocation=(), camera=(), microphone=()")
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class SessionRules:
    """A session ends after half an hour without a click and twelve hours after sign-in in any case, and leads to a new
    password first where one is due.

    A click moves the end on; it is written when the last was written a minute ago or more, not with every page.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.answer(request)
        now = int(time.time())
        began = request.session.setdefault("began", now)
        if now - began > settings.SESSION_LONGEST:
            logout(request)
            return redirect(settings.LOGIN_URL)
        if now - request.session.get("seen", 0) >= settings.SESSION_RENEWED_AFTER:
            request.session["seen"] = now
        due = self._password_due(request)
        return due or self.answer(request)

    def _password_due(self, request: HttpRequest) -> HttpResponseRedirect | None:
        due = getattr(request.user, "must_change_password", False)
        return redirect("password") if due and request.path not in {reverse("password"), reverse("logout")} else None
