"""How things stand, in the to-do: terms, committees, vacancies, from the rules; many of one kind are told as one (M08, M42)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date

from shanghui.access.acts import Act
from shanghui.access.models import Unit, UnitKind
from shanghui.rules.operations import TERM
from shanghui.rules.pending import Explained, pending_standing
from shanghui.rules.standing import Check, Verdict
from shanghui.rules.states import State
from shanghui.web.cases.starting import Start, starts
from shanghui.web.home import articles
from shanghui.web.home.duties import NAMED, own_units
from shanghui.web.home.todo import Item
from shanghui.web.kit.days import table_day
from shanghui.web.kit.links import address
from shanghui.web.kit.visits import Visit

ALONE = 5
"""So many of a kind stand alone; more are told as one."""
SAID = {
    (TERM, State.OVERDUE): "任期已满，还没有换届",
    (TERM, State.DUE): "任期将满，进入换届提醒期",
    ("term.chamber", State.DUE): "商会任期将满",
}
"""What is said after the name; for other rules their title."""
PUBLICITY = "dues.publication"
LETTERS = {"transfer.letter_out": "out", "transfer.letter_in": "in"}
"""Rules about letters, which stand in a list of their own."""


def standing_due(visit: Visit, settled: Explained) -> Iterator[Item]:
    """What is overdue or due by the rules on how things stand."""
    found = pending_standing(visit.scope_today(Act.DUTY_VIEW), visit.today, settled)
    own = own_units(visit)
    groups: dict[tuple[str, State], list[Verdict]] = defaultdict(list)
    for verdict in found:
        groups[verdict.check.code, verdict.stand.state].append(verdict)
    alone = [
        one for group in groups.values() for one in group if len(group) <= ALONE or one.stand.unit in own
    ]
    kinds = dict(Unit.objects.filter(pk__in={one.stand.unit for one in alone}).values_list("pk", "kind")) if alone else {}
    electing = starts(visit, [one.stand.unit for one in alone if one.check.code == TERM])
    yield from (_alone(one, kinds[one.stand.unit], electing.get(one.stand.unit), visit.today, own) for one in alone)
    for group in groups.values():
        others = [one for one in group if one.stand.unit not in own]
        if len(group) > ALONE and others:
            yield _together(others, visit.today)


def due_of(one: Verdict, today: date) -> date | None:
    """By when. What is not as it should be and has no day of its own can be begun at once: it is never told as overdue."""
    if one.stand.state is State.OVERDUE and one.stand.due is not None and one.stand.due >= today:
        return None
    return one.stand.due


def said_of(check: Check, state: State) -> str:
    """What the rule says, to be put after a name."""
    return SAID.get((check.code, state), f"：{check.title}")


def kind_of(check: Check) -> str:
    """Among which of the to-do's kinds it stands."""
    return next((kind for kind in ("term", "transfer") if check.code.startswith(f"{kind}.")), "standing")


def page_of(unit: int, kind: str) -> str:
    """The page of a chamber or a party organization."""
    return address("chamber", chamber=unit) if kind == UnitKind.CHAMBER else address("organization", organization=unit)


def _alone(one: Verdict, unit_kind: str, election: Start | None, today: date, own: Collection[int]) -> Item:
    """`election`: where 换届 begins or goes on, for who may work on it. `own`: the branches the visitor is secretary of."""
    stand, article = one.stand, articles.of_norm(one.norm)
    title = f"{stand.name}{said_of(one.check, stand.state)}"
    if one.check.code == PUBLICITY and stand.unit in own:
        year = f"?year={stand.first.year}"
        return Item("standing", due_of(one, today), title, stand.message, address("dues-published", year, organization=stand.unit), "去公布", article)
    if one.check.code != TERM or stand.due is None:
        where = list_of(one.check, stand.state) if one.check.code in LETTERS else page_of(stand.unit, unit_kind)
        return Item(kind_of(one.check), due_of(one, today), title, stand.message, where, "去看", article)
    url, word = (election.url, election.word) if election else (page_of(stand.unit, unit_kind), "去看")
    return Item("term", stand.due, title, f"任期到 {table_day(stand.due)}", url, word, article)


def _together(group: list[Verdict], today: date) -> Item:
    """The earliest first, so that the day of the item is the most urgent one."""
    group = sorted(group, key=lambda one: (due_of(one, today) or date.max, one.stand.name))
    check, state = group[0].check, group[0].stand.state
    names = "、".join(one.stand.name for one in group[:NAMED])
    first = due_of(group[0], today)
    text = f"{names}等；最早的到 {table_day(first)}" if first else f"{names}等"
    word = "个党组织" if check.code == TERM else "个单位"
    return Item(
        kind_of(check), first, f"{len(group)} {word}{said_of(check, state)}", text, list_of(check, state), "逐个看",
        articles.of_norm(group[0].norm), number=len(group),
    )


def list_of(check: Check, state: State) -> str:
    """The list behind a collected item."""
    if check.code in LETTERS:
        return address("transfers", f"?state=sent&direction={LETTERS[check.code]}&sort=due_on")
    if check.code == TERM:
        return address("organizations", f"?term={'overdue' if state is State.OVERDUE else 'soon'}&sort=due_on")
    return address("findings", f"?rule={check.code}")
