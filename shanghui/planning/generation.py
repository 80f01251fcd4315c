"""Column generation: the relaxation over all lawful branches, without ever listing them.

Prices are smoothed towards those with the best bound so far (Wentges), which keeps them from swinging. The bound is Lagrange's: each
chamber leads at most one branch, so the prices and the best branch of each lead, where it pays, bound every plan from below.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from shanghui.planning.branches import Branches
from shanghui.planning.clock import Clock
from shanghui.planning.master import Master
from shanghui.planning.nearness import Floats, Hubs, Ints, Space
from shanghui.planning.pricing import Pricer

SMOOTH = 0.5
CLOSE = 1e-4


@dataclass(frozen=True)
class Relaxation:
    """`bound` is proven at `prices`; `shares` how far each of `branches` is taken; `closed` when the bound is the relaxation's value."""

    bound: float
    prices: Floats
    branches: Branches
    shares: Floats
    closed: bool


def relax(space: Space, hubs: Hubs, units: Ints, start: Branches, clock: Clock, guess: Floats | None = None) -> Relaxation:
    """The relaxation for these chambers, beginning with some branches and, where known, prices."""
    pricer, master = Pricer(space, hubs), Master(space, units)
    master.add(start)
    centre = _first_prices(space, units) if guess is None else guess
    bound, prices, value, shares = -math.inf, centre, math.inf, np.zeros(0)
    smooth = 1.0
    while not clock.over():
        asked = smooth * centre + (1 - smooth) * prices
        priced = pricer.price(asked, units)
        if priced.bound > bound:
            bound, centre = priced.bound, asked
        if value - bound < CLOSE:
            return Relaxation(bound, centre, master.branches, shares, True)
        if not master.add(priced.branches) and math.isfinite(value):
            if smooth == 0.0:
                return Relaxation(bound, centre, master.branches, shares, True)
            smooth = 0.0
            continue
        solved = master.solve(clock)
        if solved is None:
            break
        (value, prices, shares), smooth = solved, SMOOTH
    shares = np.concatenate([shares, np.zeros(len(master.branches) - len(shares))])
    return Relaxation(bound, centre, master.branches, shares, False)


def _first_prices(space: Space, units: Ints) -> Floats:
    """A branch shared among its chambers, and something for the way."""
    prices = np.zeros(space.n)
    prices[units] = min(space.rule.w_uncovered, 2 * space.rule.w_branch / space.rule.max_units + space.grain)
    return prices
