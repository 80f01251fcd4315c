"""Who may be elected, and to how many seats: the candidates of an election within a case (COM-01 to COM-04, ELE-02, ELE-04, ELE-15)."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from shanghui.cases.file import File
from shanghui.cases.models import Ballot, Entry, Ground, Nominee, SetAside
from shanghui.ledger.people.models import Category, MembershipRecord, Method, Post
from shanghui.rules.majorities import candidates_enough
from shanghui.rules.registry import limit, norm_on


@dataclass(frozen=True)
class Contest:
    """What an election is about, besides its ballot. `branch`: of a branch (COM-01 to COM-04 ask nothing of others).

    `filling`: only vacant posts are filled, `staying` being the people on the committee whose seats were not vacant.
    `aside`: who is not among those who should attend, by name; None where names are not asked for.
    """

    branch: bool = True
    filling: bool = False
    staying: frozenset[int] = frozenset()
    aside: tuple[SetAside, ...] | None = None


WHOLE = Contest()


def full_members_among(people: Sequence[int], day: date) -> set[int]:
    """Who of these people is a full member on `day`. One question."""
    rows = MembershipRecord.objects.on(day).filter(person_id__in=list(people), category=Category.FULL)
    return set(rows.values_list("person_id", flat=True))


def candidate_faults(file: File, nominees: Sequence[Nominee], full: int, on: date, contest: Contest = WHOLE) -> list[str]:
    """Why the election cannot be held with these candidates. `full`: full members of the organization on the day."""
    ballot = file.ballot
    if ballot.method == Method.HIRED:
        return []
    proposed = [one for one in nominees if one.entry == Entry.PROPOSED]
    return [
        *_not_full(nominees, on), *_without_right(nominees, contest), *committee_faults(ballot, full, contest), *_tellers(ballot, proposed),
        *leader_faults(proposed, contest), *_surplus(ballot, proposed, on),
    ]


def committee_faults(ballot: Ballot, full: int, contest: Contest = WHOLE) -> list[str]:
    """Whether a committee has to be, and of how many, by the full members in the ledger (COM-01, COM-02)."""
    if contest.filling:
        return []
    if congress := _congress_faults(ballot, full, contest):
        return congress
    needed, least = limit("COM-01", "full_members"), limit("COM-02", "members_from")
    if not ballot.committee and not contest.branch:
        return ["党委、党总支都设委员会。请改为设委员会，填写应选委员数。"]
    if not ballot.committee and full >= needed:
        return [f"有正式党员{full}名，{needed}名以上的应当设立支部委员会。请在“人选和选举”里选“设委员会”。"]
    if ballot.committee and (ballot.seats is None or ballot.seats < least):
        return [f"{'支部委员会' if contest.branch else '委员会'}至少{least}人，请填写应选委员数。"]
    if ballot.committee and ballot.seats and ballot.seats > full:
        return [f"应选委员{ballot.seats}名，正式党员只有{full}名。请核对。"]
    return []


def _congress_faults(ballot: Ballot, full: int, contest: Contest) -> list[str]:
    """A congress of delegates is for a 党委 or 党总支, agreed to above, and of fewer than the members it stands for (ELE-01)."""
    if not ballot.congress:
        return []
    if contest.branch:
        return ["党支部由党员大会选举，不召开党员代表大会。请改为党员大会。"]
    faults = [] if ballot.congress_consent.strip() else ["召开党员代表大会选举，须经上级党组织批准。请写明批准的文件。"]
    if not ballot.delegates:
        return [*faults, "请填写代表总数。"]
    return faults if ballot.delegates < full else [*faults, f"代表{ballot.delegates}名，正式党员只有{full}名。请核对；党员不多的，召开党员大会。"]


def _not_full(nominees: Sequence[Nominee], on: date) -> list[str]:
    full = full_members_among([one.person_id for one in nominees], on)
    return [f"{name}不是正式党员，不能作候选人。" for name in dict.fromkeys(one.person.name for one in nominees if one.person_id not in full)]


def _without_right(nominees: Collection[Nominee], contest: Contest) -> list[str]:
    without = {one.person_id for one in contest.aside or () if one.ground == Ground.NO_RIGHT}
    return [f"{name}列在没有选举权的人里，不能作候选人。" for name in dict.fromkeys(one.person.name for one in nominees if one.person_id in without)]


def leader_faults(nominees: Sequence[Nominee], contest: Contest = WHOLE) -> list[str]:
    """One candidate for secretary, one deputy at most (ELE-06, COM-04); where only vacant posts are filled there may be none."""
    secretaries = sum(1 for one in nominees if one.post == Post.SECRETARY)
    deputies = sum(1 for one in nominees if one.post == Post.DEPUTY_SECRETARY)
    faults = []
    if secretaries != 1 and not (contest.filling and not secretaries):
        faults.append(f"书记候选人应当正好1名（等额选举），现有{secretaries}名。")
    if contest.branch and deputies > limit("COM-04", "deputies"):
        faults.append(f"副书记至多{limit('COM-04', 'deputies')}名，现有{deputies}名候选人。")
    return faults


def _surplus(ballot: Ballot, nominees: Sequence[Nominee], on: date) -> list[str]:
    norm = norm_on("ELE-04", on)
    count = sum(1 for one in nominees if one.post == Post.COMMITTEE_MEMBER)
    if norm is None or not ballot.committee or not ballot.seats or candidates_enough(count, ballot.seats, norm):
        return []
    need = -(-ballot.seats * (100 + norm.limits["surplus_percent"]) // 100)
    return [f"应选委员{ballot.seats}名，候选人至少要{need}名（差额不少于{norm.limits['surplus_percent']}%），现有{count}名。请在“人选和选举”里再提名。"]


def _tellers(ballot: Ballot, nominees: Sequence[Nominee]) -> list[str]:
    """Tellers and counters are no candidates, and nobody is both (ELE-15)."""
    names = {one.person.name for one in nominees}
    standing = [f"{word}{name}是候选人。监票人、计票人要从不是候选人的党员中产生。" for word, name in _named_tellers(ballot) if name in names]
    counting = _names_in(ballot.counter)
    both = [name for name in dict.fromkeys(_names_in(ballot.teller)) if name in counting]
    return [*standing, *(f"{name}既是监票人又是计票人。计票人在监票人监督下工作，请另外推选一人。" for name in both)]


def teller_faults(ballot: Ballot, members: Collection[str]) -> list[str]:
    """Tellers who are not among the members, by name: these recommend them from their own (ELE-15). It is not said that who counts
    under their eyes must be a member: a branch of three with two candidates has one other."""
    strangers = [name for name in _names_in(ballot.teller) if name not in members]
    return [f"监票人{name}不在应到会的党员里。请核对姓名，或者从不是候选人的党员中另外推选。" for name in strangers]


def _named_tellers(ballot: Ballot) -> list[tuple[str, str]]:
    return [(word, name) for word, text in (("监票人", ballot.teller), ("计票人", ballot.counter)) for name in _names_in(text)]


def _names_in(text: str) -> list[str]:
    """The names in a line of names."""
    return [name for name in re.split(r"[、，,;；\s]+", text) if name]
