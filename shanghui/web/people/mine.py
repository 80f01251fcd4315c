"""What a person does on his own page: reads the notice, takes his data away, asks that something be put right (PIPL 44–50)."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.access.audit import note
from shanghui.ledger.activities.queries import attendances_of
from shanghui.ledger.people.models import NoticeRead, Person
from shanghui.ledger.people.operations import ask_correction, note_notice_read
from shanghui.ledger.people.privacy import FIELDS
from shanghui.ledger.people.records import record_of
from shanghui.web.kit.answers import answer_form
from shanghui.web.kit.forms import Form
from shanghui.web.kit.listing import attachment, workbook
from shanghui.web.kit.visits import Visit, page, show
from shanghui.web.people import notice
from shanghui.web.people.own import MOST, OWN_COLUMNS, Line, own_lines

TITLE = "我的信息"


def own(visit: Visit) -> Person | None:
    """The record of the visitor himself."""
    return Person.objects.filter(user=visit.user).select_related("kept_by", "user").first()


class CorrectionForm(Form):
    """Which thing, and what it should be."""

    field = forms.ChoiceField(label="哪一项")
    wish = forms.CharField(
        label="应当是什么", max_length=200, widget=forms.Textarea(attrs={"rows": 3}), help_text="要删除的写“删除”；不要在这里写完整的证件号和电话",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [*(one.title for one in FIELDS.values() if one.columns), "其他"]
        field = self.fields["field"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "请选"), *((one, one) for one in choices)]


@page(Act.SIGNED_IN)
def me_correction(request: HttpRequest, visit: Visit) -> HttpResponse:
    """A request to whoever keeps the record; it stands on his to-do until it is answered."""
    row = own(visit)
    if row is None:
        return redirect("me")
    form = CorrectionForm(request.POST or None)

    def do(cleaned: dict[str, Any]) -> str:
        ask_correction(person=row, field=cleaned["field"], wish=cleaned["wish"], by=visit.user, at=visit.now)
        return f"{reverse('me')}#corrections"

    return answer_form(
        request, visit, form, do=do, heading="请求更正", back=reverse("me"), verb="提交", done="已提交，答复会显示在您的页面上。",
        crumbs=((TITLE, reverse("me")), ("请求更正", "")), notes=[f"由{row.kept_by.name}答复。信息有误、不全、不该保存的，都可以提。"],
    )


@page(Act.SIGNED_IN)
def me_notice(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The notice about one's data in its present version; read once, noted once. Nothing depends on it."""
    row = own(visit)
    if request.method == "POST" and row is not None:
        note_notice_read(person=row, version=notice.VERSION, by=visit.user, at=visit.now)
        return redirect("me")
    read = NoticeRead.objects.filter(person=row, version=notice.VERSION).first() if row is not None else None
    context = {"parts": notice.PARTS, "version": notice.VERSION, "read": read, "row": row}
    return show(request, "people/notice.html", visit, context)


@page(Act.SIGNED_IN, methods=("GET",))
def me_export(request: HttpRequest, visit: Visit, file_kind: str) -> HttpResponse:
    """Everything kept about oneself as JSON, Excel or CSV (GB18030, as Excel and WPS open it); noted."""
    if file_kind not in ("json", "xlsx", "csv"):
        raise Http404
    row = own(visit)
    if row is None:
        return redirect("me")
    lines = list(own_lines(record_of(row), attendances_of(row.pk, visit.today)[:MOST], visit.today))
    if file_kind == "xlsx":
        return workbook(visit, TITLE, OWN_COLUMNS, lines, row)
    note(by=visit.user, at=visit.now, verb="导出", subject=row, unit=row.kept_by, title=TITLE, reason=f"{len(lines)}行")
    content, kind = (_as_json(lines), "application/json") if file_kind == "json" else (_as_csv(lines), "text/csv; charset=gb18030")
    return attachment(content, f"{TITLE}{visit.today}.{file_kind}", kind)


def _as_json(lines: list[Line]) -> bytes:
    return json.dumps([{column.title: column.value(line) for column in OWN_COLUMNS} for line in lines], ensure_ascii=False, indent=1).encode()


def _as_csv(lines: list[Line]) -> bytes:
    """A cell that a spreadsheet would take for a formula gets an apostrophe in front."""
    written = io.StringIO()
    sheet = csv.writer(written)
    sheet.writerow([column.title for column in OWN_COLUMNS])
    for line in lines:
        cells = [str(column.value(line) or "") for column in OWN_COLUMNS]
        sheet.writerow([f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t") else cell for cell in cells])
    return written.getvalue().encode("gb18030")
