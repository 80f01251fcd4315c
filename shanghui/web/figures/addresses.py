"""Where a number opens: the list behind it, for the same node and day."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse


def figure_url(
    code: str, *, on: str = "", under: int | None = None, part: str = "numerator", direct: bool = False, kind: str = "",
    tree: str = "",
) -> str:
    """The address of the list behind a count. `on`: the day as 2022-06-30, "" for today. `direct`: only what hangs on the
    node itself; `kind`: only chambers of a kind; `tree`: "today" for the units of today's tree, whatever the day."""
    asked = {
        "under": "" if under is None else str(under), "on": on, "part": "" if part == "numerator" else part,
        "direct": "1" if direct else "", "kind": kind, "tree": tree,
    }
    query = urlencode({key: value for key, value in asked.items() if value})
    return reverse("figure", kwargs={"code": code}) + (f"?{query}" if query else "")
