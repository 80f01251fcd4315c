"""Who is elected: by the meeting, by the ballot held once more, by the first plenary session (ELE-06, ELE-13, ELE-14)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from shanghui.cases.file import File
from shanghui.cases.models import Ballot, Nominee
from shanghui.ledger.people.models import PARTY_POSTS, Method, Post
from shanghui.rules.quorum import fewest
from shanghui.rules.registry import Norm, norm_on

MAJORITY = "MAJ-ELECTION"
BY_COMMITTEE = (Post.SECRETARY, Post.DEPUTY_SECRETARY)

Votes = tuple[Nominee, int | None]


@dataclass(frozen=True)
class Tally:
    """How one candidate stands. `votes`: those that decided; `needed`: the fewest approvals that elect; None while nobody was
    counted as present, and where a tie was broken by more votes alone.

    `elected` None: cannot be told yet. `tied`: as many votes as another for the last seat. `again`: decided by the ballot held
    once more. `doubt`: the two readings of the share (of those present, of those who should attend) differ (ELE-13).
    """

    nominee: Nominee
    needed: int | None
    elected: bool | None
    doubt: bool = False
    votes: int | None = None
    tied: bool = False
    again: bool = False


def by_committee(ballot: Ballot, nominee: Nominee) -> bool:
    """Whether the first plenary session elects to this post, not the meeting (ELE-06)."""
    return ballot.committee and nominee.post in BY_COMMITTEE


def tally(file: File, nominees: Sequence[Nominee], on: date, staying: Collection[int] = ()) -> list[Tally]:
    """How each candidate stands, in their order. `staying`: people on the committee whose seats were not vacant (by-election)."""
    ballot, norm = file.ballot, norm_on(MAJORITY, on)
    if ballot.method == Method.HIRED or norm is None:
        return [Tally(one, None, True if ballot.method == Method.HIRED else None) for one in nominees]
    found: dict[int, Tally] = {}
    for post in PARTY_POSTS:
        rows = [one for one in nominees if one.post == post and not by_committee(ballot, one)]
        seats = (ballot.seats or 0) if post == Post.COMMITTEE_MEMBER else 1
        found |= {one.nominee.pk: one for one in _at_meeting(ballot, rows, seats, norm)}
    voters = {*staying, *elected_people(found.values(), Post.COMMITTEE_MEMBER)}
    return [found.get(one.pk) or _at_plenary(ballot, one, len(voters), norm) for one in nominees]


def elected_people(found: Collection[Tally], *posts: Post) -> set[int]:
    """The people elected to one of these posts."""
    return {one.nominee.person_id for one in found if one.elected and one.nominee.post in posts}


def posts_held(found: Collection[Tally]) -> list[tuple[Nominee, str]]:
    """Who holds which post by the result, with his task (分工). A secretary or deputy on the committee stands under that post alone."""
    elected = [one.nominee for one in found if one.elected]
    tasks = {one.person_id: one.title for one in elected if one.post == Post.COMMITTEE_MEMBER}
    leading = {one.person_id for one in elected if one.post in BY_COMMITTEE}
    return [
        (one, one.title or tasks.get(one.person_id, ""))
        for one in elected if one.post in BY_COMMITTEE or one.person_id not in leading
    ]


def seats_left(ballot: Ballot, nominees: Sequence[Nominee], on: date) -> int:
    """How many seats of the committee the first ballot left open."""
    norm = norm_on(MAJORITY, on)
    if norm is None or ballot.present is None or not ballot.seats:
        return 0
    rows = [(one, one.votes) for one in nominees if one.post == Post.COMMITTEE_MEMBER]
    return ballot.seats - len(_seated(rows, ballot.seats, fewest(ballot.present, norm, "yes"))[0])


def _at_meeting(ballot: Ballot, rows: Sequence[Nominee], seats: int, norm: Norm) -> list[Tally]:
    """One post: the first ballot, then for the seats it left open the other one. Among those tied more votes suffice there."""
    if ballot.present is None or ballot.expected is None:
        return [Tally(one, None, None, votes=one.votes) for one in rows]
    needed = fewest(ballot.present, norm, "yes")
    seated, tied = _seated([(one, one.votes) for one in rows], seats, needed)
    over = ballot.expected
    first = [
        Tally(one, needed, None if one.votes is None or one.pk in tied else one.pk in seated, votes=one.votes, tied=one.pk in tied,
              doubt=one.pk in seated and (one.votes or 0) * 2 <= over)
        for one in rows
    ]
    again = [(one, one.votes_again) for one in rows if one.votes_again is not None and one.pk not in seated and (not tied or one.pk in tied)]
    if not again or seats <= len(seated):
        return first
    second = _second(ballot, again, seats - len(seated), bool(tied), norm)
    return [second.get(one.nominee.pk, one) for one in first]


def _second(ballot: Ballot, rows: Sequence[Votes], seats: int, breaks_tie: bool, norm: Norm) -> dict[int, Tally]:
    if ballot.again_present is None or ballot.expected is None:
        return {one.pk: Tally(one, None, None, votes=votes, again=True) for one, votes in rows}
    needed = None if breaks_tie else fewest(ballot.again_present, norm, "yes")
    seated, tied = _seated(rows, seats, needed or 0)
    over = ballot.expected
    return {
        one.pk: Tally(one, needed, None if one.pk in tied else one.pk in seated, votes=votes, tied=one.pk in tied, again=True,
                      doubt=one.pk in seated and not breaks_tie and (votes or 0) * 2 <= over)
        for one, votes in rows
    }


def _seated(rows: Sequence[Votes], seats: int, needed: int) -> tuple[set[int], set[int]]:
    """Who has a seat by the number of votes, and who is tied for the last one, among those with enough votes."""
    enough = sorted(((votes, one.pk) for one, votes in rows if votes is not None and votes >= needed), key=lambda row: -row[0])
    if len(enough) <= seats or not seats:
        return {pk for _, pk in enough} if seats else set(), set()
    edge = enough[seats - 1][0]
    if enough[seats][0] < edge:
        return {pk for _, pk in enough[:seats]}, set()
    return {pk for votes, pk in enough if votes > edge}, {pk for votes, pk in enough if votes == edge}


def _at_plenary(ballot: Ballot, one: Nominee, voters: int, norm: Norm) -> Tally:
    """Secretary and deputy: the members of the committee vote, by their own number and presence."""
    if not voters or ballot.plenary_present is None:
        return Tally(one, None, None, votes=one.votes)
    needed = fewest(ballot.plenary_present, norm, "yes")
    elected = None if one.votes is None else one.votes >= needed
    return Tally(one, needed, elected, doubt=bool(elected) and (one.votes or 0) * 2 <= voters, votes=one.votes)
