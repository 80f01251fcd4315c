"""The two kinds of page that most pages are: a form that does one thing, and a question to be confirmed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from shanghui.kernel.refusals import Refused
from shanghui.web.kit.forms import ReasonForm
from shanghui.web.kit.visits import Visit, show

Crumbs = Sequence[tuple[str, str]]
"""(word, address) from the top down; the last without an address."""


def answer_form(
    request: HttpRequest, visit: Visit, form: forms.Form, *, do: Callable[[dict[str, Any]], str], heading: str, back: str,
    done: str = "已保存。", verb: str = "保存", lead: str = "", crumbs: Crumbs = (), notes: Sequence[str] = (),
    template: str = "kit/form_page.html", context: dict[str, Any] | None = None,
) -> HttpResponse:
    """Shows a form; when it was sent and is right, does it and goes on to the address `do` returns.

    `do(cleaned)` calls one operation. What it refuses (Refused) stands on top of the form, everything typed is kept.
    """
    if request.method == "POST" and form.is_valid():
        answer = _carry_out(request, form, do, done)
        if answer is not None:
            return answer
    status = 422 if form.is_bound else 200
    shown = {"form": form, "heading": heading, "back": back, "verb": verb, "lead": lead, "crumbs": crumbs, "notes": notes}
    return show(request, template, visit, shown | (context or {}), status=status)


def answer_question(
    request: HttpRequest, visit: Visit, *, question: str, do: Callable[[dict[str, Any]], str], back: str, verb: str,
    consequences: Sequence[str] = (), form: forms.Form | None = None, asks_reason: bool = True, done: str = "",
    cancel_verb: str = "不改了",
) -> HttpResponse:
    """Asks before something that is not undone by a click; `do(cleaned)` gets the reason (or the given form's values)."""
    chosen = form or (ReasonForm(request.POST or None) if asks_reason else forms.Form(request.POST or {}))
    if request.method == "POST" and (chosen.is_valid() or not (asks_reason or form)):
        answer = _carry_out(request, chosen, do, done)
        if answer is not None:
            return answer
    shown = {
        "question": question, "consequences": consequences, "form": chosen, "verb": verb, "cancel_url": back,
        "cancel_verb": cancel_verb,
    }
    return show(request, "kit/confirm.html", visit, shown, status=422 if request.method == "POST" else 200)


def _carry_out(request: HttpRequest, form: forms.Form, do: Callable[[dict[str, Any]], str], done: str) -> HttpResponse | None:
    """Does it and goes on; what is refused stands on top of the form (None)."""
    try:
        address = do(form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
    if done:
        messages.success(request, done)
    return redirect(address)
