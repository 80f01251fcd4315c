"""Questions about the register as a whole (M14): who is away, lost or gone; what is missing; which records resemble each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery

from shanghui.access.scope import Scope
from shanghui.ledger.people.models import MembershipRecord, MemberStanding, NotSame, Person
from shanghui.ledger.people.queries import home_affiliations, people
from shanghui.ledger.people.records import ACCOMPANIED, DIGESTS, WANTED, Missing, missing_of
from shanghui.ledger.people.standings import StandingContact

MOST_PAIRS = 500
"""Pairs of resembling records shown at a time."""


def standings(scope: Scope, day: date) -> QuerySet[MemberStanding]:
    """What holds of people within the scope on `day`, the latest first, with branch, category and the last contact by then."""
    home = home_affiliations(day).filter(person_id=OuterRef("person_id"))
    record = MembershipRecord.objects.on(day).filter(person_id=OuterRef("person_id"))
    reached = StandingContact.objects.filter(standing_id=OuterRef("pk"), held_on__lte=day).order_by().values("standing_id")
    rows = MemberStanding.objects.within(scope.on(day)).on(day).select_related("person__kept_by").annotate(
        branch_name=Subquery(home.values("organization__unit__name")[:1]),
        category=Subquery(record.values("category")[:1]),
        last_contact=Subquery(reached.filter(reached=True).annotate(last=Max("held_on")).values("last")),
        searched=Subquery(reached.annotate(n=Count("pk")).values("n")),
    )
    return rows.defer("person__id_number", "person__phone").order_by("-valid_from", "-pk")


def lacking() -> Q:
    """The condition on `people`: something that a complete record of the person's category has is missing."""
    found = Q(branch_pk=None)
    for category, columns in WANTED.items():
        lacks = Q()
        for name in columns:
            lacks |= Q(**{DIGESTS[name]: b""}) if name in DIGESTS else Q(**{name: ""})
        found |= Q(category=category) & lacks
    return found | Q(category__in=ACCOMPANIED, contacts="")


def _everybody(scope: Scope, day: date) -> QuerySet[Any]:
    """Who is in a category on the day and kept within the scope, with category, branch and contact persons."""
    record = MembershipRecord.objects.on(day).filter(person_id=OuterRef("pk"))
    rows: QuerySet[Any] = people(scope, day).kept_within(scope.on(day)).annotate(contacts=Subquery(record.values("contacts")[:1]))
    return rows.exclude(category=None).defer("id_number", "phone")


def incomplete(scope: Scope, day: date) -> QuerySet[Any]:
    """People of the register with something missing, by branch and pinyin."""
    return _everybody(scope, day).filter(lacking()).order_by("branch_name", "initials", "pk")


def missing_in(row: Any) -> list[Missing]:
    """What is missing in a row of `incomplete`."""
    return missing_of(row, row.category, at_home=row.branch_pk is not None, contacts=row.contacts)[0]


@dataclass(frozen=True)
class BranchGaps:
    """How many people of a branch lack something. `pk` None: people without a branch."""

    pk: int | None
    name: str
    count: int
    incomplete: int


def gaps_by_branch(scope: Scope, day: date) -> list[BranchGaps]:
    """By organization how many people of the register it has, and of how many something is missing, by name. Two questions."""
    everybody = _everybody(scope, day).order_by()
    grouped = ("branch_pk", "branch_name")
    missing = dict(_counted(everybody.filter(lacking()), *grouped))
    return sorted(
        (BranchGaps(pk, name or "没有登记党组织", count, missing.get((pk, name), 0)) for (pk, name), count in _counted(everybody, *grouped)),
        key=lambda one: (one.pk is None, one.name),
    )


def _counted(rows: QuerySet[Any], *columns: str) -> Iterator[tuple[tuple[Any, ...], int]]:
    for *key, count in rows.values_list(*columns).annotate(n=Count("pk")):
        yield tuple(key), count


@dataclass(frozen=True)
class Pair:
    """Two records that may be of one person, and why."""

    one: Person
    other: Person
    because: tuple[str, ...]


def resembling(scope: Scope, day: date) -> list[Pair]:
    """Records of one name that may be of one person: the same birth, organization, telephone or workplace, and nothing that
    tells them apart. One identity number cannot stand in two records. Dismissed pairs are left out. Three questions."""
    inside = Person.objects.within(scope.on(day))
    twice = inside.order_by().values("name").annotate(n=Count("pk")).filter(n__gt=1).values("name")
    home = home_affiliations(day).filter(person_id=OuterRef("pk"))
    record = MembershipRecord.objects.on(day).filter(person_id=OuterRef("pk"))
    rows = inside.filter(name__in=twice).defer("id_number", "phone").annotate(
        branch_name=Subquery(home.values("organization__unit__name")[:1]), category=Subquery(record.values("category")[:1]),
        branch_pk=Subquery(home.values("organization_id")[:1]),
    )
    named: dict[str, list[Person]] = defaultdict(list)
    for row in rows.order_by("initials", "pk"):
        named[row.name].append(row)
    dismissed = set(NotSame.objects.values_list("first_id", "second_id")) if named else set()
    found = []
    for group in named.values():
        for one, other in combinations(sorted(group, key=lambda row: row.pk), 2):
            because = () if (one.pk, other.pk) in dismissed else _because(one, other)
            if because:
                found.append(Pair(one, other, because))
    return found[:MOST_PAIRS]


def _because(one: Any, other: Any) -> tuple[str, ...]:
    """Why two records of one name may be one person; nothing where two numbers, births or sexes say that they are two."""
    if one.id_digest and other.id_digest:
        return ()
    shared = min(len(one.birth), len(other.birth))
    if one.birth[:shared] != other.birth[:shared] or (one.gender and other.gender and one.gender != other.gender):
        return ()
    reasons = (
        ("出生年月相同", shared >= 7),
        ("同一党组织", one.branch_pk is not None and one.branch_pk == other.branch_pk),
        ("同一电话", bool(one.phone_digest) and one.phone_digest == other.phone_digest),
        ("同一工作单位", bool(one.workplace) and one.workplace == other.workplace),
    )
    return tuple(word for word, holds in reasons if holds)
