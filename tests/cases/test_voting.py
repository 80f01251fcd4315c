"""Every rule of an election by itself: quorum, surplus, majority, ties, seats left open, who may vote and stand (regulations §0.3, §1.3, §1.4)."""

from __future__ import annotations

from datetime import date

import pytest

from shanghui.cases.candidates import WHOLE, Contest, candidate_faults, committee_faults, teller_faults
from shanghui.cases.file import File
from shanghui.cases.models import Ballot, Case, Entry, Ground, Nominee, SetAside
from shanghui.cases.registry import kinds
from shanghui.cases.tallying import Tally, posts_held, seats_left, tally
from shanghui.cases.voting import meeting_faults, plenary_faults, warnings
from shanghui.ledger.people.models import Method, Person, Post

ON = date(2022, 9, 20)
FILLING = Contest(filling=True, staying=frozenset({91, 92}))
MEMBER, SECRETARY, DEPUTY = Post.COMMITTEE_MEMBER, Post.SECRETARY, Post.DEPUTY_SECRETARY


def file(**ballot: object) -> File:
    """A case whose ballot says so; by default ten should attend, ten were there, nothing is odd."""
    case = Case(pk=1, kind="election", opened_on=ON)
    values = {"expected": 10, "present": 10, "issued": 10, "collected": 10, "teller": "某一", "counter": "某二"} | ballot
    Ballot(case=case, **values)
    kind = kinds.get("election")
    assert kind is not None
    return File(case, kind, ON, (), {})


def nominee(pk: int, post: Post, votes: int | None = None, **more: object) -> Nominee:
    """The candidate 甲<pk>; his key is that of the person."""
    return Nominee(pk=pk, person=Person(pk=pk % 100, name=f"甲{pk % 100}"), post=post, votes=votes, **more)


def members(*votes: int | None) -> list[Nominee]:
    """Candidates for the committee with so many votes."""
    return [nominee(place, MEMBER, one) for place, one in enumerate(votes, start=1)]


def results(found: list[Tally]) -> list[bool | None]:
    return [one.elected for one in found]


# Quorum (ELE-08)


@pytest.mark.parametrize(("expected", "least"), [(3, 3), (5, 4), (6, 5), (7, 6), (10, 8), (12, 10), (15, 12), (20, 16), (33, 27), (50, 40)])
def test_four_fifths_must_be_there_and_one_fewer_is_too_few(expected: int, least: int) -> None:
    for present, enough in ((least, True), (least - 1, False)):
        one = file(expected=expected, present=present, issued=present, collected=present)
        faults = meeting_faults(one, [nominee(1, SECRETARY, present)], expected, ON)
        assert (faults == []) is enough, faults
    assert f"至少要到{least}人才能选举，实到{least - 1}人，不够" in faults[0]


# Majority (ELE-13)


@pytest.mark.parametrize(("present", "needed"), [(10, 6), (33, 17), (50, 26), (8, 5)])
def test_more_than_half_of_those_present_elect_and_half_does_not(present: int, needed: int) -> None:
    one = file(expected=present, present=present)

    found = tally(one, [nominee(1, SECRETARY, needed), nominee(2, DEPUTY, needed - 1)], ON)
    assert results(found) == [True, False]
    assert found[0].needed == needed


def test_five_of_eight_elect_with_a_warning_because_the_other_reading_asks_six() -> None:
    one = file(expected=10, present=8)

    for votes, elected, doubt in ((5, True, True), (6, True, False), (4, False, False)):
        found = tally(one, [nominee(1, SECRETARY, votes)], ON)[0]
        assert (found.elected, found.doubt) == (elected, doubt)
    assert "两种算法结果不同" in warnings(one, [nominee(1, SECRETARY, 5)], ON)[0]
    assert warnings(one, [nominee(1, SECRETARY, 6)], ON) == []


# Candidates (ELE-04, ELE-06, COM-01, COM-02, COM-04, ELE-15)


