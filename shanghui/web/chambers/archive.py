"""The context of a chamber's archive page: facts of the day, one timeline, what is missing, who leads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.access.naming import called_on, former_names
from shanghui.kernel.code_tables import industry_name
from shanghui.kernel.periods import months_later
from shanghui.ledger.activities.models import Activity
from shanghui.ledger.activities.queries import visits
from shanghui.ledger.organizations.archive import ChamberArchive, holds
from shanghui.ledger.organizations.models import Chamber, Coverage, PartyOrganization, Status
from shanghui.ledger.organizations.powers import powers_of
from shanghui.ledger.people.leadership import (
    appointments_in,
    assignments_to,
    crossing_in_words,
    leaders,
    members_by_category,
    people_to_open,
)
from shanghui.ledger.people.models import Appointment, Category, GuideAssignment
from shanghui.web.cases.around import OF_CHAMBER, of_chamber, openings, told_of_cases
from shanghui.web.chambers import timeline
from shanghui.web.chambers.completeness import items
from shanghui.web.kit.history import unit_history
from shanghui.web.kit.links import address
from shanghui.web.kit.timelines import Entry
from shanghui.web.kit.visits import Visit

TONES = {Status.NORMAL: "done", Status.REELECTING: "soon", Status.PREPARING: "todo", Status.CLOSED: "excused"}
ACTIVITIES_AT_MOST = 20


def archive_of(row: Chamber, visit: Visit, *, kind: str, whole: bool) -> dict[str, Any]:
    """What chambers/chamber.html shows. A fixed number of queries, however much there is."""
    archive = ChamberArchive(row, visit.day)
    units = [row.pk, *{one.organization_id for one in archive.coverages}]
    renamed = list(timeline.told_of_names(former_names([row.pk]), row.unit.name))
    appointments = appointments_in(units)
    if visit.query:
        covering = [one.organization.unit for one in archive.coverages]
        called_on(visit.day, [row.unit, *covering, *(one.unit for one in archive.terms), *(one.unit for one in appointments)])
    assignments = assignments_to(row.pk)
    now_units = {row.pk, *(one.pk for one in archive.organizations)}
    leading = leaders(
        [one for one in appointments if one.unit_id in now_units], visit.day, tells_members=visit.may(Act.PEOPLE_VIEW)
    )
    guides = [one for one in assignments if holds(one, visit.day)]
    lacking = items(archive, leading, bool(guides))
    activities = activities_of(units, visit, whole)
    cases = of_chamber(row.pk, visit)
    more = not whole and len(activities) > ACTIVITIES_AT_MOST
    reached = _reached(archive, visit)
    entries = [
        *renamed, *timeline.told_of_coverage(archive, reached), *_entries(archive, appointments, assignments),
        *timeline.told_of_activities(activities[:ACTIVITIES_AT_MOST] if more else activities),
        *told_of_cases(cases),
        *timeline.told_of_visits(visits(visit.scope()).filter(chamber=row)[: None if whole else ACTIVITIES_AT_MOST]),
    ]
    return {
        "row": row, "archive": archive, "tone": TONES.get(Status(archive.status.status), "todo") if archive.status else "unknown",
        "industry": industry_name(row.industry_code), "guides": guides, "leaders": leading,
        "crossing": crossing_in_words(leading), "items": lacking, "missing": [one for one in lacking if not one.is_there],
        "have": sum(one.is_there for one in lacking), "more_activities": more, "soon": months_later(visit.day, 6),
        "coverages": [(one, _page_of(one, reached, visit)) for one in _begun(archive)],
        "parties": _parties(archive, visit, reached), "openable": openable(visit, {one.person.pk for one in leading} | {one.person_id for one in guides}),
        "acts": unit_history(row, row.unit, sight=visit.sight()), "may_undo": visit.may(Act.LEDGER_CHANGE),
        "may_change": visit.may(Act.LEDGER_CHANGE), "may_report": visit.may(Act.REPORT_WRITE), "may_appoint": visit.may(Act.PEOPLE_CHANGE),
        "cases": cases, "openings": openings(visit, OF_CHAMBER, f"chamber={row.pk}", cases) if _may_build(archive, visit) else [],
        "term": archive.term_of(row.pk), "kinds": timeline.KINDS, "whole": whole,
    } | timeline.told(entries, _coming(archive), visit.day, visit.today, kind)


def _may_build(archive: ChamberArchive, visit: Visit) -> bool:
    """Whether a case can be opened from here: today, for a chamber that is not closed and has no organization."""
    closed = archive.status is not None and archive.status.status == Status.CLOSED
    return not visit.query and not closed and not archive.live


def activities_of(units: Sequence[int], visit: Visit, whole: bool) -> list[Activity]:
    """What these units held and the visitor may see, the newest first: one more than is shown at first, or all."""
    held = Activity.objects.within(visit.scope()).filter(hosts__unit__in=units).distinct().order_by("-held_on", "-pk")
    return list(held if whole else held[: ACTIVITIES_AT_MOST + 1])


def _entries(
    archive: ChamberArchive, appointments: list[Appointment], assignments: list[GuideAssignment]
) -> list[Entry]:
    return [
        *timeline.told_of_register(archive), *timeline.told_of_charter(archive), *timeline.told_of_terms(archive.terms),
        *timeline.told_of_posts(appointments, archive.chamber.pk), *timeline.told_of_guides(assignments),
        *timeline.told_of_members(archive),
    ]


def _coming(archive: ChamberArchive) -> list[Entry]:
    forms = {one.pk: archive.form_of(one.pk) or "" for one in archive.organizations}
    terms = [archive.term_of(pk) for pk in (archive.chamber.pk, *forms)]
    return list(timeline.due([one for one in terms if one is not None], forms, archive.day))


def openable(visit: Visit, people: set[int]) -> set[int]:
    """Of these people those whose pages the visitor may open."""
    if not people or not visit.may(Act.PEOPLE_VIEW) or not address("person", person=1):
        return set()
    return people_to_open(visit.scope(Act.PEOPLE_VIEW), people)


def _begun(archive: ChamberArchive) -> list[Coverage]:
    """Coverages that had begun by the day, the newest first."""
    return [one for one in reversed(archive.coverages) if one.valid_from <= archive.day]


def _reached(archive: ChamberArchive, visit: Visit) -> set[int]:
    """The organizations whose pages the visitor may open."""
    ever = {one.organization_id for one in archive.coverages}
    return set(PartyOrganization.objects.within(visit.scope()).filter(pk__in=ever).values_list("pk", flat=True)) if ever else set()


def _page_of(one: Coverage, reached: set[int], visit: Visit) -> str:
    pk = one.organization_id
    return reverse("organization", kwargs={"organization": pk}) + visit.query if pk in reached else ""


def _parties(archive: ChamberArchive, visit: Visit, reached: set[int]) -> list[dict[str, Any]]:
    """The organizations of the day with form, numbers of people and term."""
    numbers = members_by_category([one.organization_id for one in archive.live], visit.day)
    return [_party(archive, one, visit, reached, numbers.get(one.organization_id, {})) for one in archive.live]


def _party(
    archive: ChamberArchive, coverage: Coverage, visit: Visit, reached: set[int], numbers: dict[str, int]
) -> dict[str, Any]:
    branch = coverage.organization_id
    full, probationary = numbers.get(Category.FULL, 0), numbers.get(Category.PROBATIONARY, 0)
    return {
        "coverage": coverage, "organization": coverage.organization, "url": _page_of(coverage, reached, visit),
        "people_url": people_of(visit, branch, "&life=home&category=members"), "powers": powers_of(archive.form_of(branch) or ""),
        "term": archive.term_of(branch), "full": full, "probationary": probationary, "members": full + probationary,
        "activists": numbers.get(Category.ACTIVIST, 0),
    }


def people_of(visit: Visit, branch: int, more: str = "") -> str:
    """The list of people of an organization, for those who may see it; `more` narrows it («&life=home»)."""
    query = f"?branch={branch}{more}" + (f"&on={visit.day}" if visit.query else "")
    return address("people", query) if visit.may(Act.PEOPLE_VIEW) else ""
