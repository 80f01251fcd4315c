"""How far a chamber is on the way to an organization of its own, told from the ledger to whoever visits it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shanghui.indicators.gaps import Suggestion, suggestion
from shanghui.indicators.populations import BUILDABLE
from shanghui.kernel.facts import holds_on
from shanghui.ledger.activities.models import Visit
from shanghui.ledger.activities.queries import last_visits
from shanghui.ledger.organizations.models import Chamber
from shanghui.ledger.organizations.queries import live_coverages
from shanghui.ledger.people.models import CHAMBER_POSTS, Appointment, Category, GuideAssignment, Person

MET_AT_MOST = 8


@dataclass(frozen=True)
class Standing:
    """What the ledger knows. `members`: full members who hold an office in the chamber or belong to it."""

    covered_by: str
    members: int
    guides: tuple[GuideAssignment, ...]
    last: Visit | None
    times: int

    @property
    def short_of(self) -> int:
        """How many full members are missing to three."""
        return max(0, BUILDABLE - self.members)

    @property
    def suggestion(self) -> Suggestion:
        """What the regulations point to."""
        return suggestion(self.members, bool(self.guides))


def standing_of(chamber: Chamber, day: date) -> Standing:
    """What the ledger knows of a chamber on the day. Five queries."""
    coverage = live_coverages(day).filter(chamber=chamber).select_related("organization__unit").order_by("valid_from").first()
    full = Person.objects.filter(
        holds_on(day, "appointments__"), holds_on(day, "memberships__"), appointments__unit_id=chamber.pk,
        memberships__category=Category.FULL,
    )
    guides = GuideAssignment.objects.on(day).filter(chamber=chamber).select_related("person").order_by("valid_from", "pk")
    return Standing(
        coverage.organization.unit.name if coverage else "", full.values("pk").distinct().count(), tuple(guides),
        last_visits([chamber.pk], day).get(chamber.pk), Visit.objects.filter(chamber=chamber, visited_on__lte=day).count(),
    )


def officers(chamber: Chamber, day: date) -> list[tuple[str, str]]:
    """(key, «会长 许文静») of those one is likely to meet, from the top; the key is what a device may keep."""
    held = Appointment.objects.on(day).filter(unit_id=chamber.pk, post__in=CHAMBER_POSTS).select_related("person")
    order: list[str] = list(CHAMBER_POSTS)
    top = sorted(held, key=lambda one: (order.index(one.post), one.pk))[:MET_AT_MOST]
    return [(f"a{one.pk}", f"{one.title or one.get_post_display()} {one.person.name}") for one in top]
