"""`rotate-sealing-key [--continue]`: a new key, and every sealed number sealed again with it (docs/operations.md)."""

from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from typing import Any

from shanghui.kernel.resealing import reseal
from shanghui.kernel.sealing import add_key, keyring
from shanghui.web.management.commands._base import ChineseCommand


class Command(ChineseCommand):
    """Adds a key and seals again; `--continue` only seals again what an interrupted run, or a running process, left."""

    help = "更换加密密钥：增加一把新密钥，把证件号、电话改用新密钥加密。中断后用 --continue 接着做。"

    def arguments(self, parser: ArgumentParser) -> None:
        """One switch."""
        parser.add_argument("--continue", action="store_true", dest="goes_on", help="不增加密钥，只接着把旧密钥加密的改用现在的密钥")

    def act(self, **options: Any) -> tuple[Any, str, int]:
        """The key in use, and how many values were sealed again."""
        key = keyring().active if options["goes_on"] else add_key()
        counts: Counter[str] = Counter()
        for column, rows in reseal():
            counts[column] += rows
        total = sum(counts.values())
        text = (
            f"现在用第 {key} 把密钥。改用新密钥加密了 {total} 个值。请重启服务，再运行一次 rotate-sealing-key --continue；"
            "旧密钥要留在密钥文件里，以前的操作记录和备份靠它打开。"
        )
        return {"key": key, "resealed": dict(counts), "total": total}, text, 0
