"""The one small form of an activity: what, when, who held it; the rest may be left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from shanghui.ledger.activities.models import ActivityType
from shanghui.web.kit.fields import ManyPicker, Option, PickManyField
from shanghui.web.kit.forms import DayField, Form

_TYPES = tuple((one.value, one.label) for one in ActivityType)
TYPES = (("组织生活", _TYPES[:8]), ("教育培训", _TYPES[8:14]), ("服务和其他", _TYPES[14:]))
FEW = 8
"""So many units are offered as boxes to tick; more are written, with suggestions."""
SUGGESTED = 300


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


class ActivityForm(Form):
    """One thing that happened."""

    type = forms.ChoiceField(label="活动类别", choices=(("", "请选择类别"), *TYPES))
    title = forms.CharField(label="活动名称", max_length=120)
    held_on = DayField(label="哪一天")
    hosts = forms.MultipleChoiceField()
    present = forms.IntegerField(
        label="参加人数", min_value=0, max_value=100_000, required=False, widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": "人数写数字。", "min_value": "人数不能是负数。", "max_value": "人数太大，请核对。"},
    )
    place = forms.CharField(label="地点", max_length=80, required=False)
    remark = forms.CharField(label="备注", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, units: Sequence[Option], alone: bool = True, **options: Any) -> None:
        """`alone`: nobody else holds it, so that one of these units must."""
        super().__init__(*args, **options)
        none = {"required": "请至少选一个主办单位。"}
        if len(units) <= FEW:
            choices = [(one.value, one.words) for one in units]
            self.fields["hosts"] = forms.TypedMultipleChoiceField(
                label="主办单位", choices=choices, coerce=int, required=alone, widget=forms.CheckboxSelectMultiple, error_messages=none
            )
        else:
            self.fields["hosts"] = HostsField(
                label="主办单位", options=units, required=alone, help_text="几个单位合办的，都写上；写名称的一部分也可以", error_messages=none
            )

    def values(self) -> dict[str, Any]:
        """The columns of the activity."""
        return {name: value for name, value in self.cleaned_data.items() if name != "hosts"}
