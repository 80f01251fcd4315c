"""What stands in a person's calendar: the same duties, terms and visits as in the to-do, and the meetings announced.

No names of people, no titles somebody wrote freely, nothing of a talk: a calendar lies on machines that are not ours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from shanghui.access.acts import Act
from shanghui.access.scope import Scope
from shanghui.cases.progress import Next
from shanghui.kernel.periods import months_later
from shanghui.ledger.activities.models import Activity, ActivityType
from shanghui.rules.pending import Explained, explained
from shanghui.rules.registry import limit, norm_on
from shanghui.rules.standing import Verdict, standing
from shanghui.rules.states import State
from shanghui.web.feeds.calendars import Entry
from shanghui.web.feeds.owed import NAMED, duties, lines, part_of
from shanghui.web.home.asked import asked, campaign_url
from shanghui.web.home.casework import steps_to_do
from shanghui.web.home.duties import own_units
from shanghui.web.home.standings import due_of, list_of, page_of
from shanghui.web.home.visiting import next_visits
from shanghui.web.home.warding import EXAMINED, wards_to_examine
from shanghui.web.kit.links import address
from shanghui.web.kit.visits import Visit

BACK_MONTHS, TERMS_AHEAD_MONTHS = 12, 18
MEETINGS_AT_MOST = STEPS_AT_MOST = 300


def entries(visit: Visit) -> list[Entry]:
    """Everything in the calendar of this person today. A fixed number of queries."""
    found: list[Entry] = []
    if visit.may(Act.DUTY_VIEW):
        scope = visit.scope_today(Act.DUTY_VIEW)
        settled = explained(scope, visit.today)
        found += [*duties(visit, scope, settled), *_terms(visit, scope, settled), *_campaigns(visit, scope)]
    if visit.may(Act.CASE_WORK):
        found += [_step(one) for one in steps_to_do(visit, STEPS_AT_MOST)][:STEPS_AT_MOST]
    if visit.may(Act.LEDGER_VIEW):
        found += [_meeting(one) for one in planned_meetings(visit, months_later(visit.today, -1), months_later(visit.today, BACK_MONTHS))]
    if visit.may(Act.VISIT_RECORD):
        found += _visits(visit)
    return [*found, *_wards(visit)]


def planned_meetings(visit: Visit, first: date, last: date) -> Iterable[Activity]:
    """What was announced and not yet recorded, by day. Two queries."""
    rows = Activity.objects.within(visit.scope_today(Act.LEDGER_VIEW)).filter(planned=True, held_on__range=(first, last))
    return rows.prefetch_related("hosts__unit").order_by("held_on", "begins", "pk")[:MEETINGS_AT_MOST]


def _terms(visit: Visit, scope: Scope, settled: Explained) -> Iterator[Entry]:
    """The day a term ends and, for the same subject, the day from which the upper level reminds; other rules on their day."""
    own, today = {seat.unit_id: seat.unit.kind for seat in visit.seats if seat.unit_id in own_units(visit)}, visit.today
    first, last = months_later(today, -BACK_MONTHS), months_later(today, TERMS_AHEAD_MONTHS)
    groups: dict[tuple[str, date], list[Verdict]] = defaultdict(list)
    for one in standing(scope, today):
        due = _due(one, settled, today)
        if due is None or not first <= due <= last:
            continue
        if one.stand.unit in own:
            yield from _of_one(one, due, own[one.stand.unit])
        else:
            groups[one.check.code, due].append(one)
    for (code, due), found in sorted(groups.items()):
        yield from _of_many(code, due, found, part_of(scope))


def _due(one: Verdict, settled: Explained, today: date) -> date | None:
    """The day to be told; none for what was explained, excused for good, or is no deadline."""
    stand = one.stand
    if stand.state is State.UNKNOWN or stand.first in settled.get((stand.unit, one.check.code), ()):
        return None
    if stand.state is State.DONE and not _is_term(one.check.code):
        return None
    due = due_of(one, today)
    return None if stand.state is State.EXCUSED and (due is None or due < today) else due


def _of_one(one: Verdict, due: date, unit_kind: str) -> Iterator[Entry]:
    stand, code = one.stand, one.check.code
    said = stand.message if _is_term(code) else one.check.settled_by
    text = lines(said, one.article)
    key, url = f"{code}-{stand.first.isoformat()}-{stand.unit}", page_of(stand.unit, unit_kind)
    yield Entry(key, f"{one.check.title}：{stand.name}", due, text, url, reminds=True)
    if _is_term(code):
        yield Entry(f"ahead-{key}", f"{stand.name}任期还有 {_ahead()} 个月", months_later(due, -_ahead()), text, url)


def _of_many(code: str, due: date, found: list[Verdict], part: str) -> Iterator[Entry]:
    names = "、".join(one.stand.name for one in found[:NAMED]) + ("等" if len(found) > NAMED else "")
    who = found[0].stand.name if len(found) == 1 else f"{len(found)} 个单位"
    text = lines(names, found[0].article)
    key, url = f"{code}-{due.isoformat()}-{part}", list_of(found[0].check, found[0].stand.state)
    yield Entry(key, f"{found[0].check.title}：{who}", due, text, url)
    if _is_term(code):
        yield Entry(f"ahead-{key}", f"{who}任期还有 {_ahead()} 个月", months_later(due, -_ahead()), text, url)


def _is_term(code: str) -> bool:
    """Whose day is the end of a term: only of these one is told half a year ahead."""
    return code in ("term.organization", "term.chamber")


def _ahead() -> int:
    return limit("COM-09", "months_before")


def _meeting(one: Activity) -> Entry:
    """Its kind and who holds it. The title somebody wrote is left to the page behind the sign-in; of a talk the place too."""
    hosts = "、".join(sorted(host.unit.name for host in one.hosts.all()))
    shown = "" if one.begins is None else "结束时间没有登记，按一小时显示。"
    return Entry(
        f"activity-{one.pk}", f"{ActivityType(one.type).label} · {hosts}", one.held_on, shown, address("activity", activity=one.pk),
        begins=one.begins, place="" if one.type == ActivityType.TALK else one.place, record=("activities_activity", one.pk),
    )


def _visits(visit: Visit) -> Iterator[Entry]:
    """The next day of one's own visits, without what was agreed there."""
    for row in next_visits(visit).filter(next_on__gte=visit.today - timedelta(days=92)):
        assert row.next_on is not None
        name, url = row.chamber.unit.name, address("chamber", chamber=row.chamber_id)
        text = f"{row.visited_on} 走访时约定的。"
        yield Entry(f"visit-{row.pk}", f"走访{name}", row.next_on, text, url, reminds=True, record=("activities_visit", row.pk))


