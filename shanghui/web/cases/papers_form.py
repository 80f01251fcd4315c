"""The upload on the page of a case."""

from __future__ import annotations

from typing import Any

from django import forms

from shanghui.cases.file import File
from shanghui.cases.progress import places
from shanghui.web.activities.papers_form import HINT, PapersField
from shanghui.web.kit.forms import Form


class PapersForm(Form):
    """Which step the files belong to, and the files."""

    step = forms.ChoiceField(label="属于哪一步", required=False, error_messages={"invalid_choice": "没有这一步。请从列出的步骤里选。"})
    papers = PapersField(label="文件")
    hint = HINT

    def __init__(self, *args: Any, file: File, **options: Any) -> None:
        super().__init__(*args, **options)
        steps = [(place.step.code, place.step.title) for place in places(file)]
        self.fields["step"].choices = [("", "整件事"), *steps]  # type: ignore[attr-defined]
        done = [place.step.code for place in places(file) if place.is_settled]
        self.fields["step"].initial = done[-1] if done else ""
