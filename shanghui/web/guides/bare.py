"""What a proposal is made from: chambers without an organization, and people who could look after them (M06)."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from shanghui.access.models import Axis, Link, UnitKind
from shanghui.access.scope import Scope
from shanghui.indicators.gaps import uncovered_chambers
from shanghui.kernel.facts import holds_on
from shanghui.ledger.people.models import GuideAssignment, Person
from shanghui.planning.guides import Assignment, Guide, Guided, assign
from shanghui.web.guides.loads import assignments_ever

CHAMBERS, PEOPLE = 300, 60
"""So many are laid out at once; a larger area is done federation by federation."""


@dataclass(frozen=True)
class Bare:
    """A chamber without an organization. `code`: where it is, as far as known; `current`: who looks after it."""

    pk: int
    name: str
    code: str
    industry: str
    full_members: int
    current: GuideAssignment | None = None

    @property
    def guide(self) -> int | None:
        """Who looks after it."""
        return self.current.person_id if self.current else None


@dataclass(frozen=True)
class Candidate:
    """Somebody who could look after chambers: how many he has, where and of which industries they are."""

    person: Person
    held: frozenset[int] = frozenset()
    code: str = ""
    industries: tuple[str, ...] = ()
    duty: str = ""

    @property
    def is_guide(self) -> bool:
        """Whether he is one today."""
        return bool(self.held)

    def beside(self, chambers: Iterable[int]) -> int:
        """How many he has that are not among these."""
        return len(self.held - frozenset(chambers))


def place_of(code: str) -> str:
    """A region's code without the levels it leaves open: 990200 is the city 9902."""
    while len(code) > 2 and code.endswith("00"):
        code = code[:-2]
    return code


def bare_chambers(scope: Scope, day: date) -> list[Bare]:
    """The chambers of the scope that no organization covers, by name, one more than are laid out. Three questions."""
    rows: list[Any] = list(uncovered_chambers(scope, day).order_by("unit__name", "pk")[: CHAMBERS + 1])
    keys = [row.pk for row in rows]
    current: dict[int, GuideAssignment] = {}
    for one in GuideAssignment.objects.on(day).filter(chamber_id__in=keys).select_related("person", "chamber__unit").order_by("valid_from", "pk"):
        current.setdefault(one.chamber_id, one)
    above = dict(Link.objects.on(day).filter(child_id__in=keys, axis=Axis.SUPERVISION).values_list("child_id", "parent__code"))
    return [
        Bare(
            row.pk, row.unit.name, row.region_code or place_of(above.get(row.pk, "")), row.industry_code[:2], row.full_members,
            current.get(row.pk),
        )
        for row in rows
    ]


def candidates(scope: Scope, day: date) -> list[Candidate]:
    """Guides of the scope, those who were, and people kept by its federations: guides first, by name, one more than are laid out.
    Three questions."""
    ever = assignments_ever(scope).order_by().values("person_id")
    office = scope.units().filter(kind=UnitKind.FEDERATION).values("pk")
    found = Person.objects.without_numbers().filter(Q(pk__in=ever) | Q(kept_by_id__in=office)).select_related("kept_by")
    now = Q(pk__in=GuideAssignment.objects.on(day).filter(pk__in=assignments_ever(scope).order_by().values("pk")).values("person_id"))
    people = [*found.filter(now).order_by("initials", "pk")[: PEOPLE + 1]]
    people += found.exclude(now).order_by("initials", "pk")[: PEOPLE + 1 - len(people)]
    held: dict[int, list[GuideAssignment]] = defaultdict(list)
    for one in GuideAssignment.objects.filter(holds_on(day), person__in=people).select_related("chamber").order_by("pk"):
        held[one.person_id].append(one)
    return [_candidate(person, held[person.pk]) for person in people]


def _candidate(person: Person, held: Sequence[GuideAssignment]) -> Candidate:
    """Where one works is where most of one's chambers are; else the place of the office that keeps the person."""
    codes = Counter(one.chamber.region_code for one in held if one.chamber.region_code)
    code = codes.most_common(1)[0][0] if codes else place_of(person.kept_by.code)
    industries = tuple(dict.fromkeys(one.chamber.industry_code[:2] for one in held if one.chamber.industry_code))
    duty = next((one.duty for one in reversed(held) if one.duty), "")
    return Candidate(person, frozenset(one.chamber_id for one in held), code, industries, duty)


def propose(chambers: Sequence[Bare], chosen: Sequence[Candidate], others: Sequence[Candidate], most: int) -> Assignment:
    """Who is to look after which chamber; `others` are guides who get none and keep none. Raises BadProblem."""
    keys = [one.pk for one in chambers]
    guides = [
        Guide(one.person.pk, one.person.name, one.code, one.industries, one.beside(keys), most) for one in (*chosen, *others)
    ]
    guided = [Guided(one.pk, one.code, one.industry or None, one.guide) for one in chambers]
    return assign(guides, guided, frozenset(one.person.pk for one in others))


def stamp_of(chambers: Sequence[Bare]) -> str:
    """What a proposal stood on: which chambers were without an organization, and who looked after each."""
    told = ";".join(f"{one.pk}:{one.current.pk if one.current else ''}:{one.guide or ''}" for one in chambers)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Load:
    """How many chambers one has before and after."""

    name: str
    before: int
    after: int


def loads(chambers: Sequence[Bare], people: Sequence[Candidate], picked: Mapping[int, int | None]) -> list[Load]:
    """Loads of those who have or get something, in the order of the people; `picked`: person by chamber, where nobody is, who
    looks after it stays."""
    keys = [one.pk for one in chambers]
    wanted = Counter(one.guide if picked.get(one.pk) is None else picked[one.pk] for one in chambers)
    found = [Load(one.person.name, len(one.held), one.beside(keys) + wanted[one.person.pk]) for one in people]
    return [one for one in found if one.before or one.after]


def without_guide(chambers: Sequence[Bare]) -> list[Bare]:
    """Those nobody looks after."""
    return [one for one in chambers if one.current is None]


def named(chambers: Sequence[Bare], keys: Iterable[str]) -> list[Bare]:
    """The chambers with these keys, in their order."""
    wanted = set(keys)
    return [one for one in chambers if str(one.pk) in wanted]
