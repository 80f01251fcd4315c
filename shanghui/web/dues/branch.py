"""A month of one branch, by name: who owes how much, who has paid, and marking many as paid at once. For its own secretary."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from shanghui.access.acts import Act
from shanghui.kernel.periods import months_later
from shanghui.kernel.refusals import Refused
from shanghui.ledger.dues.arrears import Arrears, arrears, late
from shanghui.ledger.dues.models import BaseKind, Method
from shanghui.ledger.dues.months import apart, month_of, said
from shanghui.ledger.dues.operations import Paid, record_payments
from shanghui.ledger.dues.queries import Line, Sums, roll, sums
from shanghui.ledger.organizations.models import PartyOrganization
from shanghui.rules.dues import EXTRA, TIMELY, UNPAID, WARNED
from shanghui.rules.registry import limit, norm_on
from shanghui.web.dues.asked import asked_month, collects, month_url, own
from shanghui.web.kit.forms import DayField, Form
from shanghui.web.kit.visits import Visit, page, show

KINDS = dict(BaseKind.choices)
METHODS = dict(Method.choices)


class PayForm(Form):
    """When and how those who are ticked paid."""

    paid_on = DayField(label="交纳日期")
    method = forms.ChoiceField(label="交纳方式", choices=Method.choices)

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        self.today = today
        super().__init__(*args, **options)

    def clean_paid_on(self) -> date:
        """Not a day to come."""
        day: date = self.cleaned_data["paid_on"]
        if day > self.today:
            raise forms.ValidationError("这一天还没有到。收到以后再登记。")
        return day


@page(Act.PEOPLE_VIEW, methods=("GET",))
def organization_dues(request: HttpRequest, visit: Visit, organization: int) -> HttpResponse:
    """The month of the branch."""
    row, month = own(visit, organization), asked_month(request, visit.today)
    form = PayForm(initial={"paid_on": visit.today, "method": Method.CASH}, today=visit.today)
    return _shown(request, visit, row, month, form)


@page(Act.PEOPLE_CHANGE, methods=("POST",))
def dues_pay(request: HttpRequest, visit: Visit, organization: int) -> HttpResponse:
    """Those who are ticked paid; what is refused stands on top, everything typed is kept."""
    row, month = own(visit, organization), asked_month(request, visit.today)
    form = PayForm(request.POST, today=visit.today)
    if form.is_valid():
        try:
            lines = record_payments(
                organization=row, month=month, paid=_ticked(request), on=form.cleaned_data["paid_on"], method=form.cleaned_data["method"],
                by=visit.user, at=visit.now,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"已登记 {len(lines)} 人{said(month)}的党费。")
            _warn(request, row, month, form.cleaned_data["paid_on"], {one.person for one in lines})
            return redirect(month_url(row.pk, month))
    return _shown(request, visit, row, month, form)


def _ticked(request: HttpRequest) -> list[Paid]:
    """Whoever is ticked, with the amount where one was typed. Raises Refused for what is no amount."""
    found = []
    for key in dict.fromkeys(request.POST.getlist("pick")):
        if not (key.isascii() and key.isdecimal()):
            raise Refused("选的人里有人已经不在名单上。请刷新页面重新选。")
        text = request.POST.get(f"amount-{key}", "").strip()
        found.append(Paid(int(key), _amount(text) if text else None, request.POST.get(f"receipt-{key}", "")[:40]))
    return found


def _amount(text: str) -> Decimal:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or amount != amount.quantize(Decimal("0.01")) or not 0 <= amount < 10_000_000:
        raise Refused(f"“{text[:20]}”不是金额。实交写到分，如 30 或 30.5；和应交一样的可以不填。")
    return amount


def _warn(request: HttpRequest, row: PartyOrganization, month: date, on: date, people: set[int]) -> None:
    """Paid long after or long before, or much more than due: said, not refused (DUES-11, DUES-12)."""
    months, extra = limit(TIMELY, "months"), limit(EXTRA, "extra_yuan")
    if late(month, on) > months:
        messages.warning(request, f"{said(month)}的党费补交超过 {months} 个月。补交一般不超过 {months} 个月，请由支部研究。")
    if apart(on, month) > months:
        messages.warning(request, f"{said(month)}的党费预交超过 {months} 个月。一般按月交纳，请核对月份。")
    large = [one.name for one in roll(Q(organization_id=row.pk), month) if one.person in people and one.extra >= extra]
    if large:
        messages.warning(request, f"{'、'.join(large)}一次多交 {extra} 元以上，属大额党费：全部逐级上缴中央，由中央组织部出具收据，请附党员简要情况。")


def _shown(request: HttpRequest, visit: Visit, row: PartyOrganization, month: date, form: PayForm) -> HttpResponse:
    lines = roll(Q(organization_id=row.pk), month)
    behind = arrears([one.person for one in lines], visit.today)
    picked = set(request.POST.getlist("pick"))
    norms = [norm for code in ("DUES-02", "DUES-05", "DUES-09", TIMELY, UNPAID) if (norm := norm_on(code, month)) is not None]
    context = {
        "row": row, "month": month, "form": form, "lines": [_told(one, behind, request, picked, month) for one in lines],
        "sums": sums(lines).get(row.pk, Sums()), "collects": collects(row, visit.today), "norms": norms, "before": months_later(month, -1),
        "after": months_later(month, 1), "alerts": _alerts(behind, lines), "running": month == month_of(visit.today),
    }
    return show(request, "dues/month.html", visit, context, status=422 if form.is_bound else 200)


def _told(line: Line, behind: dict[int, Arrears], request: HttpRequest, picked: set[str], month: date) -> dict[str, Any]:
    return {
        "one": line, "state": line.state, "kind": KINDS.get(line.kind, ""), "method": METHODS.get(line.method, ""), "behind": behind.get(line.person),
        "is_picked": str(line.person) in picked, "amount": request.POST.get(f"amount-{line.person}", ""),
        "receipt": request.POST.get(f"receipt-{line.person}", ""),
        "stale": line.kind == BaseKind.AVERAGE and line.since is not None and apart(line.since, month) >= limit("DUES-04", "every_months"),
    }


def _alerts(behind: dict[int, Arrears], lines: list[Line]) -> list[tuple[str, Arrears, bool]]:
    """Who has not paid for two months or more, by name, and whether six have passed (DUES-13)."""
    told = [(one.name, behind[one.person]) for one in lines if one.person in behind]
    return [(name, one, one.count >= WARNED[-1]) for name, one in told if one.count >= WARNED[0]]
