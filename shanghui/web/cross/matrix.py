"""Chamber posts by party posts as at a day: the records of the population of party officers, laid out; nothing is counted twice.

Each office stands in one cell, under the highest post that its holder has in a chamber which the organization covers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from shanghui.access.scope import Scope
from shanghui.indicators.populations import OFFICERS
from shanghui.indicators.queries import population_rows
from shanghui.ledger.organizations.models import Form
from shanghui.ledger.people.models import CHAMBER_POSTS, PARTY_POSTS, Post
from shanghui.web.figures.lists import NO_POST

COLUMNS = [(post.value, str(post.label)) for post in CHAMBER_POSTS if post not in (Post.MEMBER, Post.STAFF)]
FORMS = [(form.value, str(form.label)) for form in Form]


@dataclass(frozen=True)
class Cell:
    """How many, and where they are listed."""

    label: str
    count: int
    url: str


@dataclass(frozen=True)
class Row:
    """One party post: a cell for each chamber post that anybody has, one for none, and all."""

    label: str
    cells: tuple[Cell, ...]
    total: Cell


@dataclass(frozen=True)
class Matrix:
    """The table."""

    heads: tuple[str, ...]
    rows: tuple[Row, ...]


Url = Callable[..., str]


def officers(scope: Scope, day: date, form: str) -> QuerySet[Any]:
    """The offices counted, of organizations of one form where one is asked for."""
    rows = population_rows(OFFICERS, scope, day)
    return rows.filter(form=form) if form else rows


def matrix_of(scope: Scope, day: date, form: str, url: Url) -> Matrix:
    """The table; posts that nobody has are left out. `url(post, top_post)` lists a cell. One question."""
    pairs = officers(scope, day, form).order_by().values_list("post", "top_post")
    counted = Counter((post, top or NO_POST) for post, top in pairs)
    heads = [(value, label) for value, label in COLUMNS if any(top == value for _, top in counted)] + [(NO_POST, "不在商会任职")]
    rows = []
    for party in PARTY_POSTS:
        label = str(party.label)
        cells = [
            Cell(f"{label}，{head}", counted[party.value, value], url(party.value, value)) for value, head in heads
        ]
        total = Cell(label, sum(cell.count for cell in cells), url(party.value, ""))
        rows.append(Row(label, tuple(cells), total))
    return Matrix(tuple(head for _, head in heads), tuple(rows))


def forms_with_counts(scope: Scope, day: date) -> list[tuple[str, str, int]]:
    """The forms of the organizations counted, with how many offices; all of them first. One question."""
    counted = Counter(officers(scope, day, "").order_by().values_list("form", flat=True))
    present = [(value, label, counted[value]) for value, label in FORMS if counted[value]]
    return [("", "全部", sum(counted.values())), *present]
