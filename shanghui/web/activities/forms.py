"""The form of an activity: what, when, who held it, how many came; the rest may be left out. A talk has a form of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from shanghui.ledger.activities.models import Activity, ActivityType, CampaignItem, Way
from shanghui.web.activities.items import counts_not
from shanghui.web.activities.people import Circle, PeopleField, PersonField, among
from shanghui.web.kit.days import table_day
from shanghui.web.kit.fields import ManyPicker, Option, PickManyField
from shanghui.web.kit.forms import DayField, Form

_TYPES = tuple((one.value, one.label) for one in ActivityType if one != ActivityType.TALK)
TYPES = (("组织生活", _TYPES[:7]), ("教育培训", _TYPES[7:13]), ("服务和其他", _TYPES[13:]))
ASPECTS = tuple((one.value, one.label) for one in (
    ActivityType.GENERAL_MEETING, ActivityType.PARTY_CLASS, ActivityType.THEME_DAY, ActivityType.LIFE_MEETING, ActivityType.REVIEW,
    ActivityType.THEME_EDUCATION, ActivityType.TRAINING, ActivityType.VOLUNTEERING,
))
FEW = 8
"""So many units are offered as boxes to tick; more are written, with suggestions."""
SUGGESTED = 300
ROSTER, NUMBERS = "roster", "numbers"
_COUNT = {"invalid": "人数写数字。", "min_value": "人数不能是负数。", "max_value": "人数太大，请核对。"}
_ASIDE = ("hosts", "counting", "aspects", "observers", "held_with", "items")
"""Fields that are no columns of the activity."""


class HostPicker(ManyPicker):
    """Room for those who held it together."""

    places = 2


class HostsField(PickManyField):
    """Units among many. A page suggests the first of them; what is typed is looked for among all."""

    widget = HostPicker

    def get_bound_field(self, form: Any, field_name: str) -> forms.BoundField:
        """The field with its suggestions."""
        bound = super().get_bound_field(form, field_name)
        assert isinstance(self.widget, ManyPicker)
        self.widget.options = self.options[:SUGGESTED]
        return bound


class TimeInput(forms.TimeInput):
    """A browser's own picker of hours and minutes."""

    input_type = "time"


def _people_count(label: str) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"inputmode": "numeric", "class": "inp--s"})
    return forms.IntegerField(label=label, min_value=0, max_value=100_000, required=False, widget=widget, error_messages=_COUNT)


def _time(label: str = "几点") -> forms.TimeField:
    widget = TimeInput(attrs={"class": "inp--s"}, format="%H:%M")
    return forms.TimeField(label=label, required=False, widget=widget, error_messages={"invalid": "时间写成 15:00 这样。"})


def hosts_field(units: Sequence[Option], alone: bool) -> forms.Field:
    """Who held it; `alone`: nobody else does, so that one of these units must."""
    none = {"required": "请至少选一个主办单位。"}
    if len(units) <= FEW:
        return forms.TypedMultipleChoiceField(
            label="主办单位", choices=[(one.value, one.words) for one in units], coerce=int, required=alone,
            widget=forms.CheckboxSelectMultiple, error_messages=none,
        )
    help_text = "几个单位合办的，都写上；写名称的一部分也可以"
    return HostsField(label="主办单位", options=units, required=alone, help_text=help_text, error_messages=none)


