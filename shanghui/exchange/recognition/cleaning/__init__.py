"""From what stands in a cell to a value: one cleaner for each way a field is cleaned."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from shanghui.exchange.recognition.cleaning import choices, dates, identity, leaders, numbers, plain, work
from shanghui.exchange.recognition.cleaning.setting import Setting

Cleaner = Callable[[Any, Setting], Any]

CLEANERS: dict[str, Cleaner] = {
    "text": plain.text,
    "text_or_none": plain.text_or_none,
    "unit": plain.unit,
    "unit_or_none": plain.unit_or_none,
    "units": plain.units,
    "person": plain.person,
    "list": plain.people,
    "id": identity.id_number,
    "phone": identity.phone,
    "credit": identity.credit_code,
    "count": numbers.count,
    "money": numbers.money,
    "gender": choices.gender,
    "ethnicity": choices.ethnicity,
    "category": choices.category,
    "yes_no": choices.yes_no,
    "form": choices.form,
    "chamber_kind": choices.chamber_kind,
    "date": dates.day,
    "interval": dates.interval,
    "work": work.work,
    "leaders": leaders.leaders,
}
"""A cleaner takes a filled cell and its column's setting; it gives a plain value, None for nothing, or an Outcome."""

__all__ = ["CLEANERS", "Cleaner", "Setting"]
