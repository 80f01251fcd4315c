"""What is typed in a case: the design, the chambers, the people, the candidates, the ballot. Kept whatever becomes of the steps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from shanghui.access.audit import Journal
from shanghui.access.models import User
from shanghui.cases.counting import DUAL_LIFE, at_hand, form_of
from shanghui.cases.file import File
from shanghui.cases.models import Ballot, Case, CaseChamber, CasePerson, Design, Entry, Nominee, State
from shanghui.cases.operations.locks import (
    MEETING,
    STANDING,
    is_approved,
    refuse_closed,
    refuse_settled,
    refuse_unlawful_design,
)
from shanghui.cases.registry import kinds
from shanghui.kernel.refusals import Refused
from shanghui.ledger.organizations.models import Chamber, PartyOrganization
from shanghui.ledger.people.models import AffiliationKind, Person, Post

LEAST_CHAMBERS = 1
APPROVED = ("name", "kind", "form", "upper", "target")
"""These columns of the design stand in the approval of the upper level."""
AGREEMENT = "agree"
"""The step in which the upper level agrees to the candidates of an election."""


@dataclass(frozen=True)
class Candidate:
    """Somebody proposed for a post; `votes` and `elected` once they are known."""

    person: Person
    post: Post
    title: str = ""
    votes: int | None = None
    elected: bool | None = None


def title_for(what: str, chambers: Sequence[Chamber], organization: PartyOrganization | None) -> str:
    """«组建党组织：云泽市印刷包装商会等2家», or with the party organization it is about."""
    if organization is not None:
        return f"{what}：{organization.unit.name}"[:160]
    first = chambers[0].unit.name if chambers else ""
    return f"{what}：{first}{f'等{len(chambers)}家' if len(chambers) > 1 else ''}"[:160]


@transaction.atomic
def design(*, case: Case, by: User | None, at: datetime, **values: Any) -> Design:
    """Name, kind, form, upper organization, grounds of what is to be set up (columns of Design). Raises Refused, also for what
    was approved already, and for what the kind says cannot stand."""
    refuse_closed(case)
    row = Design.objects.filter(case=case).first()
    if row is not None and is_approved(case):
        _refuse_other(row, values)
    journal = Journal(by=by, at=at, verb="填写方案")
    if row is None:
        row = journal.create(Design(case=case, **values))
    else:
        journal.change(row, **_by_column(Design, values))
    journal.close(case, case.office)
    refuse_unlawful_design(case, at)
    return row


@transaction.atomic
def put_ballot(*, case: Case, by: User | None, at: datetime, **values: Any) -> Ballot:
    """What is known of the election (columns of Ballot). Raises Refused, also once the meeting is registered."""
    refuse_closed(case)
    refuse_settled(case, MEETING)
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
    refuse_closed(case)
    if len(chambers) < LEAST_CHAMBERS:
        raise Refused("至少要有一家商会。整件事不办了，请撤回。")
    if len({one.pk for one in chambers}) != len(chambers):
        raise Refused("同一家商会选了两次。请核对。")
    _refuse_elsewhere(case, chambers)
    if is_approved(case):
        raise Refused(STANDING["chambers"])
    journal = Journal(by=by, at=at, verb="修改涉及的商会")
    rows = {row.chamber_id: row for row in case.chambers.select_related("chamber__unit")}
    _retitle(journal, case, [row.chamber for row in rows.values()], chambers)
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
    """Who will belong to the organization, and how. Raises Refused, also once the request is approved."""
    refuse_closed(case)
    if is_approved(case):
        raise Refused(STANDING["people"])
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


def list_at_hand(*, file: File, by: User | None, at: datetime) -> int:
    """Lists whom the ledger has for a case on its day; those listed already stay as they are. How many are new. Raises Refused."""
    listed = {row.person: AffiliationKind(row.kind) for row in CasePerson.objects.filter(case=file.case).select_related("person")}
    before = len(listed)
    for one in at_hand(file):
        dual = form_of(file) in DUAL_LIFE or one.home is not None
        listed.setdefault(one.person, AffiliationKind.DUAL if dual else AffiliationKind.HOME)
    put_people(case=file.case, people=listed, by=by, at=at)
    return len(listed) - before


@transaction.atomic
def put_nominees(*, case: Case, nominees: Iterable[Candidate], by: User | None, at: datetime) -> None:
    """The candidates with their votes; those not named any more are taken off. Raises Refused for one person twice in a post, and
    for other candidates than those the upper level agreed to (ELE-05), and once the meeting is registered."""
    refuse_closed(case)
    refuse_settled(case, MEETING)
    journal = Journal(by=by, at=at, verb="填写人选")
    rows = {(row.person_id, row.post): row for row in Nominee.objects.filter(case=case)}
    seen: set[tuple[int, str]] = set()
    nominees = list(nominees)
    _refuse_others(case, {(one.person.pk, one.post.value) for one in nominees}, rows)
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


def _refuse_others(case: Case, named: set[tuple[int, str]], rows: Mapping[tuple[int, str], Nominee]) -> None:
    """After the agreement no candidate is added or taken off; who came on the list at the meeting may be."""
    agreed = {key for key, row in rows.items() if row.entry == Entry.PROPOSED}
    at_meeting = set(rows) - agreed
    if named - at_meeting != agreed and case.records.filter(returned_on=None, step=AGREEMENT).exists():
        raise Refused(
            "上级已经同意候选人预备人选，不能再增减、换人。要换，请先把“上级同意人选”退回，写明原因；"
            "会上另选的人、再次投票新提名的人，填在“另选人、再次投票”里。"
        )


def _retitle(journal: Journal, case: Case, before: Sequence[Chamber], after: Sequence[Chamber]) -> None:
    """A title that was made from the chambers follows them."""
    what = getattr(kinds.get(case.kind), "title", "")
    if case.title == title_for(what, before, case.organization):
        journal.change(case, title=title_for(what, after, case.organization))


def _refuse_other(row: Design, values: Mapping[str, Any]) -> None:
    """What stands in the approval is not changed after it."""
    old = _by_column(Design, {name: getattr(row, name) for name in APPROVED})
    new = old | _by_column(Design, values)
    labels = {column.attname: str(column.verbose_name) for column in Design._meta.concrete_fields}
    words = [labels[column] for column, value in old.items() if new[column] != value]
    if words:
        raise Refused(f"已经批复，不能再改{'、'.join(words)}。请先把批复退回，写明原因。")


def _refuse_elsewhere(case: Case, chambers: Sequence[Chamber]) -> None:
    taken = CaseChamber.objects.filter(case__kind=case.kind, case__state=State.OPEN, chamber__in=[one.pk for one in chambers])
    clash = taken.exclude(case=case).select_related("case", "chamber__unit").first()
    if clash is not None:
        raise Refused(f"“{clash.chamber.unit.name}”已有一件正在办理：{clash.case.title}。")


def _by_column(model: type[Design] | type[Ballot], values: Mapping[str, Any]) -> dict[str, Any]:
    """Values by column name: a related row by its key."""
    found = {}
    for name, value in values.items():
        found[str(getattr(model._meta.get_field(name), "attname", name))] = value.pk if hasattr(value, "pk") else value
    return found
