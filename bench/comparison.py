"""An export of 60,000 people beside the ledger, against reading the file, one statement for the same rows, and a dictionary."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.db import connection
from python_calamine import CalamineWorkbook

from bench import importing, roster
from bench.rounds import Measured, interleaved
from shanghui.access.models import Unit
from shanghui.exchange.layouts.producing import shipped
from shanghui.exchange.recognition import SourceFile
from shanghui.exchange.reconciling.comparing import Compared, compare
from shanghui.exchange.reconciling.laid import read_laid
from shanghui.exchange.reconciling.models import Verdict
from shanghui.kernel.columns import Column
from shanghui.kernel.spreadsheets import write_ledger

PEOPLE, EVERY = 60_000, 50
TAKEN = {
    "姓名": 2, "公民身份号码": 7, "性别": 3, "民族": 4, "出生日期": 5, "学历": 6, "人员类别": 10, "所在党支部": 1, "加入党组织日期": 8, "转为正式党员日期": 9,
    "工作单位": 13, "是否流动党员": 12,
}
"""{heading of the export: place in a row of the roster}."""
_PEOPLE = """
SELECT p.name, u.name, p.gender, p.ethnicity, p.birth, p.education, p.joined_on, p.confirmed_on, p.workplace, p.id_digest, m.category,
  EXISTS (SELECT 1 FROM people_memberstanding s WHERE s.person_id = p.id AND s.kind = 'floating' AND s.valid_to IS NULL)
FROM people_affiliation a
JOIN people_person p ON p.id = a.person_id
JOIN access_unit u ON u.id = a.organization_id
JOIN people_membershiprecord m ON m.person_id = p.id AND m.valid_from <= %(day)s AND (m.valid_to IS NULL OR m.valid_to > %(day)s)
WHERE a.kind = 'home' AND a.valid_from <= %(day)s AND (a.valid_to IS NULL OR a.valid_to > %(day)s)
"""


def export(rows: list[list[Any]]) -> bytes:
    """The roster as another system would give it: other headings, and every fiftieth with another schooling."""
    target, listed = BytesIO(), [[*row] for row in rows]
    for row in listed[::EVERY]:
        row[6] = "初中"
    columns = [Column(str(place), title, lambda row, place=place: row[place]) for title, place in TAKEN.items()]
    write_ledger(target, title="党员基本信息", as_at=roster.DAY, columns=columns, rows=listed)
    return target.getvalue()


def bare(content: bytes) -> int:
    """The floor: rows that are not equal, by name and branch, in what both write alike."""
    sheet = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0)
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE, {"day": importing.TODAY.isoformat()})
        ours = {(row[0], row[1], row[6]): row for row in cursor.fetchall()}
    differing = 0
    for row in sheet.to_python()[3:]:
        mine = ours.get((row[0], row[7], row[8]))
        same = mine is not None and (row[2], row[3], row[5], row[9], row[10]) == (mine[2], mine[3], mine[5], mine[7], mine[8])
        differing += not same
    return differing


def ours(unit: Unit, content: bytes) -> Compared:
    """The comparison as its page makes it, up to what is kept."""
    layout = shipped()["members-national"]
    return compare(layout, read_laid(SourceFile("党员.xlsx", content), layout), unit, importing.TODAY, list)


def measure(count: int, rounds: int) -> list[Measured]:
    """A ledger filled by an import, and an export in which one of fifty differs; both sides find the same people."""
    unit = importing.prepare(count // roster.BRANCH + 1)
    rows = roster.rows(count)
    importing.whole(unit, roster.workbook(rows))
    content = export(rows)
    counts = ours(unit, content).counts()
    assert counts[Verdict.DIFFERENT.value] + counts["same"] == count, counts
    assert abs(counts[Verdict.DIFFERENT.value] - bare(content)) <= count // 1000, (counts, bare(content))
    times = interleaved({"bare": lambda: bare(content), "ours": lambda: ours(unit, content)}, rounds)
    return [Measured(f"{count} 人和另一系统的导出比对", times["ours"], times["bare"], 6, "读文件、核对、配对、逐格比")]
