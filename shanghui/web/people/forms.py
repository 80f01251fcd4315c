"""Forms about a person. Numbers go in and are never shown again: the fields are empty even where one is registered."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.html import format_html

from shanghui.kernel.codes import id_birth, id_fault, id_gender
from shanghui.kernel.partial_dates import first_day, plus_months, surely_before
from shanghui.kernel.sealing import mask_id_number, mask_phone
from shanghui.ledger.people.models import AffiliationKind, Category, Person
from shanghui.web.kit.fields import Option, PickField, SinceField
from shanghui.web.kit.forms import Form, WrittenDayField

_LANDLINE = re.compile(r"(0\d{2,3}-?)?\d{7,8}(-\d{1,5})?")
_ID_FAULTS = {
    "id_length": "公民身份号码是 18 位：17 位数字加一位数字或 X。请对照证件核对。",
    "id_check_digit": "这个号码的校验位不对，多半有一位抄错了。请对照证件核对。",
}
OF_AGE = 18
_ORDER = (
    ("birth", "applied_on", "递交入党申请书时间早于出生年月，请核对。"), ("birth", "joined_on", "入党时间早于出生年月，请核对。"),
    ("birth", "confirmed_on", "转正时间早于出生年月，请核对。"), ("applied_on", "joined_on", "入党时间早于递交入党申请书时间，请核对。"),
    ("applied_on", "confirmed_on", "转正时间早于递交入党申请书时间，请核对。"), ("joined_on", "confirmed_on", "转正时间早于入党时间，请核对。"),
)
Known = Callable[[str], tuple[bool, str]]
"""Whether an identity number is registered for somebody else, and the address of that record where the visitor may see it."""


class PersonForm(Form):
    """What is written about a person. `known` looks up identity numbers; `person` is the one being changed."""

    name = forms.CharField(label="姓名", max_length=40)
    gender = forms.ChoiceField(label="性别", required=False, choices=[("男", "男"), ("女", "女")], widget=forms.RadioSelect)
    ethnicity = forms.CharField(label="民族", max_length=20, required=False)
    birth = WrittenDayField(label="出生年月", required=False, help_text="只知道年月就写年月，如 1985年4月")
    education = forms.CharField(label="学历", max_length=20, required=False)
    workplace = forms.CharField(label="工作单位", max_length=100, required=False)
    id_number = forms.CharField(
        label="公民身份号码", max_length=24, required=False, help_text="加密保存，只显示前六位和后四位",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    phone = forms.CharField(
        label="联系电话", max_length=24, required=False, help_text="手机，或带区号的固定电话；加密保存",
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
    )
    politics = forms.CharField(label="政治面貌", max_length=20, required=False, help_text="党员、积极分子等由人员类别得出，不用填")
    applied_on = WrittenDayField(label="递交入党申请书时间", required=False)
    joined_on = WrittenDayField(label="入党时间", required=False)
    confirmed_on = WrittenDayField(label="转正时间", required=False)
    remark = forms.CharField(label="备注", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    as_in_file = forms.BooleanField(label="档案就是这样记的，照档案登记", required=False)

    GROUPS: Sequence[tuple[str, Sequence[str]]] = (
        ("基本信息", ("name", "gender", "birth", "ethnicity", "education", "workplace", "politics")),
        ("号码", ("id_number", "phone", "as_in_file")),
        ("党员信息", ("applied_on", "joined_on", "confirmed_on")),
        ("", ("remark",)),
    )

    def __init__(self, *args: Any, today: date, known: Known, person: Person | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today, self.known, self.person = today, known, person
        self.differs = False
        if person is not None:
            for name, masked in (("id_number", mask_id_number(person.id_number)), ("phone", mask_phone(person.phone))):
                if masked:
                    self.fields[name].help_text = f"已登记 {masked}。要改就填新的完整号码，不填就不变"

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under their headings; the box about differing files only where something differs."""
        shown = [
            (title, [self[name] for name in names if name in self.fields and (name != "as_in_file" or self.differs)])
            for title, names in self.GROUPS
        ]
        return [(title, fields) for title, fields in shown if fields]

    def clean_id_number(self) -> str:
        """Eighteen characters with a right check digit, registered for nobody else."""
        number = _narrow(self.cleaned_data["id_number"]).upper()
        if len(number) == 15 and number.isdigit():
            raise forms.ValidationError("这是旧的 15 位号码，查重对不上。请按现在的身份证填 18 位。", code="id_old")
        fault = id_fault(number) if number else ""
        if fault:
            raise forms.ValidationError(_ID_FAULTS[fault], code=fault)
        elsewhere, address = self.known(number) if number else (False, "")
        if elsewhere and address:
            raise forms.ValidationError(format_html('这个公民身份号码<a href="{}">已经登记在这个人名下</a>，请在那里修改。', address))
        if elsewhere:
            raise forms.ValidationError("这个公民身份号码已经在别的单位登记过。请联系上级工商联办理。")
        return number

    def clean_phone(self) -> str:
        """A mobile number, or a landline with its area code."""
        number = _narrow(self.cleaned_data["phone"]).replace("(", "").replace(")", "-")
        bare = number.replace("-", "").removeprefix("+86")
        if len(bare) == 11 and bare.isdigit() and bare[0] == "1":
            return bare
        if number and not _LANDLINE.fullmatch(number):
            raise forms.ValidationError("电话应为 11 位手机号，或带区号的固定电话，如 0571-88886666。请核对。")
        return number

    def clean(self) -> dict[str, Any]:
        """What cannot be true together is refused; what is merely unusual is recorded."""
        cleaned: dict[str, Any] = super().clean() or {}
        self._agree_with_number(cleaned)
        for earlier, later, sentence in _ORDER:
            if later not in self.errors and cleaned.get(earlier) and cleaned.get(later) and surely_before(cleaned[later], cleaned[earlier]):
                self.add_error(later, sentence)
        for name in ("birth", "applied_on", "joined_on", "confirmed_on"):
            if cleaned.get(name) and first_day(cleaned[name]) > self.today:
                self.add_error(name, "这个日期还没有到，请核对。")
        self._of_age(cleaned)
        return cleaned

    def _of_age(self, cleaned: dict[str, Any]) -> None:
        """Whoever applies is eighteen (党章 第一条): refused where he surely was not."""
        born, applied = cleaned.get("birth"), cleaned.get("applied_on")
        if born and applied and not surely_before(applied, born) and surely_before(applied, plus_months(born, 12 * OF_AGE)):
            self.add_error("applied_on", f"递交入党申请书时未满{OF_AGE}岁，请核对出生年月和日期。")
        joined = cleaned.get("joined_on")
        if born and joined and not applied and not surely_before(joined, born) and surely_before(joined, plus_months(born, 12 * OF_AGE)):
            self._unless_in_file(cleaned, "joined_on", f"入党时未满{OF_AGE}岁。请核对出生年月和日期；档案就是这样记的，勾选“照档案登记”。")

    def _unless_in_file(self, cleaned: dict[str, Any], name: str, sentence: str) -> None:
        """Old files know of younger ones: refused unless the file says so."""
        if not cleaned.get("as_in_file"):
            self._differ(name, sentence)

    def _agree_with_number(self, cleaned: dict[str, Any]) -> None:
        typed = cleaned.get("id_number") or ""
        number = typed or (self.person.id_number if self.person is not None else "")
        born = id_birth(number) if len(number) == 18 else None
        self.differs = self.differs or bool(cleaned.get("as_in_file"))
        if born is None or cleaned.get("as_in_file"):
            return
        which = "号码里的" if typed else "已登记号码里的"
        if not cleaned.get("birth") and typed:
            cleaned["birth"] = f"{born:%Y-%m}"
        elif cleaned.get("birth") and not born.isoformat().startswith(cleaned["birth"]):
            self._differ("birth", f"和{which}出生日期不一致。请核对哪一个对；档案就是这样记的，勾选“照档案登记”。")
        if not cleaned.get("gender") and typed:
            cleaned["gender"] = id_gender(number)
        elif cleaned.get("gender") and cleaned["gender"] != id_gender(number):
            self._differ("gender", f"和{which}性别不一致。请核对哪一个对；档案就是这样记的，勾选“照档案登记”。")

    def _differ(self, name: str, sentence: str) -> None:
        self.differs = True
        self.add_error(name, sentence)

    def values(self) -> dict[str, Any]:
        """The columns to write; a number that was left empty stays as it is."""
        names = {field.name for field in Person._meta.concrete_fields}
        kept = {name: value for name, value in self.cleaned_data.items() if name in names}
        return {name: value for name, value in kept.items() if value or name not in ("id_number", "phone")}


