"""Where each step of a case stands as at a day, by when it is due and with which article. Nothing here asks the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from shanghui.access.models import Unit
from shanghui.cases.file import File
from shanghui.cases.models import StepRecord
from shanghui.cases.registry import DELAYED, EXAMINATION, PROBATION, TERM, Limit, Step
from shanghui.cases.spans import next_examination, probation_ends
from shanghui.kernel.periods import months_later
from shanghui.rules.registry import Norm, norm_on


class Standing(StrEnum):
    """Where a step stands: it can be done now, must wait for others, is done, was skipped."""

    READY = "ready"
    WAITING = "waiting"
    DONE = "done"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Place:
    """A step of a case. `due`: the last day; `earliest`: the first lawful day; `waits_for`: titles of the steps still missing.
    `late`: it was done, or still is not, after its last day.
    """

    step: Step
    standing: Standing
    record: StepRecord | None = None
    due: date | None = None
    earliest: date | None = None
    norm: Norm | None = None
    waits_for: tuple[str, ...] = ()
    returned: tuple[StepRecord, ...] = ()
    late: bool = False

    @property
    def is_settled(self) -> bool:
        """Done or skipped."""
        return self.standing in (Standing.DONE, Standing.SKIPPED)


@dataclass(frozen=True)
class Next:
    """What is to be done next in an open case."""

    file: File
    place: Place

    @property
    def subject(self) -> Unit:
        """The party organization or the lead chamber that the case is about; its office where it is about neither. A case about a
        person names nobody here."""
        case = self.file.case
        if case.organization is not None:
            return case.organization.unit
        return self.file.chambers[0].unit if self.file.chambers else case.office

    @property
    def due(self) -> date | None:
        """The last day."""
        return self.place.due


def places(file: File) -> list[Place]:
    """The steps that apply to a case, in their order."""
    applying = [step for step in file.kind.steps if step.applies(file)]
    titles = {step.code: step.title for step in applying}
    return [_place(file, step, titles) for step in applying]


def place_of(file: File, code: str) -> Place | None:
    """One step of a case; None when it has no such step."""
    return next((one for one in places(file) if one.step.code == code), None)


def next_places(file: File) -> list[Place]:
    """The steps that can be done now, those due first."""
    ready = [one for one in places(file) if one.standing is Standing.READY]
    return sorted(ready, key=lambda one: (one.due or date.max, one.step.code)) if file.is_open else []


def last_open(file: File, code: str) -> bool:
    """Whether every other step is settled: doing this one ends the case."""
    return all(one.is_settled or one.step.code == code for one in places(file))


def following(file: File, code: str) -> list[str]:
    """The codes of the steps that rest on a step, itself included: what returning it takes back."""
    found = [code]
    for step in file.kind.steps:
        if set(step.after) & set(found) or step.approves in found:
            found.append(step.code)
    return found


@dataclass(frozen=True)
class Pair:
    """What both tracks do at the same time (M05): the days on which each did; `skipped`: the chamber's step was left out."""

    word: str
    chamber: date | None
    party: date | None
    skipped: bool = False

    @property
    def apart(self) -> str:
        """How far they lie apart, and who came later; "" while neither is done."""
        if self.chamber and self.party:
            days = (self.party - self.chamber).days
            return f"{'党组织' if days > 0 else '商会'}晚 {abs(days)} 天" if days else "同一天"
        if self.skipped:
            return "商会的略过"
        return "只有一边" if self.chamber or self.party else ""


def pairs(file: File) -> list[Pair]:
    """The steps of the two tracks side by side; none where no chamber is founded or re-elected."""
    if not file.moving:
        return []
    return [
        Pair(word, file.on(chamber), file.on(party), chamber in file.done and file.on(chamber) is None)
        for word, chamber, party in file.kind.pairs
    ]


def _place(file: File, step: Step, titles: dict[str, str]) -> Place:
    record = file.done.get(step.code)
    waits = tuple(titles[code] for code in step.after if code in titles and code not in file.done)
    due, norm = _day(file, step.latest)
    earliest, floor = _day(file, step.earliest)
    standing = Standing.WAITING if waits else Standing.READY
    if record is not None:
        standing = Standing.SKIPPED if record.skipped else Standing.DONE
    measured = record.on if record is not None else file.day
    late = due is not None and measured > due and not (record is not None and record.skipped)
    cited = norm or floor or (norm_on(step.norm, measured) if step.norm else None)
    returned = tuple(one for one in file.returned if one.step == step.code)
    return Place(step, standing, record, due, earliest, cited, waits, returned, late and (file.is_open or record is not None))


def _day(file: File, limit: Limit | None) -> tuple[date | None, Norm | None]:
    """The day a limit falls on, with its norm in the version of the day it counts from; None while that day is not known."""
    if limit is None:
        return None, None
    return _counted(limit, _start(file, limit.of))


def latest_day(file: File, step: Step) -> date | None:
    """The last day of a step; None where it has none, or while that day is not known."""
    return _day(file, step.latest)[0]


@lru_cache(maxsize=65_536)
def _counted(limit: Limit, start: date | None) -> tuple[date | None, Norm | None]:
    norm = norm_on(limit.norm, start) if start else None
    if start is None or norm is None or not limit.name:
        return (start if norm else None), norm
    if limit.name not in norm.limits:
        return None, norm
    count = norm.limits[limit.name] * (-1 if limit.before else 1)
    return (start + timedelta(days=count) if limit.name.endswith("days") else months_later(start, count)), norm


def _start(file: File, of: str) -> date | None:
    """The day that a limit counts from."""
    if of == TERM:
        return file.due_by
    if of == DELAYED:
        return file.until or file.due_by
    if of == EXAMINATION:
        return next_examination(file)
    if of == PROBATION:
        return probation_ends(file)
    return file.on(of) if of else file.case.opened_on
