"""Requests of people that their records be put right: listed for whoever keeps them, and answered (PIPL 46, 50)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.kernel.columns import Column, attribute, label
from shanghui.ledger.people.models import Correction, CorrectionState
from shanghui.ledger.people.operations import answer_correction
from shanghui.web.kit.answers import answer_form
from shanghui.web.kit.forms import Form
from shanghui.web.kit.listing import Filter, ListPage, answer_list
from shanghui.web.kit.visits import Visit, found, page
from shanghui.web.people.changes import address

COLUMNS = (
    Column("name", "姓名", lambda one: one.person.name, sort="person__initials"), attribute("field", "哪一项"),
    attribute("wish", "应当是什么", sort="-", width=40), attribute("asked_on", "提出日期"), label("state", "状态", CorrectionState.choices),
    attribute("answer", "答复", sort="-", width=30),
)


class AnswerForm(Form):
    """Put right, or why not."""

    state = forms.ChoiceField(
        label="怎样处理", choices=[choice for choice in CorrectionState.choices if choice[0] != CorrectionState.OPEN], widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label="答复", max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text="本人看得到；没有更正的，写明理由",
    )


@page(Act.PEOPLE_CHANGE)
def corrections(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The requests about people one keeps, those that wait first."""
    rows = Correction.objects.within(visit.scope_today()).select_related("person").defer("person__id_number", "person__phone")
    listed = ListPage(
        title="更正请求", rows=rows.order_by("answered_on", "-asked_on", "-pk"), columns=COLUMNS, shown=tuple(one.key for one in COLUMNS),
        small=("name", "field", "state"), link=lambda row: reverse("correction", kwargs={"correction": row.pk}), dated=False,
        filters=(Filter("state", "状态", CorrectionState.choices, lambda found, value: found.filter(state=value)),),
        lead="本人对自己的记录提出的更正、删除请求。", empty_title="没有更正请求", empty_text="本人在自己的页面上可以提出。", export=False,
    )
    return answer_list(request, visit, listed)


@page(Act.PEOPLE_CHANGE)
def correction(request: HttpRequest, visit: Visit, correction: int) -> HttpResponse:
    """One request with the way to the record, and its answer."""
    row = found(Correction.objects.within(visit.scope_today()).select_related("person__kept_by"), correction)
    form = AnswerForm(request.POST or None, initial={"state": row.state if row.state != CorrectionState.OPEN else "", "answer": row.answer})

    def do(cleaned: dict[str, Any]) -> str:
        answer_correction(correction=row, state=CorrectionState(cleaned["state"]), answer=cleaned["answer"], by=visit.user, at=visit.now)
        return reverse("corrections")

    context = {"correction": row, "change_url": reverse("person-change", kwargs={"person": row.person_id}), "person_url": address(row.person)}
    return answer_form(
        request, visit, form, do=do, heading=f"{row.person.name}请求更正：{row.field}", back=reverse("corrections"), verb="答复",
        done="已答复，本人看得到。", crumbs=(("人员", reverse("people")), ("更正请求", reverse("corrections")), (row.person.name, "")),
        template="people/correction.html", context=context,
    )
