"""Which record a problem belongs to: the one of its row, or in a sheet that is turned the one of its column."""

from __future__ import annotations

from shanghui.exchange.recognition import Problem, Reading, Record

Spot = tuple[str, str, int | None, str]
"""Where a record stands: file, sheet, row, or for a record in a column no row and the column."""


class Spots:
    """Where problems belong: to the row, or in a sheet that is turned to the column."""

    def __init__(self, reading: Reading) -> None:
        self._turned = {(r.file, r.sheet) for r in reading.records if r.row is None}

    def of(self, problem: Problem) -> Spot:
        """The spot of a problem."""
        if (problem.file, problem.sheet) in self._turned:
            return problem.file, problem.sheet or "", None, problem.column or ""
        return problem.file, problem.sheet or "", problem.row, ""

    @staticmethod
    def of_record(record: Record) -> Spot:
        """The spot of a record."""
        return record.file, record.sheet, record.row, "" if record.row is not None else record.column or ""
