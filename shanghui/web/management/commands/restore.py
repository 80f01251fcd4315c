"""`restore FILE`: an empty installation from a backup, all or nothing."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command

from shanghui.kernel import backups
from shanghui.web.management.commands._base import ChineseCommand, wrong_usage


class Command(ChineseCommand):
    """Verifies first; changes nothing when something is wrong."""

    help = "从备份文件恢复到空的安装里"
    prepares = True

    def arguments(self, parser: ArgumentParser) -> None:
        """FILE."""
        parser.add_argument("file", type=Path)

    def act(self, **options: Any) -> tuple[Any, str, int]:
        """How many rows came back."""
        path: Path = options["file"]
        if not path.is_file():
            wrong_usage(f"没有找到文件“{path}”。请核对路径。")
        call_command("migrate", verbosity=0)
        parts = backups.load(path)["parts"]
        rows = sum(part["rows"] for name, part in parts.items() if name.startswith("tables/"))
        return {"file": str(path), "rows": rows}, f"已从“{path}”恢复{rows}行记录。", 0
