"""`records INDICATOR [--on DATE] [--under CODE] [--part numerator|denominator]`: the rows behind a figure (M41)."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from shanghui.indicators.listing import listing
from shanghui.indicators.queries import rows
from shanghui.indicators.registry import registry
from shanghui.web.management.commands._base import ChineseCommand, a_day, scope_under, today, wrong_usage


class Command(ChineseCommand):
    """Lists exactly as many records as the figure says."""

    help = "列出一个数字背后的记录"

    def arguments(self, parser: ArgumentParser) -> None:
        """INDICATOR [--on DATE] [--under CODE] [--part …]."""
        parser.add_argument("indicator")
        parser.add_argument("--on", type=a_day, metavar="DATE", help="截至哪一天，默认今天")
        parser.add_argument("--under", metavar="CODE")
        parser.add_argument("--part", choices=("numerator", "denominator"), default="numerator")

    def act(self, **options: Any) -> tuple[Any, str, int]:
        """The records, one object each, with the columns of their list page."""
        indicator = registry.get(options["indicator"])
        if indicator is None:
            wrong_usage(f"没有指标“{options['indicator']}”。用 indicators 命令看有哪些。")
        day = options["on"] or today()
        scope = scope_under(options["under"], day)
        shown = listing(indicator.population, rows(indicator, scope, day, options["part"]), scope, day)
        listed = [{"id": row.pk, **{column.key: column.text(row) for column in shown.columns}} for row in shown.rows]
        lines = ["\t".join(str(value) for value in one.values()) for one in listed]
        return listed, "\n".join(lines), 0
