"""Layouts made, changed, taken from a file, given as a file, withdrawn: each change is a new version (M49)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.access.models import Unit
from shanghui.exchange.layouts.layout import DATES, FORMAT, NODES, Layout, NotALayout, layout_of, read_layout
from shanghui.exchange.layouts.operations import save_layout
from shanghui.exchange.layouts.producing import check_sources, own_office, sources
from shanghui.indicators.registry import registry
from shanghui.web.kit.answers import Crumbs, answer_form, answer_question
from shanghui.web.kit.forms import Form
from shanghui.web.kit.listing import attachment
from shanghui.web.kit.visits import Visit, page, show
from shanghui.web.returns.views import layout_of_code

SPARE = 4
LARGEST = 1024 * 1024


def row_choices() -> list[tuple[str, str]]:
    """What a row can be: a federation, or a record behind an indicator."""
    return [(NODES, "一行一个工商联（本级和直接下级）"), *((one.code, f"{one.title}的名单") for one in registry if one.population.computed is None)]


class HeadForm(Form):
    """What a layout is called, who gets it, what its rows are."""

    code = forms.CharField(label="代码", max_length=40, help_text="小写字母、数字、- 和 _，定了不改")
    title = forms.CharField(label="名称", max_length=80)
    receiver = forms.CharField(label="报给", max_length=80, required=False)
    rows = forms.ChoiceField(label="一行是什么")
    year = forms.IntegerField(label="年度", required=False, min_value=0, max_value=2200, help_text="任何年度都用的不填")
    note = forms.CharField(label="填报说明", max_length=300, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        rows = self.fields["rows"]
        assert isinstance(rows, forms.ChoiceField)
        rows.choices = row_choices()


class ColumnForm(forms.Form):
    """One column; without a title it is left out."""

    place = forms.IntegerField(label="次序", required=False, min_value=1, max_value=999)
    title = forms.CharField(label="标题", max_length=60, required=False)
    source = forms.ChoiceField(label="来源", required=False)
    fixed = forms.CharField(label="固定文字", max_length=60, required=False)
    dates = forms.ChoiceField(label="日期写法", choices=list(DATES.items()), required=False)
    codes = forms.CharField(label="代码表", max_length=400, required=False)
    required = forms.BooleanField(label="必填", required=False)

    def __init__(self, *args: Any, rows: str, **options: Any) -> None:
        super().__init__(*args, **options)
        source = self.fields["source"]
        assert isinstance(source, forms.ChoiceField)
        source.choices = [*sources(rows), ("fixed", "固定文字")]

    def document(self) -> dict[str, Any]:
        """The column as a layout holds it."""
        cleaned = self.cleaned_data
        source = f"fixed:{cleaned['fixed']}" if cleaned["source"] == "fixed" else cleaned["source"]
        return {
            "title": cleaned["title"], "source": source, "dates": cleaned["dates"], "codes": codes_of(cleaned["codes"]), "required": cleaned["required"]
        }


def codes_of(text: str) -> dict[str, str]:
    """{word: code} of «男=1；女=2». Raises NotALayout."""
    found = {}
    for pair in text.replace(";", "；").split("；"):
        word, equals, code = pair.partition("=")
        if pair.strip() and not (equals and word.strip()):
            raise NotALayout(f"代码表里的“{pair}”要写成 男=1；女=2 这样。")
        if pair.strip():
            found[word.strip()] = code.strip()
    return found


def _initial(layout: Layout) -> list[dict[str, Any]]:
    return [
        {
            "place": place * 10, "title": one.title, "source": "fixed" if one.kind == "fixed" else one.source,
            "fixed": one.about if one.kind == "fixed" else "", "dates": one.dates, "codes": "；".join(f"{word}={code}" for word, code in one.codes.items()),
            "required": one.required,
        }
        for place, one in enumerate(layout.columns, start=1)
    ]


def _columns(request: HttpRequest, layout: Layout) -> list[ColumnForm]:
    """A form for each column and some spare ones."""
    rows, initial = layout.rows, _initial(layout)
    if request.method == "POST":
        number = min(130, sum(1 for name in request.POST if name.endswith("-title") and name[0] == "k"))
        return [ColumnForm(request.POST, prefix=f"k{place}", rows=rows) for place in range(number)]
    listed: list[dict[str, Any] | None] = [*initial, *([None] * SPARE)]
    return [ColumnForm(prefix=f"k{place}", rows=rows, initial=one or {}) for place, one in enumerate(listed)]


@page(Act.REPORT_MAKE)
def layout_edit(request: HttpRequest, visit: Visit, layout_code: str) -> HttpResponse:
    """The columns of a layout, in their order; saved as a new version for one's own office."""
    layout, own = layout_of_code(visit, layout_code)
    columns, fault = _columns(request, layout), ""
    head = _head(request, layout)
    if request.method == "POST":
        try:
            if head.is_valid() and all(one.is_valid() for one in columns):
                return _save(visit, _edited(layout, head, columns))
            fault = "有几处没有填对，请看标红的地方。"
        except NotALayout as refusal:
            fault = str(refusal)
    shown = {"layout": layout, "own": own, "head": head, "columns": columns, "fault": fault}
    return show(request, "returns/edit.html", visit, shown, status=422 if request.method == "POST" else 200)


