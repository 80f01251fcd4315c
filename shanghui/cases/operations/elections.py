"""What is typed of an election besides candidates and ballot: who is set aside, the ballot held once more, the plenary session;
and whom the upper level appoints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from shanghui.access.audit import Journal
from shanghui.access.models import User
from shanghui.cases.models import Ballot, Case, Entry, Ground, Nominee, Posting, SetAside
from shanghui.cases.operations.locks import MEETING, PLENARY, STANDING, is_approved, refuse_closed, refuse_settled
from shanghui.kernel.refusals import Refused
from shanghui.ledger.people.models import Method, Person, Post


@dataclass(frozen=True)
class Another:
    """Somebody who came on the list at the meeting: written in by voters (`votes`), or proposed for the ballot held once more."""

    person: Person
    post: Post
    entry: Entry
    votes: int


@dataclass(frozen=True)
class Leader:
    """Whom the plenary session elected, with the approvals."""

    person: Person
    post: Post
    votes: int


@transaction.atomic
def set_aside(*, case: Case, people: Mapping[Person, Ground], consent: str, by: User | None, at: datetime) -> None:
    """Who is not among those who should attend, and the paper in which the upper level agreed (ELE-02, ELE-17). Raises Refused."""
    refuse_closed(case)
    refuse_settled(case, MEETING)
    if Ground.CONSENTED in people.values() and not consent.strip():
        raise Refused("不计入应到会人数的，请写明上级同意的文件。")
    journal = Journal(by=by, at=at, verb="填写选举人")
    rows = {row.person_id: row for row in SetAside.objects.filter(case=case)}
    for person, ground in people.items():
        row = rows.pop(person.pk, None)
        if row is None:
            journal.create(SetAside(case=case, person=person, ground=ground))
        else:
            journal.change(row, ground=ground)
    for row in rows.values():
        journal.delete(row)
    _ballot(journal, case, excluded=len(people), excluded_consent=consent.strip())
    journal.close(case, case.office)


@transaction.atomic
def put_again(
    *, case: Case, votes: Mapping[int, int | None], others: Sequence[Another], by: User | None, at: datetime, **counts: int | None
) -> None:
    """The ballot held once more: by candidate (key of Nominee) his votes there, who came on the list at the meeting, and the
    columns of Ballot about it. Raises Refused."""
    refuse_closed(case)
    refuse_settled(case, MEETING)
    journal = Journal(by=by, at=at, verb="填写再次投票")
    rows = list(Nominee.objects.filter(case=case).select_related("person"))
    for row in rows:
        if row.pk in votes:
            journal.change(row, votes_again=votes[row.pk])
    listed = {(row.person_id, row.post) for row in rows}
    for one in others:
        if (one.person.pk, one.post.value) in listed:
            raise Refused(f"{one.person.name}已经在“{one.post.label}”的名单里，请直接填他的得票。")
        first, again = (one.votes, None) if one.entry == Entry.WRITTEN else (None, one.votes)
        journal.create(Nominee(case=case, person=one.person, post=one.post, entry=one.entry, votes=first, votes_again=again))
    _ballot(journal, case, **counts)
    journal.close(case, case.office)


@transaction.atomic
def put_plenary(*, case: Case, present: int, leaders: Sequence[Leader], by: User | None, at: datetime) -> None:
    """How many members were at the first plenary session, whom it elected; who was proposed and not put to the vote is taken off.

    Raises Refused for one person in two posts.
    """
    refuse_closed(case)
    refuse_settled(case, PLENARY)
    if len({one.person.pk for one in leaders}) != len(leaders):
        raise Refused("书记和副书记不能是同一个人。请核对。")
    journal = Journal(by=by, at=at, verb="填写第一次全体会议")
    posts = (Post.SECRETARY, Post.DEPUTY_SECRETARY)
    rows = {(row.person_id, row.post): row for row in Nominee.objects.filter(case=case, post__in=posts)}
    for one in leaders:
        row = rows.pop((one.person.pk, one.post.value), None)
        if row is None:
            journal.create(Nominee(case=case, person=one.person, post=one.post, votes=one.votes))
        else:
            journal.change(row, votes=one.votes)
    for row in rows.values():
        journal.delete(row)
    _ballot(journal, case, plenary_present=present)
    journal.close(case, case.office)


@transaction.atomic
def put_posting(
    *, case: Case, person: Person, post: Post, method: Method, by: User | None, at: datetime, due_by: date | None = None,
    approved_by: str = "", grounds: str = "",
) -> Posting:
    """Whom the upper level appoints, sends or hires, to which post (COM-12). Raises Refused, also once it was decided."""
    refuse_closed(case)
    if is_approved(case):
        raise Refused(STANDING["posting"])
    if method == Method.ELECTED:
        raise Refused("选任的书记由选举产生，请办换届选举或者补选。这里登记上级任命、选派和聘任的。")
    if method == Method.HIRED and due_by is None:
        raise Refused("聘任的请写明聘期到哪一天。")
    if method != Method.HIRED and due_by is not None:
        raise Refused("聘期只有聘任的才有。")
    journal = Journal(by=by, at=at, verb="填写任命")
    values = {"post": post, "method": method, "due_by": due_by, "approved_by": approved_by.strip(), "grounds": grounds.strip()}
    row = Posting.objects.filter(case=case).first()
    if row is None:
        row = journal.create(Posting(case=case, person=person, **values))
    else:
        journal.change(row, person_id=person.pk, **values)
    journal.close(case, case.office)
    return row


def _ballot(journal: Journal, case: Case, **values: Any) -> None:
    row = Ballot.objects.filter(case=case).first()
    if row is None:
        journal.create(Ballot(case=case, **values))
    else:
        journal.change(row, **values)
