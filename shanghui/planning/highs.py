"""The solver HiGHS, set up the same way everywhere: silent, one thread, fixed seed, stopped by the clock."""

from __future__ import annotations

from typing import Any

import highspy
import numpy as np

from shanghui.planning.clock import Clock
from shanghui.planning.nearness import Floats, Ints

INFINITE = highspy.kHighsInf


def quiet_highs() -> Any:
    """A model without rows and columns."""
    model = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, value in {"output_flag": False, "threads": 1, "random_seed": 7, "mip_rel_gap": 0.0}.items():
        model.setOptionValue(option, value)
    return model


def add_columns(model: Any, costs: Floats, uppers: Floats, members: list[Ints] | Ints, sizes: Ints) -> None:
    """Columns with ones in the rows of their members; `members` runs through all columns one after the other."""
    flat = np.asarray(members, dtype=np.int32)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int32)
    model.addCols(len(costs), costs, np.zeros(len(costs)), uppers, len(flat), starts, flat, np.ones(len(flat)))


def add_rows(model: Any, lower: Floats, upper: Floats) -> None:
    """Rows without entries."""
    nothing = np.zeros(0, dtype=np.int32)
    model.addRows(len(lower), lower, upper, 0, np.zeros(len(lower), dtype=np.int32), nothing, np.zeros(0))


def make_whole(model: Any, columns: int) -> None:
    """All columns take whole numbers."""
    kinds = np.full(columns, highspy.HighsVarType.kInteger)
    model.changeColsIntegrality(columns, np.arange(columns, dtype=np.int32), kinds)


def run(model: Any, clock: Clock) -> bool:
    """Solves until done or out of time; True when solved to the end (optimum, or nothing better than the given cutoff)."""
    model.setOptionValue("time_limit", model.getRunTime() + max(0.01, clock.left()))  # the solver's own clock runs through all its runs
    model.run()
    return bool(model.getModelStatus() == highspy.HighsModelStatus.kOptimal)
