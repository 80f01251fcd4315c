"""What is done with what was found: theirs accepted, ours kept with a reason, a word beside a line, lines passed on to the import (M50).

What is meant comes with the address, `?cell=…&cell=…`, `?column=KEY` or `?line=…`; `back` is the filter to return to.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.exchange.reconciling.accepting import accept, ask_again, keep_ours, note_lines
from shanghui.exchange.reconciling.jobs import accept_later
from shanghui.exchange.reconciling.models import CellState, Comparison, ComparisonCell
from shanghui.exchange.reconciling.operations import to_import
from shanghui.exchange.reconciling.queries import cells_of
from shanghui.exchange.reconciling.settling import settle_as
from shanghui.web.comparisons.seen import back_to, comparison_of, keys_of, keys_seen
from shanghui.web.imports.going import start_reading
from shanghui.web.kit.answers import answer_form, answer_question
from shanghui.web.kit.forms import DayField, Form
from shanghui.web.kit.visits import Visit, page

TOLD, MANY = 8, 2000
"""Changes shown before they are made; more than so many of a column are written in the background."""


def _chosen(request: HttpRequest, visit: Visit, row: Comparison) -> QuerySet[ComparisonCell]:
    """The cells the address names, of columns the visitor sees."""
    return cells_of(row, keys_seen(visit, row), cells=keys_of(request.GET.getlist("cell")), column=request.GET.get("column", ""))


def _told(cells: QuerySet[ComparisonCell]) -> list[str]:
    """The first of the changes, and how many more."""
    first = list(cells.select_related("line").defer("full").order_by("line_id", "pk")[: TOLD + 1])
    said = [f"{cell.line.title} {cell.heading}：{cell.ours or '（空）'} → {cell.theirs}" for cell in first[:TOLD]]
    more = cells.count() - TOLD
    return [*said, f"另有 {more} 处。"] if more > 0 else said


class AcceptForm(Form):
    """From which day on."""

    since = DayField(label="自哪一天起", help_text="人员类别、所在党组织、组织类型等有起止的，自这一天起按对方的，以前的不变；姓名、学历等直接改正")

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today

    def clean_since(self) -> date:
        """Not a day to come."""
        day: date = self.cleaned_data["since"]
        if day > self.today:
            raise forms.ValidationError("还没有到那一天。请填今天或更早的一天。")
        return day


@page(Act.IMPORT)
def comparison_accept(request: HttpRequest, visit: Visit, comparison: int) -> HttpResponse:
    """Shows what would change and from when; then it is written, and can be taken back as one."""
    row = comparison_of(visit, comparison)
    cells = _chosen(request, visit, row).filter(state=CellState.OPEN, can_accept=True)
    back, count = back_to(request, row), cells.count()
    if not count:
        return _nothing(request, back, "没有选到可以采用的。请勾选“待办”的几处；写着到别处改的，请在那里改。")
    form = AcceptForm(request.POST or None, today=visit.today, initial={"since": row.as_at})

    def do(cleaned: dict[str, Any]) -> str:
        if count > MANY:
            _later(row, request.GET.get("column", ""), cleaned["since"], visit)
            messages.info(request, f"{count} 处较多，在后台写入；过一会儿刷新这一页看结果。")
            return back
        done = accept(comparison=row, cells=cells, since=cleaned["since"], by=visit.user, at=visit.now)
        messages.success(request, f"采用了 {done.done} 处，记在操作记录里，可以整次撤销。")
        if done.waiting:
            messages.warning(request, f"另有 {done.waiting} 处没有采用，原因写在那一处。")
        return back

    return answer_form(
        request, visit, form, do=do, heading=f"采用对方的 {count} 处？", back=back, verb="采用", done="", notes=_told(cells),
        crumbs=[("比对", reverse("comparisons")), (row.title, back), ("采用对方", "")],
    )


def _nothing(request: HttpRequest, back: str, sentence: str) -> HttpResponse:
    messages.warning(request, sentence)
    return redirect(back)


def _later(row: Comparison, column: str, since: date, visit: Visit) -> None:
    """So many at once are written by the worker; pressed twice, they are written once."""
    Comparison.objects.filter(pk=row.pk).update(message="正在后台采用，过一会儿刷新看结果。")
    accept_later.enqueue(row.pk, column, since.isoformat(), visit.user.pk, visit.now.isoformat())


class KeepForm(Form):
    """Why ours stays."""

    reason = forms.CharField(label="为什么保留本平台的", max_length=200, help_text="记住：下次比对同样的两个值，不再问")


@page(Act.IMPORT)
def comparison_keep(request: HttpRequest, visit: Visit, comparison: int) -> HttpResponse:
    """Ours stays, for a reason that is remembered."""
    row = comparison_of(visit, comparison)
    cells = _chosen(request, visit, row).filter(state=CellState.OPEN)
    back, count = back_to(request, row), cells.count()
    if not count:
        return _nothing(request, back, "没有选到待办的。请先勾选，再点“保留本平台”。")

    def do(cleaned: dict[str, Any]) -> str:
        keep_ours(comparison=row, cells=cells, reason=cleaned["reason"], by=visit.user, at=visit.now)
        return back

    return answer_form(
        request, visit, KeepForm(request.POST or None), do=do, heading=f"保留本平台的 {count} 处？", back=back, verb="保留", done=f"{count} 处保留本平台的。",
        notes=_told(cells), crumbs=[("比对", reverse("comparisons")), (row.title, back), ("保留本平台", "")],
    )


@page(Act.IMPORT)
def comparison_ask_again(request: HttpRequest, visit: Visit, comparison: int) -> HttpResponse:
    """What was to stay waits again."""
    row = comparison_of(visit, comparison)
    cells = _chosen(request, visit, row).filter(state=CellState.KEPT)
    back, count = back_to(request, row), cells.count()
    if not count:
        return _nothing(request, back, "这一处没有写过保留的原因，或者已经取消。")

    def do(cleaned: dict[str, Any]) -> str:
        ask_again(comparison=row, cells=cells, by=visit.user, at=visit.now)
        return back

    return answer_question(
        request, visit, question=f"取消 {count} 处的保留？", do=do, back=back, verb="取消保留", asks_reason=False, cancel_verb="不取消",
        consequences=["这几处回到待办；下次比对同样的两个值，会再问。"], done="已取消保留。",
    )


class NoteForm(Form):
    """A word beside lines that stand on one side only."""

    word = forms.CharField(label="为什么", max_length=200, required=False, help_text="如：组织关系在外地、已申请注销；写了就不再列为待办，清空则回到待办")


@page(Act.IMPORT)
def comparison_note(request: HttpRequest, visit: Visit, comparison: int) -> HttpResponse:
    """A word why."""
    row, wanted = comparison_of(visit, comparison), keys_of(request.GET.getlist("line"))
    chosen, back = row.lines.filter(pk__in=wanted).order_by("pk"), back_to(request, row)
    listed = list(chosen[: TOLD + 1])
    if not listed:
        return _nothing(request, back, "没有选到行。请先勾选，再写备注。")

    def do(cleaned: dict[str, Any]) -> str:
        note_lines(comparison=row, lines=wanted, word=cleaned["word"], by=visit.user, at=visit.now)
        return back

    more = len(wanted) - TOLD
    return answer_form(
        request, visit, NoteForm(request.POST or None, initial={"word": listed[0].note}), do=do, heading="写一句为什么", back=back, done="已记下。",
        notes=["、".join(one.title for one in listed[:TOLD]) + (f" 等 {len(wanted)} 行" if more > 0 else "")],
        crumbs=[("比对", reverse("comparisons")), (row.title, back), ("备注", "")],
    )


@page(Act.IMPORT)
def comparison_import(request: HttpRequest, visit: Visit, comparison: int) -> HttpResponse:
    """Lines that stand only there become an import, whose own pages say what it would do before anything is written."""
    row, wanted = comparison_of(visit, comparison), keys_of(request.GET.getlist("line"))
    back = back_to(request, row)
    if not wanted:
        return _nothing(request, back, "没有选到行。请先勾选“只在对方”的行，再转到导入。")

    def do(cleaned: dict[str, Any]) -> str:
        run = to_import(comparison=row, lines=wanted, by=visit.user, at=visit.now)
        start_reading(run, visit)
        return reverse("import", kwargs={"run": run.pk})

    return answer_question(
        request, visit, question=f"把只在对方的 {len(wanted)} 行转到导入？", do=do, back=back, verb="转到导入", asks_reason=False, cancel_verb="不转",
        consequences=["先在“导入”里看每一行会怎样，确认以后才写入台账；写入以后可以整批撤销。", "这几行在比对里记为“已转到导入”。"], done="",
    )


@page(Act.IMPORT)
def comparison_settle(request: HttpRequest, visit: Visit, comparison: int) -> HttpResponse:
    """A row that was left open means this record (`?line=…&record=…`): then they are compared."""
    row = comparison_of(visit, comparison)
    back = back_to(request, row)
    line = row.lines.filter(pk__in=keys_of(request.GET.getlist("line"))).first()
    record = next(iter(keys_of(request.GET.getlist("record"))), 0)
    name = next((called for pk, called in line.candidates if pk == record), "") if line else ""
    if line is None or not name:
        return _nothing(request, back, "没有选到行。请在“对不上是哪一个”里，点要认作同一个的那一个。")

    def do(cleaned: dict[str, Any]) -> str:
        count = settle_as(comparison=row, line=line, record=record, by=visit.user, at=visit.now)
        messages.success(request, f"已认作同一个，{f'有 {count} 处不同，列在“不同”里' if count else '两边相同'}。")
        return back

    return answer_question(
        request, visit, question=f"文件第 {line.row} 行“{line.title}”就是台账里的“{name}”？", do=do, back=back, verb="就是同一个", asks_reason=False,
        cancel_verb="不是", consequences=["逐项比这一行和这条记录，不同的列出来，由您采用或保留。", "请先核对号码、出生日期、单位，同名的可能是两个人。"],
    )
