"""`receive-package FILE [--accept | --return REASON] [--receipt FILE]`: a package is verified, kept, and answered when asked (M46)."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from shanghui.exchange.packages.operations import answer_package, receipt_of, take_package
from shanghui.exchange.packages.queries import differences
from shanghui.web.management.commands._base import ChineseCommand, now, today, wrong_usage


class Command(ChineseCommand):
    """Prints what is different from the last accepted package and from our own ledger."""

    help = "接收上报数据包"

    def arguments(self, parser: ArgumentParser) -> None:
        """FILE and the answer."""
        parser.add_argument("file", metavar="FILE")
        answer = parser.add_mutually_exclusive_group()
        answer.add_argument("--accept", action="store_true", help="接收")
        answer.add_argument("--return", dest="reason", metavar="REASON", help="退回，写明原因")
        parser.add_argument("--receipt", metavar="FILE", help="回执写到哪个文件")

    def act(self, **options: Any) -> tuple[Any, str, int]:
        """Who sent what, every figure that differs, the state."""
        answers = options["accept"] or options["reason"] is not None
        if options["receipt"] and not answers:
            wrong_usage("要写回执，请同时写 --accept 或 --return。")
        got = take_package(content=Path(options["file"]).read_bytes(), by=None, at=now(), today=today())
        if answers:
            got = answer_package(received=got, accept=options["accept"], reason=options["reason"] or "", by=None, at=now())
        if options["receipt"]:
            Path(options["receipt"]).write_bytes(receipt_of(got))
        different = [one.document() for one in differences(got) if one.differs]
        document = {
            "package": got.package, "from": got.sender.name, "unit": got.unit.name, "as_at": got.as_at, "version": got.version,
            "state": got.state, "figures": got.snapshot.figures.count(), "different": different,
        }
        lines = [f"“{got.sender.name}”{got.as_at}第{got.version}版：签名有效，{document['figures']}个数，{got.get_state_display()}。"]
        lines += [f"{one['title']}：上报 {one['reported']}，台账 {one['live']}" for one in different]
        return document, "\n".join(lines), 0
