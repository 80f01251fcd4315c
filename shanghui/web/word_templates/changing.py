"""Templates uploaded, put in force, ended."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.access.models import Unit
from shanghui.kernel.refusals import Refused
from shanghui.kernel.word_templates.opening import LARGEST
from shanghui.reports.word_templates.documents import Document
from shanghui.reports.word_templates.models import WordTemplate
from shanghui.reports.word_templates.operations import Faulty, end_template, start_template, title_of, upload_template
from shanghui.web.kit.answers import Crumbs, answer_form
from shanghui.web.kit.forms import DayField, Form
from shanghui.web.kit.visits import Visit, found, page
from shanghui.web.word_templates.views import document_with, owners


class UploadForm(Form):
    """A template for a unit and everything below it."""

    file = forms.FileField(label="模板文件", help_text=f"Word（.docx），{LARGEST // 1024 // 1024} MB 以内，不带宏；不得上传涉密内容")
    unit = forms.ModelChoiceField(label="哪个单位用", queryset=Unit.objects.none(), empty_label=None, help_text="所属的下级单位没有自己的模板时，也用这一份")
    note = forms.CharField(label="说明", required=False, max_length=200, help_text="改了什么，按哪份通知")

    def __init__(self, *args: Any, units: QuerySet[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        unit = self.fields["unit"]
        assert isinstance(unit, forms.ModelChoiceField)
        unit.queryset, unit.initial = units, units.first()
        unit.error_messages["invalid_choice"] = "请从列出的单位里选。"
        self.fields["file"].error_messages["empty"] = "这是空文件。请重新保存后再上传。"

    def clean_file(self) -> Any:
        """Not so large that it is not even read."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(f"模板最大 {LARGEST // 1024 // 1024} MB。请压缩里面的图片再上传。")
        return file


class SinceForm(Form):
    """From which day."""

    since = DayField(label="从哪一天起用", help_text="这一天起的文件用这一版；以前已经冻结的报告不变")


class EndForm(Form):
    """From which day no more."""

    on = DayField(label="从哪一天起不用")


@page(Act.TEMPLATES_CHANGE)
def template_upload(request: HttpRequest, visit: Visit, document: str) -> HttpResponse:
    """A new version; what is wrong with it is said place by place, and nothing is kept then."""
    one = document_with(document)
    sent = request.method == "POST"
    form = UploadForm(request.POST if sent else None, request.FILES if sent else None, units=owners(visit))

    def do(cleaned: dict[str, Any]) -> str:
        file = cleaned["file"]
        try:
            made = upload_template(
                document=one, unit=cleaned["unit"], name=str(file.name), content=file.read(), note=cleaned["note"], by=visit.user, at=visit.now
            )
        except Faulty as faulty:
            *others, last = faulty.problems
            for problem in others:
                form.add_error(None, str(problem))
            raise Refused(str(last)) from faulty
        return _address(made)

    return answer_form(
        request, visit, form, do=do, heading="上传模板", back=_of(one), verb="上传并检查", crumbs=_crumbs(one, "上传模板"), lead=_named(one),
        done="检查通过，已保存，还没有启用。请先试填看看，再启用。",
        notes=["从系统自带的模板改起最省事：字体、页边距、版头照您的样子改，{{ }} 里的字段不动。", "上传以后先检查、试填，启用以前不影响任何文件。"],
    )


@page(Act.TEMPLATES_CHANGE)
def template_start(request: HttpRequest, visit: Visit, template: int) -> HttpResponse:
    """A version holds from a day on."""
    row = _row(visit, template)
    form = SinceForm(request.POST or None, initial={"since": visit.today})

    def do(cleaned: dict[str, Any]) -> str:
        start_template(template=row, since=cleaned["since"], by=visit.user, at=visit.now)
        return _address(row)

    return answer_form(
        request, visit, form, do=do, heading="启用这一版", back=_address(row), verb="启用", done="已启用。", lead=title_of(row),
        crumbs=_of_version(row, "启用"),
        notes=[f"{row.unit.name}和没有自己模板的下级单位，从这一天起下载的 Word 用这一版；原来在用的那一版到前一天为止。"],
    )


@page(Act.TEMPLATES_CHANGE)
def template_end(request: HttpRequest, visit: Visit, template: int) -> HttpResponse:
    """A version holds no more: back to the one above, or to the platform's."""
    row = _row(visit, template)
    form = EndForm(request.POST or None, initial={"on": visit.today})

    def do(cleaned: dict[str, Any]) -> str:
        end_template(template=row, on=cleaned["on"], by=visit.user, at=visit.now)
        return _address(row)

    return answer_form(
        request, visit, form, do=do, heading="停用这一版", back=_address(row), verb="停用", done="已停用。", lead=title_of(row),
        crumbs=_of_version(row, "停用"),
        notes=["停用以后，用上级单位的模板；上级也没有的，用系统自带的。", "这一版留着，随时可以再启用；已经冻结的报告仍用它。"],
    )


def _row(visit: Visit, pk: int) -> WordTemplate:
    return found(WordTemplate.objects.within(visit.scope_today()).select_related("unit"), pk)


def _address(row: WordTemplate) -> str:
    return reverse("template", kwargs={"template": row.pk})


def _of(document: Document) -> str:
    return reverse("template-document", kwargs={"document": document.code})


def _named(document: Document) -> str:
    return document.title if document.report else f"{document.group}：{document.title}"


def _crumbs(document: Document, last: str) -> Crumbs:
    return [("Word 模板", reverse("templates")), (document.title, _of(document)), (last, "")]


def _of_version(row: WordTemplate, last: str) -> Crumbs:
    return [*_crumbs(document_with(row.document), "")[:2], (f"第{row.version}版", _address(row)), (last, "")]
