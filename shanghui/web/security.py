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
    """A session ends twelve hours after sign-in in any case, and leads to a new password first where one is due."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.answer(request)
        began = request.session.setdefault("began", int(time.time()))
        if time.time() - began > settings.SESSION_LONGEST:
            logout(request)
            return redirect(settings.LOGIN_URL)
        due = self._password_due(request)
        return due or self.answer(request)

    def _password_due(self, request: HttpRequest) -> HttpResponseRedirect | None:
        allowed = {reverse("password"), reverse("logout")}
        due = getattr(request.user, "must_change_password", False)
        return redirect("password") if due and request.path not in allowed else None
