"""What is asked about a report: of whom, as at which day, and the user's own paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from shanghui.reports.content import Content
from shanghui.reports.operations import LONGEST
from shanghui.web.kit.fields import Option, PickField
from shanghui.web.kit.forms import DayField, Form

PREFIX = "own-"


class NewReportForm(Form):
    """Unit and day. What can be chosen in one way only is chosen already."""

    unit = PickField(label="哪个单位")
    day = DayField(label="数据截至", help_text="正文里的数都按这一天的台账算。")

    def __init__(self, *args: Any, options: Sequence[Option], **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["unit"]
        assert isinstance(field, PickField)
        field.offer(tuple(options))


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
                    label=f"{part.heading.partition('、')[0]}{section.heading}" or "正文", required=False, max_length=LONGEST,
                    initial=own_text.get(section.code, ""), widget=forms.Textarea(attrs={"rows": 4}),
                )

    @property
    def texts(self) -> dict[str, str]:
        """{section: the user's text}."""
        return {name.removeprefix(PREFIX): text for name, text in self.cleaned_data.items()}
