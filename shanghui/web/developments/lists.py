"""The list of developments of a branch, a committee or an office: where each stands, what comes next, by when (M15)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.cases.file import files
from shanghui.cases.models import Case, CaseQuerySet, State, StepRecord
from shanghui.cases.progress import Place, next_places
from shanghui.cases.queries import developments as developed
from shanghui.cases.stages import STAGES, in_stage, stage_of
from shanghui.kernel.columns import Column
from shanghui.web.kit.listing import Filter, ListPage, answer_list
from shanghui.web.kit.routes import row_link
from shanghui.web.kit.visits import Visit, page


def columns(day: date) -> tuple[Column, ...]:
    """The columns of the page and the workbook: one row a person, with what is next. `file` is filled in for the rows of a page."""
    def coming(row: Case) -> Place | None:
        return getattr(row, "next_place", None)

    def on(step: str, title: str) -> Column:
        return Column(step, title, lambda row: getattr(row, "days", {}).get(step), about="development", width=12)

    return (
        Column("name", "姓名", lambda row: row.person.name, sort="person__initials", about="name", width=12),
        Column("organization", "党支部", lambda row: row.organization.unit.name, sort="organization__unit__name", width=34),
        Column("stage", "阶段", lambda row: getattr(row, "stage", ""), about="development", width=16),
        Column("next", "下一步", lambda row: one.step.title if (one := coming(row)) else "", about="development", width=18),
        Column("who", "由谁办", lambda row: one.step.who.word if (one := coming(row)) else "", about="development", width=14),
        Column("due", "最迟", lambda row: one.due if (one := coming(row)) else None, about="development", width=12),
        Column("late", "逾期", lambda row: "逾期" if (one := coming(row)) and one.late else "", about="development", width=8),
        on("apply", "递交申请"), on("talk", "派人谈话"), on("activist", "确定积极分子"), on("candidate", "确定发展对象"), on("prereview", "党委预审"),
        on("meeting", "党员大会接收"), on("approve", "党委审批"), on("oath", "宣誓"), on("confirmation_meeting", "大会转正"), on("confirm", "审批转正"),
        on("archive", "归档"),
        Column("state", "状态", lambda row: row.get_state_display(), sort="state", about="development", width=10),
    )


def _complete(rows: Sequence[Case], day: date) -> None:
    """Adds stage, next step and days to the rows of a page. Nine questions."""
    found = {file.case.pk: file for file in files(Case.objects.filter(pk__in=[row.pk for row in rows]), day)}
    for row in rows:
        file = found[row.pk]
        row.next_place = next(iter(next_places(file)), None)  # type: ignore[attr-defined]
        row.stage = stage_of(file)  # type: ignore[attr-defined]
        row.days = {code: file.on(code) for code in file.done}  # type: ignore[attr-defined]


def _matching(text: str) -> Q:
    text = text.strip()
    return Q(person__name__contains=text) | Q(person__initials__startswith=text.lower()) | Q(organization__unit__name__contains=text)


def _by_stage(rows: CaseQuerySet, value: str) -> CaseQuerySet:
    done = {code: Exists(StepRecord.objects.filter(case_id=OuterRef("pk"), returned_on=None, step=code)) for _, _, code in STAGES if code}
    return in_stage(rows, value, done)


@page(Act.PEOPLE_VIEW, methods=("GET",))
def developments(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Everybody on the road within one's part of the tree, who is worked on first."""
    opening = [(reverse("case-new", kwargs={"case_kind": "development"}), "新立一件", "plus")] if visit.may(Act.CASE_WORK) else []
    listed = ListPage(
        title="发展党员", rows=developed(visit.scope_today()), columns=columns(visit.today), unit="人",
        shown=("name", "organization", "stage", "next", "who", "due", "late"), small=("name", "next", "due"), link=row_link("case", "case"),
        search=_matching, search_hint="姓名、拼音首字母、党支部",
        filters=(
            Filter("state", "状态", State.choices, lambda rows, value: rows.filter(state=value)),
            Filter("stage", "阶段", [(code, title) for code, title, _ in STAGES], _by_stage),
        ),
        dated=False, complete=lambda rows: _complete(rows, visit.today),
        lead="从递交入党申请书到转为正式党员。下一步是什么、最迟哪天，都在这里；党籍随办理写入台账。",
        actions=[*opening, (reverse("two-way-leaders"), "双向培养", "users-group")], empty_title="还没有发展党员的事项",
        empty_text="收到入党申请书，从“新立一件”开始；已经是积极分子的，把以前各步的日期补登进来。",
        empty_action=opening[0][:2] if opening else None,
    )
    return answer_list(request, visit, listed)
