"""The one form of the first page."""

from __future__ import annotations

from typing import Any

from django import forms

from shanghui.access.models import User
from shanghui.web.accounts.forms import NewPassword


class SetupForm(NewPassword):
    """The office and its first account."""

    name = forms.CharField(label="本单位名称", max_length=100, help_text="如：云泽市工商联")
    code = forms.RegexField(
        label="行政区划代码", regex=r"^\d{6}$", help_text="GB/T 2260 六位代码",
        error_messages={"invalid": "请填六位数字的行政区划代码。"},
    )
    committee = forms.CharField(label="党建领导机构", max_length=100, required=False, help_text="如：云泽市商会行业党委；不填就叫“某某市总商会党委”")
    display_name = forms.CharField(label="您的姓名", max_length=40)
    username = forms.CharField(label="您的账号", max_length=40, help_text="登录时用；不要用身份证号")
    field_order = ["name", "code", "committee", "display_name", "username", "password", "again"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, user=User(), **options)
