"""All duties of a nation as at a day against one hand-written statement, and what a meeting and a page of the calendar ask."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from datetime import datetime, time
from statistics import median
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import get_current_timezone

from bench.duties_sql import Statement
from bench.rounds import Measured, Noted, interleaved, timed
from shanghui.access.models import Unit
from shanghui.access.scope import Scope, whole
from shanghui.ledger.activities.models import ActivityType
from shanghui.ledger.activities.operations import record_activity
from shanghui.rules.matrix import rows
from shanghui.rules.months import Window
from shanghui.rules.standing import standing
from shanghui.rules.states import State
from shanghui.rules.verdicts import Assessment, Line, assess
from shanghui.web.demonstration.large.nation import DAY, FIRST_YEAR, LAST_YEAR, Nation

WINDOW = Window(FIRST_YEAR, LAST_YEAR)
THIS_YEAR = Window(DAY.year, DAY.year)
THEME_DAY = "life.theme_day"
Told = tuple[int, str, int, int, int, int, int]


def by_hand() -> list[Told]:
    """The rows of the statement."""
    with connection.cursor() as cursor:
        cursor.execute(Statement(connection.vendor, DAY, WINDOW).text)
        found: list[Told] = cursor.fetchall()
        return found


def ours() -> Assessment:
    """The verdicts as the platform tells them."""
    return assess(whole(DAY), DAY, WINDOW)


def compare() -> tuple[int, int]:
    """Asserts that both tell the same of every organization, duty and period; returns how many lines and how many periods."""
    said = {_told(line) for line in ours().told}
    rows = by_hand()
    assert len(said) == len(rows), (len(said), len(rows))
    for row in rows:
        assert tuple(row) in said, row
    return len(rows), sum(mask.bit_count() for row in rows for mask in row[2:])


def _told(line: Line) -> Told:
    return line.roll.unit, line.duty.code, line.done, line.due, line.overdue, line.excused, line.unknown


def _peak(work: Callable[[], Any]) -> float:
    """Megabytes of Python objects while it runs, its result included."""
    tracemalloc.start()
    kept = work()
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    del kept
    return peak


def _asking(work: Callable[[], Any]) -> tuple[float, int, Any]:
    """Seconds, questions to the database, and what it gave."""
    with CaptureQueriesContext(connection) as queries:
        result = work()
    return timed(work)[0], len(queries), result


def measure(nation: Nation, rounds: int) -> list[Measured | Noted]:
    """Both sides have been found equal before they are timed."""
    lines, periods = compare()
    times = interleaved({"hand": by_hand, "ours": ours}, rounds)
    kind = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connection.vendor]
    size = f"{len(nation.branches)} 个党组织、{nation.activities} 次活动，{lines} 行、{periods} 个期间的判定与手写 SQL 相同"
    return [
        Measured(f"全国全部应开事项（{kind}）", times["ours"], times["hand"], 1, size),
        Noted("内存峰值", f"{_peak(ours):.0f} MB（其中结果 {lines} 行）"),
        _standing(),
        *_page(nation),
        *_meetings(nation),
    ]


def _standing() -> Noted:
    seconds, asked, found = _asking(lambda: standing(whole(DAY), DAY))
    return Noted("全国任期、班子等情况", f"{seconds:.2f} s，{asked} 次查询，{len(found)} 条")


def _page(nation: Nation) -> list[Noted]:
    """The cells of the calendar of one city, and the same of one branch: as many questions."""
    found = []
    for name, root in (("一个市", nation.city), ("一个支部", _some_branches(nation)[0])):
        def page(root: int = root) -> list[Any]:
            year = assess(Scope(roots=(root,), day=DAY), DAY, THIS_YEAR, planned=True)
            return [row.cells(THIS_YEAR, DAY) for row in rows(year.lines)]

        seconds, asked, cells = _asking(page)
        found.append(Noted(f"日历：{name}", f"{len(cells)} 个党组织 × 12 个月，{1000 * seconds:.0f} ms，{asked} 次查询"))
    return found


def _some_branches(nation: Nation) -> list[int]:
    """Branches of the city in which this month's theme day is still to be held."""
    year = assess(Scope(roots=(nation.city,), day=DAY), DAY, THIS_YEAR, [THEME_DAY])
    this_month = 1 << THIS_YEAR.place(DAY)
    return [line.roll.unit for line in year.lines if line.due & this_month]


def _meetings(nation: Nation) -> list[Noted]:
    """One meeting recorded, and the verdict read again in the same request; both for several branches."""
    at, written, read = datetime.combine(DAY, time(18), get_current_timezone()), [], []
    this_month, writes, reads = 1 << THIS_YEAR.place(DAY), 0, 0
    for unit in Unit.objects.filter(pk__in=_some_branches(nation)[:20]):
        def record(unit: Unit = unit) -> Any:
            return record_activity(
                type=ActivityType.THEME_DAY, held_on=DAY, title="主题党日", hosts=[unit], by=None, at=at, minutes="学习。", present=8
            )

        with CaptureQueriesContext(connection) as queries:
            written.append(timed(record)[0])
        writes = len(queries)
        seconds, reads, year = _asking(lambda unit=unit: assess(Scope(roots=(unit.pk,), day=DAY), DAY, THIS_YEAR))
        read.append(seconds)
        line = next(one for one in year.lines if one.duty.code == THEME_DAY and one.roll.unit == unit.pk)
        assert dict(line.masks())[State.DONE] & this_month
    return [Noted("登记一次会议", f"{1000 * median(written):.1f} ms，{writes} 次查询；再问该支部全年判定 {1000 * median(read):.1f} ms，{reads} 次查询")]
