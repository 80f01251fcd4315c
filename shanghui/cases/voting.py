"""An election within a case: are the candidates enough, could the meeting proceed, who is elected (regulations §1.3, §1.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shanghui.cases.file import File
from shanghui.cases.models import Ballot, Nominee
from shanghui.ledger.people.models import Category, MembershipRecord, Method, Post
from shanghui.rules.majorities import candidates_enough, enough, passed
from shanghui.rules.quorum import fewest
from shanghui.rules.registry import Norm, limit, norm_on

MAJORITY = "MAJ-ELECTION"
BY_COMMITTEE = (Post.SECRETARY, Post.DEPUTY_SECRETARY)


@dataclass(frozen=True)
class Tally:
    """How one candidate stands. `needed`: the fewest approvals that elect; None while nobody was counted as present.

    `elected` None: cannot be told yet. `doubt`: the two readings of the share (of those present, of those who should attend)
    differ (ELE-13).
    """

    nominee: Nominee
    needed: int | None
    elected: bool | None
    doubt: bool = False


def full_members_among(people: Sequence[int], day: date) -> set[int]:
    """Who of these people is a full member on `day`. One question."""
    rows = MembershipRecord.objects.on(day).filter(person_id__in=list(people), category=Category.FULL)
    return set(rows.values_list("person_id", flat=True))


def candidate_faults(file: File, nominees: Sequence[Nominee], full: int, on: date) -> list[str]:
    """Why the election cannot be held with these candidates. `full`: full members of the organization on the day."""
    ballot = file.ballot
    if ballot.method == Method.HIRED:
        return []
    faults = [*_not_full(nominees, on), *_committee(ballot, full), *_tellers(ballot, nominees)]
    deputies = sum(1 for one in nominees if one.post == Post.DEPUTY_SECRETARY)
    secretaries = sum(1 for one in nominees if one.post == Post.SECRETARY)
    if secretaries != 1:
        faults.append(f"书记候选人应当正好1名（等额选举），现有{secretaries}名。")
    if deputies > limit("COM-04", "deputies"):
        faults.append(f"副书记至多{limit('COM-04', 'deputies')}名，现有{deputies}名候选人。")
    if not ballot.committee:
        return faults
    return faults + _surplus(ballot, nominees, on)


def meeting_faults(file: File, nominees: Sequence[Nominee], voters: int, on: date) -> list[str]:
    """Why what was counted cannot be. `voters`: full members in the ledger on the day, who have the right to vote (ELE-02)."""
    ballot = file.ballot
    missing = [label for label, value in _counts(ballot) if value is None]
    if missing:
        return [f"请先填写{'、'.join(missing)}。"]
    expected, present, issued, collected = ballot.expected or 0, ballot.present or 0, ballot.issued or 0, ballot.collected or 0
    faults = []
    if expected + ballot.excluded != voters:
        faults.append(
            f"应到会有选举权的{expected}人、不计入的{ballot.excluded}人，与台账的正式党员{voters}名对不上。请核对名册或者人数。"
        )
    if ballot.excluded and not ballot.excluded_consent:
        faults.append("不计入应到会人数的，须写明上级同意的文件，并经党员大会通过。")
    if present > expected:
        faults.append(f"实到{present}人，比应到的{expected}人还多。请核对。")
    norm = norm_on(MAJORITY, on)
    if norm is not None and not enough(present, expected, norm):
        need = fewest(expected, norm, "present")
        faults.append(f"应到{expected}人，至少要到{need}人才能选举，实到{present}人，不够。")
    if issued > present:
        faults.append(f"发出选票{issued}张，比实到的{present}人还多。请核对。")
    if collected > issued:
        faults.append(f"收回选票{collected}张，多于发出的{issued}张，选举无效，应当重新选举。")
    return faults + _vote_faults(ballot, nominees) + _result_faults(file, nominees, on)


def warnings(file: File, nominees: Sequence[Nominee], on: date) -> list[str]:
    """What may be right and is worth a look, with its article."""
    ballot = file.ballot
    found = []
    if ballot.committee and ballot.seats and ballot.seats > limit("COM-02", "members_to"):
        found.append(f"委员{ballot.seats}名，支部委员会由{limit('COM-02', 'members_from')}至{limit('COM-02', 'members_to')}人组成。")
    doubtful = [one.nominee.person.name for one in tally(file, nominees, on) if one.doubt]
    if doubtful:
        found.append(f"{'、'.join(doubtful)}：按实到会人数当选，按应到会人数不够一半。两种算法结果不同，请向上级核实。")
    return found


def tally(file: File, nominees: Sequence[Nominee], on: date) -> list[Tally]:
    """How each candidate stands: members of the committee by votes down to the seats, a secretary by those who elect him."""
    ballot, norm = file.ballot, norm_on(MAJORITY, on)
    if ballot.method == Method.HIRED or norm is None:
        return [Tally(one, None, True if ballot.method == Method.HIRED else None) for one in nominees]
    members = [one for one in nominees if one.post == Post.COMMITTEE_MEMBER]
    ranked = sorted((one for one in members if one.votes is not None), key=lambda one: -(one.votes or 0))
    inside = {one.pk for one in ranked[: ballot.seats or 0]}
    sitting = sum(1 for one in ranked[: ballot.seats or 0] if _over_half(one.votes, ballot, norm))
    return [_tally(one, ballot, norm, inside, sitting) for one in nominees]


def _tally(one: Nominee, ballot: Ballot, norm: Norm, inside: set[int], sitting: int) -> Tally:
    if ballot.committee and one.post in BY_COMMITTEE:
        needed = sitting // 2 + 1 if sitting else None
        return Tally(one, needed, None if one.votes is None or needed is None else one.votes >= needed)
    if ballot.present is None or ballot.expected is None:
        return Tally(one, None, None)
    needed = fewest(ballot.present, norm, "yes")
    if one.votes is None:
        return Tally(one, needed, None)
    elected = one.votes >= needed and (one.post != Post.COMMITTEE_MEMBER or one.pk in inside)
    return Tally(one, needed, elected, doubt=elected and one.votes * 2 <= ballot.expected)


def _over_half(votes: int | None, ballot: Ballot, norm: Norm) -> bool:
    if votes is None or ballot.present is None or ballot.expected is None:
        return False
    return bool(passed(votes, ballot.present, ballot.expected, norm))


def _counts(ballot: Ballot) -> list[tuple[str, int | None]]:
    return [
        ("应到会有选举权人数", ballot.expected), ("实到会有选举权人数", ballot.present), ("发出选票", ballot.issued), ("收回选票", ballot.collected),
    ]


def _not_full(nominees: Sequence[Nominee], on: date) -> list[str]:
    full = full_members_among([one.person_id for one in nominees], on)
    return [f"{name}不是正式党员，不能作候选人。" for name in dict.fromkeys(one.person.name for one in nominees if one.person_id not in full)]


def _committee(ballot: Ballot, full: int) -> list[str]:
    needed, least = limit("COM-01", "full_members"), limit("COM-02", "members_from")
    if not ballot.committee and full >= needed:
        return [f"有正式党员{full}名，{needed}名以上的应当设立支部委员会。请改为设委员会。"]
    if ballot.committee and (ballot.seats is None or ballot.seats < least):
        return [f"支部委员会至少{least}人，请填写应选委员数。"]
    if ballot.committee and ballot.seats and ballot.seats > full:
        return [f"应选委员{ballot.seats}名，正式党员只有{full}名。请核对。"]
    return []


def _surplus(ballot: Ballot, nominees: Sequence[Nominee], on: date) -> list[str]:
    norm = norm_on("ELE-04", on)
    count = sum(1 for one in nominees if one.post == Post.COMMITTEE_MEMBER)
    if norm is None or not ballot.seats or candidates_enough(count, ballot.seats, norm):
        return []
    need = -(-ballot.seats * (100 + norm.limits["surplus_percent"]) // 100)
    return [f"应选委员{ballot.seats}名，候选人至少要{need}名（差额不少于{norm.limits['surplus_percent']}%），现有{count}名。"]


def _tellers(ballot: Ballot, nominees: Sequence[Nominee]) -> list[str]:
    names = {one.person.name for one in nominees}
    both = [(word, name) for word, name in (("监票人", ballot.teller), ("计票人", ballot.counter)) if name and name in names]
    return [f"{word}{name}是候选人。监票人、计票人要从不是候选人的党员中产生。" for word, name in both]


def _vote_faults(ballot: Ballot, nominees: Sequence[Nominee]) -> list[str]:
    valid = (ballot.collected or 0) - (ballot.invalid or 0)
    if valid < 0:
        return [f"无效票{ballot.invalid}张，比收回的{ballot.collected}张还多。请核对。"]
    faults = [f"请填写{one.person.name}（{one.get_post_display()}）的得票。" for one in nominees if one.votes is None]
    counted = [one for one in nominees if one.votes is not None and not (ballot.committee and one.post in BY_COMMITTEE)]
    faults += [f"{one.person.name}得{one.votes}票，比有效票{valid}张还多。请核对。" for one in counted if (one.votes or 0) > valid]
    members = [one.votes or 0 for one in counted if one.post == Post.COMMITTEE_MEMBER]
    if ballot.seats and sum(members) > valid * ballot.seats:
        faults.append(f"委员得票合计{sum(members)}，{valid}张有效票、每票至多选{ballot.seats}人，不会超过{valid * ballot.seats}。请核对。")
    return faults


def _result_faults(file: File, nominees: Sequence[Nominee], on: date) -> list[str]:
    """Too few elected, or a tie for the last seat (ELE-14)."""
    ballot, found = file.ballot, tally(file, nominees, on)
    if any(one.elected is None for one in found):
        return []
    faults = [f"{one.nominee.person.name}没有当选{one.nominee.get_post_display()}，请重新酝酿人选，另行选举。" for one in found
              if not one.elected and one.nominee.post != Post.COMMITTEE_MEMBER]
    if not ballot.committee or not ballot.seats:
        return faults
    votes = sorted((one.nominee.votes or 0 for one in found if one.nominee.post == Post.COMMITTEE_MEMBER), reverse=True)
    elected = {one.nominee.person_id for one in found if one.elected and one.nominee.post == Post.COMMITTEE_MEMBER}
    if len(votes) > ballot.seats and votes[ballot.seats - 1] == votes[ballot.seats] and len(elected) == ballot.seats:
        faults.append(f"最后一个名额有人得票相等（{votes[ballot.seats]}票），要就票数相等的人重新投票。")
    if len(elected) < ballot.seats:
        faults.append(f"应选委员{ballot.seats}名，只有{len(elected)}名得票过半，不足的名额另行选举；减少名额的，请先改应选委员数。")
    outside = [one.nominee.person.name for one in found if one.nominee.post in BY_COMMITTEE and one.nominee.person_id not in elected]
    return faults + [f"{name}没有当选委员，不能作书记、副书记。" for name in outside]
