"""The page of one activity, and its papers to print: the sheet to sign, the record."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from shanghui.access.acts import Act
from shanghui.access.audit import note
from shanghui.kernel.word_templates.rendering import Unfillable
from shanghui.ledger.activities.models import Activity, ActivityType, Presence
from shanghui.ledger.activities.operations.papers import host_of
from shanghui.reports.documents.pdf import NoConverter, to_pdf
from shanghui.reports.meetings import MeetingRecord, SignInSheet
from shanghui.reports.word_templates.filling import form_to_word
from shanghui.reports.word_templates.queries import Damaged
from shanghui.web.activities.content import meeting_record, sign_in_sheet
from shanghui.web.activities.facts import Facts
from shanghui.web.activities.lists import changeable_hosts
from shanghui.web.activities.papers_form import PapersForm
from shanghui.web.kit.history import history
from shanghui.web.kit.listing import attachment
from shanghui.web.kit.visits import Visit, found, page, show
from shanghui.web.partners.links import links_of
from shanghui.web.reports.files import WORD, by_template

STATES = ((Presence.PRESENT, "到会"), (Presence.EXCUSED, "请假"), (Presence.ABSENT, "未到"), (Presence.OBSERVER, "列席"))


def facts_of(visit: Visit, activity: int) -> Facts:
    """An activity within the visitor's part of the tree; otherwise 404."""
    rows = Activity.objects.within(visit.scope_today(Act.LEDGER_VIEW)).select_related("chair", "recorder", "lecturer", "held_with")
    return Facts(found(rows, activity), visit)


@page(Act.LEDGER_VIEW, methods=("GET",))
def activity(request: HttpRequest, visit: Visit, activity: int) -> HttpResponse:
    """One activity: how far it is, where it counts, who came, what was decided, its papers, and what was done to the entry."""
    facts = facts_of(visit, activity)
    return show_activity(request, visit, facts)


def show_activity(
    request: HttpRequest, visit: Visit, facts: Facts, form: PapersForm | None = None, status: int = 200
) -> HttpResponse:
    """The page; `form`: an upload that was refused."""
    row = facts.row
    may_change = visit.may(Act.ACTIVITY_CHANGE) and bool(changeable_hosts(visit, [unit.pk for unit in facts.hosts]))
    people = [(word, facts.named(state)) for state, word in STATES]
    context = {
        "row": row, "facts": facts, "acts": history(row), "may_change": may_change, "may_undo": may_change,
        "is_talk": row.type == ActivityType.TALK, "may_grade": may_change and visit.may(Act.PEOPLE_CHANGE) and _graded(facts),
        "people": [one for one in people if one[1]],
        "papers": list(row.attachments.order_by("pk")), "papers_form": form or PapersForm(),
        "also_beside": _beside(visit, row), "links": links_of(row, visit), "may_templates": visit.may(Act.TEMPLATES_VIEW),
    }
    return show(request, "activities/activity.html", visit, context, status=status)


def _graded(facts: Facts) -> bool:
    """Whether it is a review that was held, or counts as one."""
    words = {facts.row.get_type_display(), *facts.also}
    return not facts.row.planned and ActivityType.REVIEW.label in words


def _beside(visit: Visit, row: Activity) -> Activity | None:
    """The chamber event at the same time, as far as one may see it."""
    if row.held_with_id is None:
        return None
    return Activity.objects.within(visit.scope_today(Act.LEDGER_VIEW)).filter(pk=row.held_with_id).first()


@page(Act.LEDGER_VIEW, methods=("GET",))
def activity_sign_in(request: HttpRequest, visit: Visit, activity: int) -> HttpResponse:
    """The sheet to sign, as Word or with `?format=pdf` as PDF."""
    facts = _with_papers(visit, activity)
    return _download(request, visit, facts, "sign-in", sign_in_sheet(facts), "签到表")


@page(Act.LEDGER_VIEW, methods=("GET",))
def activity_record(request: HttpRequest, visit: Visit, activity: int) -> HttpResponse:
    """The record, as Word or with `?format=pdf` as PDF."""
    facts = _with_papers(visit, activity)
    return _download(request, visit, facts, "record", meeting_record(facts), "记录")


def _with_papers(visit: Visit, activity: int) -> Facts:
    """Of a talk there is nothing to print."""
    facts = facts_of(visit, activity)
    if facts.row.type == ActivityType.TALK:
        raise Http404
    return facts


def _download(
    request: HttpRequest, visit: Visit, facts: Facts, form: str, content: SignInSheet | MeetingRecord, what: str
) -> HttpResponse:
    """By the template in force for the host today."""
    row, kind, ending = facts.row, WORD, "docx"
    host = host_of(row)
    try:
        written, template = form_to_word(form, content, host, visit.today)
        if request.GET.get("format") == "pdf":
            written, kind, ending = to_pdf(written), "application/pdf", "pdf"
    except (NoConverter, Damaged, Unfillable) as refusal:
        messages.error(request, str(refusal))
        return redirect("activity", activity=row.pk)
    note(by=visit.user, at=visit.now, verb="导出", subject=row, unit=host, reason=f"{what} {ending.upper()}{by_template(template)}")
    return attachment(written, f"{row.held_on}{row.title}{what}.{ending}", kind)
