"""What one may ask about cases."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet

from shanghui.access.models import AuditEntry, Axis, Reach, Unit, UnitKind
from shanghui.access.scope import Scope
from shanghui.cases.file import NUMBERS, File, as_at, files
from shanghui.cases.models import (
    Ballot,
    Case,
    CaseChamber,
    CaseOrganization,
    CasePerson,
    CaseQuerySet,
    Design,
    Nominee,
    Posting,
    SetAside,
    State,
)
from shanghui.cases.progress import Next, next_places
from shanghui.cases.registry import Kind, kinds
from shanghui.kernel.facts import holds_on

_TYPED: dict[str, dict[str, str]] = {
    model._meta.db_table: {
        one.attname: word or str(one.verbose_name) for one in model._meta.concrete_fields if one.attname not in ("id", "case_id", "place")
    }
    for model, word in (
        (Design, ""), (CaseChamber, "涉及的商会"), (CaseOrganization, "一起合并的党组织"), (CasePerson, "编入党员"), (Posting, ""), (Ballot, ""),
        (SetAside, "选举人"), (Nominee, "人选"),
    )
}
"""By table what is typed in a case: the word of each column."""


def all_kinds() -> list[Kind]:
    """Every kind, in the order of their modules."""
    return list(kinds)


def cases(scope: Scope) -> CaseQuerySet:
    """Cases within the scope, the open ones first, then what was closed last."""
    return Case.objects.within(scope).select_related("office", "organization__unit", "person").defer(*NUMBERS).order_by(
        F("closed_on").desc(nulls_first=True), "-opened_on", "-pk"
    )


def developments(scope: Scope) -> CaseQuerySet:
    """Cases about people within the scope, the open ones first, by branch and name."""
    rows = Case.objects.about_people(scope).select_related("organization__unit", "person").defer(*NUMBERS)
    return rows.order_by(F("closed_on").desc(nulls_first=True), "organization__unit__name", "person__initials", "pk")


def open_cases(scope: Scope) -> CaseQuerySet:
    """Cases that are worked on."""
    return cases(scope).filter(state=State.OPEN)


def next_steps(scope: Scope, day: date, *, people: Collection[int] | None = None) -> list[Next]:
    """What could be done next on `day` in every case that was open then, within the scope, those due first; with `people` only in
    these of the cases about people. A constant number of questions."""
    rows = cases(scope).on(day)
    if people is not None:
        rows = rows.filter(Q(person=None) | Q(pk__in=people))
    found = [Next(file, place) for file in files(rows, day) for place in next_places(as_at(file))]
    return sorted(found, key=lambda one: (one.due or date.max, one.file.case.pk))


def next_of_chambers(chambers: Iterable[int], scope: Scope, day: date) -> dict[int, Next]:
    """By chamber what is to be done next in the open case about it, within the scope. One question where there is none."""
    about = CaseChamber.objects.filter(chamber_id__in=list(chambers)).values("case_id")
    found: dict[int, Next] = {}
    for file in files(open_cases(scope).filter(pk__in=about), day):
        for place in next_places(file)[:1]:
            for chamber in file.chambers:
                found.setdefault(chamber.pk, Next(file, place))
    return found


def open_by_organization(organizations: Iterable[int], kind: str, scope: Scope) -> dict[int, int]:
    """By party organization the key of its open case of a kind, within the scope. One question."""
    rows = open_cases(scope).filter(organization_id__in=list(organizations), kind=kind)
    return dict(rows.values_list("organization_id", "pk"))


def cases_of_organization(organization: int, scope: Scope) -> CaseQuerySet:
    """The cases about one party organization, and those in which it is merged or takes something over."""
    return cases(scope) & Case.objects.concerning(organization)


def cases_of_chamber(chamber: int, scope: Scope) -> CaseQuerySet:
    """The cases about one chamber, open and closed."""
    return cases(scope).filter(chambers__chamber_id=chamber)


def people_of(file: File) -> QuerySet[CasePerson]:
    """Who will belong to the organization of a case, in the order of their names."""
    return CasePerson.objects.filter(case=file.case).select_related("person").defer(*NUMBERS).order_by("person__initials", "person_id")


def nominees_of(file: File) -> QuerySet[Nominee]:
    """The candidates of a case, with their people."""
    return Nominee.objects.filter(case=file.case).select_related("person").defer(*NUMBERS)


def changed_since(case: Case, at: datetime) -> list[str]:
    """What was typed in a case otherwise than it stood at a moment, in the words of its columns; what was changed back is not
    among it. From the audit entries of the case, one question."""
    found: dict[tuple[str, int, str], tuple[Any, Any]] = {}
    entries = AuditEntry.objects.filter(subject_table=Case._meta.db_table, subject_id=case.pk, at__gt=at).order_by("pk")
    for changes in entries.values_list("changes", flat=True):
        for table, key, before, after in changes:
            for column in {*(before or {}), *(after or {})} if table in _TYPED else ():
                cell = (table, key, column)
                first = found[cell][0] if cell in found else (before or {}).get(column)
                found[cell] = (first, (after or {}).get(column))
    differing = {_TYPED[table].get(column, "") for (table, _, column), (first, last) in found.items() if (first or None) != (last or None)}
    return [word for word in dict.fromkeys(word for names in _TYPED.values() for word in names.values()) if word in differing]


def offices_of(units: Iterable[int], day: date) -> dict[int, int]:
    """By unit the key of the nearest federation above it on `day`; without those that have none. One question for the whole tree."""
    rows = Reach.objects.filter(holds_on(day), axis=Axis.SUPERVISION, above__kind=UnitKind.FEDERATION).order_by("-depth")
    wanted = set(units)
    return {below: above for below, above in rows.values_list("below_id", "above_id") if below in wanted} if wanted else {}


def office_of(units: Iterable[int], day: date) -> Unit | None:
    """The nearest federation above all of these units on `day`; None where there is none. One question."""
    below = set(units)
    rows = Reach.objects.filter(holds_on(day), axis=Axis.SUPERVISION, below_id__in=below, above__kind=UnitKind.FEDERATION)
    shared = rows.values("above_id").annotate(reached=Count("below_id", distinct=True), far=Max("depth")).filter(reached=len(below))
    nearest = shared.order_by("far", "above_id").first()
    return Unit.objects.get(pk=nearest["above_id"]) if nearest else None
