"""What is asked when figures go up or come in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet

from shanghui.access.models import Unit
from shanghui.exchange.packages.container import LARGEST
from shanghui.exchange.packages.models import Correspondent, Rows
from shanghui.web.kit.forms import DayField, Form


class SubmissionForm(Form):
    """Of which unit, as at which day, to whom, with which rows."""

    unit = forms.ModelChoiceField(label="上报单位", queryset=Unit.objects.none(), empty_label=None)
    receiver = forms.ModelChoiceField(label="报给", queryset=Correspondent.objects.none(), empty_label=None)
    as_at = DayField(label="数据截至")
    rows = forms.ChoiceField(label="内容", choices=Rows.choices, widget=forms.RadioSelect, initial=Rows.NONE)
    reason = forms.CharField(label="报送完整名单的理由和依据", required=False, max_length=300, help_text="只有选“姓名完整”时要写；身份证号、电话任何时候都不报")
    encrypted = forms.BooleanField(label="加密，只有收件单位打得开", required=False, initial=True)

    def __init__(self, *args: Any, units: QuerySet[Unit], receivers: QuerySet[Correspondent], today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["as_at"].initial = today.replace(day=1) - timedelta(days=1)
        unit, receiver = self.fields["unit"], self.fields["receiver"]
        assert isinstance(unit, forms.ModelChoiceField)
        assert isinstance(receiver, forms.ModelChoiceField)
        unit.queryset, receiver.queryset = units, receivers
        unit.initial, receiver.initial = units.first(), receivers.first()

    def clean(self) -> dict[str, Any]:
        """Full rows need their reason."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("rows") == Rows.FULL and not (cleaned.get("reason") or "").strip():
            self.add_error("reason", "报送完整名单，请写明理由和依据。")
        return cleaned


class FileForm(Form):
    """One file of a package, a receipt or a card."""

    file = forms.FileField(label="文件", help_text="对方发来的文件，不要解压，不要改名以外的任何东西")

    def clean_file(self) -> bytes:
        """Its bytes; one too large is refused."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(f"文件有 {file.size // 1024 // 1024} MB，超过 {LARGEST // 1024 // 1024} MB。请对方分单位上报。")
        return bytes(file.read())


class CardForm(FileForm):
    """A card, and what its owner is to us."""

    side = forms.ChoiceField(
        label="它是", choices=[("lower", "向我们上报的下级"), ("upper", "我们要报送的上级")], widget=forms.RadioSelect, initial="lower"
    )
    unit = forms.ModelChoiceField(label="下级代表本平台的哪个单位", queryset=Unit.objects.none(), required=False, empty_label="（上级不用选）")

    def __init__(self, *args: Any, units: QuerySet[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        unit = self.fields["unit"]
        assert isinstance(unit, forms.ModelChoiceField)
        unit.queryset = units

    def clean(self) -> dict[str, Any]:
        """A lower one stands for a unit."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("side") == "lower" and not cleaned.get("unit"):
            self.add_error("unit", "请选它代表哪个单位上报。")
        return cleaned


class ReturnForm(Form):
    """Why a package is returned."""

    reason = forms.CharField(
        label="退回原因", max_length=300, widget=forms.Textarea(attrs={"rows": 2}), help_text="写明哪里要改，对方登记回执时看得到"
    )
