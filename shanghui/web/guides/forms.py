"""The forms of assignments: sent, handed over, appointed again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms

from shanghui.ledger.people.models import GuideKind
from shanghui.web.guides.bare import Bare, Candidate
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
        return _ordered(self, super().clean() or {})


NOTE_LONGEST = 300


def _assignments(choices: Sequence[tuple[str, str]], label: str) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选一家商会。", "invalid_choice": "选的商会里有的现在不由他联系。请重新选。"},
    )


class HandOverForm(Form):
    """Which chambers, to whom, from which day, for how long, and what he must know."""

    assignments = forms.MultipleChoiceField()
    person = forms.ChoiceField()
    since = DayField(label="从哪一天起由接手的人联系", help_text="原来的联系到前一天为止")
    until = DayField(label="接手的聘期到哪一天为止", required=False, help_text="含当日；没有定期限就不填")
    note = forms.CharField(
        label="移交事项", max_length=NOTE_LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="写给接手的人：走到哪一步、说定了什么、找谁。下面先列出台账里最近的走访，可以改",
    )

    def __init__(self, *args: Any, person: forms.ChoiceField, assignments: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["assignments"] = _assignments(assignments, "移交哪几家")
        person.label = "移交给谁"
        person.error_messages |= {"required": "请选移交给谁。", "invalid_choice": "请从列表里选一个人；列表里没有的，先在上面查找。"}
        self.fields["person"] = person

    def clean(self) -> dict[str, Any]:
        """The new term does not end before it begins."""
        return _ordered(self, super().clean() or {})


class RenewForm(Form):
    """Which chambers, until when."""

    assignments = forms.MultipleChoiceField()
    until = DayField(label="新的聘期到哪一天为止", required=False, help_text="含当日；以后不定期限就不填")

    def __init__(self, *args: Any, assignments: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["assignments"] = _assignments(assignments, "续聘哪几家")


class PlanForm(Form):
    """Which chambers, whom to send, how many each at most."""

    chambers = forms.MultipleChoiceField(
        label="要安排的商会", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选一家商会。", "invalid_choice": "选的商会里有的已经建了党组织，或者不在您的范围里。请重新选。"},
    )
    people = forms.MultipleChoiceField(
        label="可以安排的人", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选一个人。", "invalid_choice": "选的人里有的不在列表里。请重新选。"},
    )
    most = forms.IntegerField(
        label="每人最多联系几家", min_value=1, max_value=50, error_messages={
            "invalid": "请填整数。", "min_value": "至少 1 家。", "max_value": "最多填 50 家。"},
    )

    def __init__(self, *args: Any, chambers: Sequence[Bare], people: Sequence[Candidate], **options: Any) -> None:
        super().__init__(*args, **options)
        offered: tuple[tuple[str, list[tuple[str, str]]], ...] = (
            ("chambers", [(str(one.pk), _words_of(one)) for one in chambers]), ("people", [(str(one.person.pk), _words_about(one)) for one in people]),
        )
        for name, choices in offered:
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = choices


def _words_of(one: Bare) -> str:
    return f"{one.name}（{f'现由{one.current.person.name}联系' if one.current else '没有指导员'}）"


def _words_about(one: Candidate) -> str:
    return f"{one.person.name}（{f'现在联系 {len(one.held)} 家' if one.is_guide else '现在没有联系商会'}）"


class TermForm(Form):
    """From when to when those newly sent look after their chambers."""

    since = DayField(label="从哪一天起", help_text="换人的，原来的联系到前一天为止")
    until = DayField(label="聘期到哪一天为止", required=False, help_text="含当日；没有定期限就不填")

    def clean(self) -> dict[str, Any]:
        """The last day does not lie before the first."""
        return _ordered(self, super().clean() or {})


def _ordered(form: Form, cleaned: dict[str, Any]) -> dict[str, Any]:
    """Tells of a last day that lies before the first."""
    if cleaned.get("until") and cleaned.get("since") and cleaned["until"] < cleaned["since"]:
        form.add_error("until", f"最后一天不能早于开始那一天（{cleaned['since']}）。")
    return cleaned
