"""Forms of chambers."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from shanghui.kernel.code_tables import regions
from shanghui.ledger.organizations.archive import ChamberArchive
from shanghui.ledger.organizations.models import Chamber, ChamberKind, CharterItem, Rank, Status
from shanghui.ledger.organizations.models import Form as Establishment
from shanghui.web.codes.fields import IndustryField, RegionField
from shanghui.web.kit.fields import CreditCodeField, Option, PickField, SinceField, since_of
from shanghui.web.kit.forms import DatedForm, DayField, Form, SureForm, WrittenDayField

EAST, NORTH = (73, 136), (3, 54)
"""Where China lies, in degrees: so that it can be told which of two numbers is which."""


class PlaceField(forms.CharField):
    """The chamber's office on the map, as map programs give it: «120.5851, 31.2990», in either order. Cleaned to (longitude,
    latitude), or None. Used to see which chambers are near one another (M07)."""

    def prepare_value(self, value: Any) -> Any:
        """The two numbers as text."""
        return f"{value[0]}, {value[1]}" if isinstance(value, tuple) else value

    def clean(self, value: Any) -> Any:
        """The two numbers."""
        written = super().clean(value).strip()
        if not written:
            return None
        parts = [one for one in re.split(r"[,，\s]+", written) if one]
        try:
            first, second = (Decimal(one).quantize(Decimal("0.000001")) for one in parts)
        except (InvalidOperation, ValueError):
            first = second = Decimal("NaN")
        if not (first.is_finite() and second.is_finite()):
            raise ValidationError("请写两个数，如 120.5851, 31.2990。", code="numbers")
        if not EAST[0] <= first <= EAST[1]:
            first, second = second, first
        if not (EAST[0] <= first <= EAST[1] and NORTH[0] <= second <= NORTH[1]):
            raise ValidationError("这个位置不在国内：经度在 73 到 136 之间，纬度在 3 到 54 之间。请核对。", code="abroad")
        return first, second


class WrittenForm(Form):
    """What is written about a chamber."""

    name = forms.CharField(label="商会名称", max_length=100, help_text="与登记证一致")
    kind = forms.ChoiceField(label="商会类别", choices=ChamberKind.choices, widget=forms.Select)
    origin = forms.CharField(label="来源地", max_length=40, required=False, help_text="异地商会填，如 安徽省")
    credit_code = CreditCodeField()
    founded_on = WrittenDayField(label="成立时间", required=False)
    region = RegionField()
    industry = IndustryField()
    supervisor = forms.CharField(label="业务主管单位", max_length=60, required=False)
    address = forms.CharField(label="地址", max_length=120, required=False)
    place = PlaceField(label="办公地点坐标", required=False, max_length=40, help_text="经度, 纬度；可从地图软件复制，用来看哪几家商会相近")
    remark = forms.CharField(label="备注", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    @property
    def values(self) -> dict[str, Any]:
        """The columns of Chamber."""
        cleaned = self.cleaned_data
        region = cleaned["region"] or ""
        known = regions().get(region)
        plain = {key: cleaned[key] for key in ("kind", "origin", "credit_code", "founded_on", "supervisor", "address", "remark")}
        longitude, latitude = cleaned["place"] or (None, None)
        return plain | {
            "longitude": longitude, "latitude": latitude, "industry_code": cleaned["industry"] or "",
            "region_code": region if known else "", "region_name": known or region,
        }


class ChangeForm(DatedForm, WrittenForm):
    """What is written about a chamber that is known; its name holds from a day."""

    dated = "名称"
    field_order = ("name", "how", "since")


def written_about(chamber: Chamber) -> dict[str, Any]:
    """The initial values of WrittenForm."""
    return {
        "name": chamber.unit.name, "kind": chamber.kind, "origin": chamber.origin, "credit_code": chamber.credit_code,
        "founded_on": chamber.founded_on, "region": chamber.region_code or chamber.region_name,
        "industry": chamber.industry_code, "supervisor": chamber.supervisor, "address": chamber.address,
        "remark": chamber.remark,
        "place": (chamber.longitude, chamber.latitude) if chamber.longitude is not None and chamber.latitude is not None else "",
    }


class RegisterForm(WrittenForm):
    """A new chamber: also whose it is, and its state. A chamber of the same name elsewhere has to be ruled out."""

    federation = PickField(label="所属工商联")
    status = forms.ChoiceField(label="状态", choices=Status.choices, initial=Status.NORMAL, widget=forms.RadioSelect)
    since = SinceField(label="这个状态从何时起", required=False, help_text="不填就从成立时间算起")
    is_another = forms.BooleanField(label="确是另一家同名的商会", required=False)

    field_order = ("name", "federation", "kind", "status", "founded_on", "since")

    def __init__(self, *args: Any, federations: list[Option], known: dict[str, str], **options: Any) -> None:
        """`known`: {name: federation} of the chambers one can see."""
        super().__init__(*args, **options)
        self.fields["federation"].offer(federations)  # type: ignore[attr-defined]
        if len(federations) == 1:
            self.fields["federation"].initial = federations[0].value
        self.known = known
        if not self.is_bound or self._twin() is None:
            del self.fields["is_another"]

    def _twin(self) -> str | None:
        return self.known.get(self.data.get("name", "").strip())

    def _chosen(self, cleaned: dict[str, Any]) -> str | None:
        """The federation chosen; a second chamber of one name below the same one is refused by the operation."""
        return next((one.words for one in self.fields["federation"].options if one.value == cleaned.get("federation")), None)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The state needs a day; a chamber stands in one place at a time."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("since") and "since" not in self.errors:
            if cleaned.get("founded_on"):
                cleaned["since"] = since_of(cleaned["founded_on"])
            elif "founded_on" not in self.errors:
                self.add_error("founded_on", "请填成立时间，或者写明这个状态从何时起。")
        twin = self._twin()
        if twin is not None and twin != self._chosen(cleaned) and not cleaned.get("is_another"):
            raise ValidationError(
                f"“{cleaned.get('name')}”已登记在“{twin}”下。一家商会同一时间只归一个工商联：搬了地方，请调整它的上级；"
                "确是另一家，请在表的末尾勾选。"
            )
        return cleaned


class StatusForm(SureForm):
    """Another state from a day on."""

    status = forms.ChoiceField(label="新的状态", choices=Status.choices, widget=forms.RadioSelect)
    since = DayField(label="从哪一天起", help_text="这一天以前的数字不变")

    field_order = ("status", "since", "sure")


class SizeForm(Form):
    """How many member enterprises."""

    enterprises = forms.IntegerField(
        label="会员企业数（家）", min_value=0, max_value=100_000,
        error_messages={"invalid": "请填整数。", "min_value": "不能是负数。", "max_value": "这个数太大了，请核对。"},
    )
    since = DayField(label="截至哪一天的数", help_text="从这一天起按这个数统计")


class CoverForm(Form):
    """A party organization covers the chamber."""

    organization = PickField(label="党组织")
    form = forms.ChoiceField(label="组建方式", choices=Establishment.choices, widget=forms.RadioSelect)
    since = SinceField(label="从何时起", help_text="批复日期；只知道年月就写年月，如 2016年11月")

    def __init__(self, *args: Any, organizations: list[Option], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["organization"].offer(organizations)  # type: ignore[attr-defined]


class CharterForm(Form):
    """Items of the charter with document and day."""

    items = forms.MultipleChoiceField(
        label="写进章程的内容", choices=(), widget=forms.CheckboxSelectMultiple, error_messages={"required": "请至少选一项。"}
    )
    since = SinceField(label="从何时起", help_text="会员代表大会通过的日期；只知道年月就写年月")
    document = forms.CharField(label="章程文件", max_length=120, required=False, help_text="文件名称或文号")

    def __init__(self, *args: Any, archive: ChamberArchive, **options: Any) -> None:
        super().__init__(*args, **options)
        written = {one.item for one in archive.charter}
        self.fields["items"].choices = [(i.value, i.label) for i in CharterItem if i not in written]  # type: ignore[attr-defined]


class JoinForm(Form):
    """An enterprise becomes a member of the chamber; one that is not yet in the ledger is registered with it."""

    name = forms.CharField(
        label="企业名称", max_length=100, help_text="已登记过的从列表里选；没有登记过的写全称，会一并登记；已经入会的，从那天起改级别",
        widget=forms.TextInput(attrs={"list": "enterprise-names", "autocomplete": "off"}),
    )
    credit_code = CreditCodeField()
    rank = forms.ChoiceField(label="会员级别", choices=Rank.choices, initial=Rank.MEMBER, widget=forms.RadioSelect)
    since = SinceField(label="从何时起", help_text="入会的时间；只知道年月就写年月，如 2016年11月")
