"""Which record a problem belongs to: the one of its row, or in a sheet that is turned the one of its column."""

from __future__ import annotations

from shanghui.exchange.recognition import Problem, Reading, Record

Spot = tuple[str, str, int | None, str]
"""Where a record stands: file, sheet, row, or for a record in a column no row and the column."""


class Spots:
    """Where problems belong: to the row, or in a sheet that is turned to the column."""

    def __init__(self, reading: Reading) -> None:
        self._turned: dict[tuple[str, str], list[str]] = {}
        self._forms: dict[tuple[str, str], list[int]] = {}
        for record in reading.records:
            if record.row is None:
                self._turned.setdefault((record.file, record.sheet), []).append(record.column or "")
            elif record.column:
                self._forms.setdefault((record.file, record.sheet), []).append(record.row)

    def of(self, problem: Problem) -> Spot:
        """The spot of a problem. All that is said of a sheet with one form is said of it; of several, of the one above."""
        at = problem.file, problem.sheet or ""
        columns, begins = self._turned.get(at), self._forms.get(at)
        if columns is not None:
            return *at, None, columns[0] if len(columns) == 1 else problem.column or ""
        if begins and problem.row is not None:
            return *at, max((row for row in begins if row <= problem.row), default=begins[0]), ""
        return problem.file, problem.sheet or "", problem.row, ""

    @staticmethod
    def of_record(record: Record) -> Spot:
        """The spot of a record."""
        return record.file, record.sheet, record.row, "" if record.row is not None else record.column or ""
