"""Chambers flow to guides at least cost: whole numbers come out by themselves, the flow being a network."""

from __future__ import annotations

from typing import Any

import numpy as np

from shanghui.planning.clock import Clock
from shanghui.planning.highs import add_rows, quiet_highs, run
from shanghui.planning.nearness import Floats, Ints

WITHOUT, KEPT, STEP = 10**7, 10**4, 10
"""No guide at all; a relation given up; how much dearer each further chamber of a guide is than the one before."""


def flow(costs: Floats, current: Ints, loads: Ints, most: Ints, clock: Clock) -> Ints:
    """The guide (column of `costs`) of each chamber (row), -1 for none. `current` is the guide it has, -1 for none."""
    chambers, guides = costs.shape
    if not chambers or not guides:
        return np.full(chambers, -1, dtype=np.int64)
    held = current >= 0
    priced = costs.copy()
    priced[np.nonzero(held)[0], current[held]] -= KEPT
    room = np.clip(most - loads, 0, chambers)
    # rows: each chamber once; each guide's chambers are as many as his or her steps of load taken
    model = quiet_highs()
    add_rows(model, np.concatenate([np.ones(chambers), np.zeros(guides)]), np.concatenate([np.ones(chambers), np.zeros(guides)]))
    row, column = np.divmod(np.arange(chambers * guides), guides)
    _add(model, priced.ravel(), np.stack([row, chambers + column], axis=1), np.ones((chambers * guides, 2)))
    _add(model, np.full(chambers, float(WITHOUT)), np.arange(chambers)[:, None], np.ones((chambers, 1)))
    guide = np.repeat(np.arange(guides), room)
    nth = np.concatenate([np.arange(count) for count in room]) if room.sum() else np.zeros(0, dtype=np.int64)
    _add(model, STEP * (loads[guide] + nth).astype(float), chambers + guide[:, None], np.full((len(guide), 1), -1.0))
    run(model, clock)
    shares = np.array(model.getSolution().col_value)[:chambers * guides].reshape(chambers, guides)
    return np.where(shares.max(axis=1) > 0.5, shares.argmax(axis=1), -1)


def _add(model: Any, costs: Floats, rows: Ints, factors: Floats) -> None:
    """Columns between 0 and 1 with entries in these rows."""
    count, each = rows.shape
    starts = np.arange(0, count * each, each, dtype=np.int32)
    model.addCols(count, costs, np.zeros(count), np.ones(count), count * each, starts, rows.ravel().astype(np.int32), factors.ravel())
