"""Both sides side by side: only there, only here, different field by field, the same (M50). Nothing is kept and nothing is changed.

A number of queries that does not depend on how many rows there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from shanghui.access.models import FormerName, Unit
from shanghui.access.scope import reached_from, whole
from shanghui.exchange.drafting.names import plain_name
from shanghui.exchange.layouts.layout import Layout
from shanghui.exchange.layouts.producing import See, check_sources
from shanghui.exchange.recognition.cleaning import Setting
from shanghui.exchange.reconciling.laid import Laid, Row
from shanghui.exchange.reconciling.matching import Side, match
from shanghui.exchange.reconciling.models import Verdict
from shanghui.exchange.reconciling.naming import spellings, unit_name
from shanghui.exchange.reconciling.subjects import (
    CHAMBERS,
    COMPARABLE,
    NUMBERS,
    PEOPLE,
    compared_columns,
    read_cell,
    same,
    subject_of,
)
from shanghui.indicators.listing import listing
from shanghui.indicators.queries import rows as rows_of
from shanghui.indicators.registry import registry
from shanghui.kernel.columns import Column
from shanghui.kernel.refusals import Refused
from shanghui.kernel.sealing import digester, mask_id_number, mask_phone
from shanghui.ledger.organizations.operations import place_of
from shanghui.ledger.people.models import Person

CHUNK = 500
MASKS: dict[str, Callable[[str], str]] = {"id_number": mask_id_number, "phone": mask_phone}
Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Cell:
    """A field in which both sides differ. `full`: the number itself, of which `theirs` is the masked form."""

    key: str
    ours: str
    theirs: str
    full: str = ""
    fault: str = ""


@dataclass(slots=True)
class Line:
    """A line that does not agree; see models.ComparisonLine."""

    verdict: Verdict
    title: str
    place: str = ""
    sheet: str = ""
    row: int | None = None
    record: int | None = None
    told: str = ""
    cells: list[Cell] = field(default_factory=list)
    values: list[tuple[str, str, str]] = field(default_factory=list)
    candidates: list[tuple[int, str]] = field(default_factory=list)


@dataclass
class Compared:
    """What was found. `blank`: {column: cells that the other side leaves empty}: never a difference, a blank overwrites nothing.

    `place`: the city before names.
    """

    subject: str
    titles: dict[str, str]
    place: str
    lines: list[Line] = field(default_factory=list)
    theirs: int = 0
    ours: int = 0
    same: int = 0
    blank: Counter[str] = field(default_factory=Counter)

    def counts(self) -> dict[str, int]:
        """How many lines of each kind."""
        found = Counter(line.verdict.value for line in self.lines)
        return {one.value: found[one.value] for one in Verdict} | {"same": self.same}


@dataclass(slots=True)
class _Read:
    """A row of the file cleaned: {column: text}, {column: what is wrong}, {column: digest of its number}."""

    row: Row
    says: dict[str, str]
    faults: dict[str, str]
    digests: dict[str, bytes] = field(default_factory=dict)


def compare(layout: Layout, laid: Laid, unit: Unit, day: date, see: See, *, progress: Progress | None = None) -> Compared:
    """The file beside the ledger of the unit as at the day; `see` narrows the columns about people. Raises NotALayout, Refused."""
    check_sources(layout)
    subject = subject_of(layout)
    records, shown = _ledger(layout, unit, day)
    columns = {one.key: one for one in see(shown)}
    titles = {key: title for key, title in compared_columns(layout, subject).items() if key in laid.headings and key in columns}
    read = _cleaned(subject, titles, laid, day)
    theirs, ours = _theirs(subject, read, unit), _ours(subject, records, unit, day)
    among = match(theirs, ours, by_place=subject == PEOPLE)
    found = Compared(subject, titles, place_of(unit.name), theirs=len(theirs), ours=len(ours))
    alone: dict[bytes, Line] = {}
    for done, side in enumerate(theirs):
        line = _line(found, side, read[side.at], records, columns)
        if line is not None:
            found.lines.append(line)
            if line.verdict == Verdict.THEIRS and isinstance(side.number, bytes):
                alone[side.number] = line
        if progress is not None and done % 2000 == 0:
            progress(done, len(theirs))
    found.lines += [
        Line(Verdict.OURS, side.name, side.place, record=records[side.at].pk) for side in ours if side.other is None and side.at not in among
    ]
    _fetch_numbers(found)
    _say_where(alone, unit, day)
    return found


def compare_row(layout: Layout, laid: Laid, unit: Unit, day: date, spot: tuple[str, int], record: int) -> list[Cell]:
    """The differences between one row of the file and one record of the ledger that somebody says it means. Raises Refused."""
    subject = subject_of(layout)
    records, shown = _ledger(layout, unit, day, only=record)
    laid.rows = [row for row in laid.rows if (row.sheet, row.number) == spot]
    if not records or not laid.rows:
        raise Refused("文件里的这一行或台账里的这条记录，那一天不在了。请重新比对。")
    titles = {key: title for key, title in compared_columns(layout, subject).items() if key in laid.headings}
    found = Compared(subject, titles, place_of(unit.name))
    read, columns = _cleaned(subject, titles, laid, day)[0], {one.key: one for one in shown}
    listed = [cell for key, text in read.says.items() if (cell := _cell(found, key, text, read, records[0], columns[key])) is not None]
    found.lines = [Line(Verdict.DIFFERENT, "", record=record, cells=listed)]
    _fetch_numbers(found)
    return listed


def _ledger(layout: Layout, unit: Unit, day: date, only: int | None = None) -> tuple[list[Any], Sequence[Column]]:
    """The records that a return by the layout would list, or one of them. Sealed numbers are not opened."""
    indicator = registry.get(layout.rows)
    assert indicator is not None, layout.rows  # check_sources has refused others
    scope = whole(day).under(unit)
    shown = listing(indicator.population, rows_of(indicator, scope, day), scope, day)
    rows: Any = shown.rows if only is None else shown.rows.filter(pk=only)
    return list(rows.defer(*NUMBERS) if subject_of(layout) == PEOPLE else rows), shown.columns


def _cleaned(subject: str, titles: dict[str, str], laid: Laid, day: date) -> list[_Read]:
    """Every cell as the ledger would write it; equal cells of a column are read once."""
    found, digest = [_Read(row, {}, {}) for row in laid.rows], digester()
    for key in titles:
        one, setting = COMPARABLE[subject][key], Setting(COMPARABLE[subject][key].field or key, laid.headings[key], day.year, key == "name")
        known: dict[Any, tuple[str, str]] = {}
        for read in found:
            value = read.row.cells.get(key)
            if value in ("", None):
                continue
            mark = (value.__class__, value)
            if mark not in known:
                known[mark] = read_cell(one, value, setting)
            read.says[key], fault = known[mark]
            if fault:
                read.faults[key] = fault
            elif key in NUMBERS and "*" not in read.says[key]:
                read.digests[key] = digest(read.says[key])
    return found


def _theirs(subject: str, read: Sequence[_Read], unit: Unit) -> list[Side]:
    place = place_of(unit.name)
    found = []
    for at, one in enumerate(read):
        name = one.says.get("name", "")
        if subject == PEOPLE:
            branch = one.says.get("branch_name", "") or one.row.section
            found.append(Side(at, name, (plain_name(name),), one.digests.get("id_number") or None, branch))
        else:
            code = one.says.get("credit_code") if subject == CHAMBERS and "credit_code" not in one.faults else None
            found.append(Side(at, name, spellings(name, place), code or None))
    return found


def _ours(subject: str, records: Sequence[Any], unit: Unit, day: date) -> list[Side]:
    if subject == PEOPLE:
        return [
            Side(at, one.name, (plain_name(one.name),), bytes(one.id_digest) or None, getattr(one, "branch_name", "") or "")
            for at, one in enumerate(records)
        ]
    former = _former_names(unit, day)
    return [
        Side(at, one.called, _names(one, former.get(one.pk, [])), getattr(one, "credit_code", "") or None) for at, one in enumerate(records)
    ]


def _names(record: Any, former: Iterable[str]) -> tuple[str, ...]:
    """All a unit is and was called."""
    named = (record.called, record.unit.name, record.unit.short_name, *former)
    return tuple(dict.fromkeys(unit_name(one) for one in named if one))


def _former_names(unit: Unit, day: date) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for pk, name in FormerName.objects.filter(unit__in=reached_from((unit.pk,), day)).values_list("unit_id", "name"):
        found.setdefault(pk, []).append(name)
    return found


def _line(found: Compared, side: Side, read: _Read, records: Sequence[Any], columns: dict[str, Column]) -> Line | None:
    """What becomes of one row of the file; None where both sides agree."""
    row = read.row
    if side.other is None:
        verdict = Verdict.UNCLEAR if side.told else Verdict.THEIRS
        called = [(records[one.at].pk, f"{one.name}（{one.place}）" if one.place else one.name) for one in side.candidates if one.other is None]
        values = [(key, found.titles[key], _masked(key, text)) for key, text in read.says.items() if text]
        return Line(verdict, side.name or f"第{row.number}行", side.place, row.sheet, row.number, None, side.told, [], values, called)
    record = records[side.other.at]
    cells = [cell for key, text in read.says.items() if (cell := _cell(found, key, text, read, record, columns[key])) is not None]
    silent = [key for key in found.titles if not read.says.get(key) and key not in NUMBERS]
    found.blank.update(key for key in silent if columns[key].text(record) not in ("", None))
    if cells:
        return Line(Verdict.DIFFERENT, side.other.name, side.other.place, row.sheet, row.number, record.pk, "", cells)
    found.same += 1
    return None


def _cell(found: Compared, key: str, text: str, read: _Read, record: Any, column: Column) -> Cell | None:
    """The difference in one field; None where both say the same, or theirs says nothing."""
    if not text:
        return None
    one, fault = COMPARABLE[found.subject][key], read.faults.get(key, "")
    if key in NUMBERS:
        return _number_cell(key, text, fault, read.digests.get(key, b""), record)
    ours = str(column.text(record))
    return None if not fault and same(one, text, ours, found.place) else Cell(key, ours, text, fault=fault)


def _number_cell(key: str, text: str, fault: str, digest: bytes, record: Any) -> Cell | None:
    """Numbers are compared by digest and never opened; one that came masked can only be looked at."""
    known = bytes(getattr(record, {"id_number": "id_digest", "phone": "phone_digest"}[key]))
    if "*" in text:
        return None if known else Cell(key, "", text, fault="对方的号码是遮盖的，不能采用")
    if fault:
        return Cell(key, "已登记" if known else "", MASKS[key](text), fault=fault)
    return None if known == digest else Cell(key, "已登记" if known else "", MASKS[key](text), full=text)


def _masked(key: str, text: str) -> str:
    return MASKS[key](text) if key in MASKS and "*" not in text else text


def _fetch_numbers(found: Compared) -> None:
    """Our numbers, masked, where they differ."""
    wanted = [(line.record, cell) for line in found.lines for cell in line.cells if cell.key in NUMBERS and cell.ours]
    keys = sorted({pk for pk, _ in wanted if pk is not None})
    known: dict[int, Person] = {}
    for start in range(0, len(keys), CHUNK):
        known |= Person.objects.only("pk", *NUMBERS).in_bulk(keys[start : start + CHUNK])
    for pk, cell in wanted:
        if pk in known:
            cell.ours = MASKS[cell.key](getattr(known[pk], cell.key))


def _say_where(alone: dict[bytes, Line], unit: Unit, day: date) -> None:
    """People only there whose number is in the unit's register, without their being in the list of the day."""
    keys, scope = sorted(alone), whole(day).under(unit)
    for start in range(0, len(keys), CHUNK):
        known = Person.objects.within(scope).filter(id_digest__in=keys[start : start + CHUNK]).defer(*NUMBERS)
        for person in known:
            line = alone[bytes(person.id_digest)]
            line.told = f"这个号码在人员台账里是“{person.name}”，那一天不在这张名单里。请看类别、组织关系和状态"
            line.candidates = [(person.pk, person.name)]
