"""Joint-branch planning: cost against the proven bound after 10 s and 60 s, a greedy plan's cost beside it.

Instances are read from the folder that PLANNING_INSTANCES names (*.json); without it they are drawn here, the same each time.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from bench.rounds import Noted
from shanghui.planning.clock import Clock
from shanghui.planning.greedy import scarcity, seat
from shanghui.planning.instances import read
from shanghui.planning.nearness import Space, hubs_of
from shanghui.planning.neighbourhoods import cost
from shanghui.planning.problem import CODE_RULE, GEO_RULE, Problem, Unit
from shanghui.planning.solve import Plan, solve

LIMITS = (10.0, 60.0)


def measure() -> Iterator[Noted]:
    """Each instance from the beginning for each limit."""
    for problem in problems():
        plans = [(limit, solve(problem, limit)) for limit in LIMITS]
        yield Noted(problem.name, "；".join([f"贪心 {greedy(problem)}", *(_said(limit, plan) for limit, plan in plans)]))


def _said(limit: float, plan: Plan) -> str:
    proof = "已证最优" if plan.optimal else f"下限 {plan.bound}，高 {plan.gap:.2%}"
    return f"{limit:g} s：{plan.cost}（{proof}，未编入 {len(plan.uncovered)}，用 {plan.seconds:.1f} s）"


def greedy(problem: Problem) -> int:
    """The plan that takes the branch that earns most, again and again."""
    space = Space(problem)
    hubs, everyone = hubs_of(space), np.arange(space.n)
    return cost(space, everyone, seat(space, hubs, np.ones(space.n, dtype=bool), scarcity(space, hubs), Clock.of(3600)))


def problems() -> Iterator[Problem]:
    """From the folder, else drawn."""
    folder = os.environ.get("PLANNING_INSTANCES")
    if folder:
        yield from (read(file.read_text(encoding="utf-8")) for file in sorted(Path(folder).glob("*.json")))
        return
    for size in (50, 300, 3000):
        yield drawn(f"code-{size}", "code", size, 30, seed=size)
        yield drawn(f"geo-{size}", "geo", size, 30, seed=size)
    yield drawn("geo-dense-300", "geo", 300, 300, seed=1)


def drawn(name: str, family: str, size: int, crowd: int, seed: int) -> Problem:
    """Counties of about `crowd` chambers each at random places, their chambers scattered round them."""
    draw = random.Random(seed)
    counties = max(1, size // crowd)
    wide = 45 * counties ** 0.5
    middles = [(draw.uniform(0, wide), draw.uniform(0, wide)) for _ in range(counties)]
    units = []
    for number in range(1, size + 1):
        county = draw.randrange(counties)
        x, y = (round(draw.gauss(middle, 14), 1) for middle in middles[county])
        code = f"32{county // 8:02}{county % 8 + 1:02}1{draw.randrange(10):02}"
        units.append(Unit(number, draw.choice((1, 1, 1, 2, 2)), draw.randrange(20), code, x, y))
    return Problem(name, family, GEO_RULE if family == "geo" else CODE_RULE, tuple(units))