def _head(request: HttpRequest, layout: Layout) -> HeadForm:
    initial = {"code": layout.code, "title": layout.title, "receiver": layout.receiver, "rows": layout.rows, "year": layout.year or None, "note": layout.note}
    head = HeadForm(request.POST if request.method == "POST" else None, initial=initial)
    for name in ("code", "rows"):
        head.fields[name].disabled = True
    return head


def _edited(layout: Layout, head: HeadForm, columns: list[ColumnForm]) -> Layout:
    kept = [one for one in columns if one.cleaned_data.get("title", "").strip()]
    ordered = sorted(kept, key=lambda one: one.cleaned_data.get("place") or 9999)
    made = _document(head.cleaned_data) | {"code": layout.code, "rows": layout.rows, "columns": [one.document() for one in ordered]}
    found = layout_of(made)
    check_sources(found)
    return found


def _document(cleaned: dict[str, Any]) -> dict[str, Any]:
    return {
        "format": FORMAT, "code": cleaned["code"], "title": cleaned["title"], "receiver": cleaned["receiver"], "rows": cleaned["rows"],
        "year": cleaned["year"] or 0, "note": cleaned["note"],
    }


def _save(visit: Visit, layout: Layout) -> HttpResponse:
    save_layout(layout=layout, unit=own_unit(visit), by=visit.user, at=visit.now)
    return redirect("layout", layout_code=layout.code)


def own_unit(visit: Visit) -> Unit:
    """The office whose layouts the visitor changes. Raises NotALayout where there is none."""
    unit = own_office(visit.scope_today(Act.REPORT_MAKE))
    if unit is None:
        raise NotALayout("您的席位下没有工商联，不能保存版式。")
    return unit


@page(Act.REPORT_MAKE)
def layout_new(request: HttpRequest, visit: Visit) -> HttpResponse:
    """A new layout begins with one column; the others are added on its page."""
    form = HeadForm(request.POST or None)

    def do(cleaned: dict[str, Any]) -> str:
        columns = [{"title": "序号", "source": "number"}, {"title": "名称", "source": "column:name"}]
        known = {source for source, _ in sources(cleaned["rows"])}
        made = layout_of(_document(cleaned) | {"columns": [one for one in columns if one["source"] in known]})
        save_layout(layout=made, unit=own_unit(visit), by=visit.user, at=visit.now)
        return reverse("layout-edit", kwargs={"layout_code": made.code})

    return answer_form(
        request, visit, form, do=do, heading="新建报表版式", back=reverse("layouts"), verb="接着设列", done="", crumbs=_crumbs("新建报表版式")
    )


class LayoutFileForm(Form):
    """A layout as a file."""

    file = forms.FileField(label="版式文件", help_text="别的办公室导出的 .json")

    def clean_file(self) -> Layout:
        """The layout in it."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError("文件太大，不像是版式文件。")
        try:
            return read_layout(file.read())
        except NotALayout as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


@page(Act.REPORT_MAKE)
def layout_import(request: HttpRequest, visit: Visit) -> HttpResponse:
    """A layout from a file, as a new version of its code."""
    form = LayoutFileForm(request.POST or None, request.FILES or None)

    def do(cleaned: dict[str, Any]) -> str:
        made = save_layout(layout=cleaned["file"], unit=own_unit(visit), by=visit.user, at=visit.now)
        return reverse("layout", kwargs={"layout_code": made.code})

    return answer_form(
        request, visit, form, do=do, heading="导入报表版式", back=reverse("layouts"), verb="导入", done="已导入。", crumbs=_crumbs("导入报表版式")
    )


@page(Act.REPORT_VIEW, methods=("GET",))
def layout_export(request: HttpRequest, visit: Visit, layout_code: str) -> HttpResponse:
    """The layout as a file for other offices."""
    layout, _ = layout_of_code(visit, layout_code)
    return attachment(layout.text().encode(), f"{layout.code}.json", "application/json")


@page(Act.REPORT_MAKE)
def layout_withdraw(request: HttpRequest, visit: Visit, layout_code: str) -> HttpResponse:
    """A layout is not offered any more; returns made with it stay."""
    layout, _ = layout_of_code(visit, layout_code)

    def do(cleaned: dict[str, Any]) -> str:
        save_layout(layout=layout, unit=own_unit(visit), by=visit.user, at=visit.now, gone=True)
        return reverse("layouts")

    return answer_question(
        request, visit, question=f"停用“{layout.title}”？", do=do, back=reverse("layout", kwargs={"layout_code": layout.code}), verb="停用",
        asks_reason=False, done="已停用。", consequences=["以前生成的报表都留着；要再用，在“报表”页最下面的“停用的版式”里恢复。"],
    )


def _crumbs(last: str) -> Crumbs:
    return [("报表", reverse("layouts")), (last, "")]
