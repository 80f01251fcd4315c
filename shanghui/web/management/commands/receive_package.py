"""`receive-package FILE [--accept | --return REASON] [--receipt FILE]`: a package is verified, kept, and answered when asked (M46)."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.db import transaction

from shanghui.exchange.packages.models import Got, Received
from shanghui.exchange.packages.operations import answer_package, receipt_of, take_package
from shanghui.exchange.packages.queries import differences, kept_as
from shanghui.web.management.commands._base import ChineseCommand, content_of, now, put, today, wrong_usage


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
        content = content_of(options["file"])
        kept = kept_as(content)
        again = kept is not None and options["receipt"] and not answers and kept.state != Got.RECEIVED
        if options["receipt"] and not answers and not again:
            wrong_usage("要写回执，请同时写 --accept 或 --return。")
        with transaction.atomic():
            if kept is not None and (again or (answers and kept.state == Got.RECEIVED)):
                got = kept  # looked at before; now it is answered, or its receipt is written once more
            else:
                got = take_package(content=content, by=None, at=now(), today=today())
            if answers:
                got = answer_package(received=got, accept=options["accept"], reason=options["reason"] or "", by=None, at=now())
            if options["receipt"]:
                put(options["receipt"], receipt_of(got))
        return _told(got)


def _told(got: Received) -> tuple[Any, str, int]:
    """Who sent what, and every figure that differs from ours or from the last accepted version."""
    compared = differences(got)
    different = [one.document() for one in compared if one.differs]
    document = {
        "package": got.package, "from": got.sender.name, "unit": got.unit.name, "as_at": got.as_at, "version": got.version,
        "state": got.state, "figures": len(compared), "different": different,
    }
    lines = [f"“{got.sender.name}”{got.as_at}第{got.version}版：签名有效，{len(compared)}个数，{got.get_state_display()}。"]
    lines += [
        f"{one.title}：上报 {one.reported_text}，上次接收 {one.before_text}" for one in compared if one.before not in (None, one.reported)
    ]
    if not any(one.live and one.live[0] for one in compared):
        lines.append(f"本平台的台账里没有“{got.unit}”这一天的记录，没有可比的数。")
    else:
        lines += [f"{one.title}：上报 {one.reported_text}，台账 {one.live_text}" for one in compared if one.live not in (None, one.reported)]
    return document, "\n".join(lines), 0
