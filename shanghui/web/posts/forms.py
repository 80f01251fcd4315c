"""The forms of an appointment: taken up, put right, a contract made anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms

from shanghui.access.models import Unit, UnitKind
from shanghui.ledger.people.models import CHAMBER_POSTS, PARTY_POSTS, Method, Post
from shanghui.web.kit.fields import SinceField
from shanghui.web.kit.forms import DayField, Form

_CONTRACT = ("method", "due_by", "approved_by", "approval_number")


class SourceForm(Form):
    """How one came to a party post: elected, hired for a term, sent by the upper level; who approved it."""

    title = forms.CharField(label="职务名称", max_length=30, required=False, help_text="和职务不同才填，如：组织委员、执行会长")
    method = forms.ChoiceField(
        label="产生方式", choices=Method.choices, required=False, widget=forms.RadioSelect,
        help_text="选举产生的选“选任”；签了聘期的专职书记选“聘任”；上级指派的选“上级选派”",
    )
    due_by = DayField(label="聘期到哪一天为止", required=False, help_text="含当日；聘任的要填，其他的不填")
    approved_by = forms.CharField(label="批准单位", max_length=60, required=False, help_text="聘任的要填；书记、副书记选出后报上级批准的也写上")
    approval_number = forms.CharField(label="批准文号", max_length=60, required=False, help_text="如 云商党〔2022〕9号")

    def clean(self) -> dict[str, Any]:
        """Who is hired has a term and an approval; nobody else has a contract."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("method") == Method.HIRED:
            if not cleaned.get("due_by") and "due_by" not in self.errors:
                self.add_error("due_by", "聘任的请写明聘期到哪一天。")
            if not cleaned.get("approved_by"):
                self.add_error("approved_by", "聘任的请写明由谁批准。")
        elif cleaned.get("due_by"):
            self.add_error("due_by", "只有聘任的才有聘期。选任的任期登记在党组织的“任期与换届”里。")
        return cleaned


class HireAgainForm(Form):
    """The contract made anew."""

    due_by = DayField(label="新的聘期到哪一天为止", help_text="含当日")
    approved_by = forms.CharField(label="批准单位", max_length=60)
    approval_number = forms.CharField(label="批准文号", max_length=60, required=False)

    def __init__(self, *args: Any, after: date, **options: Any) -> None:
        """`after`: the last day of the present contract."""
        super().__init__(*args, **options)
        self.after = after

    def clean_due_by(self) -> date:
        """It ends later than the present one."""
        due: date = self.cleaned_data["due_by"]
        if due <= self.after:
            raise forms.ValidationError(f"现在的聘期到 {self.after}，新的要在其后。")
        return due


class AppointmentForm(SourceForm):
    """Who, which post, since when. `standing(post, since)` gives what is the matter with a second holder, or nothing."""

    person = forms.ChoiceField()
    post = forms.ChoiceField(label="职务")
    since = SinceField(label="从什么时候起", help_text="选举或聘任的日期；只知道年月就写年月，如 2021年5月")

    field_order = ("person", "post", "title", "method", "since", "due_by", "approved_by", "approval_number")

    def __init__(self, *args: Any, unit: Unit, person: forms.ChoiceField, standing: Callable[[Post, Any], str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.standing = standing
        posts = CHAMBER_POSTS if unit.kind == UnitKind.CHAMBER else PARTY_POSTS
        choices = [(post.value, post.label) for post in posts]
        if unit.kind == UnitKind.CHAMBER:
            for name in _CONTRACT:
                del self.fields[name]
            self.fields["post"] = forms.ChoiceField(label="职务", choices=[("", "请选择职务"), *choices])
        else:
            self.fields["post"] = forms.ChoiceField(label="职务", choices=choices, widget=forms.RadioSelect)
        person.error_messages["required"] = "请选是谁。"
        self.fields["person"] = person

    def clean(self) -> dict[str, Any]:
        """A post that one person holds is not given to a second; the sentence leads to ending the first."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("post") and cleaned.get("since"):
            sentence = self.standing(Post(cleaned["post"]), cleaned["since"].day)
            if sentence:
                self.add_error("post", sentence)
        if cleaned.get("due_by") and cleaned.get("since") and cleaned["due_by"] < cleaned["since"].day:
            self.add_error("due_by", f"聘期的最后一天不能早于任职开始那一天（{cleaned['since'].day}）。")
        if cleaned.get("post") == Post.SECRETARY and not cleaned.get("method") and "method" in self.fields:
            self.add_error("method", "请选书记怎样产生。")
        return cleaned
