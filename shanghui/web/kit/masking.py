"""Numbers of people, shown so that one recognises one's own and learns nobody else's."""

from __future__ import annotations


def mask_id(number: str | None) -> str:
    """First six and last two of a national ID; shorter numbers keep a quarter at each end.

    >>> mask_id("110101199003078515")
    '110101**********15'
    """
    return _middle_hidden(number, 6, 2) if number and len(number) >= 15 else _short(number)


def mask_phone(number: str | None) -> str:
    """First three and last four of a mobile number; other numbers keep a quarter at each end.

    >>> mask_phone("13812345678")
    '138****5678'
    """
    if number and len(number) == 11 and number.isdigit() and number.startswith("1"):
        return _middle_hidden(number, 3, 4)
    return _short(number)


def _middle_hidden(number: str, first: int, last: int) -> str:
    return number[:first] + "*" * (len(number) - first - last) + number[-last:]


def _short(number: str | None) -> str:
    if not number:
        return "—"
    kept = len(number) // 4
    return _middle_hidden(number, kept, kept) if kept else "*" * len(number)
