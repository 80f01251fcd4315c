"""Findings: the list, one of them with its history, and what people say of several at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from shanghui.access.acts import Act
from shanghui.access.models import UnitKind
from shanghui.kernel.refusals import Refused
from shanghui.ledger.activities.queries import without_records
from shanghui.rules.findings import refresh_when_stale
from shanghui.rules.models import Finding, FindingState
from shanghui.rules.operations import TERM, assign, explain
from shanghui.web.calendar.changes import ExplainForm
from shanghui.web.cases.around import ANSWERS, of_chamber, of_organization, openings
from shanghui.web.findings.rows import columns, filters, matching, of_bare_duties, place_of, rules_by_code, unresolved
from shanghui.web.findings.together import Together
from shanghui.web.findings.untold import untold
from shanghui.web.home.unrecorded import NOT_YET, SAID, way_in
from shanghui.web.kit.answers import answer_form
from shanghui.web.kit.forms import Form
from shanghui.web.kit.history import history
from shanghui.web.kit.links import address
from shanghui.web.kit.listing import ListPage, answer_list
from shanghui.web.kit.routes import row_link
from shanghui.web.kit.visits import Visit, found, page, show

AT_ONCE = 500


class OwnerForm(Form):
    """Who follows a finding."""

    owner = forms.CharField(label="经办人", max_length=40, required=False, help_text="写姓名；不写就是没有指定")


@page(Act.DUTY_VIEW, methods=("GET",))
def findings(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What is overdue within one's part of the tree, what was said of it, what is fixed; compared with the facts when stale."""
    scope, rules = visit.scope_today(), rules_by_code()
    refresh_when_stale(scope, visit.today)
    rows = Finding.objects.within(scope).select_related("unit").order_by("first", "unit__name", "pk")
    may_say, asks_bare = visit.may(Act.DUTY_EXPLAIN), request.GET.get("records") == "none"
    theirs = of_bare_duties(without_records(scope, visit.today))
    bare = unresolved(rows.filter(theirs), "").aggregate(number=Count("pk"), units=Count("unit", distinct=True))
    rows = rows.filter(theirs) if asks_bare else rows.exclude(theirs)
    together = Together(visit.today)
    listed = ListPage(
        title="提醒事项", rows=unresolved(rows, request.GET.get("state", "")), columns=columns(rules, visit.today), unit="项",
        shown=("unit", "rule", "message", "state", "owner", "since"), small=("unit", "message", "state"),
        link=row_link("finding", "finding"), search=matching, search_hint="单位名称、情况",
        filters=filters(rows, rules, visit.today), dated=False,
        gathered=together.heads, opened=together.read, more=together.of,
        lead="按规定到期还没有记录的事，同一件事缺的几期合成一项。补记、换届、说明以后，这里自己跟着变。", empty_title="没有提醒事项",
        empty_text="到期还没有记录的事会列在这里；补上记录，就转为已解决。", template="findings/findings.html",
        context={
            "may_say": may_say, "asks_bare": asks_bare, "bare": bare, "way_in": way_in(visit), "said": SAID, "not_yet": NOT_YET,
            "import_url": address("import-new") if visit.may(Act.IMPORT) else "", "untold": untold(visit) if request.GET.keys() <= {"records"} else [],
        },
    )
    return answer_list(request, visit, listed)


