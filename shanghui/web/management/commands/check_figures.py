"""`check-figures FILE [--on DATE] [--under CODE] [--json]`, `check-figures --batch`: the figures of a draft (M44)."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.db import connection

from shanghui.access.models import Unit
from shanghui.reports.checking.check import check, check_draft
from shanghui.reports.checking.drafts import Draft, read_draft, read_text
from shanghui.reports.checking.verdicts import Finding, Verdict
from shanghui.reports.ledger_checking import against_ledger, day_of
from shanghui.web.management.commands._base import ChineseCommand, a_day, content_of, scope_under, today, wrong_usage


class Command(ChineseCommand):
    """Checks a draft against its own arithmetic and, with --under, against the ledger. Needs no database without --under."""

    help = "核对稿件里的数字"
    prepares = True

    def arguments(self, parser: ArgumentParser) -> None:
        """FILE [--on DATE] [--under CODE] | --batch."""
        parser.add_argument("file", nargs="?", metavar="FILE", help=".docx、.txt；- 或不写：从标准输入读文字")
        parser.add_argument("--on", type=a_day, metavar="DATE", help="与台账哪一天的数比，默认稿件里写的“截至”那一天")
        parser.add_argument("--under", metavar="CODE", help="与这个工商联的台账比")
        parser.add_argument("--batch", action="store_true", help="标准输入每行一个 {\"id\",\"text\"}，每行输出一个 {\"id\",\"findings\"}")

    def act(self, **options: Any) -> tuple[Any, str, int]:
        """{"findings": […]}, problems of the file as a refusal."""
        if options["batch"]:
            return self._batch(options)
        draft = _read(options["file"])
        found = [*check_draft(draft), *_ledger(draft.text, options)]
        document = {"findings": [one.data(draft.text) for one in sorted(found, key=lambda one: one.figure.start)]}
        return document, "\n".join(_words(draft.text, found)), 0

    def _batch(self, options: dict[str, Any]) -> tuple[Any, str, int]:
        """A line of findings for each line read, as soon as it is read."""
        status = 0
        try:
            for number, line in enumerate(sys.stdin, 1):
                if line.strip():
                    answer = _answer(line, number, options)
                    self.stdout.write(json.dumps(answer, ensure_ascii=False))
                    status = status or int("error" in answer)
        except UnicodeDecodeError:
            wrong_usage("标准输入不是 UTF-8 编码。请转成 UTF-8 再送来。")
        return None, "", status


def _answer(line: str, number: int, options: dict[str, Any]) -> dict[str, Any]:
    """The findings of a line; of one that is no passage, what is wrong with it."""
    try:
        one = json.loads(line)
        name, text = one["id"], one["text"]
    except (ValueError, KeyError, TypeError):
        return {"id": None, "line": number, "error": f"第{number}行不是 {{\"id\",\"text\"}}。请每行写一个 JSON。"}
    if not isinstance(text, str):
        return {"id": name, "line": number, "error": f"第{number}行的 text 不是文字。"}
    found = [*check(text), *_ledger(text, options)]
    return {"id": name, "findings": [finding.data(text) for finding in found]}


def _read(file: str | None) -> Draft:
    if file in (None, "-"):
        return read_text(sys.stdin.buffer.read())
    path = Path(file or "")
    return read_draft(path.name, content_of(path))


def _ledger(text: str, options: dict[str, Any]) -> list[Finding]:
    if not options["under"]:
        return []
    if Unit._meta.db_table not in connection.introspection.table_names():
        wrong_usage("数据文件夹里还没有数据，不能与台账比。请先用 init 登记工商联。")
    day = options["on"] or day_of(text) or today()
    return list(against_ledger(text, scope_under(options["under"], day), day))


def _words(text: str, found: list[Finding]) -> list[str]:
    wrong = [one for one in found if one.verdict is Verdict.WRONG]
    lines = [f"“{text[one.figure.start:one.figure.end]}”（第{one.figure.start + 1}字起）：{one.message}" for one in wrong]
    counted = f"核对了 {len(found)} 处，{len(wrong)} 处不一致。"
    return [*lines, counted]
