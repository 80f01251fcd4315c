"""`rotate-sealing-key [--continue | --dry-run | --drop-old]`: new keys, and all that older keys sealed or digested renewed (docs/operations.md)."""

from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from typing import Any

from shanghui.access.resealing import reseal_journal, sealing_entries, waiting_entries
from shanghui.kernel.refusals import Refused
from shanghui.kernel.resealing import left_over, renew_strays, reseal, sealed_columns
from shanghui.kernel.sealing import SealBroken, add_key, drop_old_keys, keyring
from shanghui.web.management.commands._base import ChineseCommand

JOURNAL = "access_auditentry.changes"


class Command(ChineseCommand):
    """Adds keys and renews; `--continue` goes on where a run was interrupted; `--drop-old` ends with old keys gone from the file."""

    help = "更换加密密钥：增加新密钥，把证件号、电话、党费基数和操作记录里加密的内容改用新密钥。中断后用 --continue 接着做。"

    def arguments(self, parser: ArgumentParser) -> None:
        """Three switches, one at a time."""
        one = parser.add_mutually_exclusive_group()
        one.add_argument("--continue", action="store_true", dest="goes_on", help="不增加密钥，接着做没有做完的")
        one.add_argument("--dry-run", action="store_true", dest="dry", help="只数有多少内容不是现在的密钥加密的，什么都不改")
        one.add_argument("--drop-old", action="store_true", dest="drop", help="接着做完，逐个核对，再从密钥文件里删去旧密钥")

    def act(self, **options: Any) -> tuple[Any, str, int]:
        """The key in use, how many values were renewed, which keys went. Refused when something does not open."""
        try:
            return self._dry() if options["dry"] else self._renew(goes_on=options["goes_on"] or options["drop"], drop=options["drop"])
        except SealBroken as broken:
            raise Refused(
                f"有内容打不开（{broken}），已经改好的不受影响。请用 check-integrity 找出是哪些，放回完整的 sealing_keys.json，再用 --continue 接着做。"
            ) from broken

    def _dry(self) -> tuple[Any, str, int]:
        ring, counts = keyring(), _waiting()
        told = "、".join(f"{name} {count}" for name, count in counts.items() if count) or "没有"
        text = f"现在用第 {ring.active} 把密钥，密钥文件里还有 {len(ring.keys) - 1} 把旧的。旧密钥加密的：{told}。更换时要重新加密的是全部 {_sealed()} 个值。"
        return {"key": ring.active, "old_keys": len(ring.keys) - 1, "waiting": counts, "total": sum(counts.values())}, text, 0

    def _renew(self, *, goes_on: bool, drop: bool) -> tuple[Any, str, int]:
        if not goes_on and any(left_over(model, field).exists() for model, field in sealed_columns()):
            raise Refused("上一次更换还没有做完。请用 --continue 接着做完，再更换。")
        key = keyring().active if goes_on else add_key()
        counts = self._values() + self._journal(again=drop)
        total, gone = sum(counts.values()), []
        if drop:
            counts["strays"] = renew_strays()
            gone = drop_old_keys()
        return {"key": key, "resealed": dict(counts), "total": total, "dropped": gone}, _said(key, total, gone, drop), 0

    def _values(self) -> Counter[str]:
        waiting = {field.context(): left_over(model, field).count() for model, field in sealed_columns()}
        counts: Counter[str] = Counter()
        for column, rows in reseal():
            counts[column] += rows
            self.stderr.write(f"{column}：{counts[column]} / {waiting[column]}")
        return counts

    def _journal(self, *, again: bool) -> Counter[str]:
        counts: Counter[str] = Counter()
        entries = sealing_entries().count()
        for entry, done in reseal_journal(again=again):
            counts[JOURNAL] += done
            self.stderr.write(f"操作记录：到第 {entry} 条，改了 {counts[JOURNAL]} 条（有加密内容的共 {entries} 条）")
        return counts


def _waiting() -> dict[str, int]:
    counts = {field.context(): left_over(model, field).count() for model, field in sealed_columns()}
    return {**counts, JOURNAL: waiting_entries()}


def _sealed() -> int:
    return sum(model._base_manager.exclude(**{field.attname: b""}).count() for model, field in sealed_columns()) + sealing_entries().count()


def _said(key: int, total: int, gone: list[int], drop: bool) -> str:
    said = f"现在用第 {key} 把密钥，改用新密钥的有 {total} 处。"
    if drop:
        return f"{said}全部核对过，旧密钥（{'、'.join(str(number) for number in gone) or '没有'}）已从密钥文件里删去。以前的备份要用当时的密钥文件才能恢复。"
    return f"{said}查找号码时新旧都查，不用停服务。请把新的密钥文件另存一份；确认以后用 --drop-old 删去旧密钥。"
