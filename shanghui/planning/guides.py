"""Proposes who guides which chamber (M06): relations that exist stay, loads are even, the guide is near and knows the industry.

Nobody is scored: only how many chambers a guide has, how far the chamber is by region code, and whether the industry is one the guide
knows. The cost of a guide's next chamber rises with those he or she has, so the sum is least when loads are even; this is a flow
of least cost, and HiGHS solves it exactly. The same input gives the same proposal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from shanghui.planning.clock import Clock
from shanghui.planning.guide_flow import flow
from shanghui.planning.problem import BadProblem, Id

TOWN, COUNTY, CITY, ELSEWHERE = 0, 10, 30, 100
STRANGE_INDUSTRY = 8
SECONDS = 60.0


@dataclass(frozen=True)
class Guide:
    """A guide: `load` counts the chambers guided beside those that are to be assigned, `most` how many in all at most."""

    id: Id
    name: str
    code: str
    industries: tuple[Id, ...] = ()
    load: int = 0
    most: int = 10


@dataclass(frozen=True)
class Guided:
    """A chamber that needs a guide, and the one it has."""

    id: Id
    code: str
    industry: Id | None = None
    guide: Id | None = None


@dataclass(frozen=True)
class Proposal:
    """Who is to guide this chamber, why, and how many chambers that guide has before and after the whole proposal."""

    chamber: Id
    guide: Id
    kept: bool
    reasons: tuple[str, ...]
    before: int
    after: int


@dataclass(frozen=True)
class WithoutGuide:
    """A chamber for which no guide is left, and why."""

    chamber: Id
    why: str


@dataclass(frozen=True)
class Assignment:
    """The proposals and who goes without, in the order of the chambers; `loads` after it by guide; `spread` is most less least."""

    proposals: tuple[Proposal, ...]
    without: tuple[WithoutGuide, ...]
    loads: dict[Id, int]
    spread: int


def assign(guides: Sequence[Guide], chambers: Sequence[Guided], on_hold: frozenset[Id] = frozenset()) -> Assignment:
    """The proposal that covers most chambers, then keeps most relations, then has the least cost of load and distance.

    Guides `on_hold` (about to leave) get nothing and keep nothing. Raises BadProblem for an id that comes twice or a negative number.
    """
    _check(guides, chambers)
    ready = [guide for guide in guides if guide.id not in on_hold]
    costs = np.array([[_distance(guide, chamber) + _strangeness(guide, chamber) for guide in ready] for chamber in chambers], dtype=float)
    place = {guide.id: number for number, guide in enumerate(ready)}
    current = np.array([place.get(chamber.guide, -1) if chamber.guide is not None else -1 for chamber in chambers], dtype=np.int64)
    chosen = flow(costs.reshape(len(chambers), len(ready)), current, np.array([guide.load for guide in ready], dtype=np.int64),
                  np.array([guide.most for guide in ready], dtype=np.int64), Clock.of(SECONDS))
    before = Counter({guide.id: guide.load for guide in guides}) + Counter(one.guide for one in chambers if one.guide is not None)
    after = {guide.id: guide.load + int((chosen == number).sum()) for number, guide in enumerate(ready)}
    names = {guide.id: guide.name for guide in guides}
    proposals = tuple(_proposal(ready[number], chamber, names, place, before, after)
                      for chamber, number in zip(chambers, chosen, strict=True) if number >= 0)
    without = tuple(WithoutGuide(chamber.id, _why_none(ready)) for chamber, number in zip(chambers, chosen, strict=True) if number < 0)
    return Assignment(proposals, without, after, max(after.values(), default=0) - min(after.values(), default=0))


def _check(guides: Sequence[Guide], chambers: Sequence[Guided]) -> None:
    problems = []
    for what, ids in (("指导员", [guide.id for guide in guides]), ("商会", [chamber.id for chamber in chambers])):
        problems += [{"place": f"{what} {one}", "message": "出现了两次，请只保留一次。"} for one, times in Counter(ids).items() if times > 1]
    problems += [{"place": f"指导员 {guide.name}", "message": "现有家数和上限都不能是负数。"} for guide in guides if guide.load < 0 or guide.most < 0]
    if problems:
        raise BadProblem(problems)


def _distance(guide: Guide, chamber: Guided) -> int:
    for digits, far in ((9, TOWN), (6, COUNTY), (4, CITY)):
        if len(chamber.code) >= digits and guide.code[:digits] == chamber.code[:digits]:
            return far
    return ELSEWHERE


def _strangeness(guide: Guide, chamber: Guided) -> int:
    return 0 if chamber.industry is not None and chamber.industry in guide.industries else STRANGE_INDUSTRY


def _proposal(guide: Guide, chamber: Guided, names: dict[Id, str], ready: dict[Id, int], before: Counter[Id],
              after: dict[Id, int]) -> Proposal:
    kept = chamber.guide == guide.id
    reasons = ["原有指导员"] if kept else []
    near = {TOWN: "同乡镇街道", COUNTY: "同县区", CITY: "同市"}.get(_distance(guide, chamber))
    reasons += [near] if near else []
    reasons += ["同行业"] if not _strangeness(guide, chamber) else []
    if chamber.guide is not None and not kept:
        was = names.get(chamber.guide)
        reasons.append("原指导员不在名单内" if was is None else f"原指导员{was}不再安排" if chamber.guide not in ready else f"原指导员{was}超过上限")
    reasons.append(f"负担 {before[guide.id]} 家 → {after[guide.id]} 家")
    return Proposal(chamber.id, guide.id, kept, tuple(reasons), before[guide.id], after[guide.id])


def _why_none(ready: Sequence[Guide]) -> str:
    if not ready:
        return "没有可以安排的指导员，请先确定指导员。"
    return f"{len(ready)} 名指导员都已到上限，请增加指导员或者提高上限。"
