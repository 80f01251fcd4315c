"""`exchange-card --under CODE --out FILE`: the card by which other installations know this one (M46)."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from shanghui.exchange.packages.keys import fingerprint
from shanghui.exchange.packages.operations import card_of
from shanghui.web.management.commands._base import ChineseCommand, federation, put


class Command(ChineseCommand):
    """Writes the public keys with name and code; the private ones never leave the data folder."""

    help = "导出本单位名片"

    def arguments(self, parser: ArgumentParser) -> None:
        """--under CODE --out FILE."""
        parser.add_argument("--under", required=True, metavar="CODE", help="以哪个工商联的名义")
        parser.add_argument("--out", required=True, metavar="FILE")

    def act(self, **options: Any) -> tuple[Any, str, int]:
        """The card and its fingerprint."""
        card = card_of(federation(options["under"]))
        put(options["out"], json.dumps(card.document(), ensure_ascii=False, indent=1).encode())
        digits = fingerprint(card.signing)
        return card.document() | {"fingerprint": digits, "file": options["out"]}, f"名片已写入“{options['out']}”，指纹 {digits}。", 0
