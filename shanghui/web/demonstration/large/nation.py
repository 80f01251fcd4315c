"""An invented nation written straight into the tables: 55,000 chambers, 50,000 party organizations, their posts and people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from shanghui.access.models import Axis, Link, Reach, Unit, UnitKind
from shanghui.kernel.facts import Precision
from shanghui.kernel.periods import EPOCH
from shanghui.kernel.pinyin import initials
from shanghui.ledger.organizations.models import (
    Chamber,
    ChamberKind,
    ChamberStatus,
    Coverage,
    Federation,
    Form,
    OrganizationKind,
    OrganizationPeriod,
    PartyOrganization,
    Status,
    Term,
)
from shanghui.ledger.people.models import Affiliation, Appointment, Category, MembershipRecord, Person, Post
from shanghui.rules.duties import registry
from shanghui.rules.models import Excuse, PackSwitch
from shanghui.web.demonstration.large import people
from shanghui.web.demonstration.large.bulk import loading, write
from shanghui.web.demonstration.large.nation_meetings import TABLES as MEETINGS
from shanghui.web.demonstration.large.nation_meetings import Meetings

DAY = date(2022, 12, 20)
FIRST_YEAR, LAST_YEAR = 2021, 2022
NAME, CODE = "全国工商联", "000000"
PROVINCES, CITIES, COUNTIES = 31, 11, 8
"""Below the nation, below each province, below each city."""
CHAMBERS, BRANCHES, GROUPS = 55_000, 45_000, 1_900
PAGE = 200
"""The first city has so many party organizations."""
TABLES = (
    Unit, Link, Reach, Federation, Chamber, ChamberStatus, PartyOrganization, OrganizationPeriod, Coverage, Term, Person,
    MembershipRecord, Affiliation, Appointment, Excuse, PackSwitch, *MEETINGS,
)
Since, Until = date, date | None
_FORMS = (Form.OWN,) * 10 + (Form.JOINT,) * 3 + (Form.INDUSTRY, Form.AREA, Form.FUNCTIONAL, Form.FUNCTIONAL, Form.TEMPORARY)


@dataclass(slots=True)
class Branch:
    """A branch, group or committee: where it stands, since when, in which form, who leads it and who is at home there.

    `above`: the federations over it, the nearest first. `limited`: its form holds no elections.
    """

    unit: int
    kind: OrganizationKind
    name: str
    above: tuple[int, ...]
    since: date = EPOCH
    until: date | None = None
    limited: bool = False
    declared: int | None = None
    committee: bool = False
    secretary: int = 0
    members: list[int] = field(default_factory=list)


@dataclass
class Nation:
    """What was made: how many, and where one looks."""

    branches: list[Branch] = field(default_factory=list)
    city: int = 0
    activities: int = 0


def build(share: float = 1, seed: int = 7) -> Nation:
    """The whole nation, or a share of it; the same for the same seed."""
    random, made = Random(seed), Nation()
    with loading(TABLES):
        tree = _Tree(share)
        made.city = tree.above[tree.counties[0]][1]
        made.branches = _organizations(tree, random, share)
        _chambers(tree, made.branches, random, share)
        tree.write()
        _periods(made.branches, random)
        _people(made.branches, random)
        _posts(made.branches, random)
        _decided(made.branches, tree, random)
        made.activities = Meetings(made.branches, random, FIRST_YEAR, LAST_YEAR).write()
    return made


class _Tree:
    """Federations and what stands below them. `above`: by federation itself and all over it, the nearest first."""

    def __init__(self, share: float) -> None:
        self.units: list[tuple[int, UnitKind, str]] = []
        self.below: list[tuple[Axis, int, tuple[int, ...]]] = []
        self.above: dict[int, tuple[int, ...]] = {}
        self.committee: dict[int, int] = {}
        self.counties: list[int] = []
        self.provinces: list[int] = []
        nation = self._federation(NAME, ())
        for province in range(max(1, round(PROVINCES * share))):
            self.provinces.append(self._federation(f"{people.place_name(province)}省工商联", self.above[nation]))
            for city in range(CITIES):
                name = f"{people.place_name(province)}{people.place_name(100 + city)}"
                made = self._federation(f"{name}市工商联", self.above[self.provinces[-1]])
                self.counties += [
                    self._federation(f"{name}{people.place_name(200 + place)}县工商联", self.above[made]) for place in range(COUNTIES)
                ]

    def add(self, kind: UnitKind, name: str) -> int:
        """A new unit."""
        self.units.append((len(self.units) + 1, kind, name))
        return len(self.units)

    def place(self, unit: int, federation: int, over: tuple[int, ...] = ()) -> None:
        """Below a federation; a party organization below its committee too, or below `over` and that committee."""
        self.below.append((Axis.SUPERVISION, unit, self.above[federation]))
        if self.units[unit - 1][1] is UnitKind.ORGANIZATION:
            committees = [self.committee[one] for one in self.above[federation]]
            self.below.append((Axis.PARTY, unit, (*over, *(one for one in committees if one != unit))))

    def _federation(self, name: str, above: tuple[int, ...]) -> int:
        unit, committee = self.add(UnitKind.FEDERATION, name), self.add(UnitKind.ORGANIZATION, f"{name}商会党委")
        self.above[unit], self.committee[unit] = (unit, *above), committee
        if above:
            self.below.append((Axis.SUPERVISION, unit, above))
        self.place(committee, unit)
        return unit

    def write(self) -> None:
        """Units, links and their closure."""
        write(Unit, "id kind name code initials", ((pk, kind, name, CODE if pk == 1 else "", initials(name)) for pk, kind, name in self.units))
        write(Federation, "unit_id committee_id", self.committee.items())
        write(PartyOrganization, "unit_id", ((unit,) for unit in self.committee.values()))
        write(Link, "axis child_id parent_id", ((axis, unit, over[0]) for axis, unit, over in self.below if over), valid_from=EPOCH)
        write(Reach, "axis above_id below_id depth", self._reaches(), valid_from=EPOCH)

    def _reaches(self) -> Iterator[tuple[Axis, int, int, int]]:
        for unit, _, _ in self.units:
            yield from ((axis, unit, unit, 0) for axis in Axis)
        for axis, unit, over in self.below:
            yield from ((axis, above, unit, depth) for depth, above in enumerate(over, start=1))


def _organizations(tree: _Tree, random: Random, share: float) -> list[Branch]:
    """The committees, then branches, then groups below branches. The first city gets as many as a page shows."""
    made = [
        Branch(committee, OrganizationKind.COMMITTEE, tree.units[committee - 1][2], tree.above[federation])
        for federation, committee in tree.committee.items()
    ]
    near, far = tree.counties[:COUNTIES], tree.counties[COUNTIES:]
    for place in range(round(BRANCHES * share)):
        county = near[place % COUNTIES] if place < PAGE - COUNTIES - 1 else random.choice(far)
        name = f"{people.place_name(place % 5000)}{people.trade(place)}商会{place}党支部"
        made.append(Branch(tree.add(UnitKind.ORGANIZATION, name), OrganizationKind.BRANCH, name, tree.above[county]))
        tree.place(made[-1].unit, county)
    for branch in random.sample([one for one in made if one.above[0] in far and one.kind == OrganizationKind.BRANCH], round(GROUPS * share)):
        name = f"{branch.name}第一小组"
        made.append(Branch(tree.add(UnitKind.ORGANIZATION, name), OrganizationKind.GROUP, name, branch.above))
        tree.place(made[-1].unit, branch.above[0], over=(branch.unit,))
    declared = (None, None, 1, 3, 3, 3, 5)
    below = [one for one in made if one.kind != OrganizationKind.COMMITTEE]
    for one in below:
        one.declared = random.choice(declared)
    write(PartyOrganization, "unit_id", ((one.unit,) for one in below))
    return made


def _chambers(tree: _Tree, branches: list[Branch], random: Random, share: float) -> None:
    """Most have a branch of their own; the others stand below any county without one."""
    covered, own = [one for one in branches if one.kind == OrganizationKind.BRANCH], []
    for place in range(round(CHAMBERS * share)):
        county = covered[place].above[0] if place < len(covered) else random.choice(tree.counties)
        own.append(tree.add(UnitKind.CHAMBER, f"{people.place_name(place % 5000)}{people.trade(place)}商会{place}"))
        tree.place(own[-1], county)
    write(Chamber, "unit_id kind", [(unit, random.choice(list(ChamberKind))) for unit in own])
    write(ChamberStatus, "chamber_id", ((unit,) for unit in own), status=Status.NORMAL, valid_from=date(2010, 1, 1))
    pairs = ((unit, one.unit) for unit, one in zip(own, covered, strict=False))
    write(Coverage, "chamber_id organization_id", pairs, form=Form.OWN, valid_from=date(2018, 1, 1))


def _day(random: Random, first: int, last: int) -> date:
    return date(random.randint(first, last), random.randint(1, 12), random.randint(1, 28))


def _periods(branches: list[Branch], random: Random) -> None:
    """When each was there, as what and in which form: some founded or ended in the window, changed, or founded anew after a break."""
    rows: list[tuple[int, str, date, date | None, str, OrganizationKind, int | None]] = []
    for one in branches:
        is_said = one.kind, one.declared
        if one.kind == OrganizationKind.COMMITTEE:
            rows.append((one.unit, "", EPOCH, None, Precision.DAY, *is_said))
            continue
        form, chance, precision = random.choice(_FORMS), random.random(), Precision.DAY
        one.limited = form in (Form.FUNCTIONAL, Form.TEMPORARY)
        one.since = _day(random, 2021, 2022) if chance < 0.15 else _day(random, 2010, 2020)
        if chance > 0.7:
            one.since, precision = one.since.replace(day=1), Precision.MONTH
        if chance > 0.9:
            one.since, precision = one.since.replace(month=1), Precision.YEAR
        middle = one.since + timedelta(days=random.randint(30, 1500))
        match random.random():
            case share if share < 0.05:
                one.until = middle
                rows.append((one.unit, form, one.since, middle, precision, *is_said))
            case share if share < 0.1:
                after = middle if share < 0.08 else middle + timedelta(days=40)
                rows.append((one.unit, form, one.since, middle, precision, *is_said))
                became = random.choice((one.kind, OrganizationKind.BRANCH, OrganizationKind.GENERAL_BRANCH)), random.choice((one.declared, None, 3))
                rows.append((one.unit, random.choice(_FORMS), after, None, Precision.DAY, *became))
            case _:
                rows.append((one.unit, form, one.since, None, precision, *is_said))
    write(OrganizationPeriod, "organization_id form valid_from valid_to from_precision kind committee_members", rows)
    terms = ((one.unit, f"{due:%Y-%m}", due) for one in branches if not one.limited and (due := _day(random, 2021, 2025)))
    write(Term, "unit_id due_on due_by", terms, valid_from=date(2020, 1, 1))


def _people(branches: list[Branch], random: Random) -> None:
    """Those at home in a branch, full and probationary; of a committee and a group only who leads it."""
    names, number = [people.name(random) for _ in range(5000)], 0
    homes: list[tuple[int, str, int]] = []  # person, name, organization
    for one in branches:
        count = random.randint(2, 14) if one.kind == OrganizationKind.BRANCH else 1
        one.members = list(range(number + 1, number + count + 1))
        homes += [(person, random.choice(names), one.unit) for person in one.members]
        number += count
        one.secretary = one.members[0]
    write(Person, "id name kept_by_id", homes)
    since = date(2018, 7, 1)
    write(MembershipRecord, "person_id category valid_from valid_to", _roads(number, random))
    gone = ((person, unit, date(2022, 5, 1) if random.random() < 0.02 else None) for person, _, unit in homes)
    write(Affiliation, "person_id organization_id valid_to", gone, kind="home", valid_from=since)


def _roads(count: int, random: Random) -> Iterator[tuple[int, Category, date, date | None]]:
    for person in range(1, count + 1):
        full = date(2022, random.randint(1, 12), 1) if random.random() < 0.06 else date(2018, 7, 1)
        if full.year == 2022:
            yield person, Category.PROBATIONARY, full.replace(year=2021), full
        yield person, Category.FULL, full, None


def _posts(branches: list[Branch], random: Random) -> None:
    """Secretaries, some of them changed with a gap; committees that began and ended; beginnings known by halves."""
    write(Appointment, "person_id unit_id post valid_from valid_to from_precision", _terms_of_office(branches, random))


def _terms_of_office(branches: list[Branch], random: Random) -> Iterator[tuple[int, int, Post, date, date | None, str]]:
    precisions = (Precision.DAY,) * 6 + (Precision.MONTH, Precision.YEAR, Precision.SEEN)
    for one in branches:
        since, chance = max(_day(random, 2018, 2021), one.since), random.random()
        if chance < 0.08:
            one.secretary = 0
        elif chance < 0.2:
            left = since + timedelta(days=random.randint(20, 700))
            yield one.members[-1], one.unit, Post.SECRETARY, since, left, random.choice(precisions)
            yield one.secretary, one.unit, Post.SECRETARY, left + timedelta(days=random.randint(0, 60)), None, Precision.DAY
        else:
            yield one.secretary, one.unit, Post.SECRETARY, since, None, random.choice(precisions)
        if one.kind == OrganizationKind.BRANCH and not one.limited and random.random() < 0.45:
            one.committee = True
            until = since + timedelta(days=random.randint(200, 1500)) if random.random() < 0.2 else None
            for person in one.members[:3]:
                yield person, one.unit, Post.COMMITTEE_MEMBER, since, until, random.choice(precisions)


def _decided(branches: list[Branch], tree: _Tree, random: Random) -> None:
    """Excuses, some agreed after the day; a pack switched on in some provinces, in one of them for a year."""
    given: dict[tuple[int, str, date], date] = {}
    for branch in random.sample(branches, len(branches) // 8):
        duty = random.choice(list(registry))
        first = date(random.choice((FIRST_YEAR, LAST_YEAR)), random.randrange(0, 12, duty.every) + 1, 1)
        given[branch.unit, duty.code, first] = first + timedelta(days=random.randint(0, 300))
    rows = ((*key, day) for key, day in given.items())
    write(Excuse, "unit_id rule first given_on", rows, reason="停业整顿")
    packs = [(unit, None if place else date(2022, 4, 1)) for place, unit in enumerate(tree.provinces[::8])]
    write(PackSwitch, "unit_id valid_to", packs, pack="quarterly_class", valid_from=date(2021, 4, 1))
