"""The form that launches a campaign: what, when, which items, who is asked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from shanghui.kernel.periods import first_day_after, last_day
from shanghui.ledger.activities.models import ActivityType, Campaign, CampaignItem
from shanghui.ledger.activities.operations import Asked
from shanghui.web.kit.fields import ManyPicker, Option, PickManyField
from shanghui.web.kit.forms import DayField, Form, ReasonForm

PLACES = 6
"""So many rows for items stand ready; more than that once they are filled."""
TICKED = 300
"""Up to so many party organizations are offered as boxes to tick; of more the names are written."""
FOUR_ONES = (
    ("一次党课", ActivityType.PARTY_CLASS), ("一次交流", ActivityType.JOINT_LEARNING), ("一次公益", ActivityType.VOLUNTEERING),
    ("一次走访", ActivityType.VISIT),
)
WHOM = (("branches", "下属全部党支部"), ("all", "下属全部党组织"), ("chosen", "只选几个"))
_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")


class RealDayField(DayField):
    """A day of which it is said when the calendar does not have it."""

    def to_python(self, value: Any) -> date | None:
        """The day."""
        try:
            return super().to_python(value)
        except forms.ValidationError:
            if isinstance(value, str) and _DAY.fullmatch(value.strip()):
                raise forms.ValidationError(f"没有 {value.strip()} 这一天，请核对。", code="no_such_day") from None
            raise


class TargetsField(PickManyField):
    """Party organizations among many: the first are suggested, what is typed is looked for among all."""

    def get_bound_field(self, form: Any, field_name: str) -> forms.BoundField:
        """The field with its suggestions."""
        bound = super().get_bound_field(form, field_name)
        assert isinstance(self.widget, ManyPicker)
        self.widget.options = self.options[:TICKED]
        return bound


class CampaignForm(Form):
    """`standing`: the items as they stand when a campaign is changed; their order in the form is theirs."""

    title = forms.CharField(label="名称", max_length=80, help_text="如：“四个一”主题活动")
    since = RealDayField(label="从哪一天起")
    last = RealDayField(label="到哪一天为止", help_text="含当日")
    document = forms.CharField(label="依据文件", max_length=120, required=False, help_text="如：云工商党〔2022〕5号")
    note = forms.CharField(label="说明", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    whom = forms.ChoiceField(label="参加的党组织", choices=WHOM, widget=forms.RadioSelect)

    def __init__(
        self, *args: Any, launchers: Sequence[Option], organizations: Sequence[Option], standing: Sequence[CampaignItem] = (), **options: Any
    ) -> None:
        super().__init__(*args, **options)
        if len(launchers) > 1:
            self.fields["launcher"] = forms.TypedChoiceField(
                label="发起单位", choices=[(one.value, one.words) for one in launchers], coerce=int
            )
        self.fields["targets"] = _targets(organizations)
        self.standing = list(standing)
        written = sum(1 for name in (self.data or {}) if name.endswith("-title"))
        self.count = max(PLACES, len(self.standing) + 2, len(self.initial.get("items", ())), written)
        for place in range(self.count):
            self.fields |= _item_fields(place)
        self._fill(self.initial.get("items") or [_written(item) for item in self.standing])

    def _fill(self, items: Sequence[Mapping[str, Any]]) -> None:
        for place, item in enumerate(items):
            self.initial.update({f"item{place}-{name}": value for name, value in item.items()})

    @property
    def top(self) -> list[forms.BoundField]:
        """The fields above the items."""
        names = ("title", "launcher", "since", "last", "document", "note")
        return [self[name] for name in names if name in self.fields]

    @property
    def rows(self) -> list[list[forms.BoundField]]:
        """The fields of each item."""
        return [[self[name] for name in _item_fields(place)] for place in range(self.count)]

    def clean(self) -> dict[str, Any]:
        """The items that were written, each due on the last day unless another is named."""
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned["items"] = [asked for place in range(self.count) if (asked := self._asked(cleaned, place)) is not None]
        if cleaned.get("whom") == "chosen" and not cleaned.get("targets") and "targets" not in self.errors:
            self.add_error("targets", "请至少选一个参加的党组织。")
        if cleaned.get("whom") != "chosen" and cleaned.get("targets") and "targets" in self.changed_data:
            self.add_error("whom", "名单里勾选了几个党组织。只要这几个参加，请选“只选几个”；要全部参加，请把勾选去掉。")
        return cleaned

    def _asked(self, cleaned: Mapping[str, Any], place: int) -> Asked | None:
        title, due = cleaned.get(f"item{place}-title", ""), cleaned.get(f"item{place}-due_on") or cleaned.get("last")
        if not title:
            if cleaned.get(f"item{place}-due_on"):
                self.add_error(f"item{place}-title", "写了完成时间，请写上要做什么；不要这一项就把时间也清空。")
            return None
        if due is None:
            return None
        pk = self.standing[place].pk if place < len(self.standing) else None
        return Asked(title, due, cleaned.get(f"item{place}-type", ""), cleaned.get(f"item{place}-needed") or 1, pk)

    def values(self) -> dict[str, Any]:
        """What the operation takes besides launcher and targets."""
        cleaned = self.cleaned_data
        return {name: cleaned[name] for name in ("title", "since", "document", "note", "items")} | {"until": first_day_after(cleaned["last"])}


class EndForm(ReasonForm):
    """The last day on which a campaign is asked, and why it ends."""

    last_day = RealDayField(label="最后一天", help_text="含当日；从第二天起不再要求")

    field_order = ("last_day", "reason")


def _item_fields(place: int) -> dict[str, forms.Field]:
    types = (("", "不限类别"), *ActivityType.choices)
    return {
        f"item{place}-title": forms.CharField(label=f"第 {place + 1} 项，做什么", max_length=60, required=False),
        f"item{place}-type": forms.ChoiceField(label="哪类活动自动算入", choices=types, required=False),
        f"item{place}-needed": forms.IntegerField(
            label="几次", min_value=1, max_value=99, required=False, initial=1, widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            error_messages={"invalid": "次数写数字。", "min_value": "至少 1 次。", "max_value": "次数太多，请核对。"},
        ),
        f"item{place}-due_on": RealDayField(label="哪天前做完（含当日）", required=False),
    }


def _written(item: CampaignItem) -> dict[str, Any]:
    return {name: getattr(item, name) for name in ("title", "type", "needed", "due_on")}


def _targets(organizations: Sequence[Option]) -> forms.Field:
    if len(organizations) > TICKED:
        return TargetsField(label="选哪几个", options=organizations, required=False)
    choices = [(one.value, one.words) for one in organizations]
    return forms.TypedMultipleChoiceField(
        label="选哪几个", choices=choices, coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )


def four_ones() -> list[dict[str, Any]]:
    """The rows of 四个一."""
    return [{"title": title, "type": type.value, "needed": 1} for title, type in FOUR_ONES]


def initial_of(campaign: Campaign, targets: Sequence[int]) -> dict[str, Any]:
    """What stands in the form when a campaign is changed."""
    return {
        "title": campaign.title, "since": campaign.valid_from, "last": last_day(campaign.valid_to), "document": campaign.document,
        "note": campaign.note, "whom": "chosen", "targets": list(targets), "launcher": campaign.launched_by_id,
    }
