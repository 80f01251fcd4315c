"""Forms about transfers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from django import forms

from shanghui.access.models import Unit, UnitKind
from shanghui.ledger.organizations.models import PartyOrganization
from shanghui.ledger.people.models import Category
from shanghui.web.kit.fields import Option, PickField
from shanghui.web.kit.forms import DayField, Form, ReasonForm, WrittenDayField

_MONTH = re.compile(r"\d{4}-\d{2}")


class DestinationField(PickField):
    """A party organization of the platform: one offered by name, or any other by its whole name. Nothing else is told of others."""

    def meant(self, typed: str) -> Any:
        """The key of the organization."""
        try:
            return super().meant(typed)
        except forms.ValidationError as unknown:
            if unknown.code != "unknown":
                raise
        named = list(Unit.objects.filter(kind=UnitKind.ORGANIZATION, name=typed).order_by("pk").values_list("pk", flat=True)[:20])
        being = [unit for unit in named if Unit.objects.filter(pk=unit, organization__periods__valid_to=None).exists()] or named
        if len(being) == 1:
            return being[0]
        if being:
            raise forms.ValidationError(f"平台里有 {len(being)} 个党组织都叫“{typed}”，分不清是哪一个。请由上级党组织发起。", code="ambiguous")
        raise forms.ValidationError(f"平台里没有叫“{typed}”的党组织。请核对全称；在平台外的，请开介绍信。", code="unknown")


class TodayForm(Form):
    """A form whose days cannot lie ahead."""

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        self.today = today
        super().__init__(*args, **options)

    def clean(self) -> dict[str, Any]:
        """A day that has not come yet is refused."""
        cleaned: dict[str, Any] = super().clean() or {}
        for name, value in list(cleaned.items()):
            if isinstance(value, date) and value > self.today:
                self.add_error(name, "这一天还没有到。请等办了以后再登记。")
        return cleaned

    def clean_dues_until(self) -> str:
        """A month."""
        written: str = self.cleaned_data["dues_until"]
        if written and not _MONTH.fullmatch(written):
            raise forms.ValidationError("写到月就可以，如 2022年6月。")
        return written


def _dues() -> WrittenDayField:
    return WrittenDayField(label="党费交至", required=False, help_text="交到哪个月，如 2022年6月；写在介绍信上")


def _reason() -> forms.CharField:
    return forms.CharField(label="接转原因", max_length=100, required=False, help_text="如工作变动、居住地变动")


def _explanation(hint: str) -> forms.CharField:
    return forms.CharField(label="过期的原因", max_length=300, required=False, help_text=hint, widget=forms.Textarea(attrs={"rows": 2}))


class SendForm(TodayForm):
    """Where a relation goes inside the platform. `choices`: people to tick, where there are several."""

    target = DestinationField(label="转到哪个党组织", help_text="写名称的一部分，从列表里选；不在列表里的写全称")
    sent_on = DayField(label="转出日期", help_text="对方接收以前，人仍在原党组织，由原党组织负责")
    reason = _reason()
    dues_until = _dues()

    def __init__(
        self, *args: Any, destinations: Callable[[], Iterable[Option]], choices: Sequence[tuple[str, str]] | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        target = self.fields["target"]
        assert isinstance(target, PickField)
        target.offer(destinations)
        if choices is not None:
            self.fields["people"] = forms.MultipleChoiceField(
                label="哪些人", choices=choices, widget=forms.CheckboxSelectMultiple,
                error_messages={"required": "请选要转出的人。", "invalid_choice": "选的人里有人已经不能转出，请重新选。"},
            )
            self.order_fields(("people",))

    def organization(self) -> PartyOrganization:
        """The one chosen."""
        return PartyOrganization.objects.select_related("unit").get(pk=self.cleaned_data["target"])


class ReceiveForm(TodayForm):
    """From which day; `many`: how many were sent together."""

    on = DayField(label="从哪一天起在这里", help_text="接收的日期；补登的写实际接收那天")
    together = forms.BooleanField(required=False)

    def __init__(self, *args: Any, many: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["together"].label = f"同一批的 {many} 人一起接收"
        if many < 2:
            del self.fields["together"]


class LetterForm(TodayForm):
    """A letter of introduction to an organization outside. `issuers`: (key, name) of the committees that may write it."""

    counterpart = forms.CharField(label="转往哪个党组织", max_length=100, help_text="信上的全称，如“滨海市某区委组织部”“某公司党支部”")
    issuer = forms.ChoiceField(label="由哪个党委开", required=False)
    issued_by = forms.CharField(
        label="或者由别的单位开", max_length=100, required=False, help_text="党委没有审批预备党员权限的，由县级以上组织部门开，写在这里"
    )
    number = forms.CharField(label="编号", max_length=20, help_text="同一单位同一年内不能重复")
    sent_on = DayField(label="开信日期")
    valid_days = forms.IntegerField(label="有效期（天）", min_value=1, error_messages={"invalid": "有效期写天数，如 30。", "min_value": "有效期至少 1 天。"})
    reason = _reason()
    dues_until = _dues()

    def __init__(self, *args: Any, issuers: Sequence[tuple[int, str]], longest: int, **options: Any) -> None:
        super().__init__(*args, **options)
        issuer, days = self.fields["issuer"], self.fields["valid_days"]
        assert isinstance(issuer, forms.ChoiceField)
        issuer.choices = [*((str(pk), name) for pk, name in issuers), ("", "不是这些党委")]
        days.help_text = f"照信上写的，最长 {longest} 天；当日不算，到期那天还有效"

    def clean(self) -> dict[str, Any]:
        """One office writes a letter."""
        cleaned = super().clean()
        if cleaned.get("issuer") and cleaned.get("issued_by"):
            self.add_error("issued_by", "上面已经选了党委。由别的单位开的，上面请选“不是这些党委”。")
        return cleaned


class SlipForm(TodayForm):
    """What the return slip says."""

    accepted_on = DayField(label="对方接收日期", help_text="回执上写的日期；从这天起不再计入本支部")
    answered_on = DayField(label="收到回执的日期")
    explanation = _explanation("介绍信过期以后才接收的，必须写明")


class VoidForm(ReasonForm):
    """Why the letter is void."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].label = "情况说明"
        self.fields["reason"].help_text = "遗失、过期还是不用转了，经过怎样；说明以后才能重开"


