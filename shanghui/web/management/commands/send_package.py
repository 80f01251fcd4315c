"""`send-package --under CODE --on DATE --to NAME --out FILE [--rows none|masked|full --reason TEXT] [--plain]`: figures go up (M46)."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.db import transaction

from shanghui.exchange.packages.models import Correspondent, Rows
from shanghui.exchange.packages.operations import card_of, check_submission, draft_submission, send_submission
from shanghui.exchange.packages.queries import file_of
from shanghui.web.management.commands._base import ChineseCommand, a_day, federation, now, put, wrong_usage


class Command(ChineseCommand):
    """Drafts, checks and sends in one step; the remarks of the check are printed."""

    help = "生成上报数据包"

    def arguments(self, parser: ArgumentParser) -> None:
        """What, to whom, where to."""
        parser.add_argument("--under", required=True, metavar="CODE")
        parser.add_argument("--on", required=True, type=a_day, metavar="DATE")
        parser.add_argument("--to", required=True, metavar="NAME", help="收件单位的名称或代码")
        parser.add_argument("--out", required=True, metavar="FILE")
        parser.add_argument("--rows", choices=Rows.values, default=Rows.NONE.value, help="只报数字，或附名单")
        parser.add_argument("--reason", default="", help="报送完整名单的理由")
        parser.add_argument("--plain", action="store_true", help="只签名，不加密")

    def act(self, **options: Any) -> tuple[Any, str, int]:
        """The submission with its remarks."""
        unit, at = federation(options["under"]), now()
        with transaction.atomic():
            drafted = draft_submission(
                unit=unit, receiver=_receiver(options["to"]), as_at=options["on"], rows=Rows(options["rows"]), reason=options["reason"],
                encrypted=not options["plain"], by=None, at=at,
            )
            checked = check_submission(submission=drafted, by=None, at=at)
            sent = send_submission(submission=checked, sender=card_of(unit), by=None, at=at)
            put(options["out"], file_of(sent))  # not written, not sent
        document = {"package": sent.package, "version": sent.version, "file": options["out"], "remarks": sent.remarks}
        lines = [f"第{sent.version}版已写入“{options['out']}”。", *sent.remarks]
        return document, "\n".join(lines), 0


def _receiver(name: str) -> Correspondent:
    known = Correspondent.objects.filter(unit=None, until=None)
    found = [one for one in known if name in (one.name, one.code)]
    if len(found) != 1:
        listed = "、".join(one.name for one in known) or "还没有"
        wrong_usage(f"没有登记过叫“{name}”的上级单位。登记过的：{listed}。请先用 enter-card 登记对方的名片。")
    return found[0]
