"""The answers: received, at a touch or from another day; sent back with a reason; withdrawn by the sender."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from shanghui.access.acts import Act
from shanghui.cases.operations import take_in
from shanghui.ledger.people.models import Direction, Transfer
from shanghui.ledger.people.operations import send_back, withdraw
from shanghui.ledger.people.transferring import sent_together
from shanghui.web.kit.answers import answer_form, answer_question
from shanghui.web.kit.visits import Visit, page
from shanghui.web.transfers.forms import ReceiveForm
from shanghui.web.transfers.sides import address_of, compare, crumbs_of, sent_from_here, sent_here


def turned_away(request: HttpRequest, row: Transfer, *directions: Direction) -> HttpResponse | None:
    """Back to its page where this is not, or no longer, to be done with it."""
    if row.is_open and row.direction in directions:
        return None
    messages.info(request, f"这次接转{row.get_state_display()}，不用再办。" if not row.is_open else f"{row.get_direction_display()}不这样办。")
    return redirect(address_of(row))


@page(Act.PEOPLE_CHANGE)
def transfer_receive(request: HttpRequest, visit: Visit, transfer: int) -> HttpResponse:
    """From a day on the home is here; with `together`, of all that were sent in the same act. An open development goes along."""
    row = sent_here(visit, transfer)
    away = turned_away(request, row, Direction.INSIDE)
    if away is not None:
        return away
    rows = list(sent_together(row))
    form = ReceiveForm(request.POST or None, initial={"on": visit.today, "together": True}, today=visit.today, many=len(rows))

    def do(cleaned: dict[str, Any]) -> str:
        chosen = rows if cleaned.get("together") else [row]
        with transaction.atomic():
            for one in chosen:
                take_in(transfer=one, on=cleaned["on"], by=visit.user, at=visit.now)
        compare(visit, *chosen)
        who = row.person.name if len(chosen) == 1 else f"{len(chosen)} 人"
        messages.success(request, f"已接收{who}，从 {cleaned['on']} 起计入“{row.destination}”。弄错了可以在人员页的操作记录里撤销。")
        return address_of(row)

    return answer_form(
        request, visit, form, do=do, heading=f"接收{row.person.name}的组织关系", back=address_of(row), verb="接收", done="",
        lead=f"从“{row.origin}”转来，{row.sent_on} 发出。", crumbs=crumbs_of(row, "接收"),
    )


@page(Act.PEOPLE_CHANGE)
def transfer_return(request: HttpRequest, visit: Visit, transfer: int) -> HttpResponse:
    """Not received, and why: nobody may refuse without a reason."""
    row = sent_here(visit, transfer)
    away = turned_away(request, row, Direction.INSIDE, Direction.IN)
    if away is not None:
        return away

    def do(cleaned: dict[str, Any]) -> str:
        send_back(transfer=row, on=visit.today, reason=cleaned["reason"], by=visit.user, at=visit.now)
        compare(visit, row)
        return address_of(row)

    return answer_question(
        request, visit, question=f"退回{row.person.name}的组织关系？", do=do, back=address_of(row), verb="退回", cancel_verb="不退回",
        done="已退回，原因已留下。",
        consequences=["没有正当理由不得拒绝接收（《党员教育管理工作条例》第二十五条）。", f"组织关系仍在“{row.origin}”，对方看得到退回的原因。"],
    )


@page(Act.PEOPLE_CHANGE)
def transfer_withdraw(request: HttpRequest, visit: Visit, transfer: int) -> HttpResponse:
    """The sender takes it back before it is received."""
    row = sent_from_here(visit, transfer)
    away = turned_away(request, row, Direction.INSIDE)
    if away is not None:
        return away

    def do(cleaned: dict[str, Any]) -> str:
        withdraw(transfer=row, on=visit.today, reason=cleaned["reason"], by=visit.user, at=visit.now)
        return address_of(row)

    return answer_question(
        request, visit, question=f"撤回{row.person.name}的组织关系接转？", do=do, back=address_of(row), verb="撤回", cancel_verb="不撤回",
        done="已撤回。", consequences=[f"组织关系仍在“{row.origin}”，“{row.destination}”不能再接收。要转的话重新发起。"],
    )
