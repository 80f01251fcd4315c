"""The upload."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from shanghui.access.models import Unit
from shanghui.web.kit.forms import DayField, Form

MEGABYTE = 1024 * 1024
MOST_FILES = 20
MOST_TOGETHER = 150 * MEGABYTE


class SeveralFiles(forms.ClearableFileInput):
    """An input that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or several workbooks, each within the limit."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """The files; says which is too large, and what to do."""
        listed = [file for file in (data if isinstance(data, list | tuple) else [data]) if file]
        if not listed:
            raise forms.ValidationError("请先选择要导入的文件。", code="required")
        if len(listed) > MOST_FILES:
            raise forms.ValidationError(f"一次最多上传 {MOST_FILES} 个文件，这里有 {len(listed)} 个。请分几次上传。")
        faults = [_fault(file) for file in listed]
        if sum(file.size or 0 for file in listed) > MOST_TOGETHER:
            faults.append(f"这些文件合起来超过 {MOST_TOGETHER // MEGABYTE} MB。请分几次上传。")
        if any(faults):
            raise forms.ValidationError([fault for fault in faults if fault])
        return listed


def _fault(file: UploadedFile[Any]) -> str:
    size, largest = file.size or 0, settings.UPLOAD_LARGEST
    if size > largest:
        words = f"“{file.name}”有 {-(-size // MEGABYTE)} MB，超过 {largest // MEGABYTE} MB。"
        return words + "请在 Excel 里删去图片和多余的工作表，或分成几个文件，再上传。"
    return "" if size else f"“{file.name}”是空文件。请重新导出后再上传。"


class UploadForm(Form):
    """Files, where to, and the day they stand at."""

    workbooks = FilesField(label="文件", widget=SeveralFiles(attrs={"accept": ".xlsx,.xlsm,.xls,.xlsb,.et,.ods,.csv,.txt"}))
    under = forms.ModelChoiceField(label="导入到", queryset=Unit.objects.none(), empty_label=None)
    as_at = DayField(label="数据截止日期", required=False, help_text="表里写了截止日期的不用填；没写也不填，就按今天")

    def __init__(self, *args: Any, units: QuerySet[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["under"].queryset = units  # type: ignore[attr-defined]
        self.only_unit = units[0] if len(units[:2]) == 1 else None
        if self.only_unit is not None:
            self.fields["under"].widget = forms.HiddenInput()
            self.initial.setdefault("under", self.only_unit.pk)
