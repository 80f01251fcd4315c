"""What transfers inside the platform and letters share: what stands against leaving, what refuses a home, how one begins and ends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from shanghui.access.audit import Journal
from shanghui.access.models import User
from shanghui.kernel.facts import Fact
from shanghui.kernel.periods import full_day, last_day
from shanghui.kernel.refusals import Refused
from shanghui.ledger.organizations.models import OrganizationPeriod, PartyOrganization
from shanghui.ledger.organizations.powers import powers_of
from shanghui.ledger.people.models import (
    MEMBERS,
    PARTY_POSTS,
    Affiliation,
    AffiliationKind,
    Appointment,
    MembershipRecord,
    Person,
)
from shanghui.ledger.people.operations.people import settle
from shanghui.ledger.people.transfers import Direction, Transfer, TransferState

TOLD = 5
"""So many faults are named at once."""


def homes_of(people: Iterable[Person]) -> dict[int, Affiliation]:
    """The open home, or the organization that cultivates, of each person. One question."""
    rows = Affiliation.objects.filter(person__in=[one.pk for one in people], valid_to=None).exclude(kind=AffiliationKind.DUAL)
    return {row.person_id: row for row in rows.select_related("organization__unit")}


def leaving_faults(
    people: Sequence[Person], homes: Mapping[int, Affiliation], on: date, *, but: Transfer | None = None
) -> list[str]:
    """What stands against these relations leaving their homes on the day. Three questions; `but`: the transfer that is carried out."""
    found = obstacles(people, homes, on, but=but)
    return [fault for person in people for fault in found[person.pk]]


def obstacles(
    people: Sequence[Person], homes: Mapping[int, Affiliation], on: date, *, but: Transfer | None = None
) -> dict[int, list[str]]:
    """The same by person."""
    keys = [person.pk for person in people]
    members = set(MembershipRecord.objects.on(on).filter(person__in=keys, category__in=MEMBERS).values_list("person_id", flat=True))
    going = Transfer.objects.waiting().filter(person__in=keys).exclude(pk=but.pk if but else 0)
    away, posts = set(going.values_list("person_id", flat=True)), _posts_at(homes, on)
    return {one.pk: list(_against(one, homes.get(one.pk), on, one.pk in members, one.pk in away, posts.get(one.pk, []))) for one in people}


def _against(person: Person, home: Affiliation | None, on: date, member: bool, away: bool, posts: list[str]) -> Iterator[str]:
    if away:
        yield f"{person.name}已有一次接转还在途中。请先接收、退回或者撤回那一次。"
    if home is None:
        yield f"{person.name}没有登记组织关系所在的党组织，不能转出。请先登记。"
        return
    if home.valid_from >= on:
        yield f"{person.name}的组织关系自{full_day(home.valid_from)}起在“{home.organization.unit.name}”，接转日期须在其后。"
    if home.kind == AffiliationKind.HOME and not member:
        yield f"{person.name}在{full_day(on)}不是党员（没有登记类别，或者类别已经结束），没有组织关系可转。"
    if posts:
        yield f"{person.name}还是“{home.organization.unit.name}”的{'、'.join(posts)}。请先办理免职、结束任职，再转组织关系。"


def _posts_at(homes: Mapping[int, Affiliation], on: date) -> dict[int, list[str]]:
    """By person the party posts held at home on the day or later."""
    still = Q(valid_to=None) | Q(valid_to__gt=on)
    units = {home.organization_id for home in homes.values()}
    found: dict[int, list[str]] = defaultdict(list)
    for one in Appointment.objects.filter(still, person__in=list(homes), unit__in=units, post__in=PARTY_POSTS).order_by("pk"):
        if one.unit_id == homes[one.person_id].organization_id:
            found[one.person_id].append(one.get_post_display())
    return found


def refuse_as_home(organization: PartyOrganization, day: date) -> None:
    """Refuses an organization that is not there on the day, or whose form leaves relations where they are (M03)."""
    name, period = organization.unit.name, OrganizationPeriod.objects.on(day).filter(organization=organization).first()
    if period is None:
        ended = OrganizationPeriod.objects.filter(organization=organization, valid_to__lte=day).order_by("valid_to").last()
        known = f"已于{full_day(end)}撤销" if ended is not None and (end := last_day(ended.valid_to)) else f"在{full_day(day)}还没有成立"
        raise Refused(f"“{name}”{known}，不能接收组织关系。请转给接续它的党组织。")
    if not powers_of(period.form).develops:
        raise Refused(
            f"“{name}”是{period.get_form_display()}党组织，不接转组织关系：组织关系留在原单位。要在那里参加组织生活，请登记双重组织生活。"
        )


def refuse_all(faults: Iterable[str]) -> None:
    """Raises Refused with the first few."""
    found = list(faults)
    if found:
        more = f"另有 {len(found) - TOLD} 处。" if len(found) > TOLD else ""
        raise Refused("".join(found[:TOLD]) + more)


def refuse_before(row: Transfer, on: date) -> None:
    """Refuses a day before it was sent."""
    if on < row.sent_on:
        raise Refused(f"日期不能早于发出日期（{row.sent_on}）。请核对。")


def locked(transfer: Transfer, *directions: Direction) -> Transfer:
    """The row as it stands now, and nobody else closes it meanwhile. Raises Refused when it is closed, or of another kind."""
    rows = Transfer.objects.select_for_update(of=("self",)).select_related("person", "source__unit", "target__unit")
    row = rows.filter(pk=transfer.pk).first()
    if row is None:
        raise Refused("这次接转已经撤销了。")
    if row.state != TransferState.SENT:
        raise Refused(f"{row.person.name}的这次接转{row.closed_on}{row.get_state_display()}，不能再办。")
    if row.direction not in directions:
        raise Refused(f"这是{row.get_direction_display()}，不能这样办。")
    return row


@contextmanager
def _once(person: Person) -> Iterator[None]:
    """Refuses what another hand entered at the same moment: the database keeps one open transfer a person, one letter a number."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as clash:
        if "number" in str(clash):
            raise Refused("这个编号今年已经用过。介绍信编号同一单位同一年内不能重复，请核对。") from clash
        raise Refused(f"{person.name}已有一次接转还在途中。请先接收、退回或者撤回那一次。") from clash