@pytest.mark.django_db
@pytest.mark.parametrize(("seats", "least"), [(3, 4), (4, 5), (5, 6), (6, 8), (7, 9)])
def test_the_candidates_exceed_the_seats_by_a_fifth(seats: int, least: int) -> None:
    one = file(committee=True, seats=seats)

    for count, enough in ((least, True), (least - 1, False)):
        faults = candidate_faults(one, members(*[None] * count), 50, ON)
        assert any("差额不少于20%" in fault for fault in faults) is not enough


@pytest.mark.django_db
@pytest.mark.parametrize("entry", [Entry.WRITTEN, Entry.AGAIN])
def test_who_came_on_the_list_at_the_meeting_does_not_count_towards_the_surplus(entry: Entry) -> None:
    rows = [*members(None, None, None), nominee(4, MEMBER, entry=entry)]

    assert any("候选人至少要4名" in fault for fault in candidate_faults(file(committee=True, seats=3), rows, 20, ON))


@pytest.mark.django_db
@pytest.mark.parametrize(("secretaries", "deputies", "words"), [
    (1, 0, ""), (1, 1, ""), (0, 0, "书记候选人应当正好1名"), (2, 0, "书记候选人应当正好1名"), (1, 2, "副书记至多1名，现有2名"),
])
def test_one_candidate_for_secretary_and_one_deputy_at_most(secretaries: int, deputies: int, words: str) -> None:
    rows = [nominee(place, SECRETARY) for place in range(secretaries)] + [nominee(10 + place, DEPUTY) for place in range(deputies)]

    found = [one for one in candidate_faults(file(), rows, 5, ON) if "书记" in one and "正式党员" not in one]
    assert (found == []) if not words else (words in found[0])


@pytest.mark.django_db
def test_a_party_committee_may_have_several_deputies() -> None:
    rows = [nominee(1, SECRETARY), nominee(2, DEPUTY), nominee(3, DEPUTY)]

    assert not any("副书记至多" in one for one in candidate_faults(file(), rows, 5, ON, Contest(branch=False)))


@pytest.mark.parametrize(("full", "committee", "seats", "words"), [
    (6, False, None, ""), (7, False, None, "应当设立支部委员会"), (7, True, 3, ""), (7, True, 2, "至少3人"), (7, True, None, "至少3人"),
    (7, True, 8, "正式党员只有7名"), (3, True, 3, ""),
])
def test_a_committee_by_the_number_of_full_members(full: int, committee: bool, seats: int | None, words: str) -> None:
    found = committee_faults(Ballot(committee=committee, seats=seats), full)

    assert (found == []) if not words else (words in found[0])


def test_a_general_branch_always_has_a_committee() -> None:
    assert "都设委员会" in committee_faults(Ballot(committee=False), 5, Contest(branch=False))[0]


def test_a_by_election_asks_no_whole_committee() -> None:
    assert committee_faults(Ballot(committee=True, seats=1), 20, FILLING) == []


@pytest.mark.parametrize(("seats", "found"), [(5, False), (6, True)])
def test_more_than_five_seats_are_worth_a_look(seats: int, found: bool) -> None:
    assert bool(warnings(file(committee=True, seats=seats), [], ON)) is found


@pytest.mark.django_db
@pytest.mark.parametrize(("teller", "counter", "words"), [
    ("某一", "某二", ""), ("甲1", "某二", "监票人甲1是候选人"), ("某一", "某三、甲1", "计票人甲1是候选人"),
])
def test_tellers_are_no_candidates(teller: str, counter: str, words: str) -> None:
    found = [one for one in candidate_faults(file(teller=teller, counter=counter), [nominee(1, SECRETARY)], 5, ON) if "是候选人" in one]

    assert (found == []) if not words else found == [f"{words}。监票人、计票人要从不是候选人的党员中产生。"]


@pytest.mark.django_db
def test_nobody_is_teller_and_counter() -> None:
    both = [one for one in candidate_faults(file(teller="某一、某三", counter="某三"), [], 5, ON) if "既是" in one]

    assert both == ["某三既是监票人又是计票人。计票人在监票人监督下工作，请另外推选一人。"]


def test_tellers_are_members_and_who_counts_need_not_be_one() -> None:
    ballot = file(teller="某一，外人", counter="某二").ballot

    assert teller_faults(ballot, {"某一"}) == ["监票人外人不在应到会的党员里。请核对姓名，或者从不是候选人的党员中另外推选。"]
    assert teller_faults(ballot, {"某一", "某二", "外人"}) == []


