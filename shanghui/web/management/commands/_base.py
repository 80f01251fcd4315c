"""What the commands share: JSON on standard output and nothing else, exit status 0 done, 1 problems, 2 wrong usage."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone

from shanghui.access.models import Unit
from shanghui.access.queries import unit_with_code
from shanghui.access.scope import Scope, whole
from shanghui.kernel.refusals import Refused

USAGE = 2


class ChineseCommand(BaseCommand):
    """A command whose refusals are plain sentences. Sub-classes write `arguments` and `act`."""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Wrong usage ends with status 2, also when the command is called from the tests."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.called_from_command_line = True
        return parser

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Every command knows --json."""
        parser.add_argument("--json", action="store_true", help="只输出一个 JSON 文档")
        self.arguments(parser)

    def arguments(self, parser: ArgumentParser) -> None:
        """The command's own arguments."""

    prepares = False
    """Whether the command brings the database up to date itself; the others say what to do first."""

    def act(self, **options: Any) -> tuple[Any, str, int]:
        """The document (None where all has been printed), the text for people, and the exit status."""
        raise NotImplementedError

    def handle(self, *args: Any, **options: Any) -> None:
        """Runs, prints, and exits with the status."""
        if not self.prepares and Unit._meta.db_table not in connection.introspection.table_names():
            wrong_usage(f"数据文件夹“{settings.DATA_DIR}”里还没有数据。请先用 init 登记工商联，或者用 demo 装入演示数据。")
        try:
            document, text, status = self.act(**options)
        except Refused as refusal:
            document, text, status = {"error": str(refusal)}, str(refusal), 1
        if options["json"] and document is not None:
            self.stdout.write(json.dumps(document, ensure_ascii=False, default=str))
        elif text:
            self.stdout.write(text)
        if status:
            self.stdout.flush()
            sys.exit(status)


def wrong_usage(sentence: str) -> NoReturn:
    """Ends the command with status 2."""
    raise CommandError(sentence, returncode=USAGE)


def content_of(name: str | Path) -> bytes:
    """What a file holds; wrong usage when there is none, or it may not be read."""
    path = Path(name)
    if not path.is_file():
        wrong_usage(f"没有找到文件“{path}”。请核对路径。")
    try:
        return path.read_bytes()
    except OSError as cause:
        wrong_usage(f"读不出“{path}”：{cause.strerror}。请核对位置和权限。")


def put(name: str | Path, content: bytes) -> None:
    """Writes a file; wrong usage when it cannot be written."""
    path = Path(name)
    try:
        path.write_bytes(content)
    except OSError as cause:
        wrong_usage(f"写不进“{path}”：{cause.strerror}。请先建好文件夹，或换一个位置。")


def now() -> datetime:
    """The moment: the edge at which commands read the clock."""
    return timezone.now()


def today() -> date:
    """Today in the office's time zone."""
    return timezone.localdate()


def a_day(text: str) -> date:
    """For argparse: 2022-06-30. Wrong usage for a day that does not exist."""
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise ArgumentTypeError(f"“{text}”不是日期，请写成 2022-06-30 这样") from wrong


def federation(code: str) -> Unit:
    """The federation with this code; wrong usage when there is none."""
    unit = unit_with_code(code)
    if unit is None:
        wrong_usage(f"没有代码为 {code} 的工商联。请核对代码，或先用 init 登记。")
    return unit


def scope_under(code: str | None, day: date) -> Scope:
    """Everything, or what stands below the federation with this code."""
    return whole(day).under(federation(code)) if code else whole(day)
