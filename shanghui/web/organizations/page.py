"""The context of a party organization's page."""

from __future__ import annotations

from typing import Any

from shanghui.access.acts import Act
from shanghui.access.models import Axis, Link
from shanghui.access.naming import called_on, former_names
from shanghui.access.queries import children_of
from shanghui.kernel.periods import months_later
from shanghui.ledger.organizations.archive import OrganizationArchive, holds
from shanghui.ledger.organizations.models import Chamber, PartyOrganization
from shanghui.ledger.organizations.powers import Powers, powers_of
from shanghui.ledger.people.leadership import appointments_in, dual_count, leaders, members_by_category
from shanghui.ledger.people.models import MEMBERS, Category
from shanghui.web.cases.around import (
    BY_ELECTION,
    ELECTION,
    OF_ORGANIZATION,
    of_organization,
    openings,
    told_of_cases,
)
from shanghui.web.cases.starting import starts
from shanghui.web.chambers import timeline as shared
from shanghui.web.chambers.archive import ACTIVITIES_AT_MOST, activities_of, openable, people_of
from shanghui.web.kit.history import unit_history
from shanghui.web.kit.timelines import Entry
from shanghui.web.kit.visits import Visit
from shanghui.web.organizations import timeline


def page_of(row: PartyOrganization, visit: Visit, *, kind: str, whole: bool) -> dict[str, Any]:
    """What organizations/organization.html shows. A fixed number of queries."""
    archive = OrganizationArchive(row, visit.day)
    period, renamed = archive.period, list(shared.told_of_names(former_names([row.pk]), row.unit.name))
    powers = powers_of(period.form if period else "")
    appointments = appointments_in([row.pk])
    if visit.query:
        covered = [one.chamber.unit for one in archive.coverages]
        called_on(visit.day, [row.unit, *covered, *(one.unit for one in archive.terms), *(one.unit for one in appointments)])
    leading = leaders(appointments, visit.day, tells_members=False)
    activities = activities_of([row.pk], visit, whole)
    more = not whole and len(activities) > ACTIVITIES_AT_MOST
    reached = _reached(archive, visit)
    cases = of_organization(row.pk, visit)
    entries = [
        *told_of_cases(cases),
        *renamed, *timeline.told_of_being(archive), *timeline.told_of_chambers(archive, reached), *timeline.told_of_dual(archive),
        *shared.told_of_terms(archive.terms),
        *shared.told_of_posts(appointments, 0), *shared.told_of_activities(activities[:ACTIVITIES_AT_MOST] if more else activities),
    ]
    may_change = visit.may(Act.LEDGER_CHANGE)
    return {
        "cases": cases, "openings": openings(visit, _kinds_for(powers), f"organization={row.pk}", cases) if period and not visit.query else [],
        "row": row, "archive": archive, "period": period, "powers": powers, "leaders": leading,
        "openable": openable(visit, {one.person.pk for one in leading}), "numbers": _numbers(row, visit),
        "dual": dual_count(row.pk, visit.day), "dual_url": people_of(visit, row.pk, "&life=dual"), "above": _above(row, visit), "below": _below(row, visit),
        "plates": [one for one in archive.plates if holds(one, visit.day)],
        "covered": _covered(archive, reached), "term": archive.term, "soon": months_later(visit.day, 6),
        "acts": unit_history(row, row.unit, sight=visit.sight()), "may_undo": may_change, "may_change": may_change,
        "may_report": visit.may(Act.REPORT_WRITE),
        "election": starts(visit, [row.pk]).get(row.pk) if powers.holds_elections and period else None,
        "may_appoint": visit.may(Act.PEOPLE_CHANGE), "kinds": timeline.KINDS, "more_activities": more,
    } | shared.told(entries, _coming(archive, powers), visit.day, visit.today, kind)


def _kinds_for(powers: Powers) -> tuple[str, ...]:
    """The kinds of case that can be opened for an organization of this form."""
    return OF_ORGANIZATION if powers.holds_elections else tuple(code for code in OF_ORGANIZATION if code not in (ELECTION, BY_ELECTION))


def _coming(archive: OrganizationArchive, powers: Powers) -> list[Entry]:
    if archive.term is None or not powers.holds_elections or archive.period is None:
        return []
    return list(shared.due([archive.term], {archive.organization.pk: archive.period.form}, archive.day))


def _numbers(row: PartyOrganization, visit: Visit) -> list[tuple[str, int, str]]:
    """(category, how many, the list of them) from full members down, all members first."""
    counts = members_by_category([row.pk], visit.day).get(row.pk, {})
    members = sum(counts.get(one, 0) for one in MEMBERS)
    found = [("党员", members, people_of(visit, row.pk, "&life=home&category=members"))]
    for category in (Category.FULL, Category.PROBATIONARY, Category.CANDIDATE, Category.ACTIVIST, Category.APPLICANT):
        found.append((str(category.label), counts.get(category, 0), people_of(visit, row.pk, f"&life=home&category={category.value}")))
    return found


def _above(row: PartyOrganization, visit: Visit) -> tuple[Link, bool] | None:
    """The link to the parent on the party line, with its days, and whether the parent's page may be opened."""
    above = Link.objects.on(visit.day).filter(axis=Axis.PARTY, child=row.unit).select_related("parent").first()
    return (above, visit.scope().contains(above.parent_id)) if above else None


def _below(row: PartyOrganization, visit: Visit) -> list[Any]:
    below = children_of(row.unit, axis=Axis.PARTY, day=visit.day).filter(visit.scope().condition("id"))
    return list(below[:30])


def _reached(archive: OrganizationArchive, visit: Visit) -> set[int]:
    """The chambers whose pages the visitor may open."""
    pks = {one.chamber_id for one in archive.coverages}
    return set(Chamber.objects.within(visit.scope()).filter(pk__in=pks).values_list("pk", flat=True)) if pks else set()


def _covered(archive: OrganizationArchive, reached: set[int]) -> list[tuple[Any, bool]]:
    """The coverages that had begun by the day, those that hold first, and whether the chamber's page may be opened."""
    begun = [one for one in archive.coverages if one.valid_from <= archive.day]
    standing = {one.pk for one in archive.covered}
    return [(one, one.chamber_id in reached) for one in sorted(begun, key=lambda one: one.pk not in standing)]
