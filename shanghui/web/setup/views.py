"""Whose installation it is: open only while there is no account, and only with the word printed at the start."""

from __future__ import annotations

from django.contrib.auth import login
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from shanghui.access.models import Role, User
from shanghui.access.operations import create_user, grant
from shanghui.kernel.refusals import Refused
from shanghui.ledger.organizations.operations import open_federation
from shanghui.web.setup.forms import SetupForm
from shanghui.web.setup.tokens import is_right


def setup(request: HttpRequest) -> HttpResponse:
    """Registers the federation and the first account, which both edits and manages seats, and signs in."""
    if User.objects.exists() or not is_right(request.GET.get("token", "")):
        raise Http404
    form = SetupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = _set_up(form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            login(request, user, backend="django.contrib.auth.backends.ModelBackend")
            return redirect("home")
    return render(request, "setup/setup.html", {"form": form}, status=422 if form.is_bound else 200)


@transaction.atomic
def _set_up(given: dict[str, str]) -> User:
    now = timezone.now()
    federation = open_federation(name=given["name"], code=given["code"], committee_name=given["committee"], by=None, at=now)
    user = create_user(
        username=given["username"], display_name=given["display_name"], password=given["password"], by=None, at=now,
        unit=federation.unit, must_change_password=False,
    )
    for role in (Role.EDITOR, Role.ADMINISTRATOR):
        grant(user=user, role=role, unit=federation.unit, since=timezone.localdate(now), by=None, at=now)
    return user
