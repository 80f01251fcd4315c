"""Everything this room knows about one chamber or one party organization, over time: the matter of its archive page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from shanghui.kernel.facts import Fact
from shanghui.ledger.organizations.models import (
    Chamber,
    ChamberMembership,
    ChamberStatus,
    CharterClause,
    CharterItem,
    Coverage,
    DeclaredSize,
    OrganizationPeriod,
    PartyOrganization,
    Plate,
    Term,
    TerritorialGuidance,
)


def holds(fact: Fact, day: date) -> bool:
    """Whether a fact at hand holds on the day."""
    return fact.valid_from <= day and (fact.valid_to is None or fact.valid_to > day)


@dataclass(frozen=True)
class ChamberArchive:
    """A chamber's facts, each asked for once."""

    chamber: Chamber
    day: date

    @cached_property
    def statuses(self) -> list[ChamberStatus]:
        """States, the oldest first."""
        return list(self.chamber.statuses.order_by("valid_from"))

    @cached_property
    def sizes(self) -> list[DeclaredSize]:
        """Declared numbers of member enterprises, the oldest first."""
        return list(self.chamber.sizes.order_by("valid_from"))

    @cached_property
    def coverages(self) -> list[Coverage]:
        """Coverages, the oldest first, with their organizations."""
        return list(self.chamber.coverages.select_related("organization__unit").order_by("valid_from", "pk"))

    @cached_property
    def clauses(self) -> list[CharterClause]:
        """Charter items, the oldest first."""
        order = list(CharterItem.values)
        return sorted(self.chamber.clauses.all(), key=lambda one: (one.valid_from, order.index(one.item)))

    @cached_property
    def memberships(self) -> list[ChamberMembership]:
        """Member enterprises over time, the oldest first."""
        return list(self.chamber.memberships.select_related("enterprise").order_by("valid_from", "pk"))

    @cached_property
    def periods(self) -> list[OrganizationPeriod]:
        """Being and form of the organizations that ever covered the chamber."""
        organizations = {coverage.organization_id for coverage in self.coverages}
        return list(OrganizationPeriod.objects.filter(organization__in=organizations).order_by("valid_from"))

    @cached_property
    def terms(self) -> list[Term]:
        """Terms of the chamber and of the organizations that ever covered it, the oldest first."""
        units = [self.chamber.pk, *{coverage.organization_id for coverage in self.coverages}]
        return list(Term.objects.filter(unit__in=units).select_related("unit").order_by("valid_from"))

    @property
    def live(self) -> list[Coverage]:
        """Coverages that hold on the day by organizations in being on it (domain.md §4)."""
        return [one for one in self.coverages if holds(one, self.day) and self.form_of(one.organization_id) is not None]

    @property
    def organizations(self) -> list[PartyOrganization]:
        """The organizations of the day, each once."""
        return list({one.organization_id: one.organization for one in self.live}.values())

    def form_of(self, organization_id: int) -> str | None:
        """The form an organization has on the day; None when it is not in being."""
        own = (one for one in self.periods if one.organization_id == organization_id and holds(one, self.day))
        return next((one.form for one in own), None)

    @property
    def status(self) -> ChamberStatus | None:
        """The state of the day."""
        return next((one for one in self.statuses if holds(one, self.day)), None)

    @property
    def size(self) -> DeclaredSize | None:
        """The declared number of the day."""
        return next((one for one in self.sizes if holds(one, self.day)), None)

    @property
    def charter(self) -> list[CharterClause]:
        """The items that stand in the charter on the day."""
        return [one for one in self.clauses if holds(one, self.day)]

    @property
    def members(self) -> list[ChamberMembership]:
        """The member enterprises of the day, by name."""
        return sorted((one for one in self.memberships if holds(one, self.day)), key=lambda one: one.enterprise.initials)

    def term_of(self, unit_id: int) -> Term | None:
        """The term of a unit on the day."""
        return next((one for one in reversed(self.terms) if one.unit_id == unit_id and holds(one, self.day)), None)


@dataclass(frozen=True)
class OrganizationArchive:
    """A party organization's facts, each asked for once."""

    organization: PartyOrganization
    day: date

    @cached_property
    def periods(self) -> list[OrganizationPeriod]:
        """Being and form, the oldest first."""
        return list(self.organization.periods.order_by("valid_from"))

    @cached_property
    def coverages(self) -> list[Coverage]:
        """Coverages, the oldest first, with their chambers."""
        return list(self.organization.coverages.select_related("chamber__unit").order_by("valid_from", "chamber__unit__name"))

    @cached_property
    def terms(self) -> list[Term]:
        """Terms, the oldest first."""
        return list(Term.objects.filter(unit=self.organization.unit).select_related("unit").order_by("valid_from"))

    @cached_property
    def guidances(self) -> list[TerritorialGuidance]:
        """Territorial bodies that guided it, the oldest first."""
        return list(self.organization.guidances.order_by("valid_from", "pk"))

    @cached_property
    def plates(self) -> list[Plate]:
        """Second plates, the oldest first."""
        return list(self.organization.plates.order_by("valid_from", "pk"))

    @property
    def guidance(self) -> TerritorialGuidance | None:
        """The territorial body of the day."""
        return next((one for one in self.guidances if holds(one, self.day)), None)

    @property
    def period(self) -> OrganizationPeriod | None:
        """Being and form on the day."""
        return next((one for one in self.periods if holds(one, self.day)), None)

    @property
    def described(self) -> OrganizationPeriod | None:
        """What it is on the day; what it was last where it is no longer, and will be first where it is not yet."""
        begun = [one for one in self.periods if one.valid_from <= self.day] or self.periods[:1]
        return begun[-1] if begun else None

    @property
    def covered(self) -> list[Coverage]:
        """The coverages of the day."""
        return [one for one in self.coverages if holds(one, self.day)]

    @property
    def term(self) -> Term | None:
        """The term of the day."""
        return next((one for one in reversed(self.terms) if holds(one, self.day)), None)
