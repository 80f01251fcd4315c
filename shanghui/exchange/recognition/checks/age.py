"""Eighteen years at the application and at joining (发展党员工作细则 第5条)."""

from __future__ import annotations

from shanghui.exchange.recognition.bodies import Body
from shanghui.kernel.partial_dates import plus_months, surely_before

_ADULT = 18 * 12
_STEPS = (
    ("joined_on", "入党"),
    ("applied_on", "申请入党"),
    ("activist_on", "列为积极分子"),
    ("candidate_on", "列为发展对象"),
)


def check_age(body: Body) -> None:
    """Joining before the eighteenth birthday is told at its date; an earlier step too early, at the birthday."""
    steps = [(name, words) for name, words in _STEPS if name in body.column_of]
    if not steps:
        return
    for i, record in enumerate(body.records):
        fields = record.fields
        birth = fields.get("birth") or _birth_of(fields.get("id_number"))
        if birth is None:
            continue
        adult = f"{int(birth[:4]) + 18:04}{birth[4:]}"
        for name, words in steps:
            day = fields.get(name)
            if day is None or not surely_before(day, adult):
                continue
            if name == "joined_on":
                _told_joining(body, i, birth, day)
            else:
                _told_early(body, i, birth, day, words)
            break


def _birth_of(number: str | None) -> str | None:
    return f"{number[6:10]}-{number[10:12]}-{number[12:14]}" if number else None


def _years(birth: str, day: str) -> int:
    years = int(day[:4]) - int(birth[:4])
    return years - (1 if surely_before(day, plus_months(birth, years * 12)) else 0)


def _told_joining(body: Body, i: int, birth: str, day: str) -> None:
    body.tell(
        i,
        "joined_on",
        "age_at_joining",
        "error",
        f"{birth}出生，{day}入党时只有{_years(birth, day)}岁，不满18岁。请核对出生年月和入党时间",
    )


def _told_early(body: Body, i: int, birth: str, day: str, words: str) -> None:
    said = "birth" if "birth" in body.column_of else "id_number"
    body.tell(
        i,
        said,
        "under_age",
        "error",
        f"{birth}出生，{day}{words}时只有{_years(birth, day)}岁，不满18岁。请核对出生年月和{words}的时间",
    )
    if said == "birth":
        body.refuse(i, "birth")
