"""The form of a notice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from shanghui.kernel.periods import first_day_after, last_day
from shanghui.ledger.activities.models import Affairs, Audience, Publication
from shanghui.web.kit.fields import Option, PickField
from shanghui.web.kit.forms import DayField, Form, ReasonForm

FEW = 8
"""So many units are offered as buttons; among more one writes the name."""
NOT_YET = "本平台还没有对外的门户：公开范围选“社会公众”的，这里也只有登录的人看得到，请另在公开栏、网站等处张贴。"


class PublicationForm(Form):
    """What is published, to whom, for how long."""

    title = forms.CharField(label="标题", max_length=120)
    affairs = forms.ChoiceField(label="公开内容", choices=Affairs.choices, widget=forms.RadioSelect)
    audience = forms.ChoiceField(label="公开范围", choices=Audience.choices, widget=forms.RadioSelect, help_text=NOT_YET)
    since = DayField(label="从哪一天起")
    last = DayField(label="到哪一天为止", required=False, help_text="含当日；长期公开就不填")
    body = forms.CharField(label="正文", required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 8}), help_text="不得写涉密内容")
    place = forms.CharField(label="公开地点或方式", max_length=80, required=False, help_text="如：支部公开栏、党员大会通报")

    field_order = ("unit", "title", "affairs", "audience", "since", "last", "body", "place")

    def __init__(self, *args: Any, units: Sequence[Option] = (), **options: Any) -> None:
        """`units`: those one may publish for; none when a notice is changed, whose unit stays."""
        super().__init__(*args, **options)
        if units:
            self.fields["unit"] = _unit_field(units)
            self.order_fields(self.field_order)

    def values(self) -> dict[str, Any]:
        """What a new notice takes besides its unit."""
        cleaned = {name: value for name, value in self.cleaned_data.items() if name not in ("unit", "last")}
        last = self.cleaned_data["last"]
        return cleaned | {"until": first_day_after(last) if last else None}

    def columns(self) -> dict[str, Any]:
        """The same as the columns of one that stands."""
        values = self.values()
        return values | {"valid_from": values.pop("since"), "valid_to": values.pop("until")}


def _unit_field(units: Sequence[Option]) -> forms.Field:
    asked = {"required": "请选公开单位。"}
    if len(units) > FEW:
        return PickField(label="公开单位", options=tuple(units), error_messages=asked)
    choices = [(one.value, one.words) for one in units]
    return forms.TypedChoiceField(label="公开单位", choices=choices, coerce=int, widget=forms.RadioSelect, error_messages=asked)


class EndForm(ReasonForm):
    """The last day on which a notice is shown, and why."""

    last_day = DayField(label="最后一天", help_text="含当日；从第二天起不再公开")

    field_order = ("last_day", "reason")


def initial_of(row: Publication) -> dict[str, Any]:
    """What stands in the form when a notice is changed."""
    names = ("title", "affairs", "audience", "body", "place")
    return {name: getattr(row, name) for name in names} | {"since": row.valid_from, "last": last_day(row.valid_to)}
