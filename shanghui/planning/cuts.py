"""Cuts of three chambers: of the branches with at least two of them, a plan has at most one.

The relaxation may take half of each of three branches that share three chambers pairwise; a plan cannot. These subset-row cuts (Jepsen
and others, 2008) close most of the gap between the relaxation and the best plan.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations

import numpy as np

from shanghui.planning.branches import Branches
from shanghui.planning.nearness import Floats, Ints, Space

BROKEN_BY = 0.03


def touched(space: Space, sets: Ints, triples: Ints) -> tuple[Ints, Ints]:
    """Pairs of a row of `sets` and a row of `triples` that have two chambers or three in common."""
    cuts_of = np.argsort(triples.ravel(), kind="stable") // 3
    starts = np.searchsorted(np.sort(triples.ravel()), np.arange(space.n + 1))
    row, column = np.nonzero(sets >= 0)
    unit = sets[row, column]
    counts = starts[unit + 1] - starts[unit]
    total = int(counts.sum())
    within = np.arange(total) - np.repeat(np.cumsum(counts) - counts, counts)
    pairs = np.repeat(row, counts) * max(len(triples), 1) + cuts_of[np.repeat(starts[unit], counts) + within] if total else np.zeros(0, dtype=np.int64)
    pair, times = np.unique(pairs, return_counts=True)
    return np.divmod(pair[times >= 2], max(len(triples), 1))


def broken(branches: Branches, shares: Floats, most: int) -> Ints:
    """Triples whose cut these shares break, the worst first, no chamber in too many of them."""
    part = (shares > 1e-5) & (shares < 1 - 1e-5)
    pairs: Counter[tuple[int, int]] = Counter()
    threes: Counter[tuple[int, ...]] = Counter()
    near: defaultdict[int, set[int]] = defaultdict(set)
    for row, share in zip(branches.sets[part], shares[part], strict=True):
        units = sorted(int(unit) for unit in row if unit >= 0)
        for one, other in combinations(units, 2):
            pairs[one, other] += share
            near[one].add(other)
            near[other].add(one)
        for three in combinations(units, 3):
            threes[three] += share
    found: list[tuple[float, tuple[int, ...]]] = []
    for middle, company in near.items():
        for one, other in combinations(sorted(company), 2):
            a, b, c = sorted((middle, one, other))
            if middle != b and other in near[one]:
                continue  # such a triple is met once, from the chamber in its middle
            taken = pairs[a, b] + pairs[a, c] + pairs[b, c] - 2 * threes[a, b, c]
            if taken > 1 + BROKEN_BY:
                found.append((-taken, (a, b, c)))
    return _spread(sorted(set(found)), most)


def _spread(found: list[tuple[float, tuple[int, ...]]], most: int, each: int = 6) -> Ints:
    used: Counter[int] = Counter()
    chosen: list[tuple[int, ...]] = []
    for _, three in found:
        if len(chosen) < most and all(used[unit] < each for unit in three):
            used.update(three)
            chosen.append(three)
    return np.array(chosen, dtype=np.int64).reshape(-1, 3)
