"""Who packages go to and come from: cards entered and retired, our own card (M46)."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.access.queries import federations
from shanghui.exchange.packages.keys import fingerprint, own_card, read_card
from shanghui.exchange.packages.models import Correspondent
from shanghui.exchange.packages.operations import card_of, enter_card, retire_card
from shanghui.exchange.packages.queries import correspondents
from shanghui.web.kit.answers import answer_form, answer_question
from shanghui.web.kit.listing import attachment
from shanghui.web.kit.visits import Visit, found, page, show
from shanghui.web.packages.forms import CardForm


@page(Act.REPORT_VIEW, methods=("GET",))
def correspondents_list(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The cards entered, with their fingerprints, and our own."""
    listed = [(one, fingerprint(one.signing)) for one in correspondents(visit.scope_today())]
    own = fingerprint(own_card("", "").signing)
    return show(request, "packages/partners.html", visit, {"listed": listed, "own": own, "may_make": visit.may(Act.REPORT_MAKE)})


@page(Act.REPORT_MAKE)
def correspondent_new(request: HttpRequest, visit: Visit) -> HttpResponse:
    """A card is entered for a unit of ours, or as that of an upper installation."""
    form = CardForm(request.POST or None, request.FILES or None, units=federations(visit.scope_today()))

    def do(cleaned: dict[str, Any]) -> str:
        unit = cleaned["unit"] if cleaned["side"] == "lower" else None
        enter_card(card=read_card(cleaned["file"]), unit=unit, by=visit.user, at=visit.now, on=visit.today)
        return reverse("correspondents")

    return answer_form(
        request, visit, form, do=do, heading="登记名片", back=reverse("correspondents"), verb="登记", done="已登记。请打电话与对方核对指纹。",
        crumbs=[("上报", reverse("submissions")), ("往来单位", reverse("correspondents")), ("登记名片", "")],
        notes=["名片是对方平台导出的小文件，只有公钥。登记后先打电话核对指纹，再收发数据。"],
    )


@page(Act.REPORT_MAKE)
def correspondent_retire(request: HttpRequest, visit: Visit, correspondent: int) -> HttpResponse:
    """From today nothing is taken from it or sent to it."""
    row: Correspondent = found(correspondents(visit.scope_today()), correspondent)

    def do(cleaned: dict[str, Any]) -> str:
        retire_card(correspondent=row, by=visit.user, at=visit.now, on=visit.today)
        return reverse("correspondents")

    return answer_question(
        request, visit, question=f"停用“{row}”的名片？", do=do, back=reverse("correspondents"), verb="停用", asks_reason=False, done="已停用。",
        consequences=["从今天起不再接收它签名的数据，也不再向它报送；以前的都留着。对方换了密钥的，请登记新的名片。"],
    )


@page(Act.REPORT_MAKE, methods=("GET",))
def card_download(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Our own card, in the name of one's uppermost federation."""
    unit = federations(visit.scope_today(Act.REPORT_MAKE)).first()
    if unit is None:
        raise Http404
    document = json.dumps(card_of(unit).document(), ensure_ascii=False, indent=1)
    return attachment(document.encode(), f"{unit.name}名片.json", "application/json")