class ActivityForm(Form):
    """One thing that happened."""

    type = forms.ChoiceField(label="活动类别", choices=(("", "请选择类别"), *TYPES))
    title = forms.CharField(label="活动名称", max_length=120)
    held_on = DayField(label="哪一天")
    begins = _time()
    hosts = forms.MultipleChoiceField()
    way = forms.ChoiceField(label="方式", choices=Way.choices, required=False, widget=forms.RadioSelect, initial=Way.ROOM)
    place = forms.CharField(label="地点", max_length=80, required=False)
    counting = forms.ChoiceField(
        label="到会怎么记", choices=((ROSTER, "按名册逐人记"), (NUMBERS, "只记人数")), required=False, widget=forms.RadioSelect, initial=ROSTER
    )
    expected = _people_count("应到人数")
    present = _people_count("参加人数")
    observers = PeopleField(label="列席", places=2, help_text="不在应到名册里的人；只记在册的，写姓名选")
    minutes = forms.CharField(label="记录", max_length=20_000, required=False, widget=forms.Textarea(attrs={"rows": 6}))
    chair = PersonField(label="主持人")
    recorder = PersonField(label="记录人")
    lecturer = PersonField(label="主讲人")
    hours = forms.DecimalField(
        label="学时", min_value=0, max_value=200, max_digits=4, decimal_places=1, required=False, help_text="党课、培训填；到会的人每人记这么多",
        widget=forms.NumberInput(attrs={"class": "inp--s", "step": "0.5", "inputmode": "decimal"}),
        error_messages={"invalid": "学时写数字，如 1.5。", "min_value": "学时不能是负数。", "max_value": "学时太多，请核对。"},
    )
    aspects = forms.MultipleChoiceField(
        label="同时算作", choices=ASPECTS, required=False, widget=forms.CheckboxSelectMultiple, help_text="比如主题党日上讲了党课，勾上党课，不用再记一次"
    )
    items = forms.TypedMultipleChoiceField(label="专题活动", coerce=int, required=False, widget=forms.CheckboxSelectMultiple)
    held_with = forms.TypedChoiceField(label="同时举行的商会活动", coerce=int, empty_value=None, required=False)
    remark = forms.CharField(label="备注", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(
        self, *args: Any, units: Sequence[Option], circle: Circle, beside: Sequence[Activity] = (), alone: bool = True,
        item: CampaignItem | None = None, **options: Any,
    ) -> None:
        """`circle`: the people one may name; `beside`: what was held about the same days; `alone`: see hosts_field; `item`: the
        item of a campaign for which it is recorded."""
        super().__init__(*args, **options)
        self.fields["hosts"] = hosts_field(units, alone)
        self.beside = {one.pk: one for one in beside}
        listed = [(pk, f"{table_day(one.held_on)} {one.title}") for pk, one in self.beside.items()]
        self.fields["held_with"].choices = [("", "没有"), *listed]  # type: ignore[attr-defined]
        self.item = item
        if item is None:
            del self.fields["items"]
        else:
            self.fields["items"].choices = [(item.pk, f"{item.campaign}：{item}")]  # type: ignore[attr-defined]
        among(self, circle)

    def clean_way(self) -> str:
        """In the room unless told otherwise."""
        return str(self.cleaned_data["way"] or Way.ROOM)

    def clean(self) -> dict[str, Any]:
        """What took place at the same time took place on the same day; what counts for a campaign was held while it ran."""
        cleaned: dict[str, Any] = super().clean() or {}
        if self.item is not None and cleaned.get("items") and cleaned.get("held_on") and cleaned.get("hosts"):
            why_not = counts_not(self.item, cleaned["hosts"], cleaned["held_on"])
            if why_not:
                self.add_error("items", why_not)
        beside = self.beside.get(cleaned.get("held_with") or 0)
        if beside is not None and cleaned.get("held_on") not in (None, beside.held_on):
            self.add_error("held_with", f"“{beside.title}”是 {table_day(beside.held_on)} 的，不是同一天。")
        return cleaned

    def values(self) -> dict[str, Any]:
        """The columns of the activity."""
        values = {name: value for name, value in self.cleaned_data.items() if name not in _ASIDE}
        for name in ("chair", "recorder", "lecturer"):
            values[f"{name}_id"] = values.pop(name)
        return values | {"held_with_id": self.cleaned_data["held_with"]}

    def chosen_items(self) -> list[CampaignItem] | None:
        """The item it was recorded for, as far as it stayed ticked; None where none was asked for."""
        if self.item is None:
            return None
        return [self.item] if self.cleaned_data["items"] else []

    def also(self) -> list[ActivityType]:
        """What it counts as besides."""
        return [ActivityType(one) for one in self.cleaned_data["aspects"]]


class TalkForm(Form):
    """A talk: who, with whom and when. There is no field for what was said (domain.md §1)."""

    who = PersonField(label="谁谈", required=True)
    with_whom = PeopleField(label="和谁谈", places=1, required=True)
    held_on = DayField(label="哪一天")
    begins = _time()
    hosts = forms.MultipleChoiceField()

    def __init__(self, *args: Any, units: Sequence[Option], circle: Circle, alone: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["hosts"] = hosts_field(units, alone)
        self.fields["hosts"].label = "哪个党组织"
        among(self, circle)

    def clean(self) -> dict[str, Any]:
        """Nobody talks with himself."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("who") and cleaned["who"] in cleaned.get("with_whom", ()):
            self.add_error("with_whom", "谈话的两个人不能是同一位。")
        return cleaned
