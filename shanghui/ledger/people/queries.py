"""What one may ask about people as at a day. Every question takes the scope first."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from shanghui.access.models import AuditEntry, Unit
from shanghui.access.queries import history_of
from shanghui.access.scope import Scope
from shanghui.kernel.facts import holds_on
from shanghui.kernel.sealing import digests
from shanghui.ledger.organizations.models import Chamber, OrganizationPeriod, PartyOrganization
from shanghui.ledger.organizations.queries import live_coverages
from shanghui.ledger.people.models import (
    CHAMBER_LEADERS,
    CHAMBER_POSTS,
    LEADERS,
    MEMBERS,
    ONE_HOLDER,
    PARTY_POSTS,
    Affiliation,
    AffiliationKind,
    Appointment,
    Category,
    GuideAssignment,
    MembershipRecord,
    Merger,
    Person,
    PersonQuerySet,
    Post,
)

LOOK = "查看"
"""How the verb of a full view begins."""
_NUMBER = re.compile(r"[0-9]{11}|[0-9]{15}|[0-9]{17}[0-9Xx]|0[0-9]{2,3}-[0-9]{7,8}")
_LONGEST = 60
"""Characters that pinyin initials have at most (Person.initials)."""


def is_number(text: str) -> bool:
    """Whether a search text is a whole identity or telephone number."""
    return bool(_NUMBER.fullmatch("".join(text.split())))


def matching_people(text: str, *, by_number: bool = True) -> Q:
    """The condition of a search: part of the name, pinyin initials, or a whole identity or telephone number.

    `by_number`: False where numbers find nobody (the visitor may not see them, or the text would stand in an address).
    Each is answered by an index: a number by its keyed digest, initials as a range, part of a name by the endings of names.
    """
    text = "".join(text.split())
    if not text:
        return Q()
    if is_number(text):
        if not by_number:
            return Q(pk__in=())
        known = digests(text.upper())
        return Q(id_digest__in=known) | Q(phone_digest__in=known)
    if text.isascii():
        first = text.lower()[:_LONGEST]
        return Q(initials__gte=first, initials__lte=first.ljust(_LONGEST, "z"))
    return Q(pk__in=Person.objects.named(text))


def home_affiliations(day: date) -> QuerySet[Affiliation]:
    """The one organization each person belongs to, or is cultivated by, on `day`; dual life apart."""
    return Affiliation.objects.on(day).exclude(kind=AffiliationKind.DUAL)


def members_at_home(day: date) -> QuerySet[Affiliation]:
    """The home of each full and probationary member on `day`."""
    members = MembershipRecord.objects.on(day).filter(person_id=OuterRef("person_id"), category__in=MEMBERS)
    return Affiliation.objects.on(day).filter(Exists(members), kind=AffiliationKind.HOME)


def members_by_home(organizations: QuerySet[PartyOrganization], day: date) -> dict[int, dict[str, int]]:
    """How many full and how many probationary members are at home in each of these organizations on `day`. One question."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    rows = MembershipRecord.objects.on(day).filter(
        holds_on(day, "person__affiliations__"), category__in=MEMBERS, person__affiliations__kind=AffiliationKind.HOME,
        person__affiliations__organization_id__in=organizations.values("pk"),
    )
    counted = rows.order_by().values_list("person__affiliations__organization_id", "category")
    for organization, category, count in counted.annotate(n=Count("person_id", distinct=True)):
        found[organization][category] = count
    return found


def full_members_by_home(organizations: Q, day: date) -> dict[int, int]:
    """How many full members are at home in each organization on `day`. `organizations`: a condition on «organization_id».

    One question: nobody has two homes or two categories on a day, so each is counted once."""
    full = MembershipRecord.objects.on(day).filter(person_id=OuterRef("person_id"), category=Category.FULL)
    rows = Affiliation.objects.on(day).filter(organizations, Exists(full), kind=AffiliationKind.HOME)
    return dict(rows.order_by().values_list("organization_id").annotate(n=Count("pk")))


def attached_full_members(day: date) -> Coalesce:
    """For a row of chambers: how many full members hold a post in the chamber, or are its members, on `day`."""
    full = Appointment.objects.filter(
        holds_on(day), holds_on(day, "person__memberships__"), unit_id=OuterRef("pk"),
        person__memberships__category=Category.FULL,
    )
    counted = full.order_by().values("unit_id").annotate(n=Count("person_id", distinct=True)).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def people(scope: Scope, day: date) -> PersonQuerySet:
    """People within the scope with category and home branch of the day (`category`, `branch_name`, `branch_pk`)."""
    home = home_affiliations(day).filter(person_id=OuterRef("pk"))
    record = MembershipRecord.objects.on(day).filter(person_id=OuterRef("pk"))
    return Person.objects.within(scope.on(day)).annotate(
        category=Subquery(record.values("category")[:1]),
        branch_name=Subquery(home.values("organization__unit__name")[:1]),
        branch_pk=Subquery(home.values("organization_id")[:1]),
    )


