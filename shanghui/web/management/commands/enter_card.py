"""`enter-card FILE [--reports-for CODE]`: another installation by its card: one that reports to us, or that we report to (M46)."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from shanghui.exchange.packages.keys import fingerprint, read_card
from shanghui.exchange.packages.operations import enter_card
from shanghui.web.management.commands._base import ChineseCommand, content_of, federation, now, today


class Command(ChineseCommand):
    """Without --reports-for the card is that of an upper installation."""

    help = "登记往来单位的名片"

    def arguments(self, parser: ArgumentParser) -> None:
        """FILE [--reports-for CODE]."""
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--reports-for", metavar="CODE", help="它代表本平台的哪个工商联上报；不写就是我们报送的上级")

    def act(self, **options: Any) -> tuple[Any, str, int]:
        """Who was entered, with the fingerprint to compare."""
        card = read_card(content_of(options["file"]))
        unit = federation(options["reports_for"]) if options["reports_for"] else None
        made = enter_card(card=card, unit=unit, by=None, at=now(), on=today())
        digits = fingerprint(card.signing)
        return {"id": made.pk, "name": made.name, "fingerprint": digits}, f"已登记“{made.name}”。请打电话核对指纹：{digits}", 0
