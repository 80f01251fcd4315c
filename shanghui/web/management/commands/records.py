"""`records INDICATOR [--on DATE] [--under CODE] [--part numerator|denominator] [--full --reason TEXT]`: the rows behind a figure (M41).

Of people it tells what an editor of the office sees: numbers masked. In full they are shown for a reason, and noted with each person.
"""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from shanghui.indicators.listing import listing
from shanghui.indicators.queries import rows
from shanghui.indicators.registry import registry
from shanghui.kernel.columns import Column
from shanghui.ledger.people.models import Person
from shanghui.ledger.people.operations import SEALED, reveal_all
from shanghui.ledger.people.privacy import Level, Viewer, sight_of
from shanghui.web.kit.sights import in_sight
from shanghui.web.management.commands._base import ChineseCommand, a_day, now, scope_under, today, wrong_usage

SIGHT = sight_of([Viewer.EDITOR])


class Command(ChineseCommand):
    """Lists exactly as many records as the figure says."""

    help = "列出一个数字背后的记录"

    def arguments(self, parser: ArgumentParser) -> None:
        """INDICATOR [--on DATE] [--under CODE] [--part …]."""
        parser.add_argument("indicator")
        parser.add_argument("--on", type=a_day, metavar="DATE", help="截至哪一天，默认今天")
        parser.add_argument("--under", metavar="CODE")
        parser.add_argument("--part", choices=("numerator", "denominator"), default="numerator")
        parser.add_argument("--full", action="store_true", help="完整显示证件号、电话；要写明原因，记入每个人的查看记录")
        parser.add_argument("--reason", default="", help="为什么要看完整号码")

    def act(self, **options: Any) -> tuple[Any, str, int]:
        """The records, one object each, with the columns of their list page."""
        indicator = registry.get(options["indicator"])
        if indicator is None:
            wrong_usage(f"没有指标“{options['indicator']}”。用 indicators 命令看有哪些。")
        day = options["on"] or today()
        scope = scope_under(options["under"], day)
        shown = listing(indicator.population, rows(indicator, scope, day, options["part"]), scope, day)
        columns, found = in_sight(shown.columns, SIGHT), list(shown.rows)
        if options["full"]:
            columns = _in_full(columns, found, options["reason"])
        listed = [{"id": row.pk, **{column.key: column.text(row) for column in columns}} for row in found]
        lines = ["\t".join(str(value) for value in one.values()) for one in listed]
        return listed, "\n".join(lines), 0


def _in_full(columns: Sequence[Column], found: Sequence[Any], reason: str) -> list[Column]:
    """The columns with whole numbers; that they were shown is noted first."""
    fields = [one.about for one in columns if one.masked and one.about in SEALED and SIGHT.level(one.about) >= Level.ASKED]
    people = [row for row in found if isinstance(row, Person)]
    if not reason.strip():
        wrong_usage("完整显示号码要写明原因：--full --reason 原因。")
    if not fields or len(people) < len(found):
        wrong_usage("这些记录里没有遮盖的号码，不用加 --full。")
    reveal_all(people=people, fields=fields, reason=reason, by=None, at=now())
    return [replace(one, value=_whole(one.about)) if one.about in fields else one for one in columns]


def _whole(field: str) -> Callable[[Any], str]:
    return lambda row: str(getattr(row, field))
