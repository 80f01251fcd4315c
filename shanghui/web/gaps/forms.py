"""The one small form of the gap list."""

from __future__ import annotations

from django import forms

from shanghui.ledger.organizations.models import GapReason, GapRoute
from shanghui.web.kit.forms import DayField, Form


class GapForm(Form):
    """Why, which way, who, when next, what was said."""

    reason = forms.ChoiceField(label="为什么还没有建", choices=GapReason.choices, widget=forms.RadioSelect)
    route = forms.ChoiceField(label="打算怎么建", choices=GapRoute.choices, widget=forms.RadioSelect)
    owner = forms.CharField(label="经办人", max_length=40, required=False)
    next_on = DayField(label="下一步日期", required=False, help_text="到这一天，工作台会提醒")
    note = forms.CharField(
        label="记事", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text="下一步做什么，卡在哪里",
    )
