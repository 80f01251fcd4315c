"""Forms of the tree."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from shanghui.access.models import Unit
from shanghui.web.kit.forms import DatedForm, DayField, Form


class FederationForm(Form):
    """A federation below another."""

    name = forms.CharField(label="名称", max_length=100, help_text="如：云泽市城东区工商联")
    code = forms.RegexField(
        label="行政区划代码", regex=r"^\d{6}$", help_text="GB/T 2260 六位代码",
        error_messages={"invalid": "请填六位数字的行政区划代码。"},
    )
    committee = forms.CharField(label="党建领导机构", max_length=100, required=False, help_text="不填就叫“某某市总商会党委”")
    parent = forms.ModelChoiceField(label="上级工商联", queryset=Unit.objects.none(), empty_label="请选择上级")

    def __init__(self, *args: Any, units: QuerySet[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["parent"].queryset = units  # type: ignore[attr-defined]


class NameForm(DatedForm):
    """What a unit is called, from when on."""

    dated = "名称"
    name = forms.CharField(label="名称", max_length=100)
    short_name = forms.CharField(label="简称", max_length=60, required=False)
    code = forms.CharField(label="代码", max_length=20, required=False)

    field_order = ("name", "how", "since")


class MoveForm(Form):
    """Another parent from a day on."""

    parent = forms.ModelChoiceField(label="新的上级", queryset=Unit.objects.none(), empty_label="请选择上级")
    since = DayField(label="从哪一天起", help_text="这一天以前的数字仍算在原来的上级名下")

    def __init__(self, *args: Any, units: QuerySet[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["parent"].queryset = units  # type: ignore[attr-defined]
