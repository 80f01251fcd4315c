"""Transfers inside the platform (M16): sent by one side, received or sent back by the other.

While a relation is on its way the home stays where it was, and the sender stays responsible (REL-05). Receipt moves it in one
act: never two homes, never none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from uuid import uuid4

from django.db import transaction

from shanghui.access.audit import Journal
from shanghui.access.models import User
from shanghui.kernel.refusals import Refused
from shanghui.ledger.organizations.models import PartyOrganization
from shanghui.ledger.people.models import Affiliation, AffiliationKind, Person
from shanghui.ledger.people.operations.moving import (
    arrive,
    close,
    homes_of,
    leaving_faults,
    locked,
    refuse_all,
    refuse_as_home,
    refuse_before,
    start,
)
from shanghui.ledger.people.transfers import Direction, Transfer, TransferState


@transaction.atomic
def send_people(
    *, people: Sequence[Person], target: PartyOrganization, on: date, by: User | None, at: datetime, reason: str = "", dues_until: str = ""
) -> list[Transfer]:
    """One action of the sending side: the relation of each goes to `target` from where it is; who is only cultivated goes on
    being cultivated there. All or none. Raises Refused, naming who cannot go and why."""
    if not people:
        raise Refused("请选要转出的人。")
    refuse_as_home(target, on)
    homes = homes_of(people)
    refuse_all([*leaving_faults(people, homes, on), *_already_there(people, homes, target)])
    bundle = uuid4().hex if len(people) > 1 else ""
    return [
        start(
            person, homes[person.pk].organization, by=by, at=at, verb="发起组织关系接转", direction=Direction.INSIDE,
            source=homes[person.pk].organization, target=target, sent_on=on, reason=reason, dues_until=dues_until, bundle=bundle,
        )
        for person in people
    ]


def _already_there(people: Sequence[Person], homes: Mapping[int, Affiliation], target: PartyOrganization) -> Iterator[str]:
    for person in people:
        if person.pk in homes and homes[person.pk].organization_id == target.pk:
            yield f"{person.name}的组织关系已在“{target.unit.name}”，不用接转。"


@transaction.atomic
def receive(*, transfer: Transfer, on: date, by: User | None, at: datetime) -> Affiliation:
    """The receiving side's answer: from `on` the home is here, until the day before it was there. Raises Refused."""
    row = locked(transfer, Direction.INSIDE)
    target = row.target
    assert target is not None
    refuse_before(row, on)
    refuse_as_home(target, on)
    home = homes_of([row.person]).get(row.person_id)
    if home is None or home.organization_id != row.source_id:
        where = f"现在在“{home.organization.unit.name}”" if home is not None else "已经结束"
        raise Refused(f"{row.person.name}的组织关系{where}，不在“{row.origin}”了。请退回，由现在的党组织重新转出。")
    refuse_all(leaving_faults([row.person], {row.person_id: home}, on, but=row))
    journal = Journal(by=by, at=at, verb="接收组织关系", reason=row.origin)
    made = arrive(journal, row, AffiliationKind(home.kind), on)
    journal.close(row.person, target.unit)
    return made


@transaction.atomic
def send_back(*, transfer: Transfer, on: date, reason: str, by: User | None, at: datetime) -> None:
    """The receiving side does not take the person, and says why: nobody may refuse without a reason (REL-05). Raises Refused."""
    row = locked(transfer, Direction.INSIDE, Direction.IN)
    if not reason.strip():
        raise Refused("请写明退回的原因：没有正当理由不得拒绝接收。")
    assert row.target is not None
    close(row, TransferState.RETURNED, on, reason, unit=row.target, by=by, at=at, verb="退回组织关系")


@transaction.atomic
def withdraw(*, transfer: Transfer, on: date, reason: str, by: User | None, at: datetime) -> None:
    """The sending side takes back what was not received yet. Raises Refused."""
    row = locked(transfer, Direction.INSIDE)
    assert row.source is not None
    close(row, TransferState.WITHDRAWN, on, reason, unit=row.source, by=by, at=at, verb="撤回组织关系接转")
