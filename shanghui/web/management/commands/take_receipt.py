"""`take-receipt FILE`: what the upper installation answered to a submission (M46)."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from shanghui.exchange.packages.operations import take_receipt
from shanghui.web.management.commands._base import ChineseCommand, content_of, now


class Command(ChineseCommand):
    """Accepted, or returned with the reason."""

    help = "登记上报回执"

    def arguments(self, parser: ArgumentParser) -> None:
        """FILE."""
        parser.add_argument("file", metavar="FILE")

    def act(self, **options: Any) -> tuple[Any, str, int]:
        """The submission and its state."""
        row = take_receipt(content=content_of(options["file"]), by=None, at=now())
        document = {"package": row.package, "version": row.version, "as_at": row.as_at, "state": row.state, "reason": row.answer}
        return document, f"{row.as_at}第{row.version}版：{row.get_state_display()}。{row.answer}", 0
