"""The form of an appointment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms

from shanghui.access.models import Unit, UnitKind
from shanghui.ledger.people.models import CHAMBER_POSTS, PARTY_POSTS, Method, Post
from shanghui.web.kit.fields import SinceField
from shanghui.web.kit.forms import Form


class AppointmentForm(Form):
    """Who, which post, since when. `standing(post, since)` gives what is the matter with a second holder, or nothing."""

    person = forms.ChoiceField()
    post = forms.ChoiceField(label="职务")
    title = forms.CharField(label="职务名称", max_length=30, required=False, help_text="和职务不同才填，如：组织委员、执行会长")
    method = forms.ChoiceField(label="产生方式", choices=Method.choices, required=False, widget=forms.RadioSelect)
    since = SinceField(label="从什么时候起", help_text="选举或聘任的日期；只知道年月就写年月，如 2021年5月")

    def __init__(self, *args: Any, unit: Unit, person: forms.ChoiceField, standing: Callable[[Post, Any], str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.standing = standing
        posts = CHAMBER_POSTS if unit.kind == UnitKind.CHAMBER else PARTY_POSTS
        choices = [(post.value, post.label) for post in posts]
        if unit.kind == UnitKind.CHAMBER:
            del self.fields["method"]
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
        return cleaned
