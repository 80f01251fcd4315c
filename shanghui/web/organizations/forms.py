"""Forms of party organizations."""

from __future__ import annotations

from typing import Any

from django import forms

from shanghui.kernel.partial_dates import first_day, last_day, plus_months
from shanghui.ledger.organizations.models import Form as Establishment
from shanghui.ledger.organizations.models import OrganizationKind
from shanghui.web.kit.fields import Option, PickField, PickManyField, SinceField
from shanghui.web.kit.forms import DatedForm, DayField, Form, ReasonForm, SureForm, WrittenDayField

_COUNT = {"invalid": "请填整数。", "min_value": "不能是负数。", "max_value": "这个数太大了，请核对。"}


class RegisterForm(Form):
    """A new party organization with the chambers it covers."""

    name = forms.CharField(label="党组织名称", max_length=100, help_text="与批复一致，如 云泽市印刷包装商会党支部")
    kind = forms.ChoiceField(label="类型", choices=OrganizationKind.choices, initial=OrganizationKind.BRANCH, widget=forms.RadioSelect)
    form = forms.ChoiceField(label="组建方式", choices=Establishment.choices, initial=Establishment.OWN, widget=forms.RadioSelect)
    covers = PickManyField(label="覆盖的商会", required=False, help_text="从列表里选；多于五家的，以后在党组织页上再加")
    since = SinceField(label="批准成立时间")
    approval_number = forms.CharField(label="批复文号", max_length=60, required=False, help_text="如 云商党〔2022〕8号")
    federation = PickField(label="登记在哪个工商联")
    parent = PickField(label="上级党组织（隶属）", required=False)
    committee_members = forms.IntegerField(label="委员数", required=False, min_value=0, max_value=99, error_messages=_COUNT)
    remark = forms.CharField(label="备注", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(
        self, *args: Any, federations: list[Option], parents: list[Option], chambers: list[Option], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        for name, offered in (("federation", federations), ("parent", parents), ("covers", chambers)):
            self.fields[name].offer(offered)  # type: ignore[attr-defined]
        if len(federations) == 1:
            self.fields["federation"].initial = federations[0].value


class WrittenForm(DatedForm):
    """What is written about a party organization; name, kind and number of committee members hold from a day."""

    dated = "名称、类型、委员数"
    name = forms.CharField(label="党组织名称", max_length=100)
    kind = forms.ChoiceField(label="类型", choices=OrganizationKind.choices, widget=forms.RadioSelect)
    approved_on = WrittenDayField(label="批准成立时间", required=False)
    approval_number = forms.CharField(label="批复文号", max_length=60, required=False)
    committee_members = forms.IntegerField(label="委员数", required=False, min_value=0, max_value=99, error_messages=_COUNT)
    remark = forms.CharField(label="备注", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    field_order = ("name", "kind", "committee_members", "how", "since")

    @property
    def values(self) -> dict[str, Any]:
        """What change_organization takes."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("how", "since")}


def written_about(organization: Any) -> dict[str, Any]:
    """The initial values of WrittenForm, of a row of `queries.organizations`."""
    return {
        "name": organization.unit.name, "kind": organization.kind, "approved_on": organization.approved_on,
        "approval_number": organization.approval_number, "committee_members": organization.committee_members,
        "remark": organization.remark,
    }


class FormForm(Form):
    """Another form of establishment from a day on."""

    form = forms.ChoiceField(label="新的组建方式", choices=Establishment.choices, widget=forms.RadioSelect)
    since = DayField(label="从哪一天起", help_text="这一天以前的数字不变")
    with_coverages = forms.BooleanField(label="它覆盖的商会也改按新的组建方式统计", required=False, initial=True)


class CoverForm(Form):
    """Another chamber that the organization covers."""

    chamber = PickField(label="商会")
    form = forms.ChoiceField(label="组建方式", choices=Establishment.choices, widget=forms.RadioSelect)
    since = SinceField(label="从何时起", help_text="批复日期；只知道年月就写年月，如 2016年11月")

    def __init__(self, *args: Any, chambers: list[Option], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["chamber"].offer(chambers)  # type: ignore[attr-defined]


class ParentForm(Form):
    """Another parent on the party line from a day on."""

    parent = PickField(label="新的上级党组织")
    since = DayField(label="从哪一天起", help_text="这一天以前仍算在原来的上级名下")

    def __init__(self, *args: Any, parents: list[Option], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["parent"].offer(parents)  # type: ignore[attr-defined]


class DissolveForm(SureForm, ReasonForm):
    """The last day of an organization, and why."""

    last_day = DayField(label="最后一天", help_text="含当日")

    field_order = ("last_day", "reason", "sure")


class TermForm(Form):
    """A term of office: from when, planned to end when."""

    since = SinceField(label="本届从何时起", help_text="选举或批复的日期；只知道年月就写年月")
    due = WrittenDayField(label="届满时间", required=False)

    def __init__(self, *args: Any, months: int | None, **options: Any) -> None:
        """`months`: how long a term lasts where that is laid down; the end must be written otherwise."""
        super().__init__(*args, **options)
        self.months = months
        if months is None:
            self.fields["due"].required = True
            self.fields["due"].help_text = "按章程规定的每届年限"
        else:
            self.fields["due"].help_text = f"不填就按每届 {months // 12} 年计算"

    def clean(self) -> dict[str, Any]:
        """The end follows from the beginning where it is laid down, and lies after it."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        since = cleaned.get("since")
        if since and not cleaned.get("due") and self.months is not None and "due" not in self.errors:
            cleaned["due"] = plus_months(since.written, self.months)
        if since and cleaned.get("due") and last_day(cleaned["due"]) <= first_day(since.written):
            self.add_error("due", f"届满时间须在本届开始（{since.written}）之后。请核对。")
        return cleaned
