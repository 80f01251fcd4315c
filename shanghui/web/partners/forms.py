"""The forms of alliances, pairings and projects."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms

from shanghui.kernel.periods import first_day_after
from shanghui.ledger.organizations.models import PartnerKind
from shanghui.web.kit.fields import Option, PickField, PickManyField
from shanghui.web.kit.forms import DayField, Form, ReasonForm

FEW = 8
Options = Callable[[], Sequence[Option]]


def unit_field(label: str, options: Sequence[Option]) -> forms.Field:
    """One of a few units as buttons, of many by name."""
    asked = {"required": f"请选{label}。"}
    if len(options) > FEW:
        return PickField(label=label, options=tuple(options), error_messages=asked)
    choices = [(one.value, one.words) for one in options]
    return forms.TypedChoiceField(label=label, choices=choices, coerce=int, widget=forms.RadioSelect, error_messages=asked)


class UnitFirst(Form):
    """A form that asks whose it is, when it is new."""

    def __init__(self, *args: Any, units: Sequence[Option] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        if units:
            self.fields["unit"] = unit_field("党组织", units)
            self.order_fields(["unit"])


class AllianceForm(Form):
    """A new alliance with its first members."""

    name = forms.CharField(label="联盟名称", max_length=80)
    since = DayField(label="哪一天成立")
    members = PickManyField(label="成员单位", error_messages={"required": "请写成员单位，至少两个。"})
    charter = forms.CharField(label="章程或协议要点", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, units: Options, **options: Any) -> None:
        super().__init__(*args, **options)
        members = self.fields["members"]
        assert isinstance(members, PickManyField)
        members.offer(units)


class CharterForm(Form):
    """What is written about an alliance."""

    name = forms.CharField(label="联盟名称", max_length=80)
    charter = forms.CharField(label="章程或协议要点", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class MemberForm(Form):
    """A unit, and from which day."""

    since = DayField(label="从哪一天起")

    def __init__(self, *args: Any, label: str, units: Sequence[Option], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"] = unit_field(label, units)
        self.order_fields(["unit", "since"])


class PairingForm(UnitFirst):
    """With whom, until when."""

    partner = forms.CharField(label="结对单位", max_length=80)
    partner_kind = forms.ChoiceField(label="结对单位类别", choices=PartnerKind.choices, widget=forms.RadioSelect)
    since = DayField(label="从哪一天起")
    last = DayField(label="协议到哪一天为止", required=False, help_text="含当日；没有定期限就不填")
    agreement = forms.CharField(label="协议内容", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def values(self) -> dict[str, Any]:
        """What a new pairing takes besides its unit."""
        cleaned = {name: value for name, value in self.cleaned_data.items() if name not in ("unit", "last")}
        last = self.cleaned_data["last"]
        return cleaned | {"until": first_day_after(last) if last else None}

    def columns(self) -> dict[str, Any]:
        """The same as the columns of one that stands."""
        values = self.values()
        return values | {"valid_from": values.pop("since"), "valid_to": values.pop("until")}


class ProjectForm(UnitFirst):
    """The project of a year."""

    year = forms.IntegerField(label="年度", min_value=2000, max_value=2100, error_messages={"invalid": "年度写四位数字。"})
    title = forms.CharField(label="项目名称", max_length=80)
    goal = forms.CharField(label="目标", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class CloseForm(Form):
    """The day, and what came of it."""

    on = DayField(label="结项日期")
    result = forms.CharField(label="结果", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class EndForm(ReasonForm):
    """The last day, and why."""

    last_day = DayField(label="最后一天", help_text="含当日；从第二天起不再算数")

    field_order = ("last_day", "reason")