@pytest.mark.parametrize("who", ["teller", "counter"])
def test_without_teller_or_counter_there_is_no_result(who: str) -> None:
    assert meeting_faults(file(**{who: ""}), [nominee(1, SECRETARY, 9)], 10, ON) == [f"请先填写{'监票人' if who == 'teller' else '计票人'}。"]


# Who votes (ELE-02, ELE-17)


def aside(*grounds: Ground) -> Contest:
    return Contest(aside=tuple(SetAside(person_id=50 + place, ground=one) for place, one in enumerate(grounds)))


@pytest.mark.parametrize(("excluded", "consent", "contest", "words"), [
    (0, "", aside(), []),
    (1, "", aside(Ground.NO_RIGHT), []),
    (1, "", aside(Ground.CONSENTED), ["须写明上级同意的文件"]),
    (1, "云商党〔2022〕9号", aside(Ground.CONSENTED), []),
    (1, "", aside(), ["“选举人”里列了0人"]),
    (1, "", WHOLE, ["须写明上级同意的文件"]),
    (2, "9号", aside(Ground.NO_RIGHT), ["对不上", "“选举人”里列了1人"]),
])
def test_who_is_set_aside_stands_by_name_with_the_consent(excluded: int, consent: str, contest: Contest, words: list[str]) -> None:
    one = file(expected=10, excluded=excluded, excluded_consent=consent)
    full = 10 + min(excluded, 1)

    found = meeting_faults(one, [nominee(1, SECRETARY, 9)], full, ON, contest)
    assert len(found) == len(words)
    assert all(word in fault for word, fault in zip(words, found, strict=True))


@pytest.mark.django_db
def test_who_has_no_right_to_vote_does_not_stand_either() -> None:
    contest = Contest(aside=(SetAside(person_id=1, ground=Ground.NO_RIGHT),))

    assert any("没有选举权" in one for one in candidate_faults(file(), [nominee(1, SECRETARY)], 5, ON, contest))


# Ballot papers (ELE-12)


@pytest.mark.parametrize(("counts", "words"), [
    ({"present": 11, "issued": 10, "collected": 10}, "比应到的10人还多"),
    ({"present": 9, "issued": 10, "collected": 9}, "比实到的9人还多"),
    ({"collected": 11, "issued": 10}, "多于发出的10张，选举无效"),
    ({"collected": 9, "invalid": 10}, "比收回的9张还多"),
    ({"collected": 9}, "比有效票9张还多"),
])
def test_counts_that_cannot_be(counts: dict[str, int], words: str) -> None:
    found = meeting_faults(file(**counts), [nominee(1, SECRETARY, 10)], 10, ON)

    assert words in found[0]


def test_fewer_papers_back_than_given_out_are_a_valid_election() -> None:
    assert meeting_faults(file(collected=9), [nominee(1, SECRETARY, 9)], 10, ON) == []


def test_no_paper_names_more_members_than_there_are_seats() -> None:
    one = file(committee=True, seats=3)

    assert any("不会超过30" in fault for fault in meeting_faults(one, members(10, 9, 8, 4), 10, ON))
    assert not any("不会超过" in fault for fault in meeting_faults(one, members(10, 9, 8, 3), 10, ON))


def test_a_candidate_without_votes_is_asked_for() -> None:
    assert "请填写甲1（书记）的得票。" in meeting_faults(file(), [nominee(1, SECRETARY)], 10, ON)


# More than enough, ties, too few (ELE-14)


def test_of_more_than_enough_those_with_most_votes_are_elected() -> None:
    assert results(tally(file(committee=True, seats=3), members(6, 9, 8, 7), ON)) == [False, True, True, True]


def test_a_tie_for_the_last_seat_is_open_until_they_are_voted_on_again() -> None:
    one, rows = file(committee=True, seats=3), members(9, 8, 6, 6)

    assert results(tally(one, rows, ON)) == [True, True, None, None]
    assert "票相等（甲3、甲4各6票）" in "".join(meeting_faults(one, rows, 10, ON)).replace("有人得", "")


