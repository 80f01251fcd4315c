"""What to offer for a problem: a value to put right, and buttons. Nothing is guessed for a number of a person."""

from __future__ import annotations

import calendar
import re
from typing import Any

from shanghui.exchange.concealing import is_sealed
from shanghui.kernel.codes import CREDIT_ALPHABET, credit_code_fault

Offer = tuple[str | None, list[tuple[str, str]]]
"""The value in the box (None: no box), and (answer, verb) for each button."""

_DAY = re.compile(r"(\d{4})\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})")
_EITHER = re.compile(r"写成“([\d-]+)”或“([\d-]+)”")
_NEAR = re.compile(r"很相近的“([^”]+)”")
_PLACE = re.compile(r"^[「“][^」”]*[」”](?:第\d+行)?(?:[A-Z]{1,3}列)?(?:“[^”]*”)?[:：]?")
_NUMBERED = re.compile(r"（人员\d+(?:、人员\d+)*）")


def sentence(problem: dict[str, Any]) -> tuple[str, str]:
    """What is the matter (the first sentence), and what to do (the rest), without the place."""
    text = _NUMBERED.sub("", _PLACE.sub("", problem["message"])).strip()
    first, _, rest = text.partition("。")
    return first, rest


def offer(problem: dict[str, Any], *, in_row: bool) -> Offer:
    """The box and the buttons for a problem. `in_row`: it belongs to one record, which may be left out."""
    answers: list[tuple[str, str]] = []
    if problem["severity"] != "error":
        answers.append(("seen", "知道了"))
    if in_row or (problem["severity"] == "error" and problem.get("row")):
        answers.append(("skip", "这一行先不导入"))
    other = problem.get("other_row")
    if in_row and problem["kind"].startswith("duplicate") and other and f"与第{other}行" in problem["message"]:
        answers.append(("skip-other", f"留下这一行，第 {other} 行先不导入"))
    if problem.get("people") or not (problem.get("row") and problem.get("column")):
        return None, answers
    either = _EITHER.search(problem["message"])
    if either:
        return None, [(f"use:{value}", f"是 {value}") for value in either.groups()] + answers
    return _value(problem), answers


def _value(problem: dict[str, Any]) -> str:
    value = str(problem.get("value") or "")
    if is_sealed(problem.get("field")):
        return ""
    near = _NEAR.search(problem["message"])
    if near:
        return near.group(1)
    if problem["kind"] == "code_check":
        return _right_check_digit(value)
    if problem["kind"] == "date_invalid":
        return _day_that_exists(value)
    return value


def _right_check_digit(code: str) -> str:
    plain = re.sub(r"\s", "", code).upper()
    return next((plain[:17] + c for c in CREDIT_ALPHABET if credit_code_fault(plain[:17] + c) == ""), code)


def _day_that_exists(text: str) -> str:
    found = _DAY.search(text)
    if not found:
        return ""
    year, month, day = map(int, found.groups())
    if not (1 <= month <= 12 and 1900 < year < 2200):
        return ""
    return f"{year}-{month:02}-{min(max(day, 1), calendar.monthrange(year, month)[1]):02}"
