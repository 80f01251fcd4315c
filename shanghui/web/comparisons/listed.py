"""What was compared so far, and the upload: small files are compared at once, large ones in the background (M50)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.access.models import Unit
from shanghui.access.queries import federations
from shanghui.exchange.layouts.layout import Layout
from shanghui.exchange.layouts.producing import Known, layouts
from shanghui.exchange.recognition import SourceFile
from shanghui.exchange.reconciling.jobs import compare_later, compare_now
from shanghui.exchange.reconciling.models import Comparison, ComparisonState
from shanghui.exchange.reconciling.operations import start
from shanghui.exchange.reconciling.queries import comparisons
from shanghui.exchange.reconciling.subjects import subject_of
from shanghui.kernel.columns import Column
from shanghui.kernel.refusals import Refused
from shanghui.web.comparisons.seen import address, comparison_of
from shanghui.web.kit.answers import answer_form
from shanghui.web.kit.forms import DayField, Form
from shanghui.web.kit.listing import ListPage, answer_list
from shanghui.web.kit.routes import row_link
from shanghui.web.kit.visits import Visit, page, show

SMALL = 400_000
"""Bytes: about three thousand rows of a roster are compared within the request."""
MEGABYTE = 1024 * 1024
COLUMNS = (
    Column("title", "版式", lambda one: one.title, sort="title", width=34), Column("name", "文件", lambda one: one.name, sort="name", width=28),
    Column("unit", "单位", lambda one: one.unit.name, sort="unit__name", width=22), Column("as_at", "比对截至", lambda one: one.as_at, sort="as_at"),
    Column("state", "状态", lambda one: one.get_state_display(), sort="state", width=10),
    Column("same", "相同", lambda one: one.counts.get("same", ""), numeric=True),
    Column("made_by", "经办", lambda one: one.made_by or "系统管理命令", width=12),
    Column("made_at", "比对时间", lambda one: one.made_at, sort="made_at"),
)


@page(Act.IMPORT, methods=("GET",))
def comparisons_page(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The comparisons, the latest first."""
    return answer_list(request, visit, ListPage(
        title="比对", rows=comparisons(visit.scope_today()), columns=COLUMNS, unit="次", dated=False, small=("title", "state"),
        shown=[column.key for column in COLUMNS], link=row_link("comparison", "comparison"),
        lead="别的系统导出的表（如全国党员管理信息系统），放在台账旁边逐项比：只在对方、只在本平台、哪里不同；采用哪一边由您定，台账不会自己变。",
        actions=[(reverse("comparison-new"), "上传比对", "upload")], empty_title="还没有比对过",
        empty_text="从别的系统导出一张表，选它的版式，上传就能看出哪里不一样。", empty_action=(reverse("comparison-new"), "上传比对"),
    ))


class UploadForm(Form):
    """The file, how it is laid out, what it is laid beside."""

    file = forms.FileField(label="文件", widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xlsm,.xls,.xlsb,.et,.ods,.csv,.txt"}))
    layout = forms.ChoiceField(label="版式", help_text="文件按哪种报表的标题排列；标题不必一字不差，没有的列不比")
    under = forms.ModelChoiceField(label="单位", queryset=Unit.objects.none(), empty_label=None, help_text="和这个单位及其下级的台账比")
    day = DayField(label="截至哪一天", help_text="文件里的数据是哪一天的，就和台账哪一天的比")

    def __init__(self, *args: Any, units: QuerySet[Unit], known: Known, **options: Any) -> None:
        super().__init__(*args, **options)
        self.known = {code: one for code, one in known.items() if can_be_compared(one[0])}
        self.fields["under"].queryset = units  # type: ignore[attr-defined]
        self.fields["layout"].choices = [(code, one.title) for code, (one, _) in self.known.items()]  # type: ignore[attr-defined]

    def clean_file(self) -> SourceFile:
        """The file, within the limit."""
        file = self.cleaned_data["file"]
        if file.size > settings.UPLOAD_LARGEST:
            raise forms.ValidationError(f"文件超过 {settings.UPLOAD_LARGEST // MEGABYTE} MB。请在 Excel 里删去图片和多余的工作表，再上传。")
        return SourceFile(file.name or "文件", file.read())


def can_be_compared(layout: Layout) -> bool:
    """Whether a row of the layout is a chamber, a party organization or a person."""
    try:
        subject_of(layout)
    except Refused:
        return False
    return True


@page(Act.IMPORT)
def comparison_new(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The upload; goes on to the result."""
    units, known = federations(visit.scope_today()), layouts(visit.scope_today())
    initial = {"day": visit.today, "under": units.first(), "layout": request.GET.get("layout", "members-national")}
    form = UploadForm(request.POST or None, request.FILES or None, units=units, known=known, initial=initial)

    def do(cleaned: dict[str, Any]) -> str:
        layout, own = form.known[cleaned["layout"]]
        made = start(
            file=cleaned["file"], layout=layout, version=own.version if own else 0, unit=cleaned["under"], day=cleaned["day"], by=visit.user, at=visit.now
        )
        go(made, visit)
        return address(made)

    return answer_form(
        request, visit, form, do=do, heading="上传比对", back=reverse("comparisons"), verb="上传并比对", done="", template="comparisons/new.html",
        crumbs=[("比对", reverse("comparisons")), ("上传比对", "")],
    )


def go(row: Comparison, visit: Visit) -> None:
    """Compares now or later."""
    if row.size <= SMALL:
        compare_now(row.pk, visit.now)
    else:
        compare_later.enqueue(row.pk, visit.now.isoformat())


@page(Act.IMPORT, methods=("GET",))
def comparison_progress(request: HttpRequest, visit: Visit, comparison: int) -> HttpResponse:
    """The moving part while it is compared; when it is over the page is loaded anew."""
    row = comparison_of(visit, comparison)
    answer = show(request, "comparisons/progress.html", visit, {"row": row})
    if row.state != ComparisonState.READING:
        answer["HX-Redirect"] = address(row)
    return answer


@page(Act.IMPORT, methods=("POST",))
def comparison_read(request: HttpRequest, visit: Visit, comparison: int) -> HttpResponse:
    """Reads the file again: after a fault, or when the server was stopped meanwhile. What was compared already stays."""
    row = comparison_of(visit, comparison)
    waits = Comparison.objects.filter(pk=row.pk, state__in=(ComparisonState.READING, ComparisonState.FAILED))
    if waits.update(state=ComparisonState.READING, message="", counts={}):
        go(row, visit)
    return redirect(address(row))
