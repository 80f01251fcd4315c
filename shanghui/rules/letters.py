"""Letters of introduction that run out: what two rules ask, once for each direction (M16)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from shanghui.kernel.periods import full_day
from shanghui.ledger.people.transfers import Direction
from shanghui.rules.picture import Picture
from shanghui.rules.registry import limit
from shanghui.rules.standing import Stand
from shanghui.rules.states import State


def letter_stands(picture: Picture, direction: Direction, soon: str, late: str) -> Iterator[Stand]:
    """One for each organization and last day of its open letters, from so many days before. The last day itself is in time.

    `soon` and `late` are said after the number of letters. One question for both directions.
    """
    near = picture.day + timedelta(days=limit("REL-06-AHEAD", "days"))
    for kind, unit, name, due, count in picture.letters:
        if kind == direction and due <= near:
            over = due < picture.day
            said = f"{count}{(late if over else soon).format(day=full_day(due))}"
            yield Stand(unit, name, State.OVERDUE if over else State.DUE, due, said, due)
