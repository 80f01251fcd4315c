"""Between counts and branches: a plan written as the counts of a town model, and counts dealt out into branches."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from shanghui.planning.branches import Branches, none, under_best_lead
from shanghui.planning.nearness import Floats, Ints, Space
from shanghui.planning.town_model import Side, TownModel


def counts_of(model: TownModel, plan: Branches) -> Floats:
    """The columns' values that say this plan: where the solver begins."""
    space, values = model.space, np.zeros(len(model.costs))
    by_industry = {side.industry: side for side in model.sides}
    for (town, kind), column in model.left.items():
        values[column] = model.sides[0].stock[town][kind]
    for row in plan.sets:
        units = row[row >= 0]
        far = space.distances(units[:1], units)
        side = by_industry[None if (far <= space.rule.r_area).all() else int(space.industry[units[0]])]
        lead = int(space.town[units[0]])
        values[side.led[lead]] += 1
        if side.industry is None and model.county[lead] in model.by_area:
            values[model.by_area[model.county[lead]]] += 1
        for unit, step in zip(units, far, strict=True):
            town, kind = int(space.town[unit]), int(space.full[unit])
            values[model.left[town, kind]] -= 1
            if town == lead:
                values[side.own[town, kind]] += 1
            else:
                values[side.out[town, kind, int(step)]] += 1
                values[side.seat[lead, kind, int(step)]] += 1
    return values


def plan_of(model: TownModel, values: Floats) -> Branches:
    """Branches with these counts; a branch that cannot be made lawful is left away."""
    space = model.space
    counts = np.rint(values).astype(np.int64)
    stock: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for unit in sorted(int(unit) for unit in model.units):
        stock[int(space.town[unit]), int(space.full[unit])].append(unit)
    found: list[list[int]] = []
    for side in [*model.sides[1:], model.sides[0]]:  # industries are choosy, so they take first
        for own, guests, branches in _seated(model, side, counts, stock):
            found += _deal(space, own, guests, branches)
    sets = np.full((len(found), space.rule.max_units), -1, dtype=np.int64)
    for place, units in enumerate(found):
        sets[place, :len(units)] = units
    return under_best_lead(space, sets) if found else none(space)


def _seated(model: TownModel, side: Side, counts: Ints, stock: dict[tuple[int, int], list[int]]) -> list[tuple[list[int], list[int], int]]:
    """For each town with branches: its own chambers, its guests, how many branches."""
    space = model.space

    def take(town: int, kind: int, count: int) -> list[int]:
        fit = [unit for unit in stock[town, kind] if side.industry is None or space.industry[unit] == side.industry][:count]
        stock[town, kind] = [unit for unit in stock[town, kind] if unit not in fit]
        return fit

    pools: defaultdict[tuple[int, int, int], list[int]] = defaultdict(list)
    own = {town: [unit for kind in model.kinds for unit in take(town, kind, int(counts[side.own[town, kind]]))] for town in side.stock}
    for (town, kind, step), column in side.out.items():
        pools[model.region(town, step), kind, step] += take(town, kind, int(counts[column]))
    guests: defaultdict[int, list[int]] = defaultdict(list)
    for (town, kind, step), column in side.seat.items():
        pool = pools[model.region(town, step), kind, step]
        guests[town] += pool[:counts[column]]
        del pool[:counts[column]]
    return [(own[town], guests[town], int(counts[column])) for town, column in side.led.items() if counts[column]]


def _deal(space: Space, own: list[int], guests: list[int], branches: int) -> list[list[int]]:
    """One of the town's own into each branch, then whoever has most full members to where they are fewest."""
    rule = space.rule
    own = sorted(own, key=lambda unit: (-space.full[unit], unit))
    dealt = [[unit] for unit in own[:branches]]
    for unit in sorted([*own[branches:], *guests], key=lambda unit: (-space.full[unit], unit)):
        room = [group for group in dealt if len(group) < rule.max_units]
        if room:
            min(room, key=lambda group: (min(sum(space.full[group]), rule.min_full), len(group))).append(unit)
    return [group for group in dealt if sum(space.full[group]) >= rule.min_full]
