"""The secretary's side: turning it on or off for a branch, the code on the wall, ending it."""

from __future__ import annotations

from typing import Any

import segno
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from shanghui.access.acts import Act
from shanghui.access.queries import history_of
from shanghui.kernel.refusals import Refused
from shanghui.ledger.activities.models import Activity, CodeSignIn
from shanghui.ledger.activities.operations import close_code, open_code, turn_off, turn_on
from shanghui.ledger.activities.operations.signing_in import LONGEST_HOURS, USUAL_HOURS
from shanghui.ledger.activities.signing import CodeState, Signing, signing, turned_on, turnout
from shanghui.ledger.organizations.models import PartyOrganization
from shanghui.web.kit.history import acts
from shanghui.web.kit.visits import Visit, found, page, show

_VERBS = "扫码签到"


@page(Act.ACTIVITY_CHANGE)
def code_sign_in(request: HttpRequest, visit: Visit, organization: int) -> HttpResponse:
    """Whether a branch offers signing in by code; one button to change it."""
    scope = visit.scope_today(Act.ACTIVITY_CHANGE)
    row = found(PartyOrganization.objects.within(scope).select_related("unit"), organization)
    if request.method == "POST":
        if request.POST.get("do") == "on":
            turn_on(unit=row.unit, since=visit.today, by=visit.user, at=visit.now)
        elif request.POST.get("do") == "off":
            turn_off(unit=row.unit, on=visit.today, by=visit.user, at=visit.now)
        return redirect("code-sign-in", organization=row.pk)
    entries = history_of(row.unit._meta.db_table, [row.pk]).filter(verb__endswith=_VERBS)[:10]
    context = {"row": row, "since": CodeSignIn.objects.on(visit.today).filter(unit=row.unit).first(), "acts": acts(list(entries))}
    return show(request, "signing/setting.html", visit, context)


def _hosted(visit: Visit, activity: int) -> Activity:
    """An activity that a unit for which one records has held."""
    return found(Activity.objects.within(visit.scope_today(Act.ACTIVITY_CHANGE)), activity)


@page(Act.ACTIVITY_CHANGE)
def code_open(request: HttpRequest, visit: Visit, activity: int) -> HttpResponse:
    """A new code for today's activity, for some hours; an older one no longer answers."""
    row = _hosted(visit, activity)
    problem = ""
    if request.method == "POST":
        try:
            token = open_code(activity=row, hours=_hours(request), by=visit.user, at=visit.now)
            return redirect("sign-wall", token=token)
        except Refused as refusal:
            problem = str(refusal)
    hosts = [host.unit for host in row.hosts.select_related("unit") if host.unit.kind == "organization"]
    context = {
        "row": row, "problem": problem, "hours": [(n, n == USUAL_HOURS) for n in (1, 2, 4, 8, LONGEST_HOURS)], "hosts": hosts,
        "on": bool(turned_on([unit.pk for unit in hosts], visit.today)),
    }
    return show(request, "signing/open.html", visit, context, status=422 if problem else 200)


def _hours(request: HttpRequest) -> int:
    written = request.POST.get("hours", str(USUAL_HOURS))
    return int(written) if written.isdecimal() and len(written) < 4 else 0


@page(Act.ACTIVITY_CHANGE, methods=("POST",))
def code_close(request: HttpRequest, visit: Visit, activity: int) -> HttpResponse:
    """Ends signing in and goes on to the record."""
    row = _hosted(visit, activity)
    close_code(activity=row, by=visit.user, at=visit.now)
    messages.success(request, "签到已结束。名单已经按签到填好，核对后提交。")
    return redirect(f"{reverse('record')}?activity={row.pk}")


def _known(visit: Visit, token: str) -> Signing:
    """The code, for whoever records for a host of its activity; for others there is none."""
    one = signing(token, visit.now)
    if one is None:
        raise Http404
    _hosted(visit, one.activity.pk)
    return one


def numbers_of(one: Signing) -> dict[str, Any]:
    """What signing/turnout.html shows: numbers only."""
    return {"turnout": turnout(one.activity), "is_open": one.state == CodeState.OPEN, "state": one.state}


@page(Act.ACTIVITY_CHANGE, methods=("GET",))
def sign_wall(request: HttpRequest, visit: Visit, token: str) -> HttpResponse:
    """For the wall: the code, until when, how many are there. The address alone holds the token."""
    one = _known(visit, token)
    link = request.build_absolute_uri(reverse("sign", kwargs={"token": token}))
    hosts = "、".join(host.unit.name for host in one.activity.hosts.select_related("unit").order_by("pk"))
    context = {"one": one, "row": one.activity, "link": link, "token": token, "hosts": hosts, "picture": picture(link)}
    return show(request, "signing/wall.html", visit, context | numbers_of(one), status=200 if one.state == CodeState.OPEN else 410)


@page(Act.ACTIVITY_CHANGE, methods=("GET",))
def sign_turnout(request: HttpRequest, visit: Visit, token: str) -> HttpResponse:
    """The numbers again, for the wall."""
    return show(request, "signing/turnout.html", visit, numbers_of(_known(visit, token)) | {"token": token})


def picture(link: str) -> SafeString:
    """The link as a picture to scan."""
    drawn = segno.make(link, error="m", micro=False).svg_inline(scale=8, border=4, omitsize=True, svgclass="qr", lineclass="qr__l")
    return mark_safe(drawn.replace("<svg ", '<svg role="img" aria-label="签到二维码" ', 1))  # noqa: S308 (drawn from the address alone)
