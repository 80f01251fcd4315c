"""`backup FILE`: one file with data and attachments, verified."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from shanghui.kernel import backups
from shanghui.web.management.commands._base import ChineseCommand, wrong_usage


class Command(ChineseCommand):
    """Writes the backup and reads it back."""

    help = "把全部数据和附件备份成一个文件"

    def arguments(self, parser: ArgumentParser) -> None:
        """FILE."""
        parser.add_argument("file", type=Path)

    def act(self, **options: Any) -> tuple[Any, str, int]:
        """How many tables, rows and attachments."""
        path: Path = options["file"]
        if not path.parent.is_dir():
            wrong_usage(f"没有文件夹“{path.parent}”。请先建好，或换一个位置。")
        parts = backups.save(path)["parts"]
        rows = sum(part["rows"] for name, part in parts.items() if name.startswith("tables/"))
        attached = sum(name.startswith("files/") for name in parts)
        text = f"已备份到“{path}”：{rows}行记录、{attached}个附件，校验无误。密钥文件不在备份里，请另外保存 sealing_keys.json。"
        return {"file": str(path), "rows": rows, "attachments": attached}, text, 0
