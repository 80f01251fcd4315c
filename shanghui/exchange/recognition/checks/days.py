"""Days that cannot be yet, and days outside the period a table is about."""

from __future__ import annotations

from datetime import date

from shanghui.exchange.recognition.bodies import Body
from shanghui.exchange.recognition.vocabulary import fields_of
from shanghui.kernel.partial_dates import surely_before

_MAY_COME = frozenset({"term_ends", "due_on", "valid_to", "month_to", "to", "dues_to"})
_OF_PERIOD = {
    "activity": ("date",),
    "meeting": ("date",),
    "dues": ("month", "paid_on"),
    "transfer": ("date",),
    "plate": (),
}


def check_future(body: Body, today: date) -> None:
    """A fact dated after today cannot be; one after the table's own day is asked about."""
    as_at = body.table.as_at
    limit = min(as_at, today) if as_at else today
    now, stated = today.isoformat(), limit.isoformat()
    for name, words in fields_of(body.table.kind).items():
        if words.cleaned_as != "date" or name in _MAY_COME:
            continue
        if name not in body.column_of:
            continue
        late = [(i, day) for i, record in enumerate(body.records) if (day := record.fields.get(name, "")) > stated]
        for i, day in late:
            if surely_before(now, day):
                body.tell(i, name, "date_in_future", "error", f"{day}还没有到。请核对")
                body.refuse(i, name)
            elif surely_before(stated, day) and not (
                name in _OF_PERIOD.get(body.table.kind, ()) and body.context.period
            ):
                body.tell(i, name, "date_in_future", "warning", f"{day}晚于本表的截止日期{stated}。请核对")


def check_period(body: Body) -> None:
    """Activities and meetings of another half-year than the title says."""
    period = body.context.period
    if period is None:
        return
    first, last = period.first.isoformat(), period.last.isoformat()
    for name in _OF_PERIOD.get(body.table.kind, ()):
        for i, record in enumerate(body.records):
            day = record.fields.get(name)
            if day is not None and (surely_before(day, first) or surely_before(last, day)):
                body.tell(
                    i,
                    name,
                    "date_out_of_period",
                    "warning",
                    f"{day}不在{period.words}之内。请核对日期，或移到相应时期的表里",
                )
