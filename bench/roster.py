"""A workbook as a city would send it: 100,000 members, twenty columns, two thousand branches."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from random import Random

from shanghui.kernel.columns import Column
from shanghui.kernel.spreadsheets import write_ledger
from shanghui.web.demonstration.large import people

HEADINGS = (
    "序号", "所在党组织", "姓名", "性别", "民族", "出生年月", "学历", "公民身份号码", "入党时间", "转正时间", "党员类别", "党内职务",
    "是否流动党员", "工作单位", "所在商会", "商会职务", "联系电话", "籍贯", "组织关系转入时间", "备注",
)
DAY = date(2022, 6, 30)
BRANCH = 50
"""Members of one branch."""


def chamber_name(place: int) -> str:
    """The chamber at this place of the list."""
    return f"云泽市{people.place_name(place)}{people.trade(place)}行业商会"


def branch_name(place: int) -> str:
    """Its own branch."""
    return f"{chamber_name(place)}党支部"


def rows(count: int, seed: int = 20) -> list[list[str | int]]:
    """The rows of the roster, the same for the same seed."""
    random = Random(seed)
    return [
        people.roster_row(number, branch_name(number // BRANCH), chamber_name(number // BRANCH), random)
        for number in range(count)
    ]


def workbook(listed: list[list[str | int]]) -> bytes:
    """The rows as an office's workbook: title, day, headings, rows."""
    target = BytesIO()
    columns = [Column(str(place), title, lambda row, place=place: row[place]) for place, title in enumerate(HEADINGS)]
    write_ledger(target, title="云泽市党员花名册", as_at=DAY, columns=columns, rows=listed)
    return target.getvalue()
