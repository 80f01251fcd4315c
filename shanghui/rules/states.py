"""The five verdicts (M42)."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """What a rule says of somebody as at a day. A missing fact is never «done» and never «overdue»."""

    DONE = "done"
    DUE = "due"
    OVERDUE = "overdue"
    EXCUSED = "excused"
    UNKNOWN = "cannot_tell"

    @property
    def word(self) -> str:
        """The word on screen."""
        return {"done": "已完成", "due": "待办", "overdue": "逾期", "excused": "已同意免除", "cannot_tell": "无法判定"}[self.value]
