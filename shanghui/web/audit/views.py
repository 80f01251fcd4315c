"""The journal of one's part of the tree, one entry, and taking an entry back."""

from __future__ import annotations

from itertools import chain
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.access.models import AuditEntry
from shanghui.access.undo import undone
from shanghui.cases.operations import RECEIPT, take_out
from shanghui.cases.operations.papers import REMOVAL
from shanghui.cases.operations.undoing import case_of_run
from shanghui.kernel.columns import Column
from shanghui.ledger.people.queries import LOOK
from shanghui.web.audit.seen import entries_for
from shanghui.web.kit.answers import answer_question
from shanghui.web.kit.days import moment
from shanghui.web.kit.following import follow_undone
from shanghui.web.kit.history import acts, in_words
from shanghui.web.kit.links import address_of_subject
from shanghui.web.kit.listing import Filter, ListPage, answer_list
from shanghui.web.kit.routes import row_link
from shanghui.web.kit.visits import Visit, found, page, show

COLUMNS = (
    Column("at", "时间", lambda e: moment(e.at), sort="at", width=18),
    Column("by", "经办", lambda e: e.by.display_name if e.by else "系统管理命令", sort="by__display_name"),
    Column("verb", "动作", lambda e: e.verb, sort="verb", width=18),
    Column("subject", "对象", lambda e: e.subject_title, sort="subject_title", width=34),
    Column("unit", "单位", lambda e: e.unit.name if e.unit else "", sort="unit__name", width=30),
    Column("reason", "说明", lambda e: e.reason, width=40),
)
_KINDS = (("change", "改动"), ("view", "查看号码、导出"), ("import", "导入"), ("undo", "撤销"))


def _of_kind(rows: Any, value: str) -> Any:
    if value == "view":
        return rows.filter(Q(verb__startswith=LOOK) | Q(verb="导出"))
    if value == "import":
        return rows.filter(run__startswith="import:")
    if value == "undo":
        return rows.filter(verb__startswith="撤销")
    return rows.exclude(Q(verb__startswith=LOOK) | Q(verb="导出") | Q(run__startswith="import:"))


@page(Act.AUDIT_VIEW)
def audit(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Everything that was done, newest first; never altered, never removed."""
    listed = ListPage(
        title="操作记录", rows=entries_for(visit).defer("changes"), columns=COLUMNS,
        shown=("at", "by", "verb", "subject", "unit", "reason"), small=("at", "verb", "subject"),
        link=row_link("audit-entry", "entry"),
        search=lambda text: Q(subject_title__contains=text) | Q(verb__contains=text) | Q(by__display_name__contains=text),
        search_hint="对象、动作、经办人", filters=(Filter("kind", "类别", _KINDS, _of_kind),), counted=False, dated=False,
        lead="谁、什么时候、做了什么。只增加，不能改，不能删。", empty_title="还没有操作记录",
    )
    return answer_list(request, visit, listed)


_RULES = {"rules_excuse": Act.DUTY_EXCUSE, "rules_finding": Act.DUTY_EXPLAIN, "rules_packswitch": Act.RULES_SWITCH}


@page(Act.AUDIT_VIEW)
def entry(request: HttpRequest, visit: Visit, entry: int) -> HttpResponse:
    """One act: each column before and after."""
    row = found(entries_for(visit), entry)
    act = acts([row], sight=visit.sight())[0]
    context = {"act": act, "subject_url": address_of_subject(row), "may_undo": visit.may(_needed(row))}
    return show(request, "audit/entry.html", visit, context)


_NEEDED = {
    "activities_campaign": Act.CAMPAIGN_LAUNCH, "activities_publication": Act.PUBLISH, "organizations_pairing": Act.ACTIVITY_CHANGE,
    "programs_secretaryproject": Act.ACTIVITY_CHANGE,
}


def _needed(row: AuditEntry) -> Act:
    """The act that changing such records needs, and so taking a change back."""
    if row.subject_table in _NEEDED:
        return _NEEDED[row.subject_table]
    if row.subject_table.startswith("people_"):
        return Act.PEOPLE_CHANGE
    if row.subject_table.startswith("activities_"):
        return Act.ACTIVITY_CHANGE
    if row.subject_table in _RULES:
        return _RULES[row.subject_table]
    return Act.TREE_CHANGE if row.subject_table.startswith("access_") else Act.LEDGER_CHANGE


def _step_of_case(row: AuditEntry) -> int | None:
    """The case of which an entry is a step; None where it is about something else, or takes a paper out."""
    return row.subject_id if row.subject_table == "cases_case" and row.verb != REMOVAL else None


def _made_its_subject(row: AuditEntry) -> bool:
    """Whether the record an entry is about came into being with it: taken back, it has no page any more."""
    subject = [row.subject_table, row.subject_id]
    return any(change[:2] == subject and change[2] is None for change in row.changes)


def _whole_act(row: AuditEntry) -> list[AuditEntry]:
    """The entry, with those that were written together with it: a receipt and the move of a development."""
    return list(AuditEntry.objects.filter(run=row.run).order_by("pk")) if row.run.startswith(RECEIPT) else [row]


@page(Act.SIGNED_IN)
def undo(request: HttpRequest, visit: Visit, entry: int) -> HttpResponse:
    """Takes one act back, or says why not; acts of an import run go back with the run."""
    asked = AuditEntry.objects.filter(pk=entry).first()
    if asked is None or not asked.changes or asked.unit_id is None:
        raise Http404
    act = _whole_act(asked)
    row = act[0]
    if row.unit_id is None or not visit.scope_today(_needed(row)).contains(row.unit_id):
        raise Http404
    if row.run.startswith("import:"):
        return redirect("import", run=int(row.run.partition(":")[2]))
    if (case := case_of_run(row.run) or _step_of_case(row)) is not None:
        messages.info(request, "这一步是办理事项里的，不能单独撤销。办结写入台账的，在这里整件撤销；还在办的，退回那一步。")
        return redirect("case", case=case)
    back = address_of_subject(row) or reverse("home")

    def do(cleaned: dict[str, Any]) -> str:
        take_out(entries=act, by=visit.user, at=visit.now)
        for one in act:
            follow_undone(one, visit.today)
        return reverse("home") if _made_its_subject(row) else back

    sight, gone = visit.sight(_needed(row)), ["这一步已经撤销过了。"] if undone([row]) else []
    return answer_question(
        request, visit, question=f"撤销对“{row.subject_title}”的“{row.verb}”？", do=do, back=back, verb="撤销", asks_reason=False,
        consequences=gone or ["恢复成这一步之前的样子；撤销本身也会留下记录。", *chain.from_iterable(in_words(one, sight=sight) for one in act)],
        cancel_verb="不撤销", done="已撤销。",
    )
