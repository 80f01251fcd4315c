"""What the secretary does with one member: the base, another amount for a month, taking back what was recorded by mistake."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from shanghui.access.acts import Act
from shanghui.ledger.dues.models import DuesBase
from shanghui.ledger.dues.months import said
from shanghui.ledger.dues.operations import Reduction, adjust_due, set_base, take_back
from shanghui.ledger.dues.queries import settings_of
from shanghui.ledger.organizations.models import PartyOrganization
from shanghui.rules.dues import HARDSHIP, due
from shanghui.rules.registry import norm_on
from shanghui.web.dues.asked import asked_month, member_here, month_url, own
from shanghui.web.dues.forms import AdjustForm, BaseForm
from shanghui.web.kit.answers import Crumbs, answer_form, answer_question
from shanghui.web.kit.visits import Visit, page


@page(Act.PEOPLE_CHANGE)
def dues_base(request: HttpRequest, visit: Visit, organization: int, person: int) -> HttpResponse:
    """The base from a month on; what is due is reckoned from it by the norm in force then."""
    row = own(visit, organization)
    who, month = member_here(row, person), asked_month(request, visit.today)
    held = DuesBase.objects.on(month).filter(person=who).first()
    initial: dict[str, Any] = {"since": f"{month:%Y-%m}", "kept": bool(held and held.amount)}
    if held is not None:
        initial |= {
            "kind": held.kind, "amount": held.amount, "reduced": held.reduced, "approved_by": held.approved_by, "number": held.approval_number,
        }
    form = BaseForm(request.POST or None, initial=initial)

    def do(cleaned: dict[str, Any]) -> str:
        rounding = settings_of([row.pk], visit.today)[row.pk].rounding
        monthly = due(cleaned["kind"], cleaned["amount"], cleaned["since"], rounding)
        keeps = cleaned["kept"] and cleaned["amount"] is not None
        reduction = None
        if cleaned["reduced"] is not None:
            reduction = Reduction(cleaned["reduced"], cleaned["approved_by"], cleaned["number"])
        set_base(
            organization=row, person=who, kind=cleaned["kind"], monthly=monthly, since=cleaned["since"], reduction=reduction,
            amount=str(cleaned["amount"]) if keeps else "", by=visit.user, at=visit.now,
        )
        return month_url(row.pk, month)

    norm = norm_on(HARDSHIP, visit.today)
    notes = ["一个比例乘全部基数，不分段；年初核定，年内一般不变动。", "已经登记过的月份不跟着变。"]
    return answer_form(
        request, visit, form, do=do, heading=f"核定{who.name}的党费基数", back=month_url(row.pk, month), done="已核定，应交数按规定算出。",
        lead=f"现在每月应交 {held.asked} 元，自{said(held.valid_from)}起。" if held is not None else "还没有核定。",
        notes=notes + ([norm.sentence] if norm else []), crumbs=_crumbs(row, month_url(row.pk, month), "核定基数"),
    )


@page(Act.PEOPLE_CHANGE)
def dues_adjust(request: HttpRequest, visit: Visit, organization: int, person: int) -> HttpResponse:
    """Another amount for one month, with the reason."""
    row = own(visit, organization)
    who, month = member_here(row, person), asked_month(request, visit.today)
    back = month_url(row.pk, month)

    def do(cleaned: dict[str, Any]) -> str:
        adjust_due(organization=row, month=month, person=who, to=cleaned["to"], reason=cleaned["reason"], by=visit.user, at=visit.now)
        return back

    return answer_form(
        request, visit, AdjustForm(request.POST or None), do=do, heading=f"调整{who.name}{said(month)}的应交党费", back=back, verb="调整",
        done="已调整，只改这一个月。", lead="只改这一个月；以后每月都变的，请重新核定基数。", crumbs=_crumbs(row, back, "调整应交数"),
    )


@page(Act.PEOPLE_CHANGE)
def dues_undo(request: HttpRequest, visit: Visit, organization: int, person: int) -> HttpResponse:
    """The payment was recorded by mistake."""
    row = own(visit, organization)
    who, month = member_here(row, person), asked_month(request, visit.today)
    back = month_url(row.pk, month)

    def do(cleaned: dict[str, Any]) -> str:
        take_back(organization=row, month=month, person=who, by=visit.user, at=visit.now)
        return back

    return answer_question(
        request, visit, question=f"撤销{who.name}{said(month)}的党费登记？", do=do, back=back, verb="撤销登记", asks_reason=False,
        done="已撤销，这个月回到没有交。", cancel_verb="不撤销", consequences=["只用于登记错了。已经收的钱和开的收据，请线下处理。"],
    )


def _crumbs(row: PartyOrganization, back: str, word: str) -> Crumbs:
    return (f"{row.unit.name}党费", back), (word, "")
