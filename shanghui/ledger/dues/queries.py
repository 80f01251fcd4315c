"""Who owes dues for a month, where, how much, and what was paid: asked for a branch or for a city in the same three questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from shanghui.access.models import Reach
from shanghui.kernel.facts import holds_on
from shanghui.ledger.dues.models import DuesBase, DuesPayment, DuesPublication, DuesSetting, Rounding
from shanghui.ledger.dues.months import last_of
from shanghui.ledger.organizations.models import Form, OrganizationPeriod, PartyOrganization
from shanghui.ledger.organizations.powers import powers_of
from shanghui.ledger.people.models import MEMBERS, Affiliation, AffiliationKind, MembershipRecord
from shanghui.ledger.people.transfers import Direction, Transfer, TransferState

NOTHING = Decimal("0.00")
WITHOUT_DUES = [form.value for form in Form if not powers_of(form.value).collects_dues]


class Line(NamedTuple):
    """One person of a month. `asked` None: there is no base yet; `paid` None: not yet; `payment`: the row of the ledger, if any."""

    organization: int
    person: int
    name: str
    initials: str
    kind: str = ""
    since: date | None = None
    asked: Decimal | None = None
    reduced: bool = False
    adjusted: bool = False
    paid: Decimal | None = None
    paid_on: date | None = None
    method: str = ""
    receipt: str = ""
    payment: int | None = None

    @property
    def state(self) -> str:
        """paid, nothing (owed), unknown (no base) or open."""
        if self.paid is not None:
            return "paid"
        return "unknown" if self.asked is None else "open" if self.asked else "nothing"

    @property
    def extra(self) -> Decimal:
        """What was paid beyond what was due (DUES-11)."""
        return max(NOTHING, (self.paid or NOTHING) - (self.asked or NOTHING))


def owing(month: date) -> QuerySet[Affiliation]:
    """Where each full and probationary member owes dues for a month: at the home with which the month began, or at the first of
    the month where he came in its course, so in one place (DUES-08, DUES-09).

    A member is who is one on its last day: whoever died, was struck off or left owes nothing for that month. Whose letter says
    that he paid so far elsewhere owes nothing here. Nothing is owed to 功能型 and 临时 organizations.
    """
    last, overlaps = last_of(month), _overlaps(month)
    person = {"person_id": OuterRef("person_id")}
    earlier = Affiliation.objects.filter(overlaps, **person, kind=AffiliationKind.HOME, valid_from__lt=OuterRef("valid_from"))
    members = MembershipRecord.objects.on(last).filter(**person, category__in=MEMBERS)
    elsewhere = Transfer.objects.filter(
        **person, direction=Direction.IN, state=TransferState.RECEIVED, closed_on__lte=last, dues_until__gte=f"{month:%Y-%m}"
    )
    limited = OrganizationPeriod.objects.on(last).filter(organization_id=OuterRef("organization_id"), form__in=WITHOUT_DUES)
    return Affiliation.objects.filter(overlaps, Q(valid_from__lte=month) | ~Exists(earlier), Exists(members), kind=AffiliationKind.HOME).exclude(
        Exists(elsewhere)
    ).exclude(Exists(limited))


def _overlaps(month: date) -> Q:
    """The condition «held on some day of the month»."""
    return Q(valid_from__lte=last_of(month)) & (Q(valid_to=None) | Q(valid_to__gt=month))


def roll(organizations: Q, month: date) -> list[Line]:
    """The month of the organizations (a condition on «organization_id»), by organization and pinyin; also those who paid there and
    are not there any more. Three questions, however many."""
    homes = owing(month).filter(organizations).order_by().values_list("organization_id", "person_id", "person__name", "person__initials")
    bases = {row[0]: row[1:] for row in _bases(organizations, month)}
    paid = {row[1]: row for row in _payments(organizations, month)}
    found = [_line(home, bases.get(home[1]), paid.pop(home[1], None)) for home in homes]
    found += [_line(row[:4], None, row) for row in paid.values()]
    return sorted(found, key=lambda one: (one.organization, one.initials, one.person))


_Home = tuple[int, int, str, str]
_Base = tuple[str, date, Decimal, Decimal | None]
_PAID = ("organization_id", "person_id", "person__name", "person__initials", "due", "adjusted", "paid", "paid_on", "method", "receipt", "pk")


def _bases(organizations: Q, month: date) -> QuerySet[DuesBase, Any]:
    """The bases of everybody who was at home there some time in the month."""
    here = Affiliation.objects.filter(organizations, _overlaps(month), kind=AffiliationKind.HOME).order_by().values("person_id")
    held = DuesBase.objects.on(month).filter(person_id__in=here)
    return held.order_by().values_list("person_id", "kind", "valid_from", "monthly", "reduced")


def _payments(organizations: Q, month: date) -> QuerySet[DuesPayment, Any]:
    return DuesPayment.objects.filter(organizations, month=month).order_by().values_list(*_PAID)


def _line(home: _Home, base: _Base | None, payment: tuple[Any, ...] | None) -> Line:
    """What was recorded goes before what the base asks today."""
    kind, since, monthly, reduced = base or ("", None, None, None)
    asked = monthly if reduced is None else reduced
    if payment is None:
        return Line(*home, kind, since, asked, reduced is not None)
    due, adjusted, *recorded = payment[4:]
    return Line(*home, kind, since, due if adjusted is None else adjusted, reduced is not None, adjusted is not None, *recorded)


@dataclass
class Sums:
    """A month of an organization, or of many, without names."""

    members: int = 0
    without_base: int = 0
    done: int = 0
    open: int = 0
    asked: Decimal = NOTHING
    paid: Decimal = NOTHING

    def add(self, other: Sums) -> None:
        """Together with another."""
        for name in ("members", "without_base", "done", "open", "asked", "paid"):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    @property
    def is_complete(self) -> bool:
        """Whether nothing is open and every member has a base."""
        return not self.open and not self.without_base


def sums(lines: Iterable[Line]) -> dict[int, Sums]:
    """The sums of each organization."""
    found: dict[int, Sums] = defaultdict(Sums)
    for line in lines:
        one, state = found[line.organization], line.state
        one.members += 1
        one.without_base += state == "unknown"
        one.open += state == "open"
        one.done += state in ("paid", "nothing")
        one.asked += line.asked or NOTHING
        one.paid += line.paid or NOTHING
    return found


def all_of(parts: Iterable[Sums]) -> Sums:
    """Several as one."""
    total = Sums()
    for one in parts:
        total.add(one)
    return total


@dataclass(frozen=True)
class Setting:
    """What holds for an organization: set by the nearest office above, or the usual."""

    rounding: str = Rounding.JIAO.value
    remitted: Decimal | None = None


def settings_of(organizations: Iterable[int], day: date) -> dict[int, Setting]:
    """What holds for each of these organizations on the day. Two questions."""
    rows = {one.unit_id: Setting(one.rounding, one.remitted) for one in DuesSetting.objects.on(day)}
    wanted = list(organizations)
    nearest: dict[int, tuple[int, Setting]] = {}
    reaches = Reach.objects.filter(holds_on(day), above__in=list(rows), below__in=wanted).values_list("above_id", "below_id", "depth")
    for above, below, depth in reaches if rows else ():
        if below not in nearest or depth < nearest[below][0]:
            nearest[below] = (depth, rows[above])
    return {one: nearest[one][1] if one in nearest else Setting() for one in wanted}


def publications_of(organization: int) -> QuerySet[DuesPublication]:
    """When the lists were shown, the newest first."""
    return DuesPublication.objects.filter(organization=organization).order_by("-year", "-published_on")


def collecting(day: date) -> QuerySet[PartyOrganization]:
    """The organizations in being on the day whose form collects dues."""
    limited = OrganizationPeriod.objects.on(day).filter(organization_id=OuterRef("pk"), form__in=WITHOUT_DUES)
    return PartyOrganization.objects.in_being(day).exclude(Exists(limited))
