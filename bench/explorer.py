"""The explorer's biggest question against one hand-written statement a month: sixty figures, every federation, twenty-four months."""

from __future__ import annotations

from datetime import date

from bench import matrix as whole_table
from bench.rounds import Measured, interleaved
from shanghui.access.models import Unit, UnitKind
from shanghui.access.scope import Scope, whole
from shanghui.indicators.queries import matrix
from shanghui.indicators.registry import registry
from shanghui.web.explorer.asked import Asked, Level
from shanghui.web.explorer.counting import numbers
from shanghui.web.explorer.dates import When, days_of
from shanghui.web.explorer.places import Below, Place, below_on

FIGURES, MONTHS = 60, 24


def measure(top: Unit, day: date, rounds: int) -> list[Measured]:
    """Both ways, after three of the months have been found equal."""
    codes = whole_table.written_by_hand(day)[:FIGURES]
    days, _ = days_of(When.MONTHS, date(day.year - 2, day.month + 1, 1), day)
    assert len(days) == MONTHS, days
    chosen = tuple(one for one in registry if one.code in codes)
    asked = Asked(chosen, Level.ALL, When.MONTHS, days[0], day, days, "")
    scope = whole(day).under(top)
    federations = [Place(name, unit) for unit, name in Unit.objects.filter(kind=UnitKind.FEDERATION).values_list("pk", "name")]
    for one in (days[0], days[MONTHS // 2], days[-1]):
        whole_table.compare(one, matrix(whole(one), one, codes), whole_table.by_hand(one, codes), codes)
    times = interleaved({
        "hand": lambda: [whole_table.by_hand(one, codes) for one in days],
        "counted": lambda: _counted(asked, scope),
        "told": lambda: _told(asked, scope, federations),
    }, rounds)
    note = f"{len(codes)} 项指标 × {len(federations)} 个工商联 × {MONTHS} 个月末；先断言其中三个月两边相同"
    return [
        Measured("指标查询：全部节点的数算出", times["counted"], times["hand"], None, note),
        Measured("连每个数都读出、组成值和文字", times["told"], times["hand"], None, f"{len(codes) * len(federations) * MONTHS} 个数"),
    ]


def _counted(asked: Asked, scope: Scope) -> None:
    below: dict[date, Below] = below_on(scope, asked.days)
    numbers(asked, scope, below)


def _told(asked: Asked, scope: Scope, places: list[Place]) -> int:
    counted = numbers(asked, scope, below_on(scope, asked.days))
    found = [counted(place, indicator, day) for day in asked.days for place in places for indicator in asked.indicators]
    return len(found)
