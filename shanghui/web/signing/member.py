"""The member's side: one button, and asking leave."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from shanghui.access.acts import Act
from shanghui.kernel.refusals import Refused
from shanghui.ledger.activities.models import Presence
from shanghui.ledger.activities.operations import NotExpected, ask_leave, sign_in
from shanghui.ledger.activities.signing import CodeState, Signing, place_of, signing, state_of
from shanghui.ledger.people.models import Person
from shanghui.web.kit.visits import Visit, page, show

NOT_YOU = "这次签到的名单上没有您。如果应当参加，请告诉书记，由书记加上。"
WHY = {
    None: ("没有这个签到码", "可能是链接不完整，或者码已经换过了。请重新扫墙上的码，或者请书记在名单上勾选。", 404),
    CodeState.EXPIRED: ("签到时间已过", "签到码到时间自动停用。到了会的，请告诉书记，由书记在名单上勾选。", 410),
    CodeState.CLOSED: ("签到已经结束", "书记已经结束签到，或者换了新码。请扫新码，或者请书记在名单上勾选。", 410),
    CodeState.TURNED_OFF: ("这个支部没有启用扫码签到", "请告诉书记，由书记在名单上勾选，一样算数。", 410),
}


@page(Act.SIGNED_IN)
def sign(request: HttpRequest, visit: Visit, token: str) -> HttpResponse:
    """Signs the visitor in to the meeting behind the code, or asks leave for him."""
    one = signing(token, visit.now)
    state = one.state if one else None
    if one is None or state != CodeState.OPEN:
        title, text, status = WHY[state]
        return _plain(request, visit, title, text, status)
    person = Person.objects.filter(user=visit.user).only("pk", "name", "user").first()
    place = place_of(one.activity, person.pk) if person else None
    if person is None or place is None:
        return _plain(request, visit, "名单上没有您", NOT_YOU, 404)
    if place.unit not in one.units:
        return _plain(request, visit, *WHY[CodeState.TURNED_OFF])
    problem = _act(request, visit, token, person) if request.method == "POST" else ""
    return show(request, "signing/sign.html", visit, _shown(one, person) | {"problem": problem}, status=422 if problem else 200)


def _act(request: HttpRequest, visit: Visit, token: str, person: Person) -> str:
    """Does what was pressed; returns why not."""
    try:
        if request.POST.get("do") == "leave":
            ask_leave(token=token, person=person, reason=request.POST.get("reason", ""), by=visit.user, at=visit.now)
        elif request.POST.get("do") == "sign":
            sign_in(token=token, person=person, by=visit.user, at=visit.now)
    except (NotExpected, Refused) as refusal:
        return str(refusal)
    return ""


def _shown(one: Signing, person: Person) -> dict[str, Any]:
    state = state_of(one.activity, person.pk)
    hosts = "、".join(host.unit.name for host in one.activity.hosts.select_related("unit").order_by("pk"))
    return {
        "row": one.activity, "person": person, "hosts": hosts, "is_there": state == Presence.PRESENT,
        "on_leave": state == Presence.EXCUSED, "until": one.code.expires_at,
    }


def _plain(request: HttpRequest, visit: Visit, title: str, text: str, status: int) -> HttpResponse:
    return show(request, "signing/closed.html", visit, {"title": title, "text": text}, status=status)