def members_of(organization_pk: int, day: date) -> QuerySet[Person]:
    """People whose home is this organization on `day`."""
    return Person.objects.filter(pk__in=home_affiliations(day).filter(organization_id=organization_pk).values("person_id"))


def holders(unit_pk: int, day: date) -> QuerySet[Appointment]:
    """Who holds which post in a unit on `day`."""
    return Appointment.objects.on(day).filter(unit_id=unit_pk).select_related("person").order_by("valid_from", "pk")


def standing_holder(unit: Unit, post: Post, since: date) -> Appointment | None:
    """Who holds, from `since` on, a post that one person holds at a time; None when it is free or has many holders."""
    if post not in ONE_HOLDER:
        return None
    held = Appointment.objects.filter(Q(valid_to=None) | Q(valid_to__gt=since), unit=unit, post=post)
    return held.select_related("person").order_by("pk").first()


def assignments(scope: Scope, day: date) -> QuerySet[GuideAssignment]:
    """Guide assignments to chambers within the scope that hold on `day`."""
    return (
        GuideAssignment.objects.on(day)
        .filter(scope.condition("chamber__unit_id"))
        .select_related("person", "chamber__unit")
        .order_by("person__initials", "person_id", "chamber__unit__name")
    )


def _in_covered_chambers(day: date) -> QuerySet[Appointment]:
    """For a row of party posts: what its holder is in the chambers that its organization covers on `day`."""
    return Appointment.objects.filter(
        holds_on(day), holds_on(day, "unit__chamber__coverages__"), person_id=OuterRef("person_id"), post__in=CHAMBER_POSTS,
        unit__chamber__coverages__organization_id=OuterRef("unit_id"),
    )


def _of_covering(day: date) -> QuerySet[Appointment]:
    """Posts on `day` in organizations that cover a chamber."""
    return Appointment.objects.on(day).filter(Exists(live_coverages(day).filter(organization_id=OuterRef("unit_id"))))


def crossing(day: date) -> QuerySet[Appointment]:
    """Secretaries of organizations that cover a chamber, with what they hold in a chamber their organization covers: computed, never typed (M10)."""
    leading = _in_covered_chambers(day)
    return _of_covering(day).filter(post=Post.SECRETARY).annotate(
        is_president=Exists(leading.filter(post=Post.PRESIDENT)),
        is_leader=Exists(leading.filter(post__in=LEADERS)),
        is_secretary_general=Exists(leading.filter(post=Post.SECRETARY_GENERAL)),
        is_director=Exists(leading.filter(post__in=(Post.DIRECTOR, Post.STANDING_DIRECTOR))),
        is_inside=Exists(leading),
    )


def party_officers(day: date) -> QuerySet[Appointment]:
    """Everybody in a party post of an organization that covers a chamber, with the form of the organization and the highest post
    held in a chamber it covers (`top_post`; None for none, and for mere membership)."""
    offices = _in_covered_chambers(day).exclude(post__in=(Post.MEMBER, Post.STAFF))
    rank = Case(*(When(post=post.value, then=place) for place, post in enumerate(CHAMBER_POSTS)), output_field=IntegerField())
    period = OrganizationPeriod.objects.on(day).filter(organization_id=OuterRef("unit_id"))
    return _of_covering(day).filter(post__in=PARTY_POSTS).annotate(
        top_post=Subquery(offices.annotate(rank=rank).order_by("rank").values("post")[:1]),
        form=Coalesce(Subquery(period.values("form")[:1]), Value("")),
    )


def chamber_leaders(day: date) -> QuerySet[Person]:
    """Who leads a chamber in operation on `day` (president to vice-president, chief supervisor, secretary-general), once for each
    post, with the chamber and whether he is a full or probationary member."""
    records = MembershipRecord.objects.on(day).filter(person_id=OuterRef("pk"), category__in=MEMBERS)
    working = Chamber.objects.in_operation(day).values("pk")
    return Person.objects.filter(
        holds_on(day, "appointments__"), appointments__post__in=CHAMBER_LEADERS, appointments__unit_id__in=working
    ).annotate(led_chamber=F("appointments__unit_id"), led_as=F("appointments__post"), is_member=Exists(records))


def dual_life(day: date) -> QuerySet[Person]:
    """Members who take part in the life of a second organization on `day`, once for each, with that organization."""
    records = MembershipRecord.objects.on(day).filter(person_id=OuterRef("pk"), category__in=MEMBERS)
    return Person.objects.filter(
        Exists(records), holds_on(day, "affiliations__"), affiliations__kind=AffiliationKind.DUAL
    ).annotate(dual_branch=F("affiliations__organization_id"))


def looks_at(person: Person) -> QuerySet[AuditEntry]:
    """Who saw a full number of this person, when and why, the newest first: the person himself may always know."""
    return history_of(Person._meta.db_table, [person.pk, *former_keys(person)]).filter(verb__startswith=LOOK)


def former_keys(person: Person) -> list[int]:
    """The keys of records that were merged into this one: what the journal says of them is this person's history too."""
    return list(Merger.objects.filter(person=person).values_list("former", flat=True))
