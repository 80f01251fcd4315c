"""Who leads a chamber and its party organizations on a day: cross-appointment computed, never typed (M10)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, QuerySet

from shanghui.access.scope import Scope
from shanghui.kernel.facts import holds_on
from shanghui.ledger.people.models import (
    CHAMBER_POSTS,
    LEADERS,
    MEMBERS,
    Affiliation,
    AffiliationKind,
    Appointment,
    GuideAssignment,
    MembershipRecord,
    Person,
    Post,
)

_ORDER = {post.value: place for place, post in enumerate(Post)}
_NO_OFFICE = (Post.MEMBER, Post.STAFF)


@dataclass
class Leader:
    """A person with what he or she holds in the chamber and in its party organizations."""

    person: Person
    chamber_posts: list[Appointment] = field(default_factory=list)
    party_posts: list[Appointment] = field(default_factory=list)
    is_member: bool = False

    @property
    def rank(self) -> tuple[int, int]:
        """Chamber posts first, from president down; then party posts."""
        first = min((_ORDER[one.post] for one in self.chamber_posts), default=99)
        return first, min((_ORDER[one.post] for one in self.party_posts), default=99)


def appointments_in(unit_ids: Iterable[int]) -> list[Appointment]:
    """Every office ever held in these units, the oldest first; membership without an office apart."""
    held = Appointment.objects.filter(unit__in=unit_ids).exclude(post__in=_NO_OFFICE)
    return list(held.select_related("person", "unit").order_by("valid_from", "pk"))


def leaders(appointments: Sequence[Appointment], day: date, *, tells_members: bool) -> list[Leader]:
    """Who of these holds an office on the day, from the top; `tells_members`: whether party membership may be told."""
    found: dict[int, Leader] = {}
    for one in appointments:
        if one.valid_from <= day and (one.valid_to is None or one.valid_to > day):
            leader = found.setdefault(one.person_id, Leader(one.person))
            (leader.chamber_posts if one.post in CHAMBER_POSTS else leader.party_posts).append(one)
    if tells_members:
        for pk in _members_among(found, day):
            found[pk].is_member = True
    for leader in found.values():
        leader.chamber_posts.sort(key=lambda one: _ORDER[one.post])
        leader.party_posts.sort(key=lambda one: _ORDER[one.post])
    return sorted(found.values(), key=lambda leader: (leader.rank, leader.person.initials, leader.person.pk))


def _members_among(people: Iterable[int], day: date) -> QuerySet[MembershipRecord, int]:
    records = MembershipRecord.objects.on(day).filter(person__in=list(people), category__in=MEMBERS)
    return records.values_list("person_id", flat=True)


def crossing_in_words(found: Sequence[Leader]) -> str:
    """«书记由会长担任；支部委员 5 人中 4 人在商会任职。» from the leaders of one day."""
    said = []
    for leader in found:
        if any(one.post == Post.SECRETARY for one in leader.party_posts):
            said.append(_secretary_in_words(leader))
    committee = [leader for leader in found if leader.party_posts]
    if committee:
        both = sum(1 for leader in committee if leader.chamber_posts)
        said.append(f"党组织班子 {len(committee)} 人中 {both} 人在商会任职")
    return "；".join(said)


def _secretary_in_words(leader: Leader) -> str:
    if not leader.chamber_posts:
        return "书记不在商会任职"
    first = leader.chamber_posts[0]
    return f"书记由{'商会' if first.post not in LEADERS else ''}{first.get_post_display()}担任"


def assignments_to(chamber_pk: int) -> list[GuideAssignment]:
    """Guides and liaisons of a chamber over time, the oldest first."""
    return list(GuideAssignment.objects.filter(chamber=chamber_pk).select_related("person").order_by("valid_from", "pk"))


def members_by_category(organization_ids: Iterable[int], day: date) -> dict[int, dict[str, int]]:
    """{organization: {category: how many people}} with their home, or cultivated, there on the day. One query."""
    here = (
        Affiliation.objects.on(day)
        .exclude(kind=AffiliationKind.DUAL)
        .filter(holds_on(day, "person__memberships__"), organization__in=organization_ids)
        .order_by()
        .values_list("organization_id", "person__memberships__category")
        .annotate(n=Count("person_id", distinct=True))
    )
    found: dict[int, dict[str, int]] = {}
    for organization, category, number in here:
        found.setdefault(organization, {})[category] = number
    return found


def dual_count(organization_id: int, day: date) -> int:
    """How many people lead a second organizational life here on the day."""
    return Affiliation.objects.on(day).filter(kind=AffiliationKind.DUAL, organization=organization_id).count()


def people_to_open(scope: Scope, people: Iterable[int]) -> set[int]:
    """Which of these people have a page that the visitor may open."""
    return set(Person.objects.within(scope).filter(pk__in=list(people)).values_list("pk", flat=True))
