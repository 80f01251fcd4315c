"""Answers to what a telephone sends: a page for a form, a few words for the script that keeps trying (static/phone.js)."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect


def by_script(request: HttpRequest) -> bool:
    """Whether the script sent it: it follows no redirects, so that a lost session is not taken for success."""
    return request.headers.get("Accept") == "application/json"


def sent(request: HttpRequest, address: str) -> HttpResponse:
    """It stands in the ledger; `address`: where it is shown. The same for the first and for every further sending."""
    return JsonResponse({"url": address}) if by_script(request) else redirect(address)


def refused(form: forms.Form) -> HttpResponse:
    """What is wrong, by field, for the script."""
    errors = {name: " ".join(str(one) for one in listed) for name, listed in form.errors.items()}
    return JsonResponse({"errors": errors}, status=422)
