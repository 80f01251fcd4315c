"""Whether a meeting could proceed and whether its votes passed, each with its article (M19; regulations §1.4).

Only those with the right to vote are counted, on either side: probationary members never, observers never. Opinions handed in
beforehand are not kept here, so that votes are those of the room (现场票).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from shanghui.ledger.activities.models import ActivityType, Matter
from shanghui.rules.majorities import enough, passed
from shanghui.rules.registry import Norm, norm_on

_CODES = {Matter.ORDINARY: "MAJ-ORDINARY", Matter.ADMISSION: "MAJ-ADMISSION", Matter.ELECTION: "MAJ-ELECTION"}
_STRICTEST = (Matter.ELECTION, Matter.ADMISSION, Matter.ORDINARY)
COMMITTEE = "MAJ-COMMITTEE"


@dataclass(frozen=True)
class Voters:
    """How many with the right to vote should have been there, and how many were. None: no roster was kept."""

    expected: int | None
    present: int | None


@dataclass(frozen=True)
class Quorum:
    """Whether enough were present. `enough` None: cannot tell. `norm` None: none is asked, or none is known for that day."""

    asked: bool
    norm: Norm | None = None
    voters: Voters = Voters(None, None)
    needed: int | None = None
    enough: bool | None = None


@dataclass(frozen=True)
class Vote:
    """Whether an item passed. `passed` None: cannot tell, for the reason in `why`."""

    norm: Norm | None = None
    needed: int | None = None
    passed: bool | None = None
    why: str = ""


def strictest(matters: Collection[str]) -> Matter:
    """The matter that decides how many must be there: election, then admission, then all others."""
    return next((one for one in _STRICTEST if one in matters), Matter.ORDINARY)


def norm_for(types: Collection[str], matter: str, day: date) -> Norm | None:
    """The norm on a matter at a meeting of these types, in the version of the day."""
    if ActivityType.GENERAL_MEETING in types:
        return norm_on(_CODES[Matter(matter)], day)
    return norm_on(COMMITTEE, day) if ActivityType.COMMITTEE_MEETING in types else None


def quorum(types: Collection[str], day: date, voters: Voters, matters: Collection[str] = ()) -> Quorum:
    """Whether a meeting of these types (its own and what it counts as besides) with these matters could proceed."""
    if not {ActivityType.GENERAL_MEETING, ActivityType.COMMITTEE_MEETING} & set(types):
        return Quorum(asked=False)
    norm = norm_for(types, strictest(matters), day)
    if norm is None or "present_num" not in norm.limits or not voters.expected or voters.present is None:
        return Quorum(True, norm, voters)
    return Quorum(True, norm, voters, fewest(voters.expected, norm, "present"), enough(voters.present, voters.expected, norm))


def vote(types: Collection[str], day: date, voters: Voters, matter: str, in_favor: int | None) -> Vote:
    """Whether one item passed, by the norm on its own matter."""
    norm = norm_for(types, matter, day)
    if in_favor is None or norm is None:
        return Vote(norm, why="" if in_favor is None else "没有收录当天有效的规定，不作判断")
    if "yes_num" not in norm.limits:
        return Vote(norm, why="规定没有写明要多少票，不作判断")
    if not voters.expected or voters.present is None:
        return Vote(norm, why="没有逐人的到会名册，不知道有表决权的有几人，不作判断")
    if in_favor > voters.present:
        return Vote(norm, why=f"赞成 {in_favor} 票，比到会有表决权的 {voters.present} 人还多，请核对")
    if not enough(voters.present, voters.expected, norm):
        return Vote(norm, passed=False, why="到会有表决权的人不够，这一项不能表决")
    whole = voters.present if norm.limits.get("yes_of_present") else voters.expected
    return Vote(norm, fewest(whole, norm, "yes"), passed(in_favor, voters.present, voters.expected, norm))


def fewest(whole: int, norm: Norm, part: str) -> int:
    """The smallest number that satisfies a share («超过一半» of 10 is 6, «半数以上» is 5)."""
    upper, lower = whole * norm.limits[f"{part}_num"], norm.limits[f"{part}_den"]
    return upper // lower + 1 if norm.limits[f"{part}_strict"] else -(-upper // lower)


def quorum_in_words(found: Quorum) -> str:
    """«应到有表决权的 12 人，实到 10 人；至少要 10 人，够了。»; "" where none is asked."""
    if not found.asked:
        return ""
    if found.norm is None:
        return "没有收录当天有效的到会规定，人数够不够不作判断。"
    if found.needed is None:
        return "没有逐人的到会名册，不知道有表决权的应到几人，够不够不作判断。"
    counts = f"应到有表决权的 {found.voters.expected} 人，实到 {found.voters.present} 人；至少要 {found.needed} 人"
    return f"{counts}，够了。" if found.enough else f"{counts}，不够，会议不能进行。"


def vote_in_words(found: Vote) -> str:
    """«赞成够数（至少要 7 票，现场票），通过», or why that cannot be told; "" where nothing was counted."""
    if found.passed is None or found.needed is None:
        return found.why
    return f"至少要 {found.needed} 票（现场票），{'通过' if found.passed else '没有通过'}"


def together(each: Sequence[Voters]) -> Voters:
    """The voters of a meeting of one branch. Of several, votes are not kept branch by branch: cannot tell."""
    return each[0] if len(each) == 1 else Voters(None, None)
