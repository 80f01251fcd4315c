"""The month of a guide, gathered from visits and facts: a fixed number of questions, however many chambers (M06)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from django.db.models import Q

from shanghui.access.models import Unit
from shanghui.access.scope import Scope
from shanghui.indicators.populations import CHAMBERS
from shanghui.kernel.periods import first_day_after, last_day, spoken_day
from shanghui.ledger.activities.models import Visit
from shanghui.ledger.organizations.models import Coverage, GapPlan
from shanghui.ledger.organizations.queries import live_coverages
from shanghui.ledger.people.models import GuideAssignment, Person
from shanghui.reports.visit_months import ChamberMonth, VisitLine, VisitMonth
from shanghui.web.guides.loads import assignments_ever

Texts = dict[int, list[str]]


def month_of(person: Person, scope: Scope, *, office: str, first: date, last: date) -> VisitMonth:
    """What one guide's month was, among the chambers within the scope. Ten questions."""
    visits = _visits(person, scope, first, last)
    terms = _terms(person, scope, first, last)
    chambers = sorted({one.chamber_id for one in visits} | {one.chamber_id for one in terms})
    names = dict(Unit.objects.filter(pk__in=chambers).order_by("name", "pk").values_list("pk", "name"))
    changes = _changes(chambers, terms, first, last)
    standing = _standing(chambers, last)
    lines: dict[int, list[VisitLine]] = defaultdict(list)
    for one in visits:
        lines[one.chamber_id].append(VisitLine(one.visited_on, one.met, one.missing, one.agreed, one.help_wanted, one.next_on))
    listed = [ChamberMonth(pk, name, standing[pk], tuple(lines[pk]), tuple(changes[pk])) for pk, name in names.items()]
    return VisitMonth(person.name, office, first, last, tuple(listed))


def _visits(person: Person, scope: Scope, first: date, last: date) -> list[Visit]:
    """Those written down for the guide, or by the guide's own account for nobody else."""
    own = Q(guide=person)
    if person.user_id is not None:
        own |= Q(guide=None, visitor_id=person.user_id)
    return list(Visit.objects.within(scope).filter(own, visited_on__range=(first, last)).order_by("visited_on", "pk"))


def _terms(person: Person, scope: Scope, first: date, last: date) -> list[GuideAssignment]:
    """Assignments that held on some day of the month."""
    rows = assignments_ever(scope).filter(Q(valid_to=None) | Q(valid_to__gt=first), person=person, valid_from__lte=last)
    return list(rows.order_by("valid_from", "pk"))


def _standing(chambers: list[int], day: date) -> dict[int, str]:
    """«由“…”覆盖», «没有党组织，正式党员 2 人» as at the day."""
    covering = dict(live_coverages(day).filter(chamber_id__in=chambers).order_by("-pk").values_list("chamber_id", "organization__unit__name"))
    full = _full_members(chambers, day)
    found = {}
    for pk in chambers:
        count = full.get(pk)
        bare = f"没有党组织，正式党员 {count} 人" if count is not None else "没有党组织"
        found[pk] = f"由“{covering[pk]}”覆盖" if pk in covering else bare
    return found


def _full_members(chambers: list[int], day: date) -> dict[int, int]:
    """Full members attached to each chamber in operation on the day."""
    return dict(CHAMBERS.rows(day).filter(pk__in=chambers).order_by().values_list("pk", "full_members"))


def _changes(chambers: list[int], terms: list[GuideAssignment], first: date, last: date) -> Texts:
    """What the facts say of the month: who looks after it, coverage, the way chosen, full members."""
    found: Texts = defaultdict(list)
    _told_of_terms(found, terms, first, last)
    _told_of_coverage(found, chambers, first, last)
    _told_of_plans(found, chambers, first, last)
    before, after = _full_members(chambers, first - timedelta(days=1)), _full_members(chambers, last)
    for pk in chambers:
        if pk in before and pk in after and before[pk] != after[pk]:
            found[pk].append(f"正式党员 {before[pk]} 人 → {after[pk]} 人")
    return found


def _told_of_terms(found: Texts, terms: list[GuideAssignment], first: date, last: date) -> None:
    for one in terms:
        if first <= one.valid_from <= last:
            told = f"，移交事项：{' '.join(one.handed_over.split())}" if one.handed_over else ""
            found[one.chamber_id].append(f"{spoken_day(one.valid_from)}起联系{told}")
        ended = last_day(one.valid_to)
        if ended is not None and first <= ended <= last:
            found[one.chamber_id].append(f"联系到{spoken_day(ended)}为止")


def _told_of_coverage(found: Texts, chambers: list[int], first: date, last: date) -> None:
    begun, ended = Q(valid_from__range=(first, last)), Q(valid_to__range=(first_day_after(first), first_day_after(last)))
    rows = Coverage.objects.filter(begun | ended, chamber_id__in=chambers).select_related("organization__unit")
    for one in rows.order_by("valid_from", "pk"):
        name, form = one.organization.unit.name, one.get_form_display()
        if first <= one.valid_from <= last:
            found[one.chamber_id].append(f"{spoken_day(one.valid_from)}起由“{name}”覆盖（{form}）")
        over = last_day(one.valid_to)
        if over is not None and first <= over <= last:
            found[one.chamber_id].append(f"“{name}”的覆盖（{form}）到{spoken_day(over)}为止")


def _told_of_plans(found: Texts, chambers: list[int], first: date, last: date) -> None:
    """A plan of the month is told by what differs from the one before it."""
    rows = GapPlan.objects.filter(chamber_id__in=chambers, valid_from__lte=last).order_by("valid_from", "pk")
    stood: dict[int, GapPlan] = {}
    for one in rows:
        if one.valid_from >= first:
            said = _plan_in_words(one, stood.get(one.chamber_id))
            if said:
                found[one.chamber_id].append(f"{spoken_day(one.valid_from)}记：{said}")
        stood[one.chamber_id] = one


def _plan_in_words(new: GapPlan, old: GapPlan | None) -> str:
    words = (
        ("原因", new.get_reason_display(), old.get_reason_display() if old else ""),
        ("打算", new.get_route_display(), old.get_route_display() if old else ""),
        ("", new.note, old.note if old else ""),
    )
    said = [f"{label}{'由' + before + '改为' if before and label else ''}{now}" for label, now, before in words if now and now != before]
    return "，".join(said)
