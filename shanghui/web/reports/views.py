"""Reports: the list, a new one, the draft, its paragraphs, compiled again, frozen."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.kernel.columns import Column
from shanghui.reports.documents.one_page import size_for
from shanghui.reports.models import Report
from shanghui.reports.operations import compile_report, freeze, write_own_text
from shanghui.reports.queries import changes_since, read
from shanghui.reports.queries import reports as reports_within
from shanghui.reports.registry import registry
from shanghui.reports.soundness import unsound
from shanghui.reports.word_templates.filling import template_of
from shanghui.web.kit.answers import Crumbs, answer_form, answer_question
from shanghui.web.kit.history import history
from shanghui.web.kit.listing import Filter, ListPage, answer_list
from shanghui.web.kit.routes import row_link
from shanghui.web.kit.visits import Visit, found, page, show
from shanghui.web.reports.forms import DayForm, ExplanationForm, OwnTextForm
from shanghui.web.reports.showing import gaps, link_of, sheet, sources

FROZEN = "这份报告已经冻结，不再改动。需要新的版本，请新建一份报告。"
KINDS = [(one.code, one.title) for one in registry]
TITLES = dict(KINDS)
COLUMNS = (
    Column("title", "标题", lambda one: one.title, sort="title", width=40),
    Column("kind", "种类", lambda one: TITLES.get(one.kind, one.kind), sort="kind", width=16),
    Column("unit", "单位", lambda one: one.unit.name, sort="unit__name", width=24),
    Column("as_at", "数据截至", lambda one: one.as_at, sort="as_at"),
    Column("state", "状态", lambda one: "草稿" if one.snapshot_id is None else "已冻结"),
    Column("made_by", "经办", lambda one: one.made_by.display_name if one.made_by else "系统管理命令"),
)


@page(Act.REPORT_READ, methods=("GET",))
def reports(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The reports of one's units, the latest first."""
    new = reverse("report-new")
    may = visit.may(Act.REPORT_WRITE)
    listed = ListPage(
        title="报告", rows=reports_within(visit.scope_today()), columns=COLUMNS, export=False, unit="份",
        shown=[column.key for column in COLUMNS], small=("title", "state"), link=row_link("report", "report"),
        filters=[Filter("kind", "种类", KINDS, lambda rows, value: rows.filter(kind=value))],
        actions=[*([(new, "写一份报告", "plus")] if may else []), *_others(visit)], empty_title="还没有报告",
        empty_text="报告由台账里的事实写成：数都能点开，没有登记的留出空白，您再补上自己的话。",
        empty_action=(new, "写一份报告") if may else None,
    )
    return answer_list(request, visit, listed)


def _others(visit: Visit) -> list[tuple[str, str, str]]:
    if not visit.may(Act.REPORT_VIEW):
        return []
    return [(reverse("report-workbook"), "统计表和台账", "file-spreadsheet"), (reverse("draft-check"), "核校稿件", "checklist")]


@page(Act.REPORT_READ, methods=("GET",))
def report(request: HttpRequest, visit: Visit, report: int) -> HttpResponse:
    """Left the text, right where the figures come from and what is missing; frozen: what changed since."""
    row = _report(visit, report)
    content, link = read(row), link_of(row, to_ledger=visit.may(Act.FIGURES_VIEW))
    may_make = visit.may(Act.REPORT_WRITE) and visit.scope_today(Act.REPORT_WRITE).contains(row.unit_id)
    context = {
        "report": row, "kind": registry.get(row.kind), "sheet": sheet(content, link), "sources": sources(content, link),
        "gaps": gaps(content, row), "acts": history(row), "may_make": may_make, "template": template_of(row, visit.today),
        "may_templates": visit.may(Act.TEMPLATES_VIEW),
        "changed": changes_since(row, day=visit.today).count(), "is_over": row.as_at <= visit.today,
        "too_long": content.one_page and size_for(content) is None,
        "faults": [] if row.snapshot_id else list(unsound(content, visit.scope_today().on(row.as_at).under(row.unit))),
    }
    return show(request, "reports/report.html", visit, context)


