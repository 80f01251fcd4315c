"""The day a page's figures are asked for: read from `?on=`, shown in the top bar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from shanghui.web.kit.days import usual_days


@dataclass(frozen=True)
class AsAt:
    """A day, and the sentence to show when what was asked for could not be read."""

    day: date
    today: date
    problem: str = ""

    @property
    def context(self) -> dict[str, object]:
        """What base.html needs for the control in the top bar; `today` serves pages too."""
        return {
            "as_at": self.day,
            "today": self.today,
            "as_at_is_today": self.day == self.today,
            "as_at_choices": usual_days(self.today),
            "as_at_problem": self.problem,
        }


def read_as_at(asked: Mapping[str, str], today: date) -> AsAt:
    """The day in `?on=2022-06-30`; today when it is missing, unreadable or still to come."""
    written = asked.get("on", "").strip()
    if not written:
        return AsAt(today, today)
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return AsAt(today, today, f"“{written}”不是日期，下面是今天的数。日期写成 2022-06-30 这样。")
    if day > today:
        return AsAt(today, today, f"{written} 还没有到，下面是今天的数。")
    return AsAt(day, today)