@page(Act.DUTY_EXPLAIN, methods=("POST",))
def findings_change(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Several at once: one owner, or one reason."""
    try:
        messages.success(request, _carried_out(request, visit, _picked(request, visit)))
    except Refused as refusal:
        messages.error(request, str(refusal))
    back = request.POST.get("back", "")
    own = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("?")
    return redirect(reverse("findings") + (back if own else ""))


def _picked(request: HttpRequest, visit: Visit) -> list[Finding]:
    """The findings that were ticked; a row that stands for several periods stands for all of them."""
    keys = {key for row in request.POST.getlist("pick") for key in row.split(",") if key.isdecimal() and len(key) < 19}
    if len(keys) > AT_ONCE:
        raise Refused(f"选中的行里一共有 {len(keys)} 期，一次最多办 {AT_ONCE} 期。请少选几行，分几次办。")
    return list(Finding.objects.within(visit.scope_today()).select_related("unit").filter(pk__in=[int(key) for key in keys]))


def _carried_out(request: HttpRequest, visit: Visit, rows: list[Finding]) -> str:
    if not rows:
        raise Refused("请先在左边勾选要办的事项。")
    if request.POST.get("do") == "assign":
        owner = request.POST.get("owner", "")[:40]
        return f"已为 {assign(findings=rows, owner=owner, by=visit.user, at=visit.now)} 项指定经办人。"
    reason = request.POST.get("reason", "")[:300]
    return f"已为 {explain(findings=rows, reason=reason, by=visit.user, at=visit.now)} 项记下原因。"


def _asked(visit: Visit, pk: int) -> Finding:
    return found(Finding.objects.within(visit.scope_today()).select_related("unit"), pk)


@page(Act.DUTY_VIEW, methods=("GET",))
def finding(request: HttpRequest, visit: Visit, finding: int) -> HttpResponse:
    """One finding: what it is about, by which article, what was said of it and when."""
    row = _asked(visit, finding)
    rule = rules_by_code().get(row.rule)
    context = {
        "row": row, "rule": rule, "norm": rule.norm_on(row.first) or rule.norm_on(visit.today) if rule else None,
        "place": place_of(row), "acts": history(row), "may_undo": visit.may(Act.DUTY_EXPLAIN), "may_say": visit.may(Act.DUTY_EXPLAIN),
        "openings": _openings(row, visit), "may_extend": row.rule == TERM and visit.may(Act.DUTY_EXCUSE),
    }
    return show(request, "findings/finding.html", visit, context)


def _openings(row: Finding, visit: Visit) -> list[tuple[str, str]]:
    """The cases by which what was found is put right, as far as they may be opened; none once it is fixed."""
    if row.state == FindingState.FIXED or row.rule not in ANSWERS:
        return []
    of_unit, about = (of_chamber, "chamber") if row.unit.kind == UnitKind.CHAMBER else (of_organization, "organization")
    return openings(visit, ANSWERS[row.rule], f"{about}={row.unit_id}", of_unit(row.unit_id, visit))


@page(Act.DUTY_EXPLAIN)
def finding_explain(request: HttpRequest, visit: Visit, finding: int) -> HttpResponse:
    """Why it is so."""
    row = _asked(visit, finding)
    back = reverse("finding", kwargs={"finding": row.pk})
    form = ExplainForm(request.POST or None, initial={"reason": row.explanation})

    def do(cleaned: dict[str, Any]) -> str:
        explain(findings=[row], reason=cleaned["reason"], by=visit.user, at=visit.now)
        return back

    crumbs = (("提醒事项", reverse("findings")), (row.unit.name, back), ("说明原因", ""))
    return answer_form(request, visit, form, do=do, heading="说明原因", back=back, done="已记下原因。", crumbs=crumbs, notes=[row.message])


@page(Act.DUTY_EXPLAIN)
def finding_assign(request: HttpRequest, visit: Visit, finding: int) -> HttpResponse:
    """Who follows it."""
    row = _asked(visit, finding)
    back = reverse("finding", kwargs={"finding": row.pk})
    form = OwnerForm(request.POST or None, initial={"owner": row.owner or visit.user.display_name})

    def do(cleaned: dict[str, Any]) -> str:
        assign(findings=[row], owner=cleaned["owner"], by=visit.user, at=visit.now)
        return back

    crumbs = (("提醒事项", reverse("findings")), (row.unit.name, back), ("指定经办人", ""))
    return answer_form(request, visit, form, do=do, heading="指定经办人", back=back, crumbs=crumbs, notes=[row.message])
