"""The form of an assignment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms

from shanghui.ledger.people.models import GuideKind
from shanghui.web.kit.fields import ManyPicker, Option, PickManyField
from shanghui.web.kit.forms import DayField, Form


class ChamberPicker(ManyPicker):
    """A few chambers at a time."""

    places = 3


class AssignmentForm(Form):
    """Who looks after which chambers, from when to when."""

    person = forms.ChoiceField()
    chambers = PickManyField(label="联系哪几家商会", widget=ChamberPicker, error_messages={"required": "请至少选一家商会。"})
    kind = forms.ChoiceField(label="类别", choices=GuideKind.choices, initial=GuideKind.GUIDE, widget=forms.RadioSelect)
    duty = forms.CharField(label="本职职务", max_length=100, required=False, help_text="如：市工商联会员部副部长")
    since = DayField(label="从哪一天起")
    until = DayField(label="到哪一天为止", required=False, help_text="含当日；没有定期限就不填")

    def __init__(self, *args: Any, person: forms.ChoiceField, chambers: Callable[[], Sequence[Option]], **options: Any) -> None:
        super().__init__(*args, **options)
        person.error_messages["required"] = "请选是谁。"
        self.fields["person"] = person
        field = self.fields["chambers"]
        assert isinstance(field, PickManyField)
        field.offer(chambers)

    def clean(self) -> dict[str, Any]:
        """The last day does not lie before the first."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("until") and cleaned.get("since") and cleaned["until"] < cleaned["since"]:
            self.add_error("until", f"最后一天不能早于开始那一天（{cleaned['since']}）。")
        return cleaned
