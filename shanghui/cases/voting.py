"""An election within a case: could the meeting proceed, do its counts agree, is everybody elected (regulations §1.3, §1.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shanghui.cases.candidates import WHOLE, Contest, leader_faults
from shanghui.cases.file import File
from shanghui.cases.models import Ballot, Entry, Ground, Nominee
from shanghui.cases.tallying import MAJORITY, Tally, by_committee, elected_people, seats_left, tally
from shanghui.ledger.people.models import Post
from shanghui.rules.majorities import enough
from shanghui.rules.quorum import fewest
from shanghui.rules.registry import limit, norm_on


@dataclass(frozen=True)
class Count:
    """What was counted in one ballot. `word` stands before each number."""

    present: int | None
    issued: int | None
    collected: int | None
    invalid: int | None
    word: str = ""

    @property
    def valid(self) -> int:
        """The valid votes."""
        return (self.collected or 0) - (self.invalid or 0)


def first_count(ballot: Ballot) -> Count:
    """The ballot of the meeting."""
    return Count(ballot.present, ballot.issued, ballot.collected, ballot.invalid)


def second_count(ballot: Ballot) -> Count:
    """The ballot held once more."""
    return Count(ballot.again_present, ballot.again_issued, ballot.again_collected, ballot.again_invalid, "再次投票")


def meeting_faults(file: File, nominees: Sequence[Nominee], voters: int, on: date, contest: Contest = WHOLE) -> list[str]:
    """Why what was counted at the meeting cannot be. `voters`: full members in the ledger on the day (ELE-02)."""
    ballot, first, second = file.ballot, first_count(file.ballot), second_count(file.ballot)
    missing = [label for label, value in (
        ("应到会有选举权人数", ballot.expected), *_named(first), ("监票人", ballot.teller or None), ("计票人", ballot.counter or None),
    ) if value is None]
    if missing:
        return [f"请先填写{'、'.join(missing)}。"]
    rows = [one for one in nominees if not by_committee(ballot, one)]
    faults = [*_expected(ballot, voters, contest), *_count_faults(first, ballot.expected or 0, on)]
    faults += [f"请填写{one.person.name}（{one.get_post_display()}）的得票。" for one in rows if one.votes is None and one.entry != Entry.AGAIN]
    faults += _vote_faults(first, [(one, one.votes) for one in rows], ballot.seats or 0)
    again = [(one, one.votes_again) for one in rows if one.votes_again is not None]
    if again or any(value is not None for _, value in _named(second)):
        faults += _again_faults(ballot, second, again, seats_left(ballot, nominees, on), on)
    return faults + _result_faults(file, nominees, on, contest)


def plenary_faults(file: File, nominees: Sequence[Nominee], on: date, contest: Contest = WHOLE) -> list[str]:
    """Why the first plenary session cannot have elected secretary and deputy so (ELE-06): its voters are the committee's members."""
    ballot, found = file.ballot, tally(file, nominees, on, contest.staying)
    members = contest.staying | elected_people(found, Post.COMMITTEE_MEMBER)
    leaders = [one for one in found if by_committee(ballot, one.nominee)]
    if ballot.plenary_present is None:
        return ["请先填写到会的委员人数。"]
    faults = leader_faults([one.nominee for one in leaders], contest)
    faults += [f"{one.nominee.person.name}没有当选委员，不能作书记、副书记。" for one in leaders if one.nominee.person_id not in members]
    faults += _present(ballot.plenary_present, len(members), on, "", "委员应到")
    for one in leaders:
        name, post = one.nominee.person.name, one.nominee.get_post_display()
        if one.votes is None:
            faults.append(f"请填写{name}（{post}）的得票。")
        elif one.votes > ballot.plenary_present:
            faults.append(f"{name}得{one.votes}票，比到会的委员{ballot.plenary_present}人还多。请核对。")
        elif one.elected is False:
            faults.append(f"{name}没有当选{post}，请重新酝酿人选，另行选举，登记最后一次的得票。")
    return faults


def warnings(file: File, nominees: Sequence[Nominee], on: date, contest: Contest = WHOLE, voters: int = 0) -> list[str]:
    """What may be right and is worth a look, with its article. `voters`: full members in the ledger."""
    ballot = file.ballot
    found = []
    if ballot.congress and voters < limit("ELE-01", "members"):
        found.append(f"正式党员{voters}名，不足{limit('ELE-01', 'members')}名：只有所辖党组织驻地分散的，才可以召开党员代表大会。请核对上级批准的文件。")
    if contest.branch and not contest.filling and ballot.committee and ballot.seats and ballot.seats > limit("COM-02", "members_to"):
        found.append(f"委员{ballot.seats}名，支部委员会由{limit('COM-02', 'members_from')}至{limit('COM-02', 'members_to')}人组成。")
    doubtful = [one.nominee.person.name for one in tally(file, nominees, on, contest.staying) if one.doubt]
    if doubtful:
        found.append(f"{'、'.join(doubtful)}：按实到会人数当选，按应到会人数不够一半。两种算法结果不同，请向上级核实。")
    return found


def _named(count: Count) -> list[tuple[str, int | None]]:
    rows = [("实到会有选举权人数", count.present), ("发出选票", count.issued), ("收回选票", count.collected)]
    return [(f"{count.word}{'的' if count.word else ''}{label}", value) for label, value in rows]


