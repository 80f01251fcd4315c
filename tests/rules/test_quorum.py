"""Whether a meeting could proceed and a vote passed: the vectors of the fact base, the strictest matter, what cannot be told."""

from __future__ import annotations

from datetime import date

import pytest

from shanghui.ledger.activities.models import ActivityType, Matter
from shanghui.rules.quorum import Voters, quorum, quorum_in_words, strictest, together, vote, vote_in_words

DAY = date(2026, 9, 1)
GENERAL, COMMITTEE = (ActivityType.GENERAL_MEETING,), (ActivityType.COMMITTEE_MEETING,)


@pytest.mark.parametrize(("matter", "expected", "needed"), [
    *((Matter.ELECTION, n, k) for n, k in ((3, 3), (5, 4), (6, 5), (7, 6), (10, 8), (12, 10), (15, 12), (20, 16), (33, 27), (50, 40))),
    *((Matter.ADMISSION, n, k) for n, k in ((10, 6), (33, 17), (50, 26), (1, 1), (2, 2))),
    *((Matter.ORDINARY, n, k) for n, k in ((6, 3), (10, 5), (50, 25), (1, 1), (3, 2))),
])
def test_one_too_few_is_not_enough_and_the_number_itself_is(matter: Matter, expected: int, needed: int) -> None:
    just, short = (quorum(GENERAL, DAY, Voters(expected, n), [matter]) for n in (needed, needed - 1))

    assert (just.needed, just.enough, short.enough) == (needed, True, False)


@pytest.mark.parametrize(("expected", "present", "is_enough"), [(5, 3, True), (5, 2, False), (6, 3, True), (6, 2, False)])
def test_a_committee_needs_half_of_its_members_whatever_it_discusses(expected: int, present: int, is_enough: bool) -> None:
    found = quorum(COMMITTEE, DAY, Voters(expected, present), [Matter.ELECTION])

    assert found.enough is is_enough
    assert found.norm is not None
    assert found.norm.code == "MAJ-COMMITTEE"


def test_the_strictest_matter_decides() -> None:
    assert strictest([Matter.ORDINARY, Matter.ELECTION, Matter.ADMISSION]) == Matter.ELECTION
    assert strictest([Matter.ORDINARY, Matter.ADMISSION]) == Matter.ADMISSION
    assert strictest([]) == Matter.ORDINARY
    found = quorum(GENERAL, DAY, Voters(10, 7), [Matter.ORDINARY, Matter.ELECTION])
    assert (found.needed, found.enough) == (8, False)


@pytest.mark.parametrize("voters", [Voters(None, None), Voters(10, None), Voters(0, 0)])
def test_without_a_roster_it_cannot_be_told(voters: Voters) -> None:
    found = quorum(GENERAL, DAY, voters)

    assert (found.enough, found.needed) == (None, None)
    assert "不作判断" in quorum_in_words(found)
    assert vote(GENERAL, DAY, voters, Matter.ORDINARY, 8).passed is None


def test_other_kinds_ask_for_none_and_a_meeting_beside_asks() -> None:
    assert not quorum((ActivityType.THEME_DAY,), DAY, Voters(10, 2)).asked
    assert quorum_in_words(quorum((ActivityType.THEME_DAY,), DAY, Voters(10, 2))) == ""
    assert quorum((ActivityType.THEME_DAY, ActivityType.GENERAL_MEETING), DAY, Voters(10, 2)).enough is False


@pytest.mark.parametrize(("matter", "expected", "present", "yes", "is_passed"), [
    (Matter.ORDINARY, 10, 5, 5, False), (Matter.ORDINARY, 10, 6, 6, True), (Matter.ORDINARY, 11, 11, 6, True),
    (Matter.ADMISSION, 33, 17, 17, True), (Matter.ADMISSION, 33, 20, 16, False),
    (Matter.ELECTION, 10, 8, 5, True), (Matter.ELECTION, 10, 8, 4, False), (Matter.ELECTION, 10, 7, 7, False),
])
def test_each_majority_has_its_own_whole(matter: Matter, expected: int, present: int, yes: int, is_passed: bool) -> None:
    assert vote(GENERAL, DAY, Voters(expected, present), matter, yes).passed is is_passed


def test_what_a_vote_says_in_words() -> None:
    assert vote_in_words(vote(GENERAL, DAY, Voters(12, 10), Matter.ORDINARY, 8)) == "至少要 7 票（现场票），通过"
    assert "比到会有表决权的 10 人还多" in vote_in_words(vote(GENERAL, DAY, Voters(12, 10), Matter.ORDINARY, 11))
    assert "不能表决" in vote_in_words(vote(GENERAL, DAY, Voters(12, 9), Matter.ELECTION, 9))
    assert "没有写明" in vote_in_words(vote(COMMITTEE, DAY, Voters(5, 4), Matter.ORDINARY, 4))
    assert vote_in_words(vote(GENERAL, DAY, Voters(12, 10), Matter.ORDINARY, None)) == ""


def test_a_day_before_the_regulation_is_not_judged() -> None:
    found = quorum(GENERAL, date(2010, 1, 1), Voters(10, 9))

    assert (found.norm, found.enough) == (None, None)
    assert "没有收录" in quorum_in_words(found)


def test_votes_of_several_branches_together_cannot_be_told() -> None:
    assert together([Voters(10, 9)]) == Voters(10, 9)
    assert together([Voters(10, 9), Voters(5, 5)]) == Voters(None, None)
