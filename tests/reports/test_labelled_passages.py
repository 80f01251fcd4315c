"""The checker on passages worded as public papers word them, right and with one figure changed: no false alarm, what is wrong is found (M44)."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.figure_scores import passages, score
from shanghui.reports.checking.check import check
from shanghui.reports.checking.verdicts import Verdict

DATA = Path(__file__).parents[1] / "data" / "figures"
LABELLED = passages(DATA / "labelled.jsonl")

KNOWN_MISSES = {
    ("w21m1", "ratio 82.9%"), ("w25m1", "ratio 七成"), ("w63m1", "ratio 49.9%"), ("w63m2", "ratio 49.1%"), ("w73m2", "sum 1850名"),
    ("w89m1", "ratio 83.8%"),
}
"""Wrong figures the checker says nothing of: shares of a whole that is itself called wrong, shares of two parts together, a sum of two parts
named «分别为», a rate without a name in common."""


def test_no_passage_gets_a_false_alarm() -> None:
    assert score(LABELLED).alarms == []


def test_every_wrong_figure_is_found_but_those_known_to_be_missed() -> None:
    found = score(LABELLED)

    assert set(found.misses) == KNOWN_MISSES
    assert sum(found.checkable.values()) >= 150


@pytest.mark.parametrize("passage", LABELLED, ids=[one["id"] for one in LABELLED])
def test_full_width_white_space_and_broken_lines_change_no_verdict(passage: dict[str, str]) -> None:
    text = passage["text"]
    found = [(one.type, one.verdict) for one in check(text)]
    wide = text.translate({ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789%"})

    assert [(one.type, one.verdict) for one in check(wide)] == found
    if "\t" not in text:
        assert [(one.type, one.verdict) for one in check(text.replace("，", "，\n"))] == found
        assert [(one.type, one.verdict) for one in check(text.replace("家", " 家").replace("占", "占 "))] == found


def test_wrong_figures_say_what_they_should_be() -> None:
    called = [one for passage in LABELLED for one in check(passage["text"]) if one.verdict is Verdict.WRONG]

    assert all(one.expected and one.message for one in called)
