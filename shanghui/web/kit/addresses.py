"""Addresses that keep what the visitor chose: filters, sorting, the as-at day."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import QueryDict


def changed(query: QueryDict, **changes: object) -> str:
    """`query` with the changes, as «?a=1&b=2»; None or an empty value removes a key.

    Another choice begins again at page one.
    """
    new = {key: values for key, values in query.lists() if key != "page" or "page" in changes}
    for key, value in changes.items():
        if value is None or value == "":
            new.pop(key, None)
        else:
            new[key] = [str(value)]
    return "?" + urlencode([(key, value) for key, values in new.items() for value in values])


def kept(query: QueryDict, *but: str) -> list[tuple[str, str]]:
    """The pairs a GET form carries along as hidden fields."""
    return [(key, value) for key, values in query.lists() if key not in but for value in values]


def sorting(query: QueryDict, key: str) -> tuple[str, str]:
    """For the header of a column: its aria-sort, and what `?sort=` becomes on the next press."""
    current = query.get("sort", "")
    if current == key:
        return "ascending", f"-{key}"
    return ("descending" if current == f"-{key}" else "none"), key
