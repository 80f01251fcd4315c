"""The checks of meetings that were held, made once more before the ledger is written: it may have changed since (M05, M08)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from shanghui.cases.file import File


def held_faults(file: File, checks: Mapping[str, Callable[[File, date], Sequence[str]]]) -> list[str]:
    """By step that was held what its meeting would be refused for now, as at its day, with what to do about it."""
    found: list[str] = []
    for code, check in checks.items():
        held, step = file.on(code), file.kind.step(code)
        faults = check(file, held) if held is not None and step is not None and step.applies(file) else ()
        if faults and step is not None:
            found += [f"“{step.title}”登记以后，台账有了变化，请核对；确实要改的，退回“{step.title}”重新办：", *faults]
    return found
