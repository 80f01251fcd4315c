"""Addresses by their names, looked up once: every page names dozens of them, and a list fifty that differ in a number."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Any

from django.urls import reverse

_NUMBER = 987_654_321_987


@cache
def route(name: str) -> str:
    """An address without arguments. Raises NoReverseMatch where there is none."""
    return reverse(name)


@cache
def _around(name: str, argument: str) -> tuple[str, str]:
    """What stands before and after the number in an address."""
    before, after = reverse(name, kwargs={argument: _NUMBER}).split(str(_NUMBER))
    return before, after


def numbered(name: str, argument: str, number: int) -> str:
    """An address with one number in it: /people/17/. Raises NoReverseMatch where there is none."""
    before, after = _around(name, argument)
    return f"{before}{number}{after}"


def row_link(name: str, argument: str, key: str = "pk") -> Callable[[Any], str]:
    """For a list: from a row to its page, by the attribute `key` of the row."""
    number = attrgetter(key)
    return lambda row: numbered(name, argument, number(row))
