"""`check-integrity [--json] [--mend]`: what must hold whatever happened."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from shanghui.access.closure import rebuild_reaches
from shanghui.access.models import Axis, Unit
from shanghui.cases.integrity import CHECKS as CASE_CHECKS
from shanghui.ledger.integrity import CHECKS, run
from shanghui.web.management.commands._base import ChineseCommand, today


class Command(ChineseCommand):
    """Lists what is broken, why it matters and how to mend it; status 1 when an error was found."""

    help = "检查数据是否完好"

    def arguments(self, parser: ArgumentParser) -> None:
        """[--mend]."""
        parser.add_argument("--mend", action="store_true", help="重新展开上下级关系")

    def act(self, **options: Any) -> tuple[Any, str, int]:
        """The checks with their rows."""
        if options["mend"]:
            units = list(Unit.objects.values_list("pk", flat=True))
            for axis in Axis:
                rebuild_reaches(axis, units)
        found = [
            {"name": check.name, "severity": check.severity, "why": check.why, "fix": check.fix, "rows": rows}
            for check, rows in run(today(), (*CHECKS, *CASE_CHECKS))
        ]
        broken = [one for one in found if one["rows"]]
        lines = [f"{one['why']}{one['fix']}\n  " + "\n  ".join(one["rows"]) for one in broken]
        status = 1 if any(one["severity"] == "error" for one in broken) else 0
        return found, "\n".join(lines) or f"{len(found)}项检查都通过。", status
