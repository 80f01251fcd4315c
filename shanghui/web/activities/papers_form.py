"""The upload on the page of an activity."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from shanghui.kernel.attachments import LARGEST, TYPES, WORDS, too_large
from shanghui.web.kit.forms import Form

AT_ONCE = 10
HINT = f"{WORDS}，每个 {LARGEST // 1024 // 1024} MB 以内"


class SeveralFiles(forms.ClearableFileInput):
    """An input that takes several files."""

    allow_multiple_selected = True


class PapersField(forms.FileField):
    """One or several papers, each within the limit; what they are is looked into when they are kept."""

    widget = SeveralFiles(attrs={"accept": ",".join(f".{one}" for one in TYPES)})

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """The files; says which is too large."""
        listed = [file for file in (data if isinstance(data, list | tuple) else [data]) if file is not None and file != ""]
        if not listed:
            raise forms.ValidationError("请先选文件。", code="required")
        if len(listed) > AT_ONCE:
            raise forms.ValidationError(f"一次最多上传 {AT_ONCE} 个，这里有 {len(listed)} 个。请分几次上传。")
        large = [too_large(str(one.name), one.size) for one in listed if (one.size or 0) > LARGEST]
        if large:
            raise forms.ValidationError(large)
        return listed


class PapersForm(Form):
    """The upload on the page of an activity."""

    papers = PapersField(label="附件")
    hint = HINT
