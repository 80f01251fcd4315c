"""What can happen to layouts and returns: a version saved or withdrawn, a blank supplied, a return produced and kept (M49)."""

from __future__ import annotations

import hashlib
import io
import uuid
from collections.abc import Mapping
from datetime import date, datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.timezone import localtime

from shanghui.access.audit import Journal
from shanghui.access.models import Unit, User
from shanghui.exchange.layouts.layout import Layout, refuse_awkward
from shanghui.exchange.layouts.models import OwnLayout, Return, Supplied
from shanghui.exchange.layouts.producing import Line, Produced, See, check_sources, produce
from shanghui.indicators.snapshots import take_snapshot
from shanghui.kernel.columns import Column
from shanghui.kernel.refusals import Refused
from shanghui.kernel.spreadsheets import write_ledger

LONGEST = 300


@transaction.atomic
def save_layout(*, layout: Layout, unit: Unit, by: User | None, at: datetime, gone: bool = False) -> OwnLayout:
    """A new version of a layout for a unit; earlier ones stay. `gone`: it is not offered any more. Raises NotALayout."""
    if not gone:
        refuse_awkward(layout)
        check_sources(layout)
    last = OwnLayout.objects.filter(unit=unit, code=layout.code).order_by("-version").first()
    journal = Journal(by=by, at=at, verb="停用报表版式" if gone else "保存报表版式")
    made = journal.create(OwnLayout(
        unit=unit, code=layout.code, version=(last.version if last else 0) + 1, title=layout.title, document=layout.document(), gone=gone,
        made_at=at, made_by=by,
    ))
    journal.close(made, unit)
    return made


@transaction.atomic
def supply(*, unit: Unit, values: Mapping[tuple[str, str], str], by: User | None, at: datetime) -> int:
    """Keeps {(row, heading): what it says}; an empty text takes it back. Says how many changed. Raises Refused for one too long."""
    kept = {(one.row, one.heading): one for one in Supplied.objects.select_for_update().filter(unit=unit)}
    journal, changed = Journal(by=by, at=at, verb="补报"), 0
    for (row, heading), text in values.items():
        value, known = text.strip(), kept.get((row, heading))
        if len(value) > LONGEST:
            raise Refused(f"“{heading}”最多写 {LONGEST} 字，现在有 {len(value)} 字。")
        if known is None and value:
            journal.create(Supplied(unit=unit, row=row, heading=heading, value=value, at=at, by=by))
            changed += 1
        elif known is not None and known.value != value:
            journal.change(known, value=value, at=at, by_id=by.pk if by else None)
            changed += 1
    journal.close(unit, unit)
    return changed


@transaction.atomic
def make_return(*, layout: Layout, unit: Unit, day: date, see: See, by: User | None, at: datetime) -> Return:
    """Produces a return and keeps it with the figures of the day. Raises NotALayout, Refused for a day that is not over."""
    if day > localtime(at).date():
        raise Refused(f"截止日期{day}还没有到，数字还会变。请选今天或更早的一天。")
    produced = produce(layout, unit, day, see)
    content = workbook_of(produced, unit, day)
    filled, asked, blank = produced.counts()
    stored = default_storage.save(f"returns/{localtime(at):%Y/%m}/{uuid.uuid4().hex}.xlsx", ContentFile(content))
    journal = Journal(by=by, at=at, verb="生成报表")
    made = journal.create(Return(
        unit=unit, code=layout.code, title=layout.title, receiver=layout.receiver, as_at=day, rows=len(produced.lines), filled=filled, asked=asked,
        blank=blank, snapshot=take_snapshot(unit=unit, day=day, by=by, at=at), made_at=at, made_by=by, size=len(content),
        sha256=hashlib.sha256(content).hexdigest(), stored=stored,
    ))
    journal.close(made, unit)
    return made


def workbook_of(produced: Produced, unit: Unit, day: date) -> bytes:
    """The return in Excel, with its headings in the receiver's order."""
    columns = [_column(place, heading.title) for place, heading in enumerate(produced.layout.columns)]
    file = io.BytesIO()
    note = f"填报单位：{unit.name}" + (f"　{produced.layout.note}" if produced.layout.note else "")
    write_ledger(file, title=produced.layout.title, as_at=day, columns=columns, rows=produced.lines, note=note)
    return file.getvalue()


def _column(place: int, title: str) -> Column:
    def value(line: Line) -> object:
        return line.cells[place].value

    return Column(str(place), title, value, width=max(8, min(30, 2 * len(title) + 2)))
