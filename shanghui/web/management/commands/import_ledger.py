"""`import FILE… --under CODE [--apply]`: what a workbook would change, and, with --apply, the change (M45)."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.db import transaction

from shanghui.exchange import recognition
from shanghui.exchange.operations import apply_plan, counts_of, day_of, propose, upload
from shanghui.exchange.planning import Plan, plan
from shanghui.exchange.recognition import Reading, SourceFile
from shanghui.web.management.commands._base import ChineseCommand, a_day, content_of, federation, now, today


class Command(ChineseCommand):
    """Reads, plans and, when asked, writes as one run."""

    help = "导入台账：先看会改什么，加 --apply 才写入"

    def arguments(self, parser: ArgumentParser) -> None:
        """FILE… --under CODE [--apply] [--as-at DATE] [--skip-errors]."""
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--under", required=True, metavar="CODE", help="导入到哪个工商联")
        parser.add_argument("--apply", action="store_true", help="写入台账")
        parser.add_argument("--as-at", type=a_day, metavar="DATE", help="表里没有写截止日期时，按这一天")
        parser.add_argument("--skip-errors", action="store_true", help="有错误的行不导入，其余写入")

    def act(self, **options: Any) -> tuple[Any, str, int]:
        """The reading, what it would change, the problems; with --apply the run's number."""
        under = federation(options["under"])
        files = [_source(name) for name in options["files"]]
        run = None
        if options["apply"]:
            made, reading, run = self._apply(files, under, options)
        else:
            reading = recognition.read(files, today=today())
            made = plan(reading, under=under, as_at=day_of(reading, options["as_at"], today()))
        document = _document(reading, made, run)
        status = 1 if made.errors else 0
        return document, _words(document, asked=options["apply"], errors=len(made.errors)), status

    def _apply(self, files: list[SourceFile], under: Any, options: dict[str, Any]) -> tuple[Plan, Reading, int | None]:
        with transaction.atomic():
            run = upload(files=files, under=under, by=None, at=now(), as_at=options["as_at"])
            made = propose(run=run, today=today())
            if made.errors and not options["skip_errors"]:
                return made, made.reading, None
            apply_plan(run=run, made=made, at=now(), skip_errors=options["skip_errors"])
        return made, made.reading, run.pk


def _source(name: str) -> SourceFile:
    path = Path(name)
    return SourceFile(path.name, content_of(path))


def _document(reading: Reading, made: Plan, run: int | None) -> dict[str, Any]:
    return {
        "files": [asdict(table) for table in reading.tables],
        "skipped_sheets": [list(one) for one in reading.skipped_sheets],
        "records": [_record(record) for record in reading.records],
        "changes": counts_of(made),
        "problems": [asdict(problem) for problem in made.problems],
        "run": run,
    }


def _record(record: recognition.Record) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": record.kind, "sheet": record.sheet, "row": record.row, "fields": record.fields}
    if record.row is None:
        found["column"] = record.column
    return found


def _words(document: dict[str, Any], *, asked: bool, errors: int) -> str:
    lines = [f"认出{len(document['files'])}张表、{len(document['records'])}条记录。"]
    for kind, counts in document["changes"].items():
        title = recognition.KINDS[kind][0] if kind in recognition.KINDS else kind
        lines.append(f"{title}：新增{counts['new']}，更新{counts['changed']}，不变{counts['same']}")
    lines += [problem["message"] for problem in document["problems"]]
    if document["run"]:
        lines.append(f"已写入，批次 {document['run']}。")
    elif asked:
        lines.append(f"还有{errors}处错误，什么都没有写入。请改好后再导入；有错误的行先不导入，加 --skip-errors。")
    else:
        lines.append("没有写入。加 --apply 写入台账。")
    return "\n".join(lines)
