"""Forms of what becomes of a member: what is asked depends on what it is."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from shanghui.ledger.people.models import MemberStanding, Purpose, StandingKind, Way
from shanghui.ledger.people.standings import APPROVED, DECIDED
from shanghui.web.kit.fields import Since, SinceField
from shanghui.web.kit.forms import DayField, Form

_SINCE = {
    StandingKind.FLOATING: ("从什么时候起外出", "离开的日期；只知道年月就写年月"),
    StandingKind.LOST: ("最后一次联系上是哪一天", "从这一天起算失去联系；只知道年月就写年月"),
    StandingKind.ABROAD: ("从什么时候起出国（境）", "离开的日期；只知道年月就写年月"),
    StandingKind.CORRECTING: ("从哪一天起改正", "决定生效的日期"),
    StandingKind.DIED: ("去世日期", "只知道年月就写年月"),
}
_ONLY_OF: dict[str, tuple[StandingKind, ...]] = {
    "place": (StandingKind.FLOATING, StandingKind.ABROAD), "fixed": (StandingKind.FLOATING,), "host": (StandingKind.FLOATING,),
    "reason": (StandingKind.FLOATING,), "purpose": (StandingKind.ABROAD,), "due_by": (StandingKind.CORRECTING,),
    "decided_by": DECIDED, "decided_on": DECIDED, "approved_by": APPROVED, "approval_number": APPROVED,
}


class StandingForm(Form):
    """What is asked of one kind; another kind, other fields."""

    since = SinceField(label="从哪一天起", help_text="批准的日期；从这一天起不再计入党员数")
    place = forms.CharField(label="去向", max_length=60, required=False, help_text="到市或国家就够了，不写详细地址")
    fixed = forms.ChoiceField(
        label="外出地点是否相对固定", required=False, choices=[("1", "固定"), ("0", "不固定")], widget=forms.RadioSelect,
        help_text="在固定地点6个月以上的，应当转移组织关系",
    )
    host = forms.CharField(label="流入地党组织", max_length=60, required=False, help_text="在那里参加组织生活的，写党组织名称")
    reason = forms.CharField(label="外出原因", max_length=200, required=False, help_text="如 外出务工、异地经营")
    purpose = forms.ChoiceField(label="事由", choices=Purpose.choices, widget=forms.RadioSelect)
    due_by = DayField(label="改正期限", help_text="最长1年")
    decided_by = forms.CharField(label="由谁决定", max_length=60, help_text="如 支部党员大会")
    decided_on = DayField(label="决定日期")
    approved_by = forms.CharField(label="批准（备案）单位", max_length=60, help_text="还没有批下来的，批了再登记")
    approval_number = forms.CharField(label="批准文号", max_length=60, required=False, help_text="决定和批复的原件存党员档案，这里只记文号")

    def __init__(self, *args: Any, kind: StandingKind, today: date, with_since: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        self.kind, self.today = kind, today
        for name, kinds in _ONLY_OF.items():
            if kind not in kinds:
                del self.fields[name]
        if not with_since:
            del self.fields["since"]
        elif kind in _SINCE:
            self.fields["since"].label, self.fields["since"].help_text = _SINCE[kind]

    def clean_decided_on(self) -> date:
        """A decision was made by today."""
        decided: date = self.cleaned_data["decided_on"]
        if decided > self.today:
            raise forms.ValidationError("决定日期还没有到，请核对。")
        return decided

    def values(self) -> dict[str, Any]:
        """The columns to write."""
        found = {name: value for name, value in self.cleaned_data.items() if name != "since"}
        if "fixed" in found:
            found["fixed"] = {"1": True, "0": False}.get(found["fixed"])
        since: Since | None = self.cleaned_data.get("since")
        return found | ({"since": since.day, "precision": since.precision} if since is not None else {})

    @staticmethod
    def written(row: MemberStanding) -> dict[str, Any]:
        """What stands there, for the form that puts it right."""
        return {name: getattr(row, name) for name in _ONLY_OF} | {"fixed": {True: "1", False: "0", None: ""}[row.fixed]}


class EndStandingForm(Form):
    """When and how something ended."""

    last_day = DayField(label="最后一天", help_text="含当日；从第二天起不再是这个状态")
    how = forms.CharField(label="怎样结束", max_length=100, help_text="如 已返回、组织关系已转出、已取得联系、已改正")


class RestoreForm(Form):
    """The decision that restores a membership."""

    since = DayField(label="从哪一天起恢复", help_text="批准的日期；从这一天起重新计入党员数")
    decided_by = forms.CharField(label="由谁决定", max_length=60, help_text="如 支部党员大会")
    approved_by = forms.CharField(label="批准单位", max_length=60)
    number = forms.CharField(label="批准文号", max_length=60, required=False)


class ContactForm(Form):
    """A day of contact; of a search its way and whether it reached him too."""

    held_on = DayField(label="哪一天")
    way = forms.ChoiceField(label="方式", choices=Way.choices, widget=forms.RadioSelect, required=False)
    reached = forms.ChoiceField(label="联系上了吗", choices=[("0", "没有"), ("1", "联系上了")], widget=forms.RadioSelect, initial="0")

    def __init__(self, *args: Any, searching: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not searching:
            del self.fields["reached"]
        self.fields["way"].required = searching