@page(Act.REPORT_WRITE)
def report_text(request: HttpRequest, visit: Visit, report: int) -> HttpResponse:
    """The user's own paragraphs, one field a section."""
    row = _report(visit, report)
    if row.snapshot_id is not None:
        return _frozen(request, row)
    form = OwnTextForm(request.POST or None, content=read(row), own_text=row.own_text)

    def do(cleaned: dict[str, Any]) -> str:
        write_own_text(report=row, texts=form.texts, by=visit.user, at=visit.now)
        return _address("report", row)

    return answer_form(
        request, visit, form, do=do, heading="写自己的段落", back=_address("report", row), crumbs=_crumbs("写自己的段落", row),
        lead=row.title, notes=[
            "您写的接在每一节自动生成的内容后面，换一行就是新的一段；重新生成、换截止日期都会保留。",
            "这里的数由您自己负责，不随台账变化。不得写入涉密内容。",
        ],
    )


@page(Act.REPORT_WRITE)
def report_recompile(request: HttpRequest, visit: Visit, report: int) -> HttpResponse:
    """The draft compiled again, also as at another day."""
    row = _report(visit, report)
    if row.snapshot_id is not None:
        return _frozen(request, row)
    form = DayForm(request.POST or None, initial={"day": row.as_at})

    def do(cleaned: dict[str, Any]) -> str:
        compile_report(kind=row.kind, unit=row.unit, day=cleaned["day"], by=visit.user, at=visit.now, report=row)
        return _address("report", row)

    return answer_form(
        request, visit, form, do=do, heading="重新生成", back=_address("report", row), verb="重新生成", crumbs=_crumbs("重新生成", row),
        done="已按最新的台账重新生成，您写的段落都保留了。", lead=f"{row.title}。草稿里的数本来就随台账更新；要换截止日期，在这里改。",
    )


@page(Act.REPORT_WRITE)
def report_freeze(request: HttpRequest, visit: Visit, report: int) -> HttpResponse:
    """Asks once, then keeps text, figures and the records behind them for good."""
    row = _report(visit, report)
    if row.snapshot_id is not None:
        return _frozen(request, row)
    content = read(row)
    missing = len(list(content.gaps()))
    faults = list(unsound(content, visit.scope_today().on(row.as_at).under(row.unit)))

    def do(cleaned: dict[str, Any]) -> str:
        frozen = freeze(report=row, by=visit.user, at=visit.now, explanation=cleaned.get("reason", ""))
        return _address("report", frozen)

    return answer_question(
        request, visit, question=f"冻结“{row.title}”？", do=do, back=_address("report", row), verb="冻结", cancel_verb="先不冻结",
        form=ExplanationForm(request.POST or None) if faults else None, asks_reason=False,
        done="已冻结。正文和数字从此不变，可以下载上报。", consequences=[
            *(f"对不上：{fault.words}。" for fault in faults),
            *([f"还有{missing}处【待补充】，冻结后不能再补。"] if missing else []),
            f"正文、全部指标和每个数背后的记录，按{row.as_at}的台账保存下来，从此不变。",
            "以后台账有更正，这份报告不跟着动，只写明冻结后有几处变化，并可逐项对照。",
            "冻结不能撤销。要改，请另写一份新的报告。",
        ],
    )


def _report(visit: Visit, pk: int) -> Report:
    return found(reports_within(visit.scope_today()), pk)


def _frozen(request: HttpRequest, row: Report) -> HttpResponse:
    messages.warning(request, FROZEN)
    return redirect(_address("report", row))


def _address(name: str, row: Report) -> str:
    return reverse(name, kwargs={"report": row.pk})


def _crumbs(last: str, row: Report | None = None) -> Crumbs:
    between = [(row.title, _address("report", row))] if row else []
    return [("报告", reverse("reports")), *between, (last, "")]
