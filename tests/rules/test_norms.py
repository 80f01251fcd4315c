"""The norms as entered: complete, one version a day, and never surer of themselves than what was read."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from shanghui.kernel.registry import DuplicateEntry
from shanghui.rules.norms.regulations import ADMISSION_2026, CONVENTION
from shanghui.rules.registry import Modality, Norm, norm, norm_on, norms

READ_ON = date(2026, 11, 22)
REVISED = date(2026, 5, 11)
DAY = timedelta(days=1)


def _numbered(subject: str, *numbers: int) -> list[str]:
    return [f"{subject}-{number:02}" for number in numbers]


CODES = [
    *_numbered("ORG", *range(1, 16)),
    *_numbered("COM", *range(1, 18)), "COM-12-DAYS",
    *_numbered("ELE", *range(1, 18)),
    "MAJ-ORDINARY", "MAJ-ADMISSION", "MAJ-ELECTION", "MAJ-COMMITTEE", "MAJ-PARTY-COMMITTEE",
    *_numbered("LIFE", *range(1, 18)), "LIFE-04-QUARTER", "LIFE-06-QUARTER", "MEETING-RECORD",
    *_numbered("DEV", *range(1, 33)), "DEV-24-REMIND",
    *_numbered("REL", 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17), "REL-06-AHEAD", "REL-08-CONTACT", "REL-15-ALERTS",
    *_numbered("DUES", *range(1, 22)),
    *_numbered("SOC", *range(1, 23)), "SOC-04-DAYS", "SOC-12-DAYS",
    *_numbered("APP", *range(1, 13)),
    *_numbered("CALC", *range(1, 7)),
]


def _days() -> set[date]:
    """Every day on which a norm begins or ends, and the day of the fact base."""
    ends = {one.regulation.force_to for one in norms() if one.regulation.force_to}
    return {READ_ON} | {one.since for one in norms()} | ends


def _labelled(found: Norm) -> str:
    return f"{found.code}@{found.since}"


ALL = pytest.mark.parametrize("found", list(norms()), ids=_labelled)


def test_every_row_is_in_force_once_on_the_day_of_the_fact_base() -> None:
    assert Counter(one.code for one in norms() if one.in_force(READ_ON)) == Counter(CODES)


def test_no_day_has_two_versions_of_a_norm() -> None:
    for day in _days():
        held = Counter(one.code for one in norms() if one.in_force(day))

        assert [code for code, versions in held.items() if versions > 1] == []


def test_an_overlapping_version_is_refused() -> None:
    before = len(list(norms()))

    with pytest.raises(DuplicateEntry):
        norm("DEV-10", "", "", source=ADMISSION_2026, article="", modality=Modality.MUST, verified="A",
             force_from=READ_ON)

    assert len(list(norms())) == before


@pytest.mark.parametrize("code", ["DEV-10", "DEV-16"])
def test_the_revision_holds_from_its_first_day(code: str) -> None:
    versions = [norm_on(code, day) for day in (REVISED - DAY, REVISED, REVISED + DAY)]

    assert [one and one.regulation.force_from.year for one in versions] == [2014, 2026, 2026]
    assert [bool(one and one.limits) for one in versions] == [False, True, True]


def test_before_the_first_version_there_is_none() -> None:
    assert norm_on("DEV-10", date(2014, 5, 27)) is None
    assert norm_on("DEV-10", date(2014, 5, 28)) is not None
    assert norm_on("LIFE-01", date(2018, 10, 27)) is None


def test_admission_before_the_revision_is_not_judged_from_memory() -> None:
    assert norm_on("MAJ-ADMISSION", REVISED - DAY) is None


@ALL
def test_what_was_not_read_says_so(found: Norm) -> None:
    certain = found.is_verified or found.modality is Modality.CONVENTION

    assert ("待核实" in found.source) != certain


@ALL
def test_an_article_from_memory_is_not_shown_and_noted(found: Norm) -> None:
    if found.article and "M" in found.verified.split("/"):
        assert found.article not in found.source
        assert "记忆" in found.note or "未读到原文" in found.note


@ALL
def test_no_norm_without_article_or_the_reason(found: Norm) -> None:
    assert found.article or found.note


@ALL
def test_every_norm_can_be_read(found: Norm) -> None:
    assert found.title
    assert not found.title.endswith("。")
    assert found.sentence.endswith("。")
    assert len(found.title) <= 20
    assert len(found.sentence) <= 60


@ALL
def test_every_limit_is_a_positive_number(found: Norm) -> None:
    for name, number in found.limits.items():
        if name.endswith(("_strict", "_of_present")):
            assert number in (0, 1)
        else:
            assert number > 0


@ALL
def test_a_convention_never_looks_like_law(found: Norm) -> None:
    if found.modality is Modality.CONVENTION:
        assert found.source == "系统提示口径"
    else:
        assert found.regulation is not CONVENTION


@pytest.mark.parametrize(
    ("code", "limits"),
    [
        ("ORG-01", {"full_members": 3}), ("ORG-02", {"members": 50}), ("COM-01", {"full_members": 7}),
        ("COM-06", {"years": 3, "village_years": 5}), ("COM-07", {"years": 5}), ("COM-09", {"months_before": 6}),
        ("COM-10", {"years": 1}), ("LIFE-01", {"per_quarter": 1}), ("LIFE-09", {"hours": 32}), ("DEV-10", {"working_days": 5}),
        ("LIFE-10", {"hours": 56, "trainings_per_year": 1}), ("REL-11", {"every_months": 6}),
    ],
)
def test_the_numbers_people_ask_for(code: str, limits: dict[str, int]) -> None:
    found = norm_on(code, READ_ON)

    assert found is not None
    assert dict(found.limits) == limits
