"""An invented province written straight into the tables: 1,400 federations, 4,000 chambers, 70,000 people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from django.db import models, transaction

from shanghui.access.closure import own_reaches, rebuild_reaches
from shanghui.access.models import Axis, Link, Reach, Unit, UnitKind
from shanghui.kernel.periods import EPOCH
from shanghui.kernel.pinyin import initials
from shanghui.kernel.sealing import digest
from shanghui.ledger.activities.models import Activity, ActivityHost, ActivityType
from shanghui.ledger.organizations.models import (
    Chamber,
    ChamberKind,
    ChamberStatus,
    CharterClause,
    CharterItem,
    Coverage,
    DeclaredSize,
    Federation,
    Form,
    OrganizationKind,
    OrganizationPeriod,
    PartyOrganization,
    Status,
    Term,
)
from shanghui.ledger.people.models import (
    Affiliation,
    Appointment,
    Category,
    GuideAssignment,
    MembershipRecord,
    MemberStanding,
    Person,
    Post,
    StandingKind,
)
from shanghui.ledger.programs.models import Promise
from shanghui.web.demonstration.large import life, people

DAY = date(2022, 6, 30)
CITIES, COUNTIES, TOWNSHIPS = 14, 9, 10
"""Below the province; below each city; below each county (one in a county short of ten at the end)."""


@dataclass
class Province:
    """What was made, by unit."""

    federations: list[Unit] = field(default_factory=list)
    committees: list[Unit] = field(default_factory=list)
    chambers: list[Unit] = field(default_factory=list)
    organizations: list[Unit] = field(default_factory=list)
    homes: list[tuple[int, list[int]]] = field(default_factory=list)  # organization, chambers it covers


def _write(rows: Iterable[models.Model]) -> None:
    by_model: dict[type[models.Model], list[models.Model]] = {}
    for row in rows:
        by_model.setdefault(type(row), []).append(row)
    for model, listed in by_model.items():
        model._default_manager.bulk_create(listed, batch_size=2000)


def _units(kind: UnitKind, names: Sequence[tuple[str, str]]) -> list[Unit]:
    """Units by (name, code), each reaching itself."""
    made = Unit.objects.bulk_create(
        [Unit(kind=kind, name=name, code=code, initials=initials(name)) for name, code in names], batch_size=2000
    )
    Reach.objects.bulk_create(own_reaches(unit.pk for unit in made), batch_size=2000)
    return made


def _link(axis: Axis, pairs: Iterable[tuple[Unit, Unit]]) -> None:
    """(child, parent): linked since ever; the closure is computed for all of them at once."""
    pairs = list(pairs)
    _write(Link(axis=axis, child=child, parent=parent, valid_from=EPOCH) for child, parent in pairs)
    rebuild_reaches(axis, [child.pk for child, _ in pairs])


@transaction.atomic
def add_chambers(under: Unit, names: Sequence[tuple[str, str]], form: Form, kind: OrganizationKind) -> None:
    """Chambers, each with an organization of its own: (chamber's name, organization's name)."""
    chambers = _units(UnitKind.CHAMBER, [(name, "") for name, _ in names])
    organizations = _units(UnitKind.ORGANIZATION, [(name, "") for _, name in names])
    _write(Chamber(unit=unit, kind=ChamberKind.INDUSTRY) for unit in chambers)
    _write(PartyOrganization(unit=unit) for unit in organizations)
    since = date(2018, 1, 1)
    for chamber, organization in zip(chambers, organizations, strict=True):
        Coverage.objects.create(chamber_id=chamber.pk, organization_id=organization.pk, form=form, valid_from=since)
    _write(ChamberStatus(chamber_id=unit.pk, status=Status.NORMAL, valid_from=since) for unit in chambers)
    _write(OrganizationPeriod(organization_id=unit.pk, kind=kind, form=form, valid_from=since) for unit in organizations)
    _link(Axis.SUPERVISION, [(unit, under) for unit in [*chambers, *organizations]])
    committee = Federation.objects.get(unit=under).committee
    if committee is not None:
        _link(Axis.PARTY, [(unit, committee.unit) for unit in organizations])


@transaction.atomic
def build(people_count: int = 70_000, chamber_count: int = 4_000, seed: int = 7) -> Province:
    """The whole province, the same for the same seed."""
    random, made = Random(seed), Province()
    parents = _federations(made)
    _chambers(made, parents, chamber_count, random)
    persons = _people(made, people_count, random)
    _posts(made, persons, random)
    _events(made, random)
    life.fill(made.federations, made.committees, persons, random)
    return made


def _federations(made: Province) -> dict[int, Unit]:
    """Federations and their committees, linked; returns {federation's id: committee}."""
    names, above = [("云泽省工商联", "990000")], [-1]
    for city in range(CITIES):
        names.append((f"{people.place_name(city)}市工商联", f"99{city + 1:02d}00"))
        above.append(0)
        place = len(names) - 1
        for county in range(COUNTIES):
            names.append((f"{people.place_name(100 + city * COUNTIES + county)}县工商联", f"99{city + 1:02d}{county + 1:02d}"))
            above.append(place)
            names += [(f"{people.place_name(300 + len(names))}镇商会联合会", "") for _ in range(TOWNSHIPS)]
            above += [len(above) - 1] * TOWNSHIPS
    made.federations = _units(UnitKind.FEDERATION, names)
    committees = made.committees = _units(UnitKind.ORGANIZATION, [(f"{unit.name}总商会党委", "") for unit in made.federations])
    _write(PartyOrganization(unit=unit) for unit in committees)
    _write(Federation(unit=unit, committee_id=committee.pk) for unit, committee in zip(made.federations, committees, strict=True))
    kind = OrganizationKind.COMMITTEE
    _write(OrganizationPeriod(organization_id=unit.pk, kind=kind, form="", valid_from=EPOCH) for unit in committees)
    climbing = [(place, parent) for place, parent in enumerate(above) if parent >= 0]
    _link(Axis.SUPERVISION, [(made.federations[place], made.federations[parent]) for place, parent in climbing])
    _link(Axis.SUPERVISION, zip(committees, made.federations, strict=True))
    _link(Axis.PARTY, [(committees[place], committees[parent]) for place, parent in climbing])
    return dict(zip((unit.pk for unit in made.federations), committees, strict=True))


def _chambers(made: Province, committees: dict[int, Unit], count: int, random: Random) -> None:
    kinds, forms = list(ChamberKind), [form for form in Form if form is not Form.JOINT]
    under = [random.choice(made.federations[1:]) for _ in range(count)]
    chambers = _units(UnitKind.CHAMBER, [(f"{people.place_name(place)}{people.trade(place)}商会{place}", "") for place in range(count)])
    made.chambers, rows, links, waiting = chambers, [], list(zip(chambers, under, strict=True)), []
    _write(Chamber(unit=unit, kind=random.choice(kinds)) for unit in chambers)
    wanted: list[tuple[str, Unit, list[Unit], Form]] = []
    for unit, federation in links:
        rows += _chamber_facts(unit, random)
        chance = random.random()
        if chance < 0.7:
            wanted.append((f"{unit.name}党支部", federation, [unit], random.choice(forms)))
        elif chance < 0.85:
            waiting.append(unit)
            if len(waiting) == 3:
                wanted.append((f"{unit.name}等联合党支部", federation, waiting, Form.JOINT))
                waiting = []
    made.organizations = _units(UnitKind.ORGANIZATION, [(name, "") for name, *_ in wanted])
    for unit, (_, federation, covered, form) in zip(made.organizations, wanted, strict=True):
        made.homes.append((unit.pk, [chamber.pk for chamber in covered]))
        rows += _organization_facts(unit, covered, form, random)
        links.append((unit, federation))
    _write(PartyOrganization(unit=unit) for unit in made.organizations)
    _write(rows)
    _link(Axis.SUPERVISION, links)
    _link(Axis.PARTY, [(unit, committees[one[1].pk]) for unit, one in zip(made.organizations, wanted, strict=True)])


def _chamber_facts(unit: Unit, random: Random) -> list[models.Model]:
    since = date(random.randint(2005, 2021), random.randint(1, 12), 1)
    rows: list[models.Model] = [
        ChamberStatus(chamber_id=unit.pk, status=random.choice((Status.NORMAL,) * 9 + (Status.REELECTING,)), valid_from=since),
        DeclaredSize(chamber_id=unit.pk, enterprises=random.randint(20, 300), valid_from=date(2021, 1, 1)),
    ]
    items = list(CharterItem) if random.random() < 0.8 else list(CharterItem)[:2]
    rows += [CharterClause(chamber_id=unit.pk, item=item, valid_from=date(2021, 3, 1)) for item in items]
    return rows


def _organization_facts(unit: Unit, covered: Sequence[Unit], form: Form, random: Random) -> list[models.Model]:
    since, until = date(random.randint(2012, 2021), 5, 1), date(2022, 1, 1) if random.random() < 0.05 else None
    due = date(random.randint(2022, 2025), random.randint(1, 12), 1)
    rows: list[models.Model] = [
        OrganizationPeriod(organization_id=unit.pk, kind=OrganizationKind.BRANCH, form=form, valid_from=since, valid_to=until),
        Term(unit_id=unit.pk, due_on=f"{due:%Y-%m}", due_by=due, valid_from=date(2021, 5, 1)),
    ]
    rows += [Coverage(chamber_id=chamber.pk, organization_id=unit.pk, form=form, valid_from=since) for chamber in covered]
    return rows


def _people(made: Province, count: int, random: Random) -> dict[int, list[Person]]:
    """People with home and category; some joined after the day, some were probationary before. {organization: people}."""
    by_home: dict[int, list[Person]] = {}
    persons: list[Person] = []
    for place in range(count):
        home = made.homes[place % len(made.homes)][0]
        born, name = people.birthday(random), people.name(random)
        number, phone = people.id_number(place, born), people.phone(place)
        person = Person(
            name=name, initials=initials(name), gender=random.choice("男男女"), birth=f"{born:%Y-%m}", education="大学本科",
            id_number=number, id_digest=digest(number), phone=phone, phone_digest=digest(phone), kept_by_id=home,
            workplace=people.enterprise(random), joined_on="2010-07-01",
        )
        persons.append(person)
        by_home.setdefault(home, []).append(person)
    Person.objects.bulk_create(persons, batch_size=2000)
    roads = (Category.FULL,) * 7 + (Category.PROBATIONARY, Category.ACTIVIST, Category.APPLICANT)
    rows: list[models.Model] = []
    for person in persons:
        category = random.choice(roads)
        kind = "home" if category in (Category.FULL, Category.PROBATIONARY) else "cultivated"
        since = date(random.randint(2015, 2022), random.randint(1, 12), 1)
        rows.append(Affiliation(person=person, organization_id=person.kept_by_id, kind=kind, valid_from=since))
        if category == Category.FULL:
            rows.append(MembershipRecord(person=person, category=Category.PROBATIONARY, valid_from=date(2014, 1, 1), valid_to=since))
        rows.append(MembershipRecord(person=person, category=category, valid_from=since))
        if kind == "home" and random.random() < 0.1:
            rows.append(MemberStanding(person=person, kind=StandingKind.FLOATING, valid_from=since))
    _write(rows)
    return by_home


def _posts(made: Province, persons: dict[int, list[Person]], random: Random) -> None:
    rows: list[models.Model] = []
    since = date(2021, 6, 1)
    held: set[tuple[int, int, str]] = set()

    def hold(person: Person, unit: int, post: Post, **more: Any) -> None:
        if (person.pk, unit, post) not in held:
            held.add((person.pk, unit, post))
            rows.append(Appointment(person=person, unit_id=unit, post=post, valid_from=since, **more))

    for organization, covered in made.homes:
        here = persons.get(organization, [])
        for chamber in covered:
            hold(here[0], chamber, Post.PRESIDENT)
            hold(here[1], chamber, Post.SECRETARY_GENERAL)
            for one in here[2:6]:
                hold(one, chamber, Post.VICE_PRESIDENT)
        hold(random.choice(here[:5]), organization, Post.SECRETARY, method=random.choice(("elected", "hired")))
    guides = [one for here in list(persons.values())[:150] for one in here[:2]]
    chambers = random.sample(made.chambers, len(made.chambers) // 4)
    rows += [GuideAssignment(person=random.choice(guides), chamber_id=unit.pk, valid_from=since) for unit in chambers]
    _write(rows)


def _events(made: Province, random: Random) -> None:
    kinds = list(ActivityType)
    hosts = [unit.pk for unit in [*made.federations, *made.chambers, *made.organizations]]
    activities = Activity.objects.bulk_create(
        [
            Activity(type=random.choice(kinds), title=f"活动{place}", present=random.randint(10, 90),
                     held_on=date(2021, 7, 1).replace(month=random.randint(1, 12), year=random.choice((2021, 2022))))
            for place in range(8_000)
        ],
        batch_size=2000,
    )
    rows: list[models.Model] = []
    for activity in activities:
        rows += [ActivityHost(activity=activity, unit_id=unit) for unit in random.sample(hosts, random.choice((1, 1, 1, 2)))]
    rows += [
        Promise(organization_id=random.choice(made.homes)[0], name="甲", shop=f"店{place}", signed_on=date(2022, 5, 20),
                plate_given=random.random() < 0.6)
        for place in range(3_000)
    ]
    _write(rows)
