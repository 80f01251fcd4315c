"""`compare FILE --layout CODE --under U --on D [--keep] [--json]`: an export of another system beside the ledger (M50)."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from shanghui.access.models import Unit
from shanghui.access.scope import whole
from shanghui.exchange.layouts.layout import Layout
from shanghui.exchange.layouts.models import OwnLayout
from shanghui.exchange.layouts.producing import layouts
from shanghui.exchange.recognition import SourceFile
from shanghui.exchange.reconciling.comparing import Compared, Line, compare
from shanghui.exchange.reconciling.laid import Laid, read_laid
from shanghui.exchange.reconciling.models import Verdict
from shanghui.exchange.reconciling.operations import read, refuse_strange, start
from shanghui.web.management.commands._base import (
    ChineseCommand,
    a_day,
    content_of,
    federation,
    now,
    today,
    wrong_usage,
)


class Command(ChineseCommand):
    """Compares and changes nothing; with --keep the result stands among the comparisons, to be worked through on its page."""

    help = "把别的系统导出的表和台账比对：只在对方、只在本平台、不同"

    def arguments(self, parser: ArgumentParser) -> None:
        """FILE --layout CODE --under CODE [--on DATE] [--keep]."""
        parser.add_argument("file", metavar="FILE", help="xlsx、xls、csv")
        parser.add_argument("--layout", required=True, metavar="CODE", help="版式代码，如 members-national")
        parser.add_argument("--under", required=True, metavar="CODE", help="和哪个工商联的台账比")
        parser.add_argument("--on", type=a_day, metavar="DATE", help="和哪一天的台账比，默认今天")
        parser.add_argument("--keep", action="store_true", help="留存结果，在“比对”页面上接着办")

    def act(self, **options: Any) -> tuple[Any, str, int]:
        """Counts and lines; numbers of people masked. Status 1 when nothing can be compared."""
        under, day = federation(options["under"]), options["on"] or today()
        layout, own = _layout(options["layout"], under, day)
        path = Path(options["file"])
        file = SourceFile(path.name, content_of(path))
        laid = read_laid(file, layout)
        kept = None
        if options["keep"]:
            kept = start(file=file, layout=layout, version=own.version if own else 0, unit=under, day=day, by=None, at=now())
            found = read(comparison=kept, at=now())
        else:
            found = compare(layout, laid, under, day, list)
            refuse_strange(found, layout)
        document = _document(found, laid, layout, day) | {"comparison": kept.pk if kept else None}
        return document, _words(found, kept.pk if kept else None), 0


def _layout(code: str, under: Unit, day: date) -> tuple[Layout, OwnLayout | None]:
    known = layouts(whole(day).under(under))
    if code not in known:
        wrong_usage(f"没有代码为 {code} 的版式。有：{'、'.join(sorted(known))}。")
    return known[code]


def _document(found: Compared, laid: Laid, layout: Layout, day: date) -> dict[str, Any]:
    return {
        "layout": layout.code, "as_at": day, "subject": found.subject, "rows": {"theirs": found.theirs, "ours": found.ours}, "counts": found.counts(),
        "columns": found.titles, "absent": laid.absent, "passed_sheets": laid.passed, "blank": dict(found.blank), "lines": [_line(one) for one in found.lines],
    }


def _line(line: Line) -> dict[str, Any]:
    told = asdict(line) | {"verdict": line.verdict.value}
    told["cells"] = [{name: value for name, value in cell.items() if name != "full"} for cell in told["cells"]]
    return told


def _words(found: Compared, kept: int | None) -> str:
    counts = found.counts()
    told = "，".join(f"{one.label} {counts[one.value]}" for one in Verdict)
    lines = [f"对方 {found.theirs} 行，本平台 {found.ours} 行：相同 {counts['same']}，{told}。"]
    lines += [f"{line.verdict.label}：{line.title}{'（' + line.place + '）' if line.place else ''}{_cells(line)}" for line in found.lines]
    lines.append(f"已留存，比对 {kept}。" if kept else "没有留存，台账没有变化。加 --keep 留存，在页面上接着办。")
    return "\n".join(lines)


def _cells(line: Line) -> str:
    said = "；".join(f"{cell.key} {cell.ours or '（空）'} → {cell.theirs}{'（' + cell.fault + '）' if cell.fault else ''}" for cell in line.cells)
    return f" {said}" if said else f" {line.told}" if line.told else ""