def test_after_a_tie_more_votes_decide_without_a_majority() -> None:
    one = file(committee=True, seats=3, again_present=9, again_issued=9, again_collected=9)
    rows = [nominee(1, MEMBER, 9), nominee(2, MEMBER, 8), nominee(3, MEMBER, 6, votes_again=4), nominee(4, MEMBER, 6, votes_again=3)]

    assert results(tally(one, rows, ON)) == [True, True, True, False]
    assert meeting_faults(one, rows, 10, ON) == []


def test_a_second_tie_is_told_to_be_voted_on_once_more() -> None:
    one = file(committee=True, seats=3, again_present=9, again_issued=9, again_collected=9)
    rows = [nominee(1, MEMBER, 9), nominee(2, MEMBER, 8), nominee(3, MEMBER, 6, votes_again=4), nominee(4, MEMBER, 6, votes_again=4)]

    assert "登记最后一次的结果" in meeting_faults(one, rows, 10, ON)[0]


def test_a_tie_above_the_last_seat_leaves_nothing_open() -> None:
    assert results(tally(file(committee=True, seats=3), members(9, 9, 7, 6), ON)) == [True, True, True, False]


def test_too_few_elected_need_a_ballot_for_the_rest() -> None:
    one, rows = file(committee=True, seats=3), members(9, 8, 5, 5)

    assert results(tally(one, rows, ON)) == [True, True, False, False]
    assert seats_left(one.ballot, rows, ON) == 1
    assert "只有2名得票过半，不足的名额另行选举" in meeting_faults(one, rows, 10, ON)[0]


def test_the_ballot_for_the_rest_asks_more_than_half_of_those_present_then() -> None:
    counts = {"again_present": 8, "again_issued": 8, "again_collected": 8}
    one = file(committee=True, seats=3, **counts)
    first = [nominee(1, MEMBER, 9), nominee(2, MEMBER, 8)]

    for votes, elected in ((5, True), (4, False)):
        rows = [*first, nominee(3, MEMBER, 5, votes_again=votes), nominee(4, MEMBER, 5, votes_again=3)]
        assert results(tally(one, rows, ON))[2] is elected
    assert tally(one, rows, ON)[2].needed == 5


def test_somebody_proposed_for_the_second_ballot_is_elected_there_and_needs_no_votes_of_the_first() -> None:
    one = file(committee=True, seats=3, again_present=10, again_issued=10, again_collected=10)
    rows = [*members(9, 8, 5, 5), nominee(5, MEMBER, entry=Entry.AGAIN, votes_again=7)]

    assert results(tally(one, rows, ON)) == [True, True, False, False, True]
    assert meeting_faults(one, rows, 10, ON) == []


@pytest.mark.parametrize(("counts", "words"), [
    ({}, "请先填写再次投票的实到会有选举权人数"),
    ({"again_present": 7, "again_issued": 7, "again_collected": 7}, "再次投票应到10人，至少要到8人"),
    ({"again_present": 9, "again_issued": 9, "again_collected": 10}, "再次投票收回选票10张，多于发出的9张"),
    ({"again_present": 8, "again_issued": 8, "again_collected": 8}, "再次投票得9票，比有效票8张还多"),
])
def test_the_second_ballot_obeys_the_same_rules(counts: dict[str, int], words: str) -> None:
    rows = [nominee(1, MEMBER, 9), nominee(2, MEMBER, 8), nominee(3, MEMBER, 5, votes_again=9), nominee(4, MEMBER, 5)]

    assert any(words in one for one in meeting_faults(file(committee=True, seats=3, **counts), rows, 10, ON))


@pytest.mark.parametrize(("fewer", "agreed", "words"), [(3, 6, ""), (3, 5, "没有超过实到会10人的一半"), (4, 9, "要与当选人数一样")])
def test_seats_are_cut_down_to_those_elected_when_more_than_half_agree(fewer: int, agreed: int, words: str) -> None:
    one = file(committee=True, seats=4, fewer_seats=fewer, fewer_agreed=agreed)

    found = meeting_faults(one, members(9, 8, 7, 5, 5), 10, ON)
    assert (found == []) if not words else (words in found[0])


