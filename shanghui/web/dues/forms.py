"""Forms about dues."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from shanghui.ledger.dues.models import BaseKind, Purpose, Rounding
from shanghui.ledger.dues.months import read_month
from shanghui.web.kit.forms import DayField, Form, WrittenDayField

_WORDS = {
    "invalid": "写成数，如 4200 或 4200.5。", "min_value": "不能是负数。", "max_decimal_places": "最多写到分。", "max_digits": "数太大了，请核对。",
    "max_whole_digits": "数太大了，请核对。", "max_value": "数太大了，请核对。",
}


def money(label: str, *, required: bool = True, hint: str = "", least: Decimal = Decimal(0)) -> forms.DecimalField:
    """An amount in yuan, to the fen."""
    return forms.DecimalField(
        label=label, required=required, help_text=hint, min_value=least, max_digits=9, decimal_places=2, error_messages=_WORDS
    )


class MonthField(WrittenDayField):
    """A month, cleaned to its first day."""

    def clean(self, value: Any) -> Any:
        """The first day."""
        written = super().clean(value)
        month = read_month(written) if written else None
        if written and month is None:
            raise forms.ValidationError("写到月，如 2022年6月。", code="month")
        return month


class BaseForm(Form):
    """From what a member's dues are reckoned."""

    kind = forms.ChoiceField(label="计算基数", choices=BaseKind.choices)
    amount = money("基数（元/月）", required=False, hint="税后的固定收入、上季度月平均、养老金；农民写议定的每月应交数；学生、下岗失业、救济低保的不填")
    since = MonthField(label="从哪个月起", help_text="收入变化的，从领到新工资的当月起；如 2022年6月")
    kept = forms.BooleanField(label="保存基数（加密，只有本人和收党费的人看得到）；不勾只保存算出的应交数", required=False)
    reduced = money("减免后每月交（元）", required=False, hint="只在交纳确有困难、已经上一级党委批准时填；免交写 0")
    approved_by = forms.CharField(label="批准减免的党委", max_length=60, required=False)
    number = forms.CharField(label="批准文号", max_length=60, required=False)

    def clean(self) -> dict[str, Any]:
        """A base where the rule asks one; an approval with a reduction."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("kind") not in (None, BaseKind.FIXED) and cleaned.get("amount") is None and "amount" not in self.errors:
            self.add_error("amount", "请填计算基数。")
        if cleaned.get("reduced") is not None and not cleaned.get("approved_by"):
            self.add_error("approved_by", "少交或者免交须报上一级党委批准。请写明批准的党委。")
        return cleaned


class AdjustForm(Form):
    """Another amount for one month."""

    to = money("这个月应交（元）", hint="不用交的写 0")
    reason = forms.CharField(label="调整原因", max_length=200, widget=forms.Textarea(attrs={"rows": 2}), help_text="只有本支部书记和本人看得到")


class SettingForm(Form):
    """What an office sets."""

    rounding = forms.ChoiceField(label="应交数取整", choices=Rounding.choices, help_text="国家没有统一规定，通常到角；四舍五入")
    remitted = forms.DecimalField(
        label="上缴比例（%）", min_value=0, max_value=100, max_digits=5, decimal_places=2, help_text="照上级党组织的规定写，没有全国统一的比例",
        error_messages=_WORDS | {"max_value": "上缴比例最多百分之百。"},
    )
    since = DayField(label="从哪一天起")


class UseForm(Form):
    """What dues were used for, and where it was decided."""

    purpose = forms.ChoiceField(label="用途", choices=Purpose.choices, help_text="党费只用于这五项")
    amount = money("金额（元）", least=Decimal("0.01"))
    decided_on = DayField(label="集体研究日期")
    minutes = forms.CharField(label="会议记录", max_length=120, help_text="哪次会议研究的，如“2022年6月10日支委会”；核对时看会议记录")
    used_on = DayField(label="使用日期")
    remark = forms.CharField(label="说明", max_length=200, required=False, help_text="补助困难党员的，这里不写姓名和困难情况")

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        self.today = today
        super().__init__(*args, **options)

    def clean_used_on(self) -> date:
        """Not a day to come."""
        day: date = self.cleaned_data["used_on"]
        if day > self.today:
            raise forms.ValidationError("这一天还没有到。用了以后再登记。")
        return day
