"""Whom the upper level appoints, sends or hires, to which post, for how long (COM-12)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from shanghui.access.acts import Act
from shanghui.cases.models import Posting
from shanghui.cases.operations import put_posting
from shanghui.ledger.people.models import Method, Person, Post
from shanghui.web.activities.people import PersonField, among, circle_of
from shanghui.web.cases.asking import asked_within
from shanghui.web.cases.shutting import shut_out
from shanghui.web.cases.steps import address_of_case, crumbs
from shanghui.web.kit.answers import answer_form
from shanghui.web.kit.forms import DayField, Form
from shanghui.web.kit.visits import Visit, found, page

POSTS = (Post.SECRETARY, Post.DEPUTY_SECRETARY)
WAYS = {Method.ASSIGNED: "上级任命、选派", Method.HIRED: "聘任（有聘期）"}
"""Who is elected comes to the post by 换届 or 补选."""


class PostingForm(Form):
    """Person, post, way, contract."""

    person = PersonField(label="人选", required=True, help_text="写姓名，从列表里选；台账里没有的，先登记这个人")
    post = forms.ChoiceField(label="职务", choices=[(one.value, one.label) for one in POSTS], widget=forms.RadioSelect, initial=Post.SECRETARY)
    method = forms.ChoiceField(label="产生方式", choices=list(WAYS.items()), widget=forms.RadioSelect, initial=Method.ASSIGNED)
    due_by = DayField(label="聘期到", required=False, help_text="聘任的才填，写聘书上的最后一天")
    approved_by = forms.CharField(label="批准单位", max_length=60, required=False, help_text="就是上级党组织的不用填")
    grounds = forms.CharField(label="理由", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def clean(self) -> dict[str, Any]:
        """A contract has an end, and only a contract has."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("method") == Method.HIRED and not cleaned.get("due_by") and "due_by" not in self.errors:
            self.add_error("due_by", "聘任的请写明聘期到哪一天。")
        if cleaned.get("method") not in (None, Method.HIRED) and cleaned.get("due_by"):
            self.add_error("due_by", "聘期只有聘任的才有。请清空，或者改为聘任。")
        return cleaned


@page(Act.CASE_WORK)
def case_posting(request: HttpRequest, visit: Visit, posting: int) -> HttpResponse:
    """Somebody within one's part of the tree is named."""
    file = asked_within(visit, posting, "posting")
    if (back := shut_out(request, file, "posting")) is not None:
        return back
    named = Posting.objects.filter(case=file.case).first()
    names = ("post", "method", "due_by", "approved_by", "grounds")
    initial = {name: getattr(named, name) for name in names} | {"person": named.person_id} if named else {}
    form = PostingForm(request.POST or None, initial=initial)
    among(form, circle_of(visit))

    def do(cleaned: dict[str, Any]) -> str:
        person = found(Person.objects.within(visit.scope_today(Act.PEOPLE_VIEW)).without_numbers(), cleaned["person"])
        put_posting(
            case=file.case, person=person, post=Post(cleaned["post"]), method=Method(cleaned["method"]), due_by=cleaned["due_by"],
            approved_by=cleaned["approved_by"], grounds=cleaned["grounds"], by=visit.user, at=visit.now,
        )
        return address_of_case(posting)

    return answer_form(
        request, visit, form, do=do, heading="任命", lead=file.case.title, back=address_of_case(posting), crumbs=crumbs(file, "任命"), done="任命已保存。",
    )
