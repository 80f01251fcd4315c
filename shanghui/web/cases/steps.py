"""Doing, skipping and returning a step; withdrawing and reopening a case."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.cases.file import File, file_of
from shanghui.cases.models import Case
from shanghui.cases.operations import do_step, reopen, return_step, skip_step, take_back, withdraw
from shanghui.cases.progress import Place, following, last_open, place_of
from shanghui.web.cases.page import case_within, changed_word, may_do
from shanghui.web.kit.answers import answer_form, answer_question
from shanghui.web.kit.following import follow_undone
from shanghui.web.kit.forms import DayField, Form
from shanghui.web.kit.visits import Visit, page


class StepForm(Form):
    """The day a step was done, its 文号, a remark."""

    on = DayField(label="办理时间", help_text="纸面上写的那一天")
    number = forms.CharField(label="文号", max_length=60, help_text="如：云工商党〔2022〕8号")
    note = forms.CharField(label="说明", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    kept_at = forms.CharField(label="材料存放处", max_length=100, required=False)

    def __init__(self, *args: Any, place: Place, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["number"].required = place.step.numbered
        if place.step.on_paper:
            self.fields["kept_at"].help_text = f"{place.step.on_paper}放在哪里；内容不录入"
            self.fields["note"].help_text = "只写办理上的说明，不写谈话、审查、思想汇报的内容"
        else:
            del self.fields["kept_at"]
        if place.step.stage and not place.step.numbered:
            del self.fields["number"]


def address_of_case(pk: int) -> str:
    """The page of a case."""
    return reverse("case", kwargs={"case": pk})


def crumbs(file: File, word: str) -> tuple[tuple[str, str], ...]:
    """The way to a page below a case."""
    return (("办理事项", reverse("cases")), (file.case.named, address_of_case(file.case.pk)), (word, ""))


def _asked(visit: Visit, case: int, step: str) -> tuple[File, Place]:
    """A step of a case which the visitor may do; otherwise 404."""
    file = file_of(case_within(visit, case), visit.today)
    place = place_of(file, step)
    if place is None or not may_do(visit, file, place):
        raise Http404
    return file, place


@page(Act.CASE_WORK)
def case_step(request: HttpRequest, visit: Visit, case: int, step: str) -> HttpResponse:
    """A step was done on a day."""
    file, place = _asked(visit, case, step)
    initial = {"on": (place.step.proposed(file) if file.case.person_id else None) or visit.today}
    form = StepForm(request.POST or None, place=place, initial=initial)

    def do(cleaned: dict[str, Any]) -> str:
        do_step(
            case=file.case, step=step, on=cleaned["on"], by=visit.user, at=visit.now, today=visit.today, number=cleaned.get("number", ""),
            note=cleaned["note"], kept_at=cleaned.get("kept_at", ""),
        )
        return address_of_case(case)

    notes = [place.step.sentence, *changed_word(file, place.step)]
    if last_open(file, step) and file.is_open:
        notes += ["这是最后一步。保存以后写入台账：", *file.kind.consequences(file), *file.kind.by_name(file)]
    return answer_form(
        request, visit, form, do=do, heading=place.step.title, lead=file.case.named, back=address_of_case(case), verb="办完这一步",
        crumbs=crumbs(file, place.step.title), notes=notes, done=f"“{place.step.title}”已登记。",
    )


@page(Act.CASE_WORK)
def case_skip(request: HttpRequest, visit: Visit, case: int, step: str) -> HttpResponse:
    """Leaves a step out, with a reason."""
    file, place = _asked(visit, case, step)

    def do(cleaned: dict[str, Any]) -> str:
        skip_step(case=file.case, step=step, reason=cleaned["reason"], on=visit.today, by=visit.user, at=visit.now)
        return address_of_case(case)

    return answer_question(
        request, visit, question=f"略过“{place.step.title}”？", do=do, back=address_of_case(case), verb="略过", cancel_verb="不略过",
        consequences=["略过的原因留在记录里；以后要办，可以退回这一步。"], done=f"“{place.step.title}”已略过。",
    )


@page(Act.CASE_WORK)
def case_return(request: HttpRequest, visit: Visit, case: int, step: str) -> HttpResponse:
    """Sends a step back with a reason."""
    file, place = _asked(visit, case, step)
    titles = {one.code: one.title for one in file.kind.steps}
    taken = [titles[code] for code in following(file, step) if code in file.done]

    def do(cleaned: dict[str, Any]) -> str:
        return_step(case=file.case, step=step, reason=cleaned["reason"], on=visit.today, by=visit.user, at=visit.now)
        return address_of_case(case)

    return answer_question(
        request, visit, question=f"退回“{place.step.title}”？", do=do, back=address_of_case(case), verb="退回", cancel_verb="不退回",
        consequences=[f"要重新办：{'、'.join(taken)}。", *_kept(file)], done="已退回。",
    )


def _kept(file: File) -> list[str]:
    """What stays, and what the ledger loses again."""
    if file.case.person_id is None:
        return ["填写的方案、人选、文件都保留，改了再报。"]
    return ["填写的内容都保留，改了再办。", "这些步骤写入台账的类别、日期和隶属一并恢复原样。"]


@page(Act.CASE_WORK)
def case_withdraw(request: HttpRequest, visit: Visit, case: int) -> HttpResponse:
    """Ends a case without its result."""
    row = case_within(visit, case)

    def do(cleaned: dict[str, Any]) -> str:
        withdraw(case=row, reason=cleaned["reason"], on=visit.today, by=visit.user, at=visit.now)
        return address_of_case(case)

    return answer_question(
        request, visit, question=f"撤回“{row.named}”？", do=do, back=address_of_case(case), verb="撤回", cancel_verb="不撤回",
        consequences=["台账不变。已办的步骤和填写的内容都保留，以后可以重新办理。"], done="已撤回。",
    )


@page(Act.CASE_DECIDE)
def case_undo(request: HttpRequest, visit: Visit, case: int) -> HttpResponse:
    """Takes back what a carried out case wrote; it is worked on again from its last step."""
    row = case_within(visit, case, Act.CASE_DECIDE)

    def do(cleaned: dict[str, Any]) -> str:
        for entry in take_back(case=row, reason=cleaned["reason"], on=visit.today, by=visit.user, at=visit.now):
            follow_undone(entry, visit.today)
        return address_of_case(case)

    return answer_question(
        request, visit, question=f"撤销“{row.title}”的办结？", do=do, back=address_of_case(case), verb="撤销办结", cancel_verb="不撤销",
        consequences=[_taken(row), "这件事重新打开，最后一步算作退回，写明原因后再办。填写的内容都保留。"],
        done="已撤销办结，这件事重新打开了。",
    )


def _taken(row: Case) -> str:
    """What becomes of the ledger."""
    if row.person_id is not None:
        return "最后一步“材料归档”没有写入台账，党籍不变。党籍也错了的，重新打开以后再退回写入党籍的那一步。"
    return "办结时写入台账的党组织、覆盖、任职、隶属一起恢复成办结以前的样子；已经冻结的报告不变。"


@page(Act.CASE_WORK)
def case_reopen(request: HttpRequest, visit: Visit, case: int) -> HttpResponse:
    """Takes up a withdrawn case where it stood."""
    row = case_within(visit, case)

    def do(cleaned: dict[str, Any]) -> str:
        reopen(case=row, reason=cleaned["reason"], on=visit.today, by=visit.user, at=visit.now)
        return address_of_case(case)

    return answer_question(
        request, visit, question=f"重新办理“{row.named}”？", do=do, back=address_of_case(case), verb="重新办理", cancel_verb="不办",
        consequences=["从撤回时停下的那一步接着办。"], done="已重新办理。",
    )
