"""The forms of the parts of a development."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models

from shanghui.cases.models import ARCHIVED, Development
from shanghui.rules.registry import limit
from shanghui.web.activities.people import PeopleField
from shanghui.web.cases.asking import number
from shanghui.web.kit.fields import Option, PickField
from shanghui.web.kit.forms import DayField, Form

COLUMNS = {
    "posted": ("posted_on", "posted_at", "mobile", "posted_inflow"), "training": ("training_days", "training_hours"), "leaving": ("leaving_on",),
    "approver": ("approver",), "archived": ARCHIVED,
}
"""The columns of Development that each part fills in."""
HINTS = {
    "posted_on": "张贴当天不算在 5 个工作日里", "posted_at": "单位或者居住地的哪里", "mobile": "流动人员在流出地和流入地都要公示",
    "posted_inflow": "流动人员才填", "training_days": "不少于 3 天，或者不少于 24 学时", "training_hours": "一天按 8 学时的，3 天就是 24 学时",
    "leaving_on": "没有要离开的，空着", "approver": "具有审批权限的党委；党总支、党组、临时党组织不能审批",
}
COUNTS = (
    ("expected", "应到会有表决权的人数", "有表决权的正式党员"), ("present", "实到会有表决权的人数", "要超过应到会的一半"), ("yes", "赞成票", "会上的票"),
    ("no", "反对票", ""), ("abstained", "弃权票", ""), ("invalid", "无效票", ""), ("written", "会前书面意见", "因故不能到会、会前正式提交的份数，没有就空着"),
    ("written_yes", "书面意见中赞成", ""),
)
NEEDED = ("expected", "present", "yes")


class DetailForm(Form):
    """Some columns of Development."""

    def __init__(self, *args: Any, part: str, approvers: list[Option], **options: Any) -> None:
        super().__init__(*args, **options)
        for name in COLUMNS[part]:
            self.fields[name] = _field(name, approvers)


def _field(name: str, approvers: list[Option]) -> forms.Field:
    column = next(one for one in Development._meta.concrete_fields if one.name == name)
    label, hint = str(column.verbose_name), HINTS.get(name, "")
    if name == "approver":
        return PickField(label=label, options=tuple(approvers), help_text=hint, error_messages={"required": "请选审批的党委。"})
    if isinstance(column, models.BooleanField):
        return forms.BooleanField(label=label, required=False, help_text=hint)
    if isinstance(column, models.DateField):
        return DayField(label=label, required=False, help_text=hint)
    if isinstance(column, models.PositiveSmallIntegerField):
        return number(label, hint)
    return forms.CharField(label=label, max_length=column.max_length, required=False, help_text=hint)


class ContactsForm(Form):
    """Who looks after the candidate, from when; a reason where somebody leaves."""

    people = PeopleField(label="培养联系人", places=limit("DEV-05", "most"), required=True, help_text="一至两名正式党员，写姓名，从列表里选",
                         error_messages={"required": "请至少写一名培养联系人。"})
    since = DayField(label="自哪天起")
    reason = forms.CharField(label="更换原因", max_length=100, required=False, help_text="换人的才填")


class IntroducersForm(Form):
    """The two introducers."""

    people = PeopleField(label="入党介绍人", places=limit("DEV-11", "introducers"), required=True, help_text="正好两名正式党员，一般由培养联系人担任",
                         error_messages={"required": "请写两名入党介绍人。"})
    on = DayField(label="确定的时间")


class ExaminationForm(Form):
    """That an examination took place; never what it found."""

    on = DayField(label="考察时间")
    who = forms.CharField(label="由谁考察", max_length=40, required=False, help_text="如：支委会、培养联系人")
    kept_at = forms.CharField(label="材料存放处", max_length=100, required=False, help_text="登记表放在哪里；内容不录入")


class VoteForm(Form):
    """The count of a meeting."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, label, hint in COUNTS:
            self.fields[name] = number(label, hint, required=name in NEEDED)

    def counts(self) -> dict[str, int]:
        """The numbers; nothing is none."""
        return {name: self.cleaned_data[name] or 0 for name, _, _ in COUNTS}


class ExtensionForm(VoteForm):
    """The count, the day of the meeting, and by how many months."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields = {
            "on": DayField(label="党员大会的时间", help_text="预备期满以后"),
            "months": number("延长几个月", f"{limit('DEV-24', 'least_months')} 到 {limit('DEV-24', 'months')} 个月，只能延长一次", required=True),
            **self.fields,
        }


class ExplanationForm(Form):
    """Why a check that is 一般 is not kept to."""

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["norm"] = forms.ChoiceField(
            label="哪一条", choices=choices, widget=forms.RadioSelect, error_messages={"required": "请选哪一条。"}
        )
        self.fields["reason"] = forms.CharField(
            label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 3}), error_messages={"required": "请写明理由。"}
        )


class MoveForm(Form):
    """Where a candidate goes, and when."""

    target = PickField(label="转入的党支部", error_messages={"required": "请选转入的党支部。"})
    on = DayField(label="转入时间")


class EndingForm(Form):
    """The day and the reason of an ending."""

    on = DayField(label="时间")
    reason = forms.CharField(label="原因", max_length=200, widget=forms.Textarea(attrs={"rows": 3}), help_text="只写结论，不写谈话、审查的内容",
                             error_messages={"required": "请写明原因。"})
