"""The ledgers as offices keep them: chambers, organizations and people with who leads them and how many they are."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import (
    Aggregate,
    Case,
    CharField,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Concat

from shanghui.access.scope import Scope
from shanghui.kernel.facts import holds_on
from shanghui.ledger.organizations.models import ChamberMembership, Coverage, Enterprise
from shanghui.ledger.organizations.queries import chambers, enterprises, organizations
from shanghui.ledger.people.models import (
    CHAMBER_POSTS,
    Affiliation,
    AffiliationKind,
    Appointment,
    Category,
    GuideAssignment,
    MembershipRecord,
    MemberStanding,
    Person,
    Post,
    StandingKind,
)
from shanghui.ledger.people.queries import crossing, home_affiliations, party_officers, people


class Joined(Aggregate):
    """Names joined by 、 inside the database (string_agg; group_concat on SQLite)."""

    function = "STRING_AGG"
    allow_distinct = True
    output_field = CharField()

    def __init__(self, expression: Any, **extra: Any) -> None:
        super().__init__(expression, Value("、"), **extra)

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """GROUP_CONCAT is the same there."""
        return self.as_sql(compiler, connection, function="GROUP_CONCAT", **extra)


def _holder(day: date, post: Post) -> Subquery:
    held = Appointment.objects.on(day).filter(unit_id=OuterRef("pk"), post=post).order_by("valid_from", "pk")
    return Subquery(held.values("person__name")[:1])


def _names(rows: QuerySet[Any], key: str, name: str) -> Coalesce:
    joined = rows.order_by().values(key).annotate(_all=Joined(name)).values("_all")
    return Coalesce(Subquery(joined, output_field=CharField()), Value(""))


def chamber_ledger(scope: Scope, day: date) -> QuerySet[Any]:
    """Chambers within the scope with president, secretary-general and guides of the day, by name."""
    guides = GuideAssignment.objects.on(day).filter(chamber_id=OuterRef("pk"))
    return (
        chambers(scope, day)
        .annotate(
            president=_holder(day, Post.PRESIDENT), secretary_general=_holder(day, Post.SECRETARY_GENERAL),
            guide=_names(guides, "chamber_id", "person__name"),
        )
        .order_by("unit__name", "pk")
    )


def _count(day: date, kind: AffiliationKind, *categories: Category) -> Coalesce:
    here = Affiliation.objects.on(day).filter(
        holds_on(day, "person__memberships__"), organization_id=OuterRef("pk"), kind=kind,
        person__memberships__category__in=categories,
    )
    counted = here.order_by().values("organization_id").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def organization_ledger(scope: Scope, day: date) -> QuerySet[Any]:
    """Party organizations within the scope with secretary, chambers and numbers of people of the day, by name."""
    covered = Coverage.objects.on(day).filter(organization_id=OuterRef("pk"))
    return (
        organizations(scope, day)
        .annotate(
            secretary=_holder(day, Post.SECRETARY),
            covered_names=_names(covered, "organization_id", "chamber__unit__name"),
            members=_count(day, AffiliationKind.HOME, Category.FULL, Category.PROBATIONARY),
            full=_count(day, AffiliationKind.HOME, Category.FULL),
            probationary=_count(day, AffiliationKind.HOME, Category.PROBATIONARY),
            activists=_count(day, AffiliationKind.CULTIVATED, Category.ACTIVIST),
        )
        .order_by("unit__name", "pk")
    )


def _posts(day: date) -> QuerySet[Appointment]:
    return Appointment.objects.on(day)


def person_ledger(scope: Scope, day: date) -> QuerySet[Any]:
    """People within the scope with home, category and posts of the day, by pinyin."""
    held = _posts(day).filter(person_id=OuterRef("pk")).exclude(post=Post.MEMBER)
    away = MemberStanding.objects.on(day).filter(person_id=OuterRef("pk"), kind=StandingKind.FLOATING)
    return people(scope, day).annotate(posts=_post_words(held, "person_id"), floating=Exists(away)).order_by("initials", "pk")


def _post_words(held: QuerySet[Any], key: str) -> Coalesce:
    word = Case(*(When(post=post.value, then=Value(post.label)) for post in Post), default=Value(""), output_field=CharField())
    return _names(held.annotate(_word=Concat("unit__name", word, output_field=CharField())), key, "_word")


def secretary_list(scope: Scope, day: date) -> QuerySet[Any]:
    """Secretaries of organizations within the scope with their chamber posts of the day."""
    chamber_posts = _posts(day).filter(person_id=OuterRef("person_id"), post__in=CHAMBER_POSTS).exclude(post=Post.MEMBER)
    return (
        crossing(day)
        .filter(scope.condition("unit_id"))
        .select_related("person", "unit")
        .annotate(chamber_posts=_post_words(chamber_posts, "person_id"))
        .order_by("unit__name", "pk")
    )


def officer_list(scope: Scope, day: date) -> QuerySet[Any]:
    """Party posts of organizations within the scope with the chamber posts of their holders on the day."""
    chamber_posts = _posts(day).filter(person_id=OuterRef("person_id"), post__in=CHAMBER_POSTS).exclude(post=Post.MEMBER)
    return (
        party_officers(day)
        .filter(scope.condition("unit_id"))
        .select_related("person", "unit")
        .annotate(chamber_posts=_post_words(chamber_posts, "person_id"))
        .order_by("unit__name", "pk")
    )


def guide_list(scope: Scope, day: date) -> QuerySet[Any]:
    """People who look after chambers within the scope on the day, with duties and chambers, and how many these are (`load`)."""
    here = GuideAssignment.objects.on(day).filter(scope.condition("chamber__unit_id"), person_id=OuterRef("pk"))
    duties = here.exclude(duty="").order_by("pk").values("duty")[:1]
    load = here.order_by().values("person_id").annotate(n=Count("chamber_id", distinct=True)).values("n")
    return (
        Person.objects.filter(Exists(here))
        .annotate(
            guided_names=_names(here, "person_id", "chamber__unit__name"),
            duties=Coalesce(Subquery(duties), Value("")),
            load=Coalesce(Subquery(load, output_field=IntegerField()), 0),
        )
        .order_by("initials", "pk")
    )


def dual_list(scope: Scope, day: date) -> QuerySet[Any]:
    """Who takes part in the life of an organization within the scope besides his home on the day: with category and home, by organization."""
    home = home_affiliations(day).filter(person_id=OuterRef("person_id"))
    record = MembershipRecord.objects.on(day).filter(person_id=OuterRef("person_id"))
    return (
        Affiliation.objects.on(day)
        .filter(scope.condition("organization_id"), kind=AffiliationKind.DUAL)
        .select_related("person", "organization__unit")
        .defer("person__id_number", "person__phone")
        .annotate(category=Subquery(record.values("category")[:1]), home_name=Subquery(home.values("organization__unit__name")[:1]))
        .order_by("organization__unit__name", "person__initials", "pk")
    )


def enterprise_ledger(scope: Scope, day: date) -> QuerySet[Enterprise]:
    """Enterprises within the scope with the chambers they are members of on the day."""
    joined = ChamberMembership.objects.on(day).filter(enterprise_id=OuterRef("pk"))
    return enterprises(scope, day).annotate(
        chamber_names=_names(joined, "enterprise_id", "chamber__unit__name")
    ).order_by("initials", "pk")
