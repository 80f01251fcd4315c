"""When a case cannot be opened or taken up again: one stands already, or its day lies before what it is about (M05)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from shanghui.cases.models import Case, CaseChamber, State
from shanghui.cases.registry import CHAMBERS, ORGANIZATION, PERSON, kinds
from shanghui.kernel.facts import Precision
from shanghui.kernel.partial_dates import first_day
from shanghui.kernel.periods import full_day
from shanghui.kernel.refusals import Refused
from shanghui.ledger.organizations.models import Chamber, ChamberStatus, OrganizationPeriod, PartyOrganization
from shanghui.ledger.people.models import Person

EARLIEST = date(2000, 1, 1)
"""No case is older: an earlier day is a slip of the pen."""
RESHAPING = ("change-form", "dissolution", "merger")
"""Kinds of which an organization stands in one at a time: each decides what becomes of it."""


def refuse_twice(kind: str, chambers: Sequence[Chamber], organization: PartyOrganization | None) -> None:
    """Raises Refused for a chamber named twice, and where an open case about one of them stands in the way."""
    if len({one.pk for one in chambers}) != len(chambers):
        raise Refused("同一家商会选了两次。请核对。")
    about = getattr(kinds.get(kind), "about", CHAMBERS)
    if organization is not None and about == ORGANIZATION:
        refuse_reshaped_twice(kind, [organization])
    if about != CHAMBERS:
        return
    standing = Case.objects.filter(kind=kind, state=State.OPEN)
    taken = CaseChamber.objects.filter(case__in=standing, chamber__in=[one.pk for one in chambers])
    clash = taken.select_related("case", "chamber__unit").first()
    if clash is not None:
        raise Refused(f"“{clash.chamber.unit.name}”已有一件正在办理：{clash.case.title}。请在那一件里接着办，或者先撤回那一件。")


def refuse_person_twice(kind: str, person: Person | None) -> None:
    """Raises Refused where an open case of the kind about the person stands, or none is named where one is needed."""
    about = getattr(kinds.get(kind), "about", CHAMBERS)
    if (about == PERSON) != (person is not None):
        raise Refused("请选这件事是办谁的。" if about == PERSON else "这种事项不是办某一个人的。")
    standing = Case.objects.filter(kind=kind, state=State.OPEN, person=person).first() if person is not None else None
    if standing is not None and person is not None:
        raise Refused(f"{person.name}已有一件正在办理。请在那一件里接着办，或者先撤回那一件。")


def refuse_reshaped_twice(kind: str, organizations: Sequence[PartyOrganization], but: Case | None = None) -> None:
    """Raises Refused where one of the organizations stands in an open case of the kind, or of another that reshapes it, besides
    `but`."""
    rivals = RESHAPING if kind in RESHAPING else (kind,)
    standing = Case.objects.filter(kind__in=rivals, state=State.OPEN)
    if but is not None:
        standing = standing.exclude(pk=but.pk)
    for one in organizations:
        other = standing.filter(Q(organization=one) | Q(organizations__organization=one)).first()
        if other is not None:
            raise Refused(f"“{one.unit.name}”已有一件正在办理：{other.title}。请在那一件里接着办，或者先撤回那一件。")


def early_faults(on: date, chambers: Sequence[Chamber], organization: PartyOrganization | None) -> list[str]:
    """What is wrong with a day before any case can be, or before what the case is about began, as far as the ledger knows it."""
    if on < EARLIEST:
        return [f"立项时间早于{full_day(EARLIEST)}，请核对日期。"]
    began = [(one.unit.name, _chamber_began(one), "筹备期间立项的，请先登记它的筹备状态。") for one in chambers]
    if organization is not None:
        began.append((organization.unit.name, _organization_began(organization), ""))
    return [
        f"立项时间早于“{name}”成立的时间（{full_day(day)}），请核对日期。{hint}" for name, day, hint in began if day is not None and on < day
    ]


def _chamber_began(chamber: Chamber) -> date | None:
    return _first(ChamberStatus.objects.filter(chamber=chamber).order_by("valid_from").first(), chamber.founded_on)


def _organization_began(organization: PartyOrganization) -> date | None:
    first = OrganizationPeriod.objects.filter(organization=organization).order_by("valid_from").first()
    return _first(first, organization.approved_on)


def _first(fact: ChamberStatus | OrganizationPeriod | None, written: str) -> date | None:
    """The earlier of the first fact and the day written down; a beginning only known to be no later says nothing."""
    days = [first_day(written)] if written else []
    if fact is not None and fact.from_precision != Precision.SEEN:
        days.append(fact.valid_from)
    return min(days, default=None)