def _wards(visit: Visit) -> Iterator[Entry]:
    """The last day for the next examination of somebody one looks after, without the name."""
    norm = norm_on(EXAMINED, visit.today)
    for one in wards_to_examine(visit):
        assert one.examination is not None
        case = one.file.case
        yield Entry(
            f"ward-{case.pk}", f"培养考察最迟 · {case.organization.unit.name if case.organization else ''}", one.examination,
            lines("您是培养联系人", norm.source if norm else ""), address("ward", ward=case.pk), reminds=True,
        )


def _step(one: Next) -> Entry:
    """The last day of a step of a case: which kind, which step, about whom; never the title somebody wrote."""
    case, place = one.file.case, one.place
    assert one.due is not None
    return Entry(
        f"case-{case.pk}-{place.step.code}", f"{one.file.kind.title}：{place.step.title}最迟 · {one.subject.name}", one.due,
        place.norm.source if place.norm else "", address("case", case=case.pk), reminds=True,
    )


def _campaigns(visit: Visit, scope: Scope) -> Iterator[Entry]:
    """What campaigns still ask, on the day by which they ask it."""
    for one in asked(visit):
        title, text = f"{one.campaign.title}：{one.item.title}截止", one.campaign.document
        if one.is_own:
            yield Entry(f"campaign-{one.item.pk}-{one.units[0].pk}", title, one.item.due_on, text, campaign_url(one), reminds=True)
        else:
            many = f"{title} · {len(one.units)} 个党组织"
            yield Entry(f"campaign-{one.item.pk}-{part_of(scope)}", many, one.item.due_on, text, campaign_url(one))