def _expected(ballot: Ballot, voters: int, contest: Contest) -> list[str]:
    """Those who should attend are the full members of the ledger, or the delegates, without those set aside (ELE-01, ELE-02, ELE-17)."""
    faults = []
    expected, apart = ballot.expected or 0, ballot.excluded
    if ballot.congress and expected + apart != (ballot.delegates or 0):
        faults.append(f"应到会的代表{expected}人、不计入的{apart}人，与代表总数{ballot.delegates or 0}人对不上。请核对代表名册或者人数。")
    if not ballot.congress and expected + apart != voters:
        faults.append(f"应到会有选举权的{expected}人、不计入的{apart}人，与台账的正式党员{voters}名对不上。请核对名册或者人数。")
    if contest.aside is not None and len(contest.aside) != apart:
        faults.append(f"不计入应到会的写了{apart}人，“选举人”里列了{len(contest.aside)}人。请逐人列明，两处写成一样。")
    consented = apart if contest.aside is None else sum(1 for one in contest.aside if one.ground == Ground.CONSENTED)
    if consented and not ballot.excluded_consent:
        faults.append("不计入应到会人数的，须写明上级同意的文件，并经党员大会通过。")
    return faults


def _count_faults(count: Count, expected: int, on: date) -> list[str]:
    """Whether enough were there and the ballot papers agree (ELE-08, ELE-12)."""
    present, issued, collected, word = count.present or 0, count.issued or 0, count.collected or 0, count.word
    faults = _present(present, expected, on, word, "应到")
    if issued > present:
        faults.append(f"{word}发出选票{issued}张，比实到的{present}人还多。请核对。")
    if collected > issued:
        faults.append(f"{word}收回选票{collected}张，多于发出的{issued}张，选举无效，应当重新选举。")
    if count.valid < 0:
        faults.append(f"{word}无效票{count.invalid}张，比收回的{collected}张还多。请核对。")
    return faults


def _present(present: int, expected: int, on: date, word: str, should: str) -> list[str]:
    norm = norm_on(MAJORITY, on)
    faults = [f"{word}实到{present}人，比{should}的{expected}人还多。请核对。"] if present > expected else []
    if norm is not None and not enough(present, expected, norm):
        need = fewest(expected, norm, "present")
        faults.append(f"{word}{should}{expected}人，至少要到{need}人才能选举，实到{present}人，不够。")
    return faults


def _vote_faults(count: Count, rows: Sequence[tuple[Nominee, int | None]], seats: int) -> list[str]:
    """Nobody has more votes than there are valid ones; a ballot paper names as many members as there are seats, at most."""
    if count.valid < 0:
        return []
    word, valid = count.word, count.valid
    faults = [f"{one.person.name}{word}得{votes}票，比有效票{valid}张还多。请核对。" for one, votes in rows if (votes or 0) > valid]
    members = sum(votes or 0 for one, votes in rows if one.post == Post.COMMITTEE_MEMBER)
    if seats and members > valid * seats:
        faults.append(f"委员{word}得票合计{members}，{valid}张有效票、每票至多选{seats}人，不会超过{valid * seats}。请核对。")
    return faults


def _again_faults(ballot: Ballot, count: Count, rows: Sequence[tuple[Nominee, int | None]], left: int, on: date) -> list[str]:
    missing = [label for label, value in _named(count) if value is None]
    if missing:
        return [f"请先填写{'、'.join(missing)}。"]
    if not rows:
        return ["再次投票还没有填写得票。没有再次投票的，请把再次投票的人数、票数清空。"]
    return [*_count_faults(count, ballot.expected or 0, on), *_vote_faults(count, rows, left)]


def _result_faults(file: File, nominees: Sequence[Nominee], on: date, contest: Contest) -> list[str]:
    """A tie, somebody not elected, too few members (ELE-14)."""
    ballot = file.ballot
    found = [one for one in tally(file, nominees, on) if not by_committee(ballot, one.nominee)]
    faults = _ties([one for one in found if one.tied])
    if faults or any(one.elected is None for one in found):
        return faults
    faults = _leaders_elected(found)
    seats = ballot.seats or 0
    elected = len(elected_people(found, Post.COMMITTEE_MEMBER))
    if not ballot.committee or elected >= seats:
        return faults
    if ballot.fewer_seats is None:
        return [*faults, f"应选委员{seats}名，只有{elected}名得票过半，不足的名额另行选举，登记“再次投票”；接近应选名额的，经到会半数以上同意可以减少名额。"]
    return faults + _fewer(ballot, elected, contest)


def _ties(tied: Sequence[Tally]) -> list[str]:
    if not tied:
        return []
    names, votes = "、".join(one.nominee.person.name for one in tied), tied[0].votes
    once = "再次投票仍然相等，要再投一次，登记最后一次的结果" if tied[0].again else "要就票数相等的人再次投票，登记“再次投票”"
    return [f"最后一个名额有人得票相等（{names}各{votes}票），{once}。"]


def _leaders_elected(found: Sequence[Tally]) -> list[str]:
    """A secretary or deputy elected by the meeting itself."""
    faults = []
    for post in (Post.SECRETARY, Post.DEPUTY_SECRETARY):
        rows = [one for one in found if one.nominee.post == post]
        if rows and not any(one.elected for one in rows):
            names = "、".join(one.nominee.person.name for one in rows)
            faults.append(f"{names}没有当选{post.label}，请重新酝酿人选，另行选举，登记“再次投票”。")
    return faults


def _fewer(ballot: Ballot, elected: int, contest: Contest) -> list[str]:
    fewer, agreed, present = ballot.fewer_seats or 0, ballot.fewer_agreed or 0, ballot.present or 0
    least = 1 if contest.filling else limit("COM-02", "members_from")
    faults = []
    if fewer != elected or fewer < least:
        faults.append(f"当选委员{elected}名，减少后的名额写了{fewer}名，要与当选人数一样，并且不少于{least}名。")
    if agreed * 2 <= present:
        faults.append(f"同意减少名额的有{agreed}人，没有超过实到会{present}人的一半，不能减少名额，不足的另行选举。")
    return faults
