"""What is typed in a case: the design, the chambers, the people, the candidates, the ballot. Kept whatever becomes of the steps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from shanghui.access.audit import Journal
from shanghui.access.models import User
from shanghui.cases.models import Ballot, Case, CaseChamber, CasePerson, Design, Nominee, State
from shanghui.kernel.refusals import Refused
from shanghui.ledger.organizations.models import Chamber
from shanghui.ledger.people.models import AffiliationKind, Person, Post

LEAST_CHAMBERS = 1


@dataclass(frozen=True)
class Candidate:
    """Somebody proposed for a post; `votes` and `elected` once they are known."""

    person: Person
    post: Post
    title: str = ""
    votes: int | None = None
    elected: bool | None = None


@transaction.atomic
def design(*, case: Case, by: User | None, at: datetime, **values: Any) -> Design:
    """Name, kind, form, upper organization, grounds of what is to be set up (columns of Design). Raises Refused."""
    _refuse_closed(case)
    journal = Journal(by=by, at=at, verb="填写方案")
    row = Design.objects.filter(case=case).first()
    if row is None:
        row = journal.create(Design(case=case, **values))
    else:
        journal.change(row, **_by_column(Design, values))
    journal.close(case, case.office)
    return row


@transaction.atomic
def put_ballot(*, case: Case, by: User | None, at: datetime, **values: Any) -> Ballot:
    """What is known of the election (columns of Ballot). Raises Refused."""
    _refuse_closed(case)
    journal = Journal(by=by, at=at, verb="填写选举情况")
    row = Ballot.objects.filter(case=case).first()
    if row is None:
        row = journal.create(Ballot(case=case, **values))
    else:
        journal.change(row, **_by_column(Ballot, values))
    journal.close(case, case.office)
    return row


@transaction.atomic
def put_chambers(*, case: Case, chambers: Sequence[Chamber], by: User | None, at: datetime) -> None:
    """The chambers of a case, the lead first. Raises Refused without any, for one twice, and once the request is approved."""
    _refuse_closed(case)
    if len(chambers) < LEAST_CHAMBERS:
        raise Refused("至少要有一家商会。整件事不办了，请撤回。")
    if len({one.pk for one in chambers}) != len(chambers):
        raise Refused("同一家商会选了两次。请核对。")
    _refuse_elsewhere(case, chambers)
    if case.records.filter(returned_on=None, step="approve").exists():
        raise Refused("已经批复，不能再改涉及的商会。请先把批复退回，写明原因。")
    journal = Journal(by=by, at=at, verb="修改涉及的商会")
    rows = {row.chamber_id: row for row in case.chambers.all()}
    for place, chamber in enumerate(chambers):
        row = rows.pop(chamber.pk, None)
        if row is None:
            journal.create(CaseChamber(case=case, chamber=chamber, place=place))
        else:
            journal.change(row, place=place)
    for row in rows.values():
        journal.delete(row)
    journal.close(case, case.office)


@transaction.atomic
def put_people(*, case: Case, people: Mapping[Person, AffiliationKind], by: User | None, at: datetime) -> None:
    """Who will belong to the organization, and how. Raises Refused."""
    _refuse_closed(case)
    journal = Journal(by=by, at=at, verb="编入党员")
    rows = {row.person_id: row for row in CasePerson.objects.filter(case=case)}
    for person, kind in people.items():
        row = rows.pop(person.pk, None)
        if row is None:
            journal.create(CasePerson(case=case, person=person, kind=kind))
        else:
            journal.change(row, kind=kind)
    for row in rows.values():
        journal.delete(row)
    journal.close(case, case.office)


@transaction.atomic
def put_nominees(*, case: Case, nominees: Iterable[Candidate], by: User | None, at: datetime) -> None:
    """The candidates with their votes; those not named any more are taken off. Raises Refused for one person twice in a post."""
    _refuse_closed(case)
    journal = Journal(by=by, at=at, verb="填写人选")
    rows = {(row.person_id, row.post): row for row in Nominee.objects.filter(case=case)}
    seen = set()
    for one in nominees:
        key = (one.person.pk, one.post.value)
        if key in seen:
            raise Refused(f"{one.person.name}在“{one.post.label}”里写了两次。请核对。")
        seen.add(key)
        row = rows.pop(key, None)
        if row is None:
            journal.create(Nominee(
                case=case, person=one.person, post=one.post, title=one.title, votes=one.votes, elected=one.elected
            ))
        else:
            journal.change(row, title=one.title, votes=one.votes, elected=one.elected)
    for row in rows.values():
        journal.delete(row)
    journal.close(case, case.office)


def _refuse_closed(case: Case) -> None:
    if case.state != State.OPEN:
        raise Refused(f"这件事{case.get_state_display()}，内容不能再改。")


def _refuse_elsewhere(case: Case, chambers: Sequence[Chamber]) -> None:
    taken = CaseChamber.objects.filter(case__kind=case.kind, case__state=State.OPEN, chamber__in=[one.pk for one in chambers])
    clash = taken.exclude(case=case).select_related("case", "chamber__unit").first()
    if clash is not None:
        raise Refused(f"“{clash.chamber.unit.name}”已有一件正在办理：{clash.case.title}。")


def _by_column(model: type[Design] | type[Ballot], values: Mapping[str, Any]) -> dict[str, Any]:
    """Values by column name: a related row by its key."""
    found = {}
    for name, value in values.items():
        column = model._meta.get_field(name)
        found[getattr(column, "attname", name)] = value.pk if hasattr(value, "pk") else value
    return found