class NewPersonForm(PersonForm):
    """A person with where he belongs and what he is, in one step."""

    organization = PickField(label="所在党组织", required=False)
    category = forms.ChoiceField(label="人员类别", required=False, choices=Category.choices, widget=forms.RadioSelect)
    since = SinceField(label="从什么时候起", required=False, help_text="成为这一类别、到这个党组织的时间；不知道就不填，按今天登记")

    GROUPS = (("所在党组织和类别", ("organization", "category", "since")), *PersonForm.GROUPS)

    def __init__(self, *args: Any, organizations: Callable[[], Sequence[Option]], **options: Any) -> None:
        super().__init__(*args, **options)
        organization = self.fields["organization"]
        assert isinstance(organization, PickField)
        organization.offer(organizations)


class CategoryForm(Form):
    """Another category from a day on."""

    category = forms.ChoiceField(label="从这一天起是", choices=Category.choices, widget=forms.RadioSelect)
    since = SinceField(label="从哪一天起", help_text="支部大会或党委批准的日期；只知道年月就写年月")
    contacts = forms.CharField(label="培养联系人", max_length=60, required=False, help_text="积极分子、发展对象填，两人之间用顿号")


class AffiliationForm(Form):
    """A party organization from a day on."""

    kind = forms.ChoiceField(label="在那里是", choices=AffiliationKind.choices, widget=forms.RadioSelect)
    organization = PickField(label="党组织")
    since = SinceField(label="从哪一天起")

    def __init__(self, *args: Any, organizations: Callable[[], Sequence[Option]], **options: Any) -> None:
        super().__init__(*args, **options)
        organization = self.fields["organization"]
        assert isinstance(organization, PickField)
        organization.offer(organizations)


class AccountForm(Form):
    """The account of a person; nothing chosen takes it away."""

    user = PickField(label="账号", required=False, help_text="本人用这个账号登录后，只看到自己的记录；清空就是取消对应")

    def __init__(self, *args: Any, users: Callable[[], Sequence[Option]], **options: Any) -> None:
        super().__init__(*args, **options)
        user = self.fields["user"]
        assert isinstance(user, PickField)
        user.offer(users)


def _narrow(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