class LetterInForm(TodayForm):
    """What the letter says that came in."""

    target = PickField(label="转入哪个党组织")
    counterpart = forms.CharField(label="从哪个党组织转来", max_length=100)
    issued_by = forms.CharField(label="开信单位", max_length=100, required=False, help_text="信上盖章的单位；不填就是上面那个党组织")
    number = forms.CharField(label="介绍信编号", max_length=20)
    issued_on = DayField(label="开信日期")
    valid_days = forms.IntegerField(
        label="有效期（天）", min_value=1, max_value=366, help_text="照信上写的",
        error_messages={"invalid": "有效期写天数，如 30。", "min_value": "有效期至少 1 天。", "max_value": "有效期不会超过一年，请核对。"},
    )
    dues_until = _dues()

    def __init__(self, *args: Any, organizations: Callable[[], Iterable[Option]], person: forms.Field, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"] = person
        self.order_fields(("person",))
        target = self.fields["target"]
        assert isinstance(target, PickField)
        target.offer(organizations)


class AcceptForm(TodayForm):
    """What was checked, and from which day the person is here."""

    checked_on = DayField(label="核对日期", help_text="核对介绍信、身份和党员材料的日期")
    on = DayField(label="接收日期", help_text="从这天起计入本支部")
    category = forms.ChoiceField(
        label="信上写的是", choices=[(Category.FULL.value, Category.FULL.label), (Category.PROBATIONARY.value, Category.PROBATIONARY.label)],
        widget=forms.RadioSelect,
    )
    explanation = _explanation("介绍信已经过期还接收的，必须写明")
