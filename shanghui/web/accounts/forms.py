"""Forms of accounts and seats."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.password_validation import validate_password
from django.db.models import QuerySet

from shanghui.access.models import Role, Unit, User
from shanghui.web.kit.forms import DayField, Form, PlainWords


class SignInForm(PlainWords, AuthenticationForm):
    """账号 and 密码."""

    error_messages = {
        "invalid_login": "账号或密码不对。请核对大小写，再试一次；连着错 5 次会暂停登录 30 分钟。",
        "inactive": "这个账号已停用。请联系本单位的管理员。",
    }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["username"].label = "账号"
        self.fields["password"].label = "密码"

class NewPassword(Form):
    """A new password, twice."""

    password = forms.CharField(
        label="新密码", widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="至少 10 个字符，不能全是数字，不要用常见的密码",
    )
    again = forms.CharField(label="再输一遍", widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.user = user

    def clean(self) -> dict[str, Any]:
        """The two agree, and the password is strong enough."""
        cleaned: dict[str, Any] = super().clean() or {}
        first, second = cleaned.get("password"), cleaned.get("again")
        if first and second and first != second:
            self.add_error("again", "两遍输入的不一样，请重输。")
        elif first:
            try:
                validate_password(first, self.user)
            except forms.ValidationError as weak:
                self.add_error("password", weak)
        return cleaned

class ChangePassword(NewPassword):
    """One's own password: the present one first."""

    present = forms.CharField(label="现在的密码", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))
    field_order = ["present", "password", "again"]

    def clean_present(self) -> str:
        """It must be right."""
        present: str = self.cleaned_data["present"]
        if not self.user.check_password(present):
            raise forms.ValidationError("现在的密码不对。")
        return present

class NewAccount(NewPassword):
    """An account with its first seat."""

    username = forms.CharField(label="账号", max_length=40, help_text="登录时用，字母、数字或姓名；不要用身份证号")
    display_name = forms.CharField(label="姓名", max_length=40)
    role = forms.ChoiceField(label="角色", choices=Role.choices)
    unit = forms.ModelChoiceField(label="在哪个单位", queryset=Unit.objects.none(), empty_label="请选择单位")
    field_order = ["username", "display_name", "role", "unit", "password", "again"]

    def __init__(self, *args: Any, units: QuerySet[Unit], **options: Any) -> None:
        super().__init__(*args, user=User(), **options)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def clean_username(self) -> str:
        """Not taken."""
        name: str = self.cleaned_data["username"].strip()
        if User.objects.filter(username__iexact=name).exists():
            raise forms.ValidationError("这个账号已经有人用了，请换一个。")
        return name

class NewSeat(Form):
    """One more seat of somebody."""

    role = forms.ChoiceField(label="角色", choices=Role.choices)
    unit = forms.ModelChoiceField(label="在哪个单位", queryset=Unit.objects.none(), empty_label="请选择单位")
    until = DayField(label="到哪一天为止", required=False, help_text="不填就是一直有效；填了，到这一天（含）为止")

    def __init__(self, *args: Any, units: QuerySet[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
