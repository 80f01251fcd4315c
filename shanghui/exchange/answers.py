"""What a person answered to the problems of a run. Kept sealed with the run: an answer may hold an identity number."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

VALUE, SKIP, SEEN, PERSON = "value", "skip", "seen", "person"


@dataclass(frozen=True)
class Place:
    """A cell or row of one sheet of one file, as the user sees it. `row` None: a record that stands in a column."""

    file: str
    sheet: str
    row: int | None
    column: str | None = None


@dataclass(frozen=True)
class Answer:
    """`do`: value (the cell is to be read as `value`), skip (the record is left out), seen (a warning was looked at), person
    (the record means the person with the key `value`).

    `problem`: the kind of problem answered, for seen; between whom it was left open, for person.
    """

    do: str
    place: Place
    value: str = ""
    problem: str = ""


def load(text: str) -> list[Answer]:
    """The answers of a run, in the order given."""
    listed: list[dict[str, Any]] = json.loads(text) if text else []
    return [Answer(**{**entry, "place": Place(**entry["place"])}) for entry in listed]


def dump(answers: Iterable[Answer]) -> str:
    """The text that is sealed."""
    return json.dumps([asdict(answer) for answer in answers], ensure_ascii=False)


def added(answers: Iterable[Answer], new: Answer) -> list[Answer]:
    """The answers with a new one; it replaces an earlier one to the same question."""
    return [one for one in answers if (one.do, one.place, one.problem) != (new.do, new.place, new.problem)] + [new]
