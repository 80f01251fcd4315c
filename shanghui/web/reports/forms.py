"""What is asked about a report: of whom, as at which day, and the user's own paragraphs."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from shanghui.access.models import Unit
from shanghui.reports.content import Content
from shanghui.reports.operations import LONGEST
from shanghui.reports.registry import registry
from shanghui.web.kit.forms import DayField, Form

PREFIX = "own-"


class NewReportForm(Form):
    """Kind, unit, day. What can be chosen in one way only is chosen already."""

    kind = forms.ChoiceField(label="写什么", widget=forms.RadioSelect)
    unit = forms.ModelChoiceField(label="哪个单位", queryset=Unit.objects.none(), empty_label=None)
    day = DayField(label="数据截至", help_text="正文里的数都按这一天的台账算。")

    def __init__(self, *args: Any, units: QuerySet[Unit], today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        kinds = list(registry)
        choice, unit = self.fields["kind"], self.fields["unit"]
        assert isinstance(choice, forms.ChoiceField)
        assert isinstance(unit, forms.ModelChoiceField)
        choice.choices = [(one.code, one.title) for one in kinds]
        unit.queryset = units
        choice.initial, unit.initial = kinds[0].code, units.first()
        self.fields["day"].initial = kinds[0].default_day(today)


class DayForm(Form):
    """Another as-at day for a draft."""

    day = DayField(label="数据截至")


class ExplanationForm(Form):
    """Why figures that the checker calls wrong stand as they are."""

    reason = forms.CharField(
        label="口径说明", max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="对不上的数确实无误，写一句为什么；不然请先回去改好。说明和冻结一起留在操作记录里。",
    )


class OwnTextForm(Form):
    """One field a section."""

    def __init__(self, *args: Any, content: Content, own_text: dict[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        for part in content.parts:
            for section in part.sections:
                self.fields[PREFIX + section.code] = forms.CharField(
                    label=f"{part.heading.partition('、')[0]}{section.heading}", required=False, max_length=LONGEST,
                    initial=own_text.get(section.code, ""), widget=forms.Textarea(attrs={"rows": 4}),
                )

    @property
    def texts(self) -> dict[str, str]:
        """{section: the user's text}."""
        return {name.removeprefix(PREFIX): text for name, text in self.cleaned_data.items()}
