"""What people do about a slot: explain it, agree that it need not be met, take that back; and a longer term."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.access.models import Unit
from shanghui.kernel.refusals import Refused
from shanghui.ledger.organizations.models import PartyOrganization, Term
from shanghui.rules.findings import follow
from shanghui.rules.models import Excuse, Finding
from shanghui.rules.operations import explain, extend_term, give_excuse, longer_than_usual, withdraw_excuse
from shanghui.rules.verdicts import Slot
from shanghui.web.calendar.cell import asked_slots
from shanghui.web.kit.answers import answer_form, answer_question
from shanghui.web.kit.forms import DayField, Form
from shanghui.web.kit.visits import Visit, found, page


class ExplainForm(Form):
    """Why a duty was not met."""

    reason = forms.CharField(
        label="原因", max_length=300, widget=forms.Textarea(attrs={"rows": 3}), help_text="写清为什么没开、打算什么时候补。不写个人病情和家事。",
    )


class ExcuseForm(Form):
    """Why a duty need not be met, and where that was approved, if in writing."""

    reason = forms.CharField(label="同意免除的原因", max_length=200, widget=forms.Textarea(attrs={"rows": 3}))
    document = forms.CharField(label="批准文件", max_length=80, required=False, help_text="有文件的写名称或者文号，没有的不用填")


class ExtendForm(Form):
    """Until when a term may last, by which document."""

    until = DayField(label="延到哪一天")
    document = forms.CharField(label="批准文件", max_length=80, help_text="上级党组织批准延期的文件名称或者文号")
    reason = forms.CharField(label="原因", max_length=200, widget=forms.Textarea(attrs={"rows": 3}))


def _asked(visit: Visit, organization: int, period: str, rule: str) -> tuple[Unit, Slot, str]:
    """The organization within the scope of the page's act, the slot, and the address of the cell."""
    row = found(PartyOrganization.objects.within(visit.scope_today()).select_related("unit"), organization)
    slot = next((one for one in asked_slots(row.pk, period, visit.today) if one.duty.code == rule), None)
    if slot is None:
        raise Http404
    return row.unit, slot, reverse("calendar-cell", kwargs={"organization": row.pk, "period": period})


def _crumbs(unit: Unit, back: str, last: str) -> tuple[tuple[str, str], ...]:
    return ("三会一课", reverse("calendar")), (unit.name, back), (last, "")


@page(Act.DUTY_EXPLAIN)
def calendar_explain(request: HttpRequest, visit: Visit, organization: int, period: str, rule: str) -> HttpResponse:
    """The branch, or the office for it, says why. The verdict stays as it is."""
    unit, slot, back = _asked(visit, organization, period, rule)
    rows = Finding.objects.filter(unit=unit, rule=rule, first=slot.first).select_related("unit")
    stands = rows.first()
    form = ExplainForm(request.POST or None, initial={"reason": stands.explanation if stands else ""})

    def do(cleaned: dict[str, Any]) -> str:
        follow([unit], visit.today)
        if not explain(findings=rows.all(), reason=cleaned["reason"], by=visit.user, at=visit.now) and not rows.exists():
            raise Refused("这一项还没有逾期，不用说明。")
        return back

    notes = [slot.message, "说明以后仍算缺，只是让上级知道原因；补开了再补记，就转为已完成。"]
    return answer_form(
        request, visit, form, do=do, heading=f"说明原因：{slot.period_words}{slot.duty.title}", back=back, done="已记下原因。",
        crumbs=_crumbs(unit, back, "说明原因"), notes=notes,
    )


@page(Act.DUTY_EXCUSE)
def calendar_excuse(request: HttpRequest, visit: Visit, organization: int, period: str, rule: str) -> HttpResponse:
    """The upper level agrees that it need not be met."""
    unit, slot, back = _asked(visit, organization, period, rule)
    form = ExcuseForm(request.POST or None)

    def do(cleaned: dict[str, Any]) -> str:
        give_excuse(unit=unit, rule=rule, first=slot.first, by=visit.user, at=visit.now, **cleaned)
        return back

    notes = [slot.message, "同意以后，这一期不再算缺，单独列为“已同意免除”；原因和经办人留在记录里，可以撤回。"]
    return answer_form(
        request, visit, form, do=do, heading=f"同意免除：{slot.period_words}{slot.duty.title}", back=back, verb="同意免除",
        done="已同意免除。", crumbs=_crumbs(unit, back, "同意免除"), notes=notes,
    )


@page(Act.DUTY_EXCUSE)
def calendar_withdraw(request: HttpRequest, visit: Visit, organization: int, period: str, rule: str) -> HttpResponse:
    """The excuse is taken back."""
    unit, slot, back = _asked(visit, organization, period, rule)
    given = Excuse.objects.filter(unit=unit, rule=rule, first=slot.first).select_related("unit").first()

    def do(cleaned: dict[str, Any]) -> str:
        if given is None:
            raise Refused("没有同意过免除，不用撤回。")
        withdraw_excuse(excuse=given, reason=cleaned["reason"], by=visit.user, at=visit.now)
        return back

    return answer_question(
        request, visit, question=f"撤回对“{unit.name}”{slot.period_words}{slot.duty.title}的免除？", do=do, back=back, verb="撤回免除",
        cancel_verb="不撤回", done="已撤回。", consequences=["这一期重新按应开计算。", *([f"当时的原因：{given.reason}"] if given else [])],
    )


@page(Act.DUTY_EXCUSE)
def term_extend(request: HttpRequest, visit: Visit, organization: int) -> HttpResponse:
    """The upper level approved that elections are held later."""
    row = found(PartyOrganization.objects.within(visit.scope_today()).select_related("unit"), organization)
    back = reverse("organization", kwargs={"organization": row.pk})
    term = Term.objects.on(visit.today).filter(unit=row.unit).first()
    form = ExtendForm(request.POST or None)

    def do(cleaned: dict[str, Any]) -> str:
        extend_term(unit=row.unit, by=visit.user, at=visit.now, **cleaned)
        unusual = longer_than_usual(term.due_by, cleaned["until"]) if term else ""
        if unusual:
            messages.warning(request, unusual)
        return back

    notes = ["延期换届应当报上级党组织批准，一般不超过1年。", f"本届任期到{term.due_by}。" if term else "还没有登记任期，请先登记任期。"]
    crumbs = (("党组织", reverse("organizations")), (row.unit.name, back), ("登记延期换届", ""))
    return answer_form(request, visit, form, do=do, heading="登记延期换届", back=back, done="已登记延期。", notes=notes, crumbs=crumbs)