def test_a_secretary_not_elected_by_the_meeting_is_voted_on_again() -> None:
    rows = [nominee(1, SECRETARY, 5)]
    assert "没有当选书记，请重新酝酿人选" in meeting_faults(file(), rows, 10, ON)[0]

    one = file(again_present=10, again_issued=10, again_collected=10)
    rows += [nominee(2, SECRETARY, entry=Entry.AGAIN, votes_again=8)]
    assert results(tally(one, rows, ON)) == [False, True]
    assert meeting_faults(one, rows, 10, ON) == []


def test_somebody_written_in_is_elected_like_a_candidate() -> None:
    rows = [*members(9, 8, 4), nominee(4, MEMBER, 6, entry=Entry.WRITTEN)]

    assert results(tally(file(committee=True, seats=3), rows, ON)) == [True, True, False, True]


# The first plenary session (ELE-06)


@pytest.mark.parametrize(("seats", "least", "needed"), [(3, 3, 2), (5, 4, 3), (7, 6, 4)])
def test_the_members_elected_elect_the_secretary_by_their_own_number_and_presence(seats: int, least: int, needed: int) -> None:
    rows = [*members(*[9] * seats), nominee(101, SECRETARY, needed)]
    for present, enough in ((least, True), (least - 1, False)):
        one = file(committee=True, seats=seats, plenary_present=present)
        assert (plenary_faults(one, rows, ON) == []) is enough
    assert tally(file(committee=True, seats=seats, plenary_present=least), rows, ON)[-1].needed == needed
    rows[-1].votes = needed - 1
    assert "没有当选书记" in plenary_faults(file(committee=True, seats=seats, plenary_present=least), rows, ON)[0]


def test_two_readings_of_a_plenary_session_differ_as_well() -> None:
    rows = [*members(9, 9, 9, 9, 9, 9, 9), nominee(101, SECRETARY, 4), nominee(102, DEPUTY, 3)]

    found = tally(file(committee=True, seats=7, plenary_present=6), rows, ON)
    assert [(one.elected, one.doubt) for one in found[-2:]] == [(True, False), (False, False)]
    rows[-2].votes = 3
    found = tally(file(committee=True, seats=7, plenary_present=5), rows, ON)
    assert (found[-2].elected, found[-2].doubt) == (True, True)


def test_a_secretary_who_is_not_on_the_committee_is_refused() -> None:
    rows = [*members(9, 8, 7, 4), nominee(104, SECRETARY, 3)]

    assert "甲4没有当选委员" in plenary_faults(file(committee=True, seats=3, plenary_present=3), rows, ON)[0]


def test_in_a_by_election_those_who_stay_vote_and_may_be_elected() -> None:
    rows = [nominee(1, MEMBER, 9), nominee(2, MEMBER, 5), nominee(191, SECRETARY, 2)]
    one = file(committee=True, seats=1, plenary_present=3)

    assert plenary_faults(one, rows, ON, FILLING) == []
    assert tally(one, rows, ON, FILLING.staying)[-1].needed == 2


def test_a_secretary_on_the_committee_stands_under_that_post_alone_and_keeps_his_task() -> None:
    rows = [nominee(1, MEMBER, 9, title="组织委员"), nominee(2, MEMBER, 8), nominee(3, MEMBER, 7, title="宣传委员"), nominee(101, SECRETARY, 3)]

    held = posts_held(tally(file(committee=True, seats=3, plenary_present=3), rows, ON))
    assert [(one.person.name, one.post, title) for one, title in held] == [
        ("甲2", MEMBER, ""), ("甲3", MEMBER, "宣传委员"), ("甲1", SECRETARY, "组织委员"),
    ]


# What cannot be told


def test_nothing_is_elected_before_anything_was_counted() -> None:
    rows = [*members(None, None), nominee(101, SECRETARY)]

    assert results(tally(file(present=None, committee=True, seats=1), rows, ON)) == [None, None, None]


def test_those_hired_or_sent_are_not_voted_on() -> None:
    assert results(tally(file(method=Method.HIRED), [nominee(1, SECRETARY)], ON)) == [True]
