"""Dues, transfers, charters: what contradicts itself within a row."""

from __future__ import annotations

import re
from datetime import date, timedelta

from shanghui.exchange.recognition.bodies import Body
from shanghui.kernel.partial_dates import last_day

_MONTH = re.compile(r"^\d{1,2}月(?:份)?$")
_ITEMS = ("leadership", "organization", "role", "funding")


def check_transfers(body: Body) -> None:
    """A letter is used within its days; a person does not move to where he is."""
    if body.table.kind != "transfer":
        return
    for i, record in enumerate(body.records):
        fields = record.fields
        if fields.get("from") and fields.get("from") == fields.get("to"):
            body.tell(i, "to", "value_conflict", "warning", "转出和转入的党组织相同。请核对")
        written, received, valid = fields.get("date"), fields.get("received_on"), fields.get("valid_days")
        if not (written and received and valid and len(written) == len(received) == 10):
            continue
        if date.fromisoformat(received) > last_day(written) + timedelta(days=valid):
            text = f"{written}开出的介绍信有效期{valid}天，{received}已过期。请核对"
            body.tell(i, "received_on", "deadline_exceeded", "warning", text)


def check_dues(body: Body) -> None:
    """Base times rate is the amount; the months make the sum of the year."""
    if body.table.kind != "dues":
        return
    _check_months(body)
    for i, record in enumerate(body.records):
        base, amount, rate = (record.fields.get(name) for name in ("base", "amount", "rate"))
        if amount is not None and amount < 0:
            body.tell(i, "amount", "value_conflict", "error", f"金额不会是负数（{amount:g}）。请核对")
            body.refuse(i, "amount")
        share = _share(rate)
        if base and amount and share and min(abs(base * share * n - amount) for n in (1, 3, 6, 12)) > 0.6:
            body.tell(
                i,
                "amount",
                "value_conflict",
                "warning",
                f"基数{base:g}元按{rate}应交{base * share:.2f}元，这里是{amount:g}元。请核对",
            )


def _check_months(body: Body) -> None:
    months = [column for column, path in body.paths.items() if _MONTH.match("".join(path[-1].split()))]
    sums = [
        column
        for column, path in body.paths.items()
        if path[-1].replace(" ", "") in ("合计", "全年合计", "实交合计", "小计")
    ]
    if len(months) < 2 or not sums:
        return
    for i, row in enumerate(body.places):
        values = [body.grid.rows[row][column] for column in months]
        stated = body.grid.rows[row][sums[-1]]
        if isinstance(stated, int | float) and all(value == "" or isinstance(value, int | float) for value in values):
            summed = sum(value for value in values if value != "")
            if abs(summed - stated) > 0.005:
                text = f"写的是{stated:g}，各月相加是{summed:g}。请核对"
                body.tell(i, None, "total_mismatch", "warning", text, column=sums[-1])


def _share(rate: object) -> float | None:
    text = str(rate or "").strip()
    try:
        return float(text.rstrip("%％")) / 100 if text.endswith(("%", "％")) else float(text) if text else None
    except ValueError:
        return None


def check_charters(body: Body) -> None:
    """«Complete» with an item missing, or the other way round."""
    if body.table.kind != "charter" or "complete" not in body.column_of:
        return
    for i, record in enumerate(body.records):
        fields = record.fields
        items = [fields[name] for name in _ITEMS if name in fields]
        if fields.get("complete") is True and False in items:
            body.tell(i, "complete", "value_conflict", "warning", "填的是已入章，但有的内容没有写入。请核对")
        elif fields.get("complete") is False and items and all(items) and len(items) == len(_ITEMS):
            body.tell(i, "complete", "value_conflict", "warning", "各项内容都已写入，这里却填没有入章。请核对")
