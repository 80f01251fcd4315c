"""`refresh-findings [--under CODE]`: compares the findings with the facts of today; for cron, once a night."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from shanghui.rules.findings import refresh
from shanghui.web.management.commands._base import ChineseCommand, scope_under, today


class Command(ChineseCommand):
    """Safe to repeat: a second run on one day moves nothing."""

    help = "按今天的台账核对提醒事项：逾期的列出，补上的转为已解决"

    def arguments(self, parser: ArgumentParser) -> None:
        """[--under CODE]."""
        parser.add_argument("--under", metavar="CODE")

    def act(self, **options: Any) -> tuple[Any, str, int]:
        """How many moved."""
        moved = refresh(scope_under(options["under"], today()), today())
        return asdict(moved), f"新列出 {moved.opened} 项，重新出现 {moved.reopened} 项，已解决 {moved.fixed} 项。", 0
