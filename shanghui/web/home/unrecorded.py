"""Organizations of which the ledger holds no activity at all: what they missed is told once, and not duty by duty.

The verdicts stay what they are (rules.verdicts): on a ledger that was just imported everything that is over would stand as missed,
hundreds of times, although nobody has begun to keep records. From the first record on it is told duty by duty.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from shanghui.access.acts import Act
from shanghui.rules.pending import Pending
from shanghui.web.home.todo import Item
from shanghui.web.kit.links import address
from shanghui.web.kit.visits import Visit

NAMED = 3
SAID = "还没有任何活动记录"
NOT_YET = "过去的期间先不逐项列出"


def begun(found: Sequence[Pending], bare: Collection[int]) -> list[Pending]:
    """The same without what organizations in `bare` missed in the past; what is due now stays."""
    kept = (replace(one, overdue=0) if one.roll.unit in bare else one for one in found)
    return [one for one in kept if one.due or one.overdue]


def unrecorded(found: Sequence[Pending], bare: Collection[int], own: Collection[int], visit: Visit) -> Iterator[Item]:
    """One item for each of one's own branches, one for all others together."""
    missed: dict[int, tuple[str, int]] = {}
    for one in found:
        if one.roll.unit in bare and one.overdue:
            _, number = missed.get(one.roll.unit, ("", 0))
            missed[one.roll.unit] = one.roll.name, number + one.overdue.bit_count()
    for unit, (name, number) in missed.items():
        if unit in own:
            url, verb = _own(unit, visit)
            yield Item("duty", None, f"{name}{SAID}", f"{NOT_YET}（{number} 次）。开过的补记，记下第一次以后再按事项列。", url, verb)
    others = sorted(name for unit, (name, _) in missed.items() if unit not in own)
    if others:
        url, verb = way_in(visit)
        names = "、".join(others[:NAMED]) + ("等" if len(others) > NAMED else "")
        title = f"{others[0]}{SAID}" if len(others) == 1 else f"{len(others)} 个党组织{SAID}"
        yield Item("duty", None, title, f"{names}；{NOT_YET}。", url, verb, number=len(others))


def way_in(visit: Visit) -> tuple[str, str]:
    """Where records come from: a register of meetings for whoever imports, else the page on which one is recorded."""
    if visit.may(Act.IMPORT):
        return address("import-new"), "导入三会一课记录"
    if visit.may(Act.ACTIVITY_CHANGE):
        return address("record"), "补记第一次"
    return address("calendar"), "去看"


def _own(unit: int, visit: Visit) -> tuple[str, str]:
    if visit.may(Act.ACTIVITY_CHANGE):
        return address("record", f"?unit={unit}"), "补记第一次"
    return address("organization", organization=unit), "去看"
