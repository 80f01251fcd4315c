"""Lists every branch whose reduced cost stays below a limit: with a proven bound, no other branch can be in a better plan."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shanghui.planning.branches import Branches, distinct, under_best_lead
from shanghui.planning.nearness import Floats, Hubs, Ints, Space

SLACK = 1e-6


@dataclass
class _Begun:
    """Branches that are being filled: the row of the lead, the place of the last chamber in that row, what is earned so far."""

    row: Ints
    last: Ints
    earned: Floats
    units: Ints


def below(space: Space, hubs: Hubs, prices: Floats, limit: float, most: int) -> Branches | None:
    """All branches with reduced cost up to `limit`; None when they, or the beginnings of them, are more than `most`."""
    rule, seats = space.rule, min(space.rule.max_units - 1, hubs.near.shape[1])
    worth, near, running = _by_worth(hubs, prices, seats)
    capped = np.minimum(space.full, rule.min_full)
    rows = np.arange(len(hubs.lead))
    begun = _Begun(rows, np.full(len(rows), -1), prices[hubs.lead] - rule.w_branch + limit, hubs.lead[:, None])
    found, total = [], 0
    for size in range(seats + 1):
        done = begun.units[(begun.earned >= -SLACK) & (capped[begun.units].sum(axis=1) >= rule.min_full)]
        total += len(done)
        found.append(np.pad(done, ((0, 0), (0, rule.max_units - done.shape[1])), constant_values=-1))
        if size < seats:
            more = _longer(begun, worth, near, running, seats - size - 1, most)
            if more is None or total > most:
                return None
            begun = more
    return distinct(under_best_lead(space, np.concatenate(found))) if total <= most else None


def _by_worth(hubs: Hubs, prices: Floats, seats: int) -> tuple[Floats, Ints, Floats]:
    known = hubs.near >= 0
    worth = np.where(known, prices[np.where(known, hubs.near, 0)] - hubs.dist, -1e12)
    order = np.argsort(-worth, axis=1, kind="stable")
    worth, near = np.take_along_axis(worth, order, axis=1), np.take_along_axis(hubs.near, order, axis=1)
    running = np.zeros((len(worth), worth.shape[1] + seats + 1))
    np.cumsum(np.maximum(worth, 0), axis=1, out=running[:, 1:worth.shape[1] + 1])
    running[:, worth.shape[1] + 1:] = running[:, worth.shape[1]:worth.shape[1] + 1]
    return worth, near, running


def _longer(begun: _Begun, worth: Floats, near: Ints, running: Floats, still: int, most: int) -> _Begun | None:
    """One chamber more, from further down its row; a row ends where even the next best `still` chambers do not make up for it."""
    parts: list[_Begun] = []
    which, place, total = np.arange(len(begun.row)), begun.last + 1, 0
    while len(which):
        inside = place < worth.shape[1]
        which, place = which[inside], place[inside]
        row = begun.row[which]
        earned = begun.earned[which] + worth[row, place]
        hopeful = earned + running[row, place + 1 + still] - running[row, place + 1] >= -SLACK
        which, place, row, earned = which[hopeful], place[hopeful], row[hopeful], earned[hopeful]
        units = np.concatenate([begun.units[which], near[row, place][:, None]], axis=1)
        parts.append(_Begun(row, place, earned, units))
        total += len(which)
        if total > most:
            return None
        place = place + 1
    return _Begun(*(np.concatenate([getattr(part, name) for part in parts]) for name in ("row", "last", "earned", "units"))) \
        if parts else _Begun(begun.row[:0], begun.last[:0], begun.earned[:0], np.zeros((0, begun.units.shape[1] + 1), dtype=np.int64))
