"""The agenda in the form of an activity: as many rows as one likes, a few empty ones below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from shanghui.ledger.activities.models import AgendaItem, Matter
from shanghui.ledger.activities.operations import Agenda
from shanghui.web.kit.forms import DayField, Form

EMPTY, MOST = 3, 60
TOTAL = "agenda-total"
_NUMBERS = {"invalid": "票数写数字。", "min_value": "票数不能是负数。", "max_value": "票数太大，请核对。"}


def _votes(label: str) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=0, max_value=9999, required=False, widget=widget, error_messages=_NUMBERS)


class AgendaForm(Form):
    """One item."""

    topic = forms.CharField(label="议题", max_length=120, required=False)
    matter = forms.ChoiceField(label="事项", choices=Matter.choices, required=False, initial=Matter.ORDINARY)
    decision = forms.CharField(label="决定", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    in_favor = _votes("赞成")
    against = _votes("反对")
    abstained = _votes("弃权")
    owner = forms.CharField(label="谁来办", max_length=40, required=False)
    due_on = DayField(label="哪天前办完", required=False)

    def clean(self) -> dict[str, Any]:
        """An item has a topic; a row without anything is none."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("topic") and self.says_something:
            self.add_error("topic", "这一行没有写议题。不要这一行，就把各格都清空。")
        return cleaned

    @property
    def says_something(self) -> bool:
        """Whether anything but topic and matter, which is always chosen, stands in it."""
        return any(value not in (None, "") for name, value in self.cleaned_data.items() if name not in ("topic", "matter"))

    @property
    def is_open(self) -> bool:
        """Whether decision, votes and owner are shown at once: something stands there, or is wrong."""
        typed = bool(self.errors) or self.says_something if self.is_bound else False
        return typed or bool(set(self.initial) - {"topic", "matter"})

    def item(self) -> Agenda:
        """The item; an empty matter is an ordinary one."""
        return Agenda(**self.cleaned_data | {"matter": Matter(self.cleaned_data["matter"] or Matter.ORDINARY)})


class AgendaRows:
    """The rows of the form. Nothing sent about an agenda: it stays as it is."""

    def __init__(self, sent: Mapping[str, Any] | None, items: Sequence[Mapping[str, Any]], *, checked: bool, more: bool = False) -> None:
        """`checked`: what was sent is to be judged; otherwise it is only shown again, with `more` empty rows."""
        count = str(sent.get(TOTAL, "")) if sent is not None else ""
        self.is_sent = count.isdecimal()
        if self.is_sent:
            assert sent is not None
            total = min(int(count[:3]), MOST)
            again = [{name: sent.get(f"agenda-{place}-{name}", "") for name in AgendaForm.base_fields} for place in range(total)]
            self.forms = [_row(place, one, sent if checked else None) for place, one in enumerate(again)]
        else:
            self.forms = [_row(place, one, None) for place, one in enumerate(items)]
        wanted = len(self.forms) + EMPTY if more or not self.is_sent else len(self.forms)
        self.forms += [_row(place, {}, None) for place in range(len(self.forms), min(wanted, MOST))]
        self.total = len(self.forms)
        self.pattern = AgendaForm(prefix="agenda-__n__")

    def is_valid(self) -> bool:
        """Whether every row that was sent is right."""
        return not [form for form in self.forms if form.is_bound and not form.is_valid()]

    def faults(self) -> list[str]:
        """What is wrong, row by row."""
        return [
            f"第 {place} 项议题：{text}"
            for place, form in enumerate(self.forms, start=1) if form.is_bound for texts in form.errors.values() for text in texts
        ]

    def items(self) -> list[Agenda] | None:
        """The agenda; None when nothing was sent about it."""
        if not self.is_sent:
            return None
        return [form.item() for form in self.forms if form.is_bound and form.cleaned_data.get("topic")]


def _row(place: int, values: Mapping[str, Any], sent: Mapping[str, Any] | None) -> AgendaForm:
    return AgendaForm(sent, prefix=f"agenda-{place}", initial={name: value for name, value in values.items() if value not in (None, "")})


def standing(items: Sequence[AgendaItem]) -> list[dict[str, Any]]:
    """The agenda as it stands."""
    return [{name: getattr(one, name) for name in AgendaForm.base_fields} for one in items]
