"""Organizational life of the invented province: who is on the committees, what was held month by month, what was asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from random import Random

from django.db import models

from shanghui.access.models import Unit
from shanghui.ledger.activities.models import (
    Activity,
    ActivityHost,
    ActivityType,
    Attendance,
    Campaign,
    CampaignItem,
    CampaignShare,
    CampaignTarget,
    Occasion,
    Presence,
)
from shanghui.ledger.organizations.models import Plate, TerritorialGuidance
from shanghui.ledger.people.models import Affiliation, AffiliationKind, Appointment, Person, Post
from shanghui.rules.models import Excuse, PackSwitch

YEAR = 2022
MONTHS = range(1, 9)
"""In which branches met; the ones after the day asked about must not count."""
_MONTHLY = {ActivityType.THEME_DAY: 0.85, ActivityType.COMMITTEE_MEETING: 0.5}
_QUARTERLY = {ActivityType.GENERAL_MEETING: 0.8, ActivityType.PARTY_CLASS: 0.5}
_YEARLY = {ActivityType.LIFE_MEETING: 0.6, ActivityType.REVIEW: 0.5, ActivityType.TALK: 0.05}
_SINCE = date(2021, 6, 1)


class Diary:
    """Activities to be written, each with one host; `complete`: minutes and attendance are in."""

    def __init__(self, random: Random) -> None:
        self.random, self.activities, self.hosts, self.complete = random, list[Activity](), list[int](), list[bool]()

    def hold(self, type: ActivityType, unit: int, month: int, lecturer: Person | None = None) -> Activity:
        """An activity of that month; some are planned only, some of those held have no minutes yet."""
        day = date(YEAR, month, self.random.randint(1, 28))
        planned = self.random.random() < 0.05
        made = Activity(type=type, title=f"{type.label}{day:%m%d}", held_on=day, planned=planned, lecturer=lecturer)
        self.activities.append(made)
        self.hosts.append(unit)
        self.complete.append(not planned and self.random.random() < 0.9)
        return made

    def write(self) -> None:
        """All of them with their hosts and occasions."""
        Activity.objects.bulk_create(self.activities, batch_size=2000)
        listed = list(zip(self.activities, self.hosts, self.complete, strict=True))
        _many(ActivityHost(activity=one, unit_id=unit) for one, unit, _ in listed)
        _many(
            Occasion(activity=one, unit_id=unit, type=one.type, held_on=one.held_on, month=YEAR * 12 + one.held_on.month - 1)
            for one, unit, complete in listed if complete
        )


def _many(rows: Iterable[models.Model]) -> None:
    listed = list(rows)
    if listed:
        type(listed[0])._default_manager.bulk_create(listed, batch_size=2000)


def fill(
    federations: Sequence[Unit], committees: Sequence[Unit], persons: dict[int, list[Person]], random: Random
) -> None:
    """Posts, meetings, talks, trainings, excuses, a local rule in three cities, and three campaigns."""
    _posts(committees, persons, random)
    diary = Diary(random)
    _meetings(diary, persons, random)
    _lectures(diary, committees, persons, random)
    trainings = [diary.hold(ActivityType.TRAINING, unit.pk, random.choice(MONTHS)) for unit in federations[1:60]]
    diary.write()
    _presences(diary, trainings, persons, random)
    _many(PackSwitch(unit=unit, pack="quarterly_class", valid_from=date(2021, 9, 1)) for unit in federations[1:300:110])
    _many(
        Excuse(unit_id=unit, rule="life.theme_day", first=date(YEAR, random.choice((2, 3, 6)), 1), reason="装修", given_on=date(YEAR, 6, 5))
        for unit in random.sample(list(persons), min(300, len(persons)))
    )
    _dual(persons, random)
    _campaigns(diary, federations[0], persons, random)


def _posts(committees: Sequence[Unit], persons: dict[int, list[Person]], random: Random) -> None:
    held = [
        Appointment(person=one, unit_id=unit, post=Post.COMMITTEE_MEMBER, valid_from=_SINCE)
        for unit, here in persons.items() if random.random() < 0.4 for one in here[6:9]
    ]
    anybody = [here[9 % len(here)] for here in persons.values()]
    held += [
        Appointment(person=random.choice(anybody), unit=unit, post=Post.SECRETARY, method="elected", valid_from=_SINCE)
        for unit in committees[::2]
    ]
    _many(held)


def _dual(persons: dict[int, list[Person]], random: Random) -> None:
    """A second plate here, a territorial committee there, members who also go to another branch."""
    units = list(persons)
    _many(Plate(organization_id=unit, name="非公企业党建工作指导站", valid_from=_SINCE) for unit in random.sample(units, len(units) // 10))
    _many(TerritorialGuidance(organization_id=unit, body="街道党工委", valid_from=_SINCE) for unit in random.sample(units, len(units) // 5))
    _many(
        Affiliation(person=here[-1], organization_id=random.choice(units), kind=AffiliationKind.DUAL, valid_from=_SINCE)
        for here in list(persons.values())[::10]
    )


def _meetings(diary: Diary, persons: dict[int, list[Person]], random: Random) -> None:
    for unit in persons:
        for month in MONTHS:
            for type, chance in _MONTHLY.items():
                if random.random() < chance:
                    diary.hold(type, unit, month)
        for type, chance in _QUARTERLY.items():
            for first in (1, 4, 7):
                if random.random() < chance:
                    diary.hold(type, unit, first + random.randint(0, 1))
        for type, chance in _YEARLY.items():
            if random.random() < chance:
                diary.hold(type, unit, random.choice(MONTHS))


def _lectures(diary: Diary, committees: Sequence[Unit], persons: dict[int, list[Person]], random: Random) -> None:
    units = [unit.pk for unit in committees]
    secretaries = Appointment.objects.filter(post=Post.SECRETARY, unit__in=units).select_related("person").order_by("unit_id")
    for one in secretaries:
        if random.random() < 0.6:
            diary.hold(ActivityType.PARTY_CLASS, random.choice(list(persons)), random.choice(MONTHS), one.person)


def _presences(diary: Diary, trainings: Sequence[Activity], persons: dict[int, list[Person]], random: Random) -> None:
    rows = []
    for activity, unit in zip(diary.activities, diary.hosts, strict=True):
        if activity.type == ActivityType.TALK:
            rows += [Attendance(activity=activity, person=one, unit_id=unit, state=Presence.PRESENT) for one in persons[unit]]
    secretaries = Appointment.objects.filter(post=Post.SECRETARY).order_by("person_id").values_list("person_id", flat=True)
    rows += [
        Attendance(activity=random.choice(trainings), person_id=one, state=random.choice((Presence.PRESENT, Presence.ABSENT)))
        for one in secretaries.distinct()
    ]
    _many(rows)


def _campaigns(diary: Diary, office: Unit, persons: dict[int, list[Person]], random: Random) -> None:
    asked = (ActivityType.THEME_DAY, ActivityType.PARTY_CLASS, ActivityType.GENERAL_MEETING)
    for place, until in enumerate((None, date(YEAR, 12, 1), date(YEAR, 5, 1))):
        campaign = Campaign.objects.create(
            title=f"主题教育{place}", launched_by=office, valid_from=date(YEAR, 2 + place, 1), valid_to=until
        )
        _many(
            CampaignItem(campaign=campaign, place=n, title=type.label, type=type, needed=1 + n % 2, due_on=date(YEAR, 5 + n, 20))
            for n, type in enumerate(asked)
        )
        items = {item.type: item for item in CampaignItem.objects.filter(campaign=campaign)}
        targets = set(random.sample(list(persons), len(persons) * 2 // 3))
        _many(CampaignTarget(campaign=campaign, unit_id=unit) for unit in sorted(targets))
        chosen = [
            one for one, unit in zip(diary.activities, diary.hosts, strict=True)
            if unit in targets and one.type in items and random.random() < 0.02
        ]
        _many(CampaignShare(activity=one, item=items[random.choice(asked)]) for one in chosen)
