"""Real facts to try the template of an everyday paper with: the latest the visitor may see."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from shanghui.access.acts import Act
from shanghui.access.models import Unit
from shanghui.ledger.activities.models import Activity, ActivityHost, ActivityType
from shanghui.ledger.people.models import Direction, Person, Transfer
from shanghui.reports.word_templates.forms import Content, Form
from shanghui.web.activities.content import meeting_record, sign_in_sheet
from shanghui.web.activities.facts import Facts
from shanghui.web.guides.loads import assignments_ever
from shanghui.web.guides.month_facts import month_of
from shanghui.web.kit.visits import Visit
from shanghui.web.transfers.introduction import introduction_of

Subject = Transfer | Activity | Person
Offered = tuple[str, str, Subject, Unit]
"""(title, title that names nobody, what it is about, the unit it is noted under)."""


def offered(visit: Visit, form: Form, most: int) -> list[Offered]:
    """The latest letters, meetings or guides of the visitor's part of the tree; none where the visitor may not see them."""
    if form.code == "introduction":
        return list(_letters(visit, most)) if visit.may(Act.PEOPLE_VIEW) else []
    if not visit.may(Act.LEDGER_VIEW):
        return []
    return list(_guides(visit, most) if form.code == "visit-month" else _meetings(visit, most, held=form.code == "record"))


def _letters(visit: Visit, most: int) -> Iterator[Offered]:
    rows = Transfer.objects.within(visit.scope_today(Act.PEOPLE_VIEW)).named().filter(direction=Direction.OUT)
    for one in rows.order_by("-sent_on", "-pk")[:most]:
        unit = one.source.unit if one.source else visit.seats[0].unit
        yield f"{one.person.name}，{one.letter_number}", f"介绍信{one.letter_number}", one, unit


def _meetings(visit: Visit, most: int, held: bool) -> Iterator[Offered]:
    rows = Activity.objects.within(visit.scope_today(Act.LEDGER_VIEW)).exclude(type=ActivityType.TALK)
    rows = rows.filter(planned=False) if held else rows
    latest = list(rows.select_related("chair", "recorder", "lecturer").order_by("-held_on", "-pk")[:most])
    hosts = ActivityHost.objects.filter(activity__in=latest).select_related("unit").order_by("-pk")
    units = {one.activity_id: one.unit for one in hosts}
    for one in latest:
        title = f"{one.held_on} {one.title}"
        yield title, title, one, units[one.pk]


def _guides(visit: Visit, most: int) -> Iterator[Offered]:
    here = assignments_ever(visit.scope_today(Act.LEDGER_VIEW)).order_by().values("person_id")
    for one in Person.objects.without_numbers().filter(pk__in=here).order_by("initials", "pk")[:most]:
        yield f"{one.name}上个月", "走访月报", one, visit.seats[0].unit


def content_of(visit: Visit, form: Form, subject: Subject) -> Content:
    """What the paper says, as the visitor may see it; of a guide the last whole month."""
    if isinstance(subject, Transfer):
        return introduction_of(subject)
    if isinstance(subject, Activity):
        facts = Facts(subject, visit)
        return meeting_record(facts) if form.code == "record" else sign_in_sheet(facts)
    last = visit.today.replace(day=1) - timedelta(days=1)
    return month_of(subject, visit.scope_today(), office=visit.seats[0].unit.name, first=last.replace(day=1), last=last)
