"""The one screen: what, when, where, who was there; the rest may be left out."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from shanghui.access.models import Unit
from shanghui.ledger.activities.models import ActivityType, Way
from shanghui.web.kit.forms import DayField, Form

ASPECTS = (
    ActivityType.PARTY_CLASS, ActivityType.THEME_DAY, ActivityType.GENERAL_MEETING, ActivityType.LIFE_MEETING,
    ActivityType.THEME_EDUCATION, ActivityType.TRAINING, ActivityType.JOINT_LEARNING, ActivityType.VOLUNTEERING,
)
"""What else was often done at the same meeting."""
_KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_NUMBER = {"invalid": "人数写数字。", "min_value": "人数不能是负数。", "max_value": "人数太大，请核对。"}


def new_key() -> str:
    """What a submission is named where the device named none."""
    return str(uuid.uuid4())


def sound_key(given: str) -> str:
    """The name the device gave, or a new one where it is none."""
    lowered = given.strip().lower()
    return lowered if _KEY.fullmatch(lowered) else new_key()


class RecordForm(Form):
    """One meeting as it is typed on a telephone. Names are read by phone.people."""

    type = forms.ChoiceField(label="种类", choices=ActivityType.choices, widget=forms.RadioSelect)
    title = forms.CharField(label="主题", max_length=120, required=False)
    held_on = DayField(label="哪一天")
    begins = forms.TimeField(label="几点", required=False, error_messages={"invalid": "时间写成 15:00 这样。"})
    place = forms.CharField(label="地点", max_length=80, required=False)
    people = forms.CharField(label="到会", required=False)
    expected = forms.IntegerField(label="应到", required=False, min_value=0, max_value=100_000, error_messages=_NUMBER)
    present = forms.IntegerField(label="实到", required=False, min_value=0, max_value=100_000, error_messages=_NUMBER)
    minutes = forms.CharField(label="记录", required=False, max_length=20_000)
    way = forms.ChoiceField(label="方式", choices=Way.choices, required=False, widget=forms.RadioSelect)
    hours = forms.DecimalField(
        label="学时", required=False, min_value=0, max_value=99, max_digits=3, decimal_places=1,
        error_messages={"invalid": "学时写数字，如 1 或 1.5。", "max_value": "学时太多，请核对。"},
    )
    aspects = forms.MultipleChoiceField(
        label="里面还有", required=False, choices=[(one.value, one.label) for one in ActivityType], widget=forms.CheckboxSelectMultiple
    )
    hosts = forms.TypedMultipleChoiceField(label="和别的支部一起开", required=False, coerce=int, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, others: Sequence[Unit], today: date, **options: Any) -> None:
        """`others`: the visitor's other branches, with which a meeting can be held together."""
        super().__init__(*args, **options)
        field = self.fields["hosts"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(one.pk, one.short_name or one.name) for one in others]
        self.today = today

    def clean(self) -> dict[str, Any]:
        """A talk needs no title and keeps no content; nothing was held in the future."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("type") == ActivityType.TALK:
            cleaned |= {"title": "谈心谈话", "minutes": "", "aspects": []}
        elif not cleaned.get("title") and "title" not in self.errors:
            self.add_error("title", "请填主题。")
        if cleaned.get("held_on") and cleaned["held_on"] > self.today:
            self.add_error("held_on", "这一天还没有到。开过了再记。")
        return cleaned

    def values(self) -> dict[str, Any]:
        """The columns of the activity."""
        names = ("type", "title", "held_on", "begins", "place", "minutes", "hours")
        return {name: self.cleaned_data[name] for name in names} | {"way": self.cleaned_data["way"] or Way.ROOM}