def start(person: Person, beside: PartyOrganization, *, by: User | None, at: datetime, verb: str, **columns: Any) -> Transfer:
    """A transfer begins; `beside`: the organization of the platform whose act it is. Raises Refused when one is open already."""
    journal = Journal(by=by, at=at, verb=verb)
    with _once(person):
        made = journal.create(Transfer(person=person, **columns))
    journal.close(person, beside.unit)
    return made


def close(
    row: Transfer, state: TransferState, on: date, words: str, *, unit: PartyOrganization, by: User | None, at: datetime, verb: str
) -> None:
    """It is over without a receipt: the home stays where it was."""
    refuse_before(row, on)
    journal = Journal(by=by, at=at, verb=verb, reason=words.strip()[:300])
    journal.change(row, state=state, closed_on=on, closing=words.strip()[:300])
    journal.close(row.person, unit.unit)


def end_on(journal: Journal, fact: Fact, on: date, refusal: str) -> None:
    """Ends a fact on the day; raises Refused where it begins then or later."""
    if fact.valid_from >= on:
        raise Refused(refusal)
    journal.change(fact, valid_to=on)


def arrive(journal: Journal, row: Transfer, kind: AffiliationKind, on: date) -> Affiliation:
    """The home is at the target from the day; dual life there is over, for it is the home now. Raises Refused."""
    target = row.target
    assert target is not None
    for dual in Affiliation.objects.filter(person=row.person, organization=target, kind=AffiliationKind.DUAL, valid_to=None):
        end_on(journal, dual, on, f"{row.person.name}在“{target.unit.name}”的双重组织生活自{dual.valid_from}起登记，接收日期须在其后。")
    made = settle(journal, person=row.person, organization=target, kind=kind, since=on)
    journal.change(row, state=TransferState.RECEIVED, closed_on=on)
    return made
