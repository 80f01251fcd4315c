"""Choosing among known branches: the linear relaxation with its prices, and the whole-number choice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from shanghui.planning.branches import Branches, none, together
from shanghui.planning.clock import Clock
from shanghui.planning.cuts import touched
from shanghui.planning.highs import INFINITE, add_columns, add_rows, make_whole, quiet_highs, run
from shanghui.planning.nearness import Floats, Ints, Space

WORTH_PRESOLVING = 4000
ALL_NODES = 10**8


class Master:
    """Each chamber exactly once: in a branch, or left out at the weight of a chamber left out. Below these rows, cuts."""

    def __init__(self, space: Space, units: Ints) -> None:
        self.space, self.units = space, units
        self.row = np.full(space.n + 1, -1, dtype=np.int64)
        self.row[units] = np.arange(len(units))
        self.branches = none(space)
        self.triples = np.zeros((0, 3), dtype=np.int64)
        self.known: set[bytes] = set()
        self.model = _model(space, len(units))

    def add(self, branches: Branches) -> int:
        """Takes those that are new; returns how many."""
        keys = [row.tobytes() for row in np.sort(branches.sets, axis=1)]
        fresh = branches[np.array([key not in self.known for key in keys], dtype=bool)] if keys else branches
        self.known.update(keys)
        if len(fresh):
            _take(self.space, self.model, fresh, self.row, self.triples)
            self.branches = together(self.branches, fresh)
        return len(fresh)

    def cut(self, triples: Ints) -> None:
        """Adds the cuts of these triples."""
        self.triples = np.concatenate([self.triples, triples])
        _cut(self.space, self.model, self.branches, len(self.units), triples)

    def solve(self, clock: Clock) -> tuple[float, Floats, Floats] | None:
        """Value, price of each chamber (by its place in the problem), share of each branch; None when time is up."""
        if not run(self.model, clock):
            return None
        solution = self.model.getSolution()
        prices = np.zeros(self.space.n)
        prices[self.units] = np.array(solution.row_dual)[:len(self.units)]
        shares = np.array(solution.col_value)[len(self.units):]
        return float(self.model.getInfo().objective_function_value), prices, shares

    def weights(self) -> Floats:
        """How much each cut weighs in the last solution, never above 0."""
        found: Floats = np.minimum(np.array(self.model.getSolution().row_dual)[len(self.units):], 0.0)
        return found


def _model(space: Space, rows: int) -> Any:
    model = quiet_highs()
    add_rows(model, np.ones(rows), np.ones(rows))
    weight = np.full(rows, float(space.rule.w_uncovered))
    add_columns(model, weight, np.full(rows, INFINITE), np.arange(rows), np.ones(rows, dtype=np.int64))
    return model


def _take(space: Space, model: Any, branches: Branches, row: Ints, triples: Ints) -> None:
    used = branches.sets >= 0
    column, member = np.nonzero(used)
    hit, cut = touched(space, branches.sets, triples)
    columns = np.concatenate([column, hit])
    rows = np.concatenate([row[branches.sets[column, member]], int((row >= 0).sum()) + cut])
    order = np.argsort(columns, kind="stable")
    sizes = np.bincount(columns, minlength=len(branches))
    add_columns(model, branches.costs, np.full(len(branches), INFINITE), rows[order], sizes)


def _cut(space: Space, model: Any, branches: Branches, first: int, triples: Ints) -> None:
    hit, cut = touched(space, branches.sets, triples)
    order = np.argsort(cut, kind="stable")
    starts = np.searchsorted(cut[order], np.arange(len(triples))).astype(np.int32)
    lower, upper = np.full(len(triples), -INFINITE), np.ones(len(triples))
    model.addRows(len(triples), lower, upper, len(hit), starts, (first + hit[order]).astype(np.int32), np.ones(len(hit)))


@dataclass(frozen=True)
class Choice:
    """The branches chosen; `proven` when no other choice among the given ones is better. `bound` holds for the given ones."""

    branches: Branches
    proven: bool
    bound: float


def choose(space: Space, units: Ints, branches: Branches, start: Branches, clock: Clock, nodes: int = ALL_NODES) -> Choice:
    """The cheapest choice among `branches`, beginning with `start`, which is among them; at most so many nodes of branch and bound."""
    row = np.full(space.n + 1, -1, dtype=np.int64)
    row[units] = np.arange(len(units))
    model = _model(space, len(units))
    _take(space, model, branches, row, np.zeros((0, 3), dtype=np.int64))
    make_whole(model, len(units) + len(branches))
    model.setOptionValue("mip_abs_gap", space.grain - 0.01)
    model.setOptionValue("mip_max_nodes", nodes)
    model.setOptionValue("presolve", "off" if len(branches) < WORTH_PRESOLVING else "choose")
    _begin_with(model, units, branches, start)
    proven = run(model, clock)
    values = np.array(model.getSolution().col_value)[len(units):]
    bound = float(model.getInfo().mip_dual_bound)
    if len(values) != len(branches) or not _is_choice(branches[values > 0.5]):
        return Choice(start, False, bound)
    return Choice(branches[values > 0.5], proven, bound)


def _is_choice(branches: Branches) -> bool:
    units = branches.units()
    return len(np.unique(units)) == len(units)


def _begin_with(model: Any, units: Ints, branches: Branches, start: Branches) -> None:
    wanted = {row.tobytes() for row in np.sort(start.sets, axis=1)}
    chosen = np.array([row.tobytes() in wanted for row in np.sort(branches.sets, axis=1)], dtype=float)
    values = np.concatenate([1 - np.isin(units, branches[chosen > 0].units()), chosen])
    model.setSolution(len(values), np.arange(len(values), dtype=np.int32), values)
