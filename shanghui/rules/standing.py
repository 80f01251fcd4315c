"""Rules about how things stand on a day: terms, committees, sizes, charters. They yield what they found, and nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from shanghui.access.models import Axis, Reach
from shanghui.access.scope import Scope
from shanghui.kernel.collecting import collecting_later
from shanghui.kernel.registry import Registry
from shanghui.rules.models import Excuse, PackSwitch
from shanghui.rules.picture import Picture
from shanghui.rules.registry import Norm, norm_on
from shanghui.rules.states import State


@dataclass(frozen=True, slots=True)
class Stand:
    """How a unit stands under one rule. `first`: the day that names it, the same as long as it is so (the day a term ends,
    the day since which it is so; where nobody knows, the first day the unit was there). `due`: by when to act, where there is
    such a day; what ought to be so already is due on the day asked about. `unit` may be a chamber or a party organization."""

    unit: int
    name: str
    state: State
    first: date
    message: str
    due: date | None = None


Question = Callable[[Picture], Iterable[Stand]]


@dataclass(frozen=True)
class Check:
    """A rule about how things stand. `pack`: local rules it belongs to, if any."""

    code: str
    title: str
    norm: str
    ask: Question
    sentence: str
    concerns: str
    settled_by: str
    pack: str = ""

    def norm_on(self, day: date) -> Norm | None:
        """Its norm in the version in force on the day."""
        return norm_on(self.norm, day)


registry: Registry[Check] = Registry("shanghui.rules.checks")


def check(
    code: str, title: str, *, norm: str, concerns: str, settled_by: str, pack: str = ""
) -> Callable[[Question], Question]:
    """Declares a rule over a function from the picture of a day to how each stands; the docstring is the sentence the office reads.

    A constant number of questions, whatever the scope. `concerns`: of whom it is asked; `settled_by`: what to enter or do.
    A rule of a pack is asked only of units below one that has switched it on: it adds, and never takes away.
    """

    def declare(ask: Question) -> Question:
        sentence = " ".join((ask.__doc__ or "").split())
        registry.add(code, Check(code, title, norm, ask, sentence, concerns, settled_by, pack))
        return ask

    return declare


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a unit stands, with the rule that says so, as at a day."""

    check: Check
    stand: Stand
    norm: Norm | None

    @property
    def article(self) -> str:
        """«《支部工作条例》第二十一条»."""
        return self.norm.source if self.norm else ""


def standing(scope: Scope, day: date, codes: Collection[str] | None = None) -> list[Verdict]:
    """How every unit within the scope stands under every rule in force on the day; what the upper level excused is so told."""
    with collecting_later():
        return list(_standing(Picture(scope, day), codes))


def _standing(picture: Picture, codes: Collection[str] | None) -> Iterator[Verdict]:
    excused, switched_on = _excuses(picture), _switched_on(picture.day)
    for one in registry:
        norm = one.norm_on(picture.day)
        if norm is None or (codes is not None and one.code not in codes) or (one.pack and one.pack not in switched_on):
            continue
        for stand in one.ask(picture):
            if not one.pack or stand.unit in switched_on[one.pack]:
                yield Verdict(one, _excused(one, stand, excused, picture.day), norm)


def _switched_on(day: date) -> dict[str, set[int]]:
    """By pack of local rules the units that have, or stand below one that has, switched it on. One question, two where one is on."""
    packs: dict[int, list[str]] = defaultdict(list)
    for unit, pack in PackSwitch.objects.on(day).values_list("unit_id", "pack"):
        packs[unit].append(pack)
    found: dict[str, set[int]] = defaultdict(set)
    if packs:
        below = Reach.objects.on(day).filter(above_id__in=list(packs), axis__in=(Axis.SUPERVISION, Axis.PARTY)).order_by()
        for above, unit in below.values_list("above_id", "below_id").distinct():
            for pack in packs[above]:
                found[pack].add(unit)
    return found


def _excuses(picture: Picture) -> dict[tuple[int, str, date], date | None]:
    """What the upper level has excused by the day, with the day to which a delay was agreed."""
    seen = Q(unit_id__in=picture.rows.values("pk")) | Q(unit_id__in=picture.chambers.order_by().values("pk"))
    given = Excuse.objects.filter(seen, given_on__lte=picture.day, rule__in=[one.code for one in registry])
    return {(unit, rule, first): until for unit, rule, first, until in given.values_list("unit_id", "rule", "first", "until")}


def _excused(check: Check, stand: Stand, excused: dict[tuple[int, str, date], date | None], day: date) -> Stand:
    key = (stand.unit, check.code, stand.first)
    if stand.state not in (State.DUE, State.OVERDUE) or key not in excused:
        return stand
    until = excused[key]
    if until is not None and until < day:
        return stand
    words = f"上级已同意{f'延到 {until}' if until else '免除'}。"
    return Stand(stand.unit, stand.name, State.EXCUSED, stand.first, f"{stand.message}{words}", until or stand.due)
