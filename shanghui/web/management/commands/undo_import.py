"""`undo-import RUN`: takes an import back as a unit (M45)."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from shanghui.exchange.models import ImportRun
from shanghui.exchange.operations import undo_run
from shanghui.web.management.commands._base import ChineseCommand, now, wrong_usage


class Command(ChineseCommand):
    """Undoes one run, or says why not."""

    help = "整批撤销一次导入"

    def arguments(self, parser: ArgumentParser) -> None:
        """RUN."""
        parser.add_argument("run", type=int)

    def act(self, **options: Any) -> tuple[Any, str, int]:
        """How many rows moved."""
        run = ImportRun.objects.filter(pk=options["run"]).first()
        if run is None:
            wrong_usage(f"没有第 {options['run']} 次导入。")
        moved = undo_run(run=run, by=None, at=now())
        return {"run": run.pk, "undone_rows": moved}, f"已撤销第 {run.pk} 次导入，恢复了{moved}行。", 0
