"""What the standing rules look at, as at a day: each part is read once, in one question, whatever the scope, and only if asked for."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Case, Count, Exists, F, Max, OuterRef, QuerySet, Subquery, When

from shanghui.access.scope import Scope
from shanghui.kernel.facts import holds_on
from shanghui.ledger.organizations.models import (
    Chamber,
    ChamberStatus,
    OrganizationKind,
    OrganizationPeriod,
    OrganizationQuerySet,
    PartyOrganization,
    Term,
)
from shanghui.ledger.organizations.powers import powers_of
from shanghui.ledger.organizations.queries import uncovered
from shanghui.ledger.people.models import (
    PARTY_POSTS,
    AffiliationKind,
    Appointment,
    Category,
    GuideAssignment,
    MemberStanding,
    Post,
    StandingContact,
)
from shanghui.ledger.people.queries import attached_full_members, members_by_home
from shanghui.ledger.people.transfers import Direction, Transfer
from shanghui.rules.months import possibly_since

_APART_FROM_GROUPS = [kind.value for kind in OrganizationKind if kind != OrganizationKind.GROUP]


@dataclass(frozen=True, slots=True)
class Body:
    """A party organization in being; groups apart. `elects`: its form holds elections (功能型 and 临时 do not), so that committee
    and term are its own.

    `since`: the first day it was there. `declared`: how many members its committee is said to have; None when that was never said.
    """

    unit: int
    name: str
    kind: str
    form: str
    since: date
    due_by: date | None
    declared: int | None
    approval: str
    elects: bool

    @property
    def is_branch(self) -> bool:
        """Whether it is a branch."""
        return self.kind == OrganizationKind.BRANCH


@dataclass(frozen=True, slots=True)
class Office:
    """Somebody holds, or held, a party post. `since` as known; `possibly_since`: the first day on which he may have held it."""

    person: int
    post: str
    since: date
    until: date | None
    precision: str

    @property
    def possibly_since(self) -> date:
        """See months.possibly_since."""
        return possibly_since(self.since, self.precision)


@dataclass(frozen=True, slots=True)
class Bare:
    """A chamber in operation that no party organization covers. `since`: the first day it was there.

    `full_members`: those who hold a post in it or are its members.
    """

    unit: int
    name: str
    since: date
    full_members: int
    guided: bool


class Picture:
    """The party organizations and chambers within a scope as at a day."""

    def __init__(self, scope: Scope, day: date) -> None:
        self.scope, self.day = scope.on(day), day

    @property
    def rows(self) -> OrganizationQuerySet:
        """The party organizations in being; groups apart."""
        return PartyOrganization.objects.within(self.scope).filter(holds_on(self.day, "periods__"), periods__kind__in=_APART_FROM_GROUPS)

    @property
    def chambers(self) -> QuerySet[Any]:
        """The chambers in operation, by name, with the first day they were there (`since`)."""
        began = ChamberStatus.objects.filter(chamber_id=OuterRef("pk"), valid_from__lte=self.day).order_by("valid_from")
        rows = Chamber.objects.within(self.scope).in_operation(self.day)
        return rows.annotate(since=Subquery(began.values("valid_from")[:1])).order_by("unit__name", "pk")

    @cached_property
    def operating(self) -> list[tuple[int, str, date, date | None]]:
        """The same read once: key, name, the first day it was there, the end of its term where one is on record."""
        term = Term.objects.on(self.day).filter(unit_id=OuterRef("pk"))
        rows = self.chambers.annotate(due_by=Subquery(term.values("due_by")[:1]))
        return list(rows.values_list("pk", "unit__name", "since", "due_by"))

    @cached_property
    def letters(self) -> list[tuple[str, int, str, date, int]]:
        """Letters of introduction on their way: direction, the organization within the scope, its name, the last day, how many."""
        ours = Case(When(direction=Direction.OUT, then=F("source_id")), default=F("target_id"))
        names = Case(When(direction=Direction.OUT, then=F("source__unit__name")), default=F("target__unit__name"))
        rows = Transfer.objects.in_transit(self.day).within(self.scope).filter(due_on__isnull=False).order_by()
        counted = rows.values_list("direction", ours, names, "due_on").annotate(n=Count("pk"))
        return sorted(counted, key=lambda row: (row[2], row[3]))

    @cached_property
    def bodies(self) -> list[Body]:
        """The party organizations in being, by name."""
        began = OrganizationPeriod.objects.filter(organization_id=OuterRef("pk"), valid_from__lte=self.day).order_by("valid_from")
        term = Term.objects.on(self.day).filter(unit_id=OuterRef("pk"))
        found = self.rows.annotate(since=Subquery(began.values("valid_from")[:1]), due_by=Subquery(term.values("due_by")[:1]))
        columns = (
            "pk", "unit__name", "periods__kind", "periods__form", "since", "due_by", "periods__committee_members", "approval_number",
        )
        rows = found.order_by("unit__name", "pk").values_list(*columns)
        return [
            Body(unit, name, kind, form, since, due_by, declared, approval, powers_of(form).holds_elections)
            for unit, name, kind, form, since, due_by, declared, approval in rows
        ]

    @cached_property
    def branches(self) -> list[Body]:
        """The branches that elect."""
        return [body for body in self.bodies if body.is_branch and body.elects]

    @cached_property
    def _at_home(self) -> dict[int, dict[str, int]]:
        return members_by_home(self.rows, self.day)

    def full_members(self, unit: int) -> int:
        """How many full members are at home there."""
        return self._at_home.get(unit, {}).get(Category.FULL, 0)

    def members(self, unit: int) -> int:
        """How many full and probationary members are at home there."""
        return sum(self._at_home.get(unit, {}).values())

    @cached_property
    def _offices(self) -> dict[int, list[Office]]:
        found: dict[int, list[Office]] = defaultdict(list)
        rows = Appointment.objects.filter(unit_id__in=self.rows.values("pk"), post__in=PARTY_POSTS, valid_from__lte=self.day)
        columns = ("unit_id", "person_id", "post", "valid_from", "valid_to", "from_precision")
        for unit, *office in rows.order_by("valid_from", "pk").values_list(*columns):
            found[unit].append(Office(*office))
        return found

    def offices(self, unit: int, *posts: Post) -> list[Office]:
        """Who held one of these posts there by the day, the earliest first, those who have left included."""
        return [one for one in self._offices.get(unit, ()) if one.post in posts]

    def in_office(self, unit: int, *posts: Post) -> list[Office]:
        """Who holds one of these posts there on the day."""
        return [one for one in self.offices(unit, *posts) if one.until is None or one.until > self.day]

    @cached_property
    def standings(self) -> list[tuple[Any, ...]]:
        """What holds of members at home here: (kind, unit, person, since, precision, last contact, due by, purpose, fixed place)."""
        reached = StandingContact.objects.filter(standing_id=OuterRef("pk"), reached=True, held_on__lte=self.day).order_by()
        rows = MemberStanding.objects.on(self.day).filter(
            holds_on(self.day, "person__affiliations__"), person__affiliations__kind=AffiliationKind.HOME,
            person__affiliations__organization_id__in=self.rows.values("pk"),
        ).annotate(contact=Subquery(reached.values("standing_id").annotate(last=Max("held_on")).values("last")))
        columns = ("valid_from", "from_precision", "contact", "due_by", "purpose", "fixed")
        return list(rows.order_by("valid_from", "pk").values_list("kind", "person__affiliations__organization_id", "person_id", *columns))

    @cached_property
    def bare(self) -> list[Bare]:
        """The chambers that no party organization covers, by name."""
        guides = GuideAssignment.objects.on(self.day).filter(chamber_id=OuterRef("pk"))
        rows = uncovered(self.chambers, self.day).annotate(full_members=attached_full_members(self.day), guided=Exists(guides))
        return [Bare(*row) for row in rows.values_list("pk", "unit__name", "since", "full_members", "guided")]
