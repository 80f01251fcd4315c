"""People page by page: which rows a page shows is asked of an index; what only these rows show is fetched for them alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import In

from shanghui.access.scope import Scope
from shanghui.kernel.facts import holds_on
from shanghui.kernel.prepared import Prepared
from shanghui.ledger.people.models import (
    MEMBERS,
    Affiliation,
    AffiliationKind,
    Appointment,
    Category,
    MembershipRecord,
    MemberStanding,
    Person,
    PersonQuerySet,
    Post,
    StandingKind,
)
from shanghui.ledger.people.queries import home_affiliations

ALL_MEMBERS = ("members", "党员（正式、预备）")
FEW_UNITS = 300
"""Up to so many units their people are looked up unit by unit; above, the index of names is walked until a page is full."""
FEW_PEOPLE = 2000
"""Up to so many people are named one by one in a question."""


def listed_people(scope: Scope, day: date) -> PersonQuerySet:
    """The people of `PersonQuerySet.within`, by pinyin, in whichever way fills a page sooner. Nothing is annotated."""
    units = scope.on(day).few_units(FEW_UNITS)
    if units is None:
        return Person.objects.within(scope.on(day)).order_by("initials", "pk")
    elsewhere = Affiliation.objects.on(day).filter(organization_id__in=units).exclude(person__kept_by_id__in=units)
    inside = Q(kept_by_id__in=units) | Q(pk__in=list(elsewhere.values_list("person_id", flat=True)))
    if scope.user_id is not None and scope.node is None:
        inside |= Q(user_id=scope.user_id)
    return Person.objects.filter(inside).order_by("initials", "pk")


def in_category(rows: PersonQuerySet, category: str, day: date) -> PersonQuerySet:
    """Those in this category on `day`: a small category by its people, a large one person by person until a page is full.

    "members" stands for full and probationary together.
    """
    wanted = MEMBERS if category == ALL_MEMBERS[0] else (Category(category),)
    those = MembershipRecord.objects.on(day).filter(category__in=wanted).values_list("person_id", flat=True)
    few = list(those[: FEW_PEOPLE + 1])
    if len(few) <= FEW_PEOPLE:
        return rows.filter(pk__in=few)
    record = MembershipRecord.objects.on(day).filter(person_id=OuterRef("pk"))
    return rows.filter(In(Subquery(record.values("category")[:1]), wanted))


def belonging_to(rows: PersonQuerySet, organization_pk: int, day: date, life: str = "") -> PersonQuerySet:
    """Those whose home, cultivation or dual life is in this organization on `day`; `life`: "home" or "dual" alone."""
    here = Affiliation.objects.on(day).filter(organization_id=organization_pk)
    if life == "home":
        here = here.exclude(kind=AffiliationKind.DUAL)
    elif life == "dual":
        here = here.filter(kind=AffiliationKind.DUAL)
    return rows.filter(pk__in=here.values("person_id"))


def complete(rows: Sequence[Person], day: date) -> None:
    """Adds to people what a list shows beside their own columns: `category`, `branch_name`, `branch_pk`, `posts`, `floating`. Four queries."""
    pks = [row.pk for row in rows]
    category = dict(_categories(day=day, people=pks))
    branches = {person: (organization, name) for person, organization, name in _homes(day=day, people=pks)}
    posts: dict[int, list[str]] = {}
    for person, unit, post in _posts(day=day, people=pks):
        posts.setdefault(person, []).append(f"{unit}{Post(post).label}")
    away = {person for (person,) in _away(day=day, people=pks)}
    for row in rows:
        row.floating = row.pk in away  # type: ignore[attr-defined]
        row.category = category.get(row.pk)  # type: ignore[attr-defined]
        row.branch_pk, row.branch_name = branches.get(row.pk, (None, None))  # type: ignore[attr-defined]
        row.posts = "、".join(posts.get(row.pk, ()))  # type: ignore[attr-defined]


@Prepared
def _categories(day: date, people: Sequence[int]) -> QuerySet[MembershipRecord, tuple[int, str]]:
    return MembershipRecord.objects.on(day).filter(person_id__in=people).values_list("person_id", "category")


@Prepared
def _homes(day: date, people: Sequence[int]) -> QuerySet[Affiliation, tuple[int, int, str]]:
    columns = ("person_id", "organization_id", "organization__unit__name")
    return home_affiliations(day).filter(person_id__in=people).values_list(*columns)


@Prepared
def _posts(day: date, people: Sequence[int]) -> QuerySet[Appointment, tuple[int, str, str]]:
    held = Appointment.objects.filter(holds_on(day), person_id__in=people).exclude(post=Post.MEMBER).order_by("pk")
    return held.values_list("person_id", "unit__name", "post")


@Prepared
def _away(day: date, people: Sequence[int]) -> QuerySet[MemberStanding, tuple[int]]:
    held = MemberStanding.objects.on(day).filter(person_id__in=people, kind=StandingKind.FLOATING)
    return held.values_list("person_id")


def in_standing(rows: PersonQuerySet, kind: str, day: date) -> PersonQuerySet:
    """Those of whom this is so on `day`: away, lost, suspended, left, died."""
    return rows.filter(pk__in=MemberStanding.objects.on(day).filter(kind=kind).values("person_id"))


CATEGORIES = [ALL_MEMBERS, *((category.value, category.label) for category in reversed(Category))]
"""Members first, as offices read them."""
