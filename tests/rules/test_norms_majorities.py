"""Three majorities, each with its own share (regulations §1.4), and the surplus of candidates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from shanghui.rules.majorities import candidates_enough, enough, passed
from shanghui.rules.registry import Norm, norm_on

ON = date(2026, 11, 22)
ORDINARY, ADMISSION, ELECTION = "MAJ-ORDINARY", "MAJ-ADMISSION", "MAJ-ELECTION"


def _norm(code: str) -> Norm:
    found = norm_on(code, ON)
    assert found is not None
    return found


def _needed(code: str, expected: int) -> int:
    """How many must be present."""
    return next(present for present in range(expected + 1) if enough(present, expected, _norm(code)))


def _yes(found: Norm, present: int, expected: int) -> int:
    """How many must approve."""
    return next(yes for yes in range(expected + 1) if passed(yes, present, expected, found))


@pytest.mark.parametrize(
    ("expected", "needed"),
    [(3, 3), (5, 4), (6, 5), (7, 6), (10, 8), (12, 10), (15, 12), (20, 16), (33, 27), (50, 40)],
)
def test_an_election_needs_four_fifths(expected: int, needed: int) -> None:
    assert _needed(ELECTION, expected) == needed


@pytest.mark.parametrize(("expected", "needed"), [(10, 6), (33, 17), (50, 26)])
def test_more_than_half(expected: int, needed: int) -> None:
    assert _needed(ADMISSION, expected) == needed
    assert _yes(_norm(ORDINARY), expected, expected) == needed
    assert _yes(_norm(ADMISSION), expected, expected) == needed


@pytest.mark.parametrize(("expected", "needed"), [(6, 3), (10, 5), (50, 25)])
def test_half_is_enough(expected: int, needed: int) -> None:
    assert _needed(ORDINARY, expected) == needed
    assert _needed("MAJ-COMMITTEE", expected) == needed


@pytest.mark.parametrize(
    ("code", "present", "yes"), [(ORDINARY, 5, 6), (ADMISSION, 6, 6), (ELECTION, 8, 5)]
)
def test_a_branch_with_ten_voters(code: str, present: int, yes: int) -> None:
    assert _needed(code, 10) == present
    assert _yes(_norm(code), present, 10) == yes


def test_an_election_under_the_other_reading_needs_half_of_all() -> None:
    of_all = replace(_norm(ELECTION), limits={**_norm(ELECTION).limits, "yes_of_present": 0})

    assert _yes(of_all, 8, 10) == 6


def test_written_opinions_count_for_admission() -> None:
    voted_there, written = 5, 1

    assert passed(voted_there + written, 6, 10, _norm(ADMISSION))
    assert not passed(voted_there, 6, 10, _norm(ADMISSION))


def test_what_the_regulation_does_not_state_is_left_open() -> None:
    assert passed(3, 3, 3, _norm("MAJ-COMMITTEE")) is None
    assert enough(5, 5, _norm("MAJ-PARTY-COMMITTEE")) is None


@pytest.mark.parametrize("code", [ORDINARY, ADMISSION, ELECTION, "MAJ-COMMITTEE"])
def test_nobody_is_never_enough(code: str) -> None:
    assert enough(0, 0, _norm(code)) is False


@pytest.mark.parametrize(("seats", "needed"), [(3, 4), (4, 5), (5, 6), (6, 8), (7, 9)])
def test_candidates_exceed_the_seats_by_a_fifth(seats: int, needed: int) -> None:
    for code in ("ELE-03", "ELE-04"):
        assert not candidates_enough(needed - 1, seats, _norm(code))
        assert candidates_enough(needed, seats, _norm(code))


def test_the_rows_on_elections_and_the_majority_carry_the_same_shares() -> None:
    majority, present, elected = (_norm(code).limits for code in (ELECTION, "ELE-08", "ELE-13"))

    assert (present["numerator"], present["denominator"]) == (majority["present_num"], majority["present_den"])
    assert (elected["numerator"], elected["denominator"]) == (majority["yes_num"], majority["yes_den"])
