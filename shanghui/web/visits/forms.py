"""What a guide writes after a visit, on the telephone and, put right later, at the desk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms

from shanghui.kernel.periods import months_later
from shanghui.web.kit.forms import DayField, Form

OTHERS = (("members", "党员"), ("staff", "秘书处工作人员"))
LACKING = (("members", "正式党员不够"), ("support", "负责人还没下决心"), ("place", "没有活动场所"), ("charter", "章程没写党建"))
HELP = (("transfer", "协调组织关系"), ("partner", "牵线联合对象"), ("place", "找场所"), ("leader", "派人来讲"))
NEXT = (("", "还没定"), ("two-weeks", "两周后"), ("month", "一个月后"))
LONGEST = {"met": 60, "missing": 300, "help_wanted": 300}
_TICKS: dict[str, Any] = {"widget": forms.CheckboxSelectMultiple, "required": False}


class VisitForm(Form):
    """One visit as it is tapped together: boxes for what is usual, a line for what is not."""

    visited_on = DayField(label="哪一天去的")
    whom = forms.MultipleChoiceField(label="见到了谁", **_TICKS)
    met = forms.CharField(label="还见到", required=False, max_length=40)
    lacks = forms.MultipleChoiceField(label="离组建还差什么", choices=LACKING, **_TICKS)
    missing = forms.CharField(label="还差别的", required=False, max_length=200)
    agreed = forms.CharField(label="说定的事", required=False, max_length=300)
    wants = forms.MultipleChoiceField(label="要上级帮什么", choices=HELP, **_TICKS)
    help_wanted = forms.CharField(label="还要帮的", required=False, max_length=200)
    next = forms.ChoiceField(label="下次什么时候去", choices=NEXT, required=False, widget=forms.RadioSelect)
    next_on = DayField(label="或者选日期", required=False)

    def __init__(self, *args: Any, officers: Sequence[tuple[str, str]], today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["whom"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [*officers, *OTHERS]
        self.today = today

    def clean(self) -> dict[str, Any]:
        """Something was seen or said; the day is not in the future; what was tapped and written fits."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("visited_on") and cleaned["visited_on"] > self.today:
            self.add_error("visited_on", "这一天还没有到。去过了再记，打算去的写在“下次”。")
        if not self.errors and not any(cleaned.get(name) for name in ("whom", "met", "lacks", "missing", "agreed", "wants", "help_wanted")):
            self.add_error("agreed", "请至少写一项：见到谁，或者说定了什么。")
        for boxes, line in (("whom", "met"), ("lacks", "missing"), ("wants", "help_wanted")):
            if len(self._words(cleaned, boxes, line)) > LONGEST[line]:
                self.add_error(line, "选的和写的太多，放不下。请少写一点。")
        return cleaned

    def _words(self, cleaned: dict[str, Any], boxes: str, line: str) -> str:
        field = self.fields[boxes]
        assert isinstance(field, forms.MultipleChoiceField)
        words = dict(field.choices)  # type: ignore[arg-type]
        return "、".join([*(str(words[one]) for one in cleaned.get(boxes, ())), *filter(None, [cleaned.get(line, "")])])

    def values(self) -> dict[str, Any]:
        """The columns of the visit."""
        cleaned = self.cleaned_data
        return {
            "visited_on": cleaned["visited_on"], "met": self._words(cleaned, "whom", "met"),
            "missing": self._words(cleaned, "lacks", "missing"), "agreed": cleaned["agreed"],
            "help_wanted": self._words(cleaned, "wants", "help_wanted"), "next_on": cleaned["next_on"] or self._next(cleaned),
        }

    def _next(self, cleaned: dict[str, Any]) -> date | None:
        day: date = cleaned["visited_on"]
        return {"two-weeks": day + timedelta(days=14), "month": months_later(day, 1)}.get(cleaned["next"])


class VisitWords(Form):
    """The same in plain lines, to put right what was written."""

    visited_on = DayField(label="走访时间")
    met = forms.CharField(label="见到谁", required=False, max_length=60)
    missing = forms.CharField(label="建组织还差什么", required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    agreed = forms.CharField(label="商定了什么", required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    help_wanted = forms.CharField(label="需要上级帮什么", required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    next_on = DayField(label="下次什么时候", required=False)
