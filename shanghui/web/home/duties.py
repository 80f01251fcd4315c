"""Duties in the to-do: those of one's own branch each by itself, those of the branches below together (M42)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from shanghui.access.acts import Act
from shanghui.access.models import Role
from shanghui.kernel.periods import months_later
from shanghui.ledger.activities.queries import without_records
from shanghui.rules.duties import Duty, Roll
from shanghui.rules.months import Window, places
from shanghui.rules.pending import Explained, Pending, pending_duties
from shanghui.rules.states import State
from shanghui.rules.verdicts import Slot
from shanghui.web.home import articles
from shanghui.web.home.missed import ASKED, parts, said_of, short_period, told
from shanghui.web.home.todo import Item
from shanghui.web.home.unrecorded import begun, unrecorded
from shanghui.web.kit.links import address
from shanghui.web.kit.visits import Visit

DAYS = 30
"""What is due later than so many days is no task yet."""
LAST_YEAR_MONTHS = 3
"""So long into a new year what was missed in the old one is still told."""
NAMED = 3


def window_of(today: date) -> Window:
    """This year, and in its first months the last one too."""
    return Window(months_later(today, -LAST_YEAR_MONTHS).year, today.year)


def own_units(visit: Visit) -> set[int]:
    """The units one is the secretary of: their duties are one's own."""
    return {seat.unit_id for seat in visit.seats if seat.role == Role.SECRETARY}


def duties_due(visit: Visit, settled: Explained) -> Iterator[Item]:
    """What is overdue, or due within 30 days."""
    own = own_units(visit)
    scope = visit.scope_today(Act.DUTY_VIEW)
    everything, bare = pending_duties(scope, visit.today, window_of(visit.today), settled), set(without_records(scope, visit.today))
    yield from unrecorded(everything, bare, own, visit)
    found = begun(everything, bare)
    for one in found:
        if one.roll.unit in own:
            yield from _own(one, visit, len(own) > 1)
    for group in gathered(one for one in found if one.roll.unit not in own):
        yield from _together(group, visit)


def is_near(last: date, today: date) -> bool:
    """Whether a period that ends then is a task today."""
    return last <= today + timedelta(days=DAYS)


def _own(one: Pending, visit: Visit, several: bool) -> Iterator[Item]:
    """What was missed in one item, each period that is due now in one of its own."""
    slots = list(one.slots())
    missed = [slot for slot in slots if slot.state is State.OVERDUE]
    if missed:
        yield _item(missed, told(missed, visit.today), ASKED, visit, several)
    for slot in slots:
        if slot.state is State.DUE and is_near(slot.last, visit.today):
            period = short_period(slot.first, slot.duty.every, visit.today)
            yield _item([slot], f"{period}的{slot.duty.title}还没有记录", slot.duty.sentence, visit, several)


def _item(slots: Sequence[Slot], title: str, text: str, visit: Visit, several: bool) -> Item:
    slot = slots[0]
    url, verb = record_url(slot, visit), "记一次"
    if not url:
        url, verb = address("organization", organization=slot.unit), "去看"
    return Item(
        "duty", slot.last, f"{slot.name}：{title}" if several else title, text, url, verb, articles.of_norm(slot.norm),
        number=len(slots), parts=parts(slots, visit.today),
    )


def record_url(slot: Slot, visit: Visit) -> str:
    """Where the meeting is recorded, filled in as far as the duty says; "" for whoever may not."""
    return record_url_of(slot.unit, slot.duty.types[0].value if slot.duty.types else "", visit)


def record_url_of(unit: int, kind: str, visit: Visit) -> str:
    """Where an activity of a unit is recorded; "" for whoever may not."""
    if not visit.may(Act.ACTIVITY_CHANGE):
        return ""
    return address("record", f"?unit={unit}{f'&type={kind}' if kind else ''}")


def list_url(duty: Duty, state: State, first: date) -> str:
    """The slots behind a collected item, in the year of the period that is told."""
    return address("calendar-slots", f"?duty={duty.code}&state={state.value}&year={first.year}")


@dataclass
class Group:
    """One duty of many organizations: in which periods it is open at how many."""

    duty: Duty
    window: Window
    overdue: dict[int, list[Roll]] = field(default_factory=lambda: defaultdict(list))
    due: dict[int, list[Roll]] = field(default_factory=lambda: defaultdict(list))


def gathered(found: Iterable[Pending]) -> list[Group]:
    """By duty, in the order of the rules."""
    groups: dict[str, Group] = {}
    for one in found:
        group = groups.setdefault(one.duty.code, Group(one.duty, one.window))
        for place in places(one.overdue):
            group.overdue[place].append(one.roll)
        for place in places(one.due):
            group.due[place].append(one.roll)
    return [groups[code] for code in sorted(groups)]


def _together(group: Group, visit: Visit) -> Iterator[Item]:
    duty, window = group.duty, group.window
    if group.overdue:
        first, number = window.first_day(min(group.overdue)), sum(map(len, group.overdue.values()))
        yield Item(
            "duty", window.last_day(min(group.overdue), duty.every), missed(group, visit.today), _who(rolls_of(group.overdue.values())),
            list_url(duty, State.OVERDUE, first), "看名单", articles.of_norm(duty.norm_on(first)), number=number,
        )
    for place, rolls in sorted(group.due.items()):
        first, last = window.first_day(place), window.last_day(place, duty.every)
        if is_near(last, visit.today):
            period = short_period(first, duty.every, visit.today)
            yield Item(
                "duty", last, f"{how_many(rolls)}{period}还没有{duty.title}的记录", _who(rolls), list_url(duty, State.DUE, first), "看名单",
                articles.of_norm(duty.norm_on(first)), number=len(rolls),
            )


def missed(group: Group, today: date) -> str:
    """«9 个支部6月没有支委会的记录»; several periods: «29 个支部1月至6月缺 96 次支委会的记录»."""
    duty, window = group.duty, group.window
    many = how_many(rolls_of(group.overdue.values()))
    first, last = (short_period(window.first_day(place), duty.every, today) for place in (min(group.overdue), max(group.overdue)))
    return f"{many}{said_of(duty.title, first, last, sum(map(len, group.overdue.values())))}"


def rolls_of(lists: Iterable[list[Roll]]) -> list[Roll]:
    """Each organization once, by name."""
    found = {roll.unit: roll for rolls in lists for roll in rolls}
    return sorted(found.values(), key=lambda roll: (roll.name, roll.unit))


def how_many(rolls: list[Roll]) -> str:
    """«9 个支部», «9 个党组织» when others are among them; one by its name, followed by what is said of it."""
    if len(rolls) == 1:
        return f"{rolls[0].name}"
    return f"{len(rolls)} 个{'支部' if all(roll.is_branch for roll in rolls) else '党组织'} "


def _who(rolls: list[Roll]) -> str:
    names = "、".join(roll.name for roll in rolls[:NAMED])
    return f"{names}等" if len(rolls) > NAMED else names
