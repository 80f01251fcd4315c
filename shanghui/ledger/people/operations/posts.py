"""Posts in chambers and party organizations (M08, M10): taken up, put right, a contract made anew."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from shanghui.access.audit import Journal
from shanghui.access.models import Unit, User
from shanghui.kernel.facts import Precision, column_values
from shanghui.kernel.periods import first_day_after
from shanghui.kernel.refusals import Refused
from shanghui.ledger.people.models import CHAMBER_POSTS, PARTY_POSTS, Appointment, Method, Person, Post
from shanghui.ledger.people.operations.standings import refuse_dead
from shanghui.ledger.people.queries import standing_holder


@transaction.atomic
def appoint(
    *, person: Person, unit: Unit, post: Post, since: date, by: User | None, at: datetime, title: str = "",
    method: Method | str = "", precision: Precision = Precision.DAY, due_by: date | None = None, approved_by: str = "",
    approval_number: str = "",
) -> Appointment:
    """From `since` the person holds the post. Who is hired has a contract to `due_by`, its last day, if that is known.

    Raises Refused, also for a second open holder of a post that has one.
    """
    allowed = CHAMBER_POSTS if unit.kind == "chamber" else PARTY_POSTS
    if post not in allowed:
        raise Refused(f"“{unit.name}”没有“{post.label}”这个职务。请另选。")
    refuse_dead(person, since)
    holder = standing_holder(unit, post, since) or _holding_already(person, unit, post, since)
    if holder is not None:
        raise Refused(f"“{unit.name}”的{post.label}自{holder.valid_from}起是{holder.person.name}。请先结束原来的任职，再登记新的。")
    made = Appointment(
        person=person, unit=unit, post=post, title=title, method=method, valid_from=since, from_precision=precision,
        due_by=due_by, approved_by=approved_by, approval_number=approval_number,
    )
    _refuse_contract(made)
    journal = Journal(by=by, at=at, verb=f"任{post.label}")
    journal.create(made)
    journal.close(person, unit)
    return made


@transaction.atomic
def change_appointment(*, appointment: Appointment, by: User | None, at: datetime, **values: Any) -> bool:
    """Puts right what is written of a post (title, how one came to it, contract, approval); says whether anything changed.

    Raises Refused.
    """
    _refuse_contract(Appointment(**({"pk": appointment.pk} | column_values(appointment) | values)))
    journal = Journal(by=by, at=at, verb="更正任职")
    changed = journal.change(appointment, **values)
    journal.close(appointment.person, appointment.unit)
    return changed


@transaction.atomic
def hire_again(
    *, appointment: Appointment, due_by: date, approved_by: str, approval_number: str, by: User | None, at: datetime
) -> Appointment:
    """The contract of somebody hired is made anew from the day after its last; what stood until then stays. Raises Refused."""
    if appointment.method != Method.HIRED or appointment.due_by is None:
        raise Refused("只有聘任的、登记了聘期的才能续聘。请先更正任职，写上产生方式和聘期。")
    since = first_day_after(appointment.due_by)
    if appointment.valid_to is not None:
        raise Refused(f"{appointment.person.name}已经不再任这个职务。重新聘任的，请登记新的任职。")
    refuse_dead(appointment.person, since)
    journal = Journal(by=by, at=at, verb="续聘")
    new = Appointment(**column_values(appointment))
    new.valid_from, new.due_by, new.approved_by, new.approval_number = since, due_by, approved_by, approval_number
    new.from_precision = Precision.DAY
    _refuse_contract(new)
    journal.change(appointment, valid_to=since)
    journal.create(new)
    journal.close(appointment.person, appointment.unit)
    return new


def _refuse_contract(asked: Appointment) -> None:
    """What cannot be of a contract: one for somebody who was not hired, an end before the beginning. That it is not known can be."""
    if asked.due_by is None:
        return
    if asked.method != Method.HIRED:
        raise Refused("聘期只有聘任的才有。选任的任期登记在党组织的“任期与换届”里。")
    if asked.due_by < asked.valid_from:
        raise Refused(f"聘期的最后一天不能早于任职开始那一天（{asked.valid_from}）。")


def _holding_already(person: Person, unit: Unit, post: Post, since: date) -> Appointment | None:
    still = Q(valid_to=None) | Q(valid_to__gt=since)
    return Appointment.objects.filter(still, person=person, unit=unit, post=post).select_related("person").first()
