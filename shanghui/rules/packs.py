"""Local rules an office can switch on for what stands below it (M42). They add duties; they cannot loosen an 应当."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Pack:
    """A set of local rules. `source`: whose rule it is, in words."""

    code: str
    title: str
    sentence: str
    source: str


PACKS = {
    pack.code: pack
    for pack in (
        Pack(
            "quarterly_class", "党课每季一次", "党支部每季度至少讲1次党课。",
            "本地规定。《支部工作条例》只要求党员按期参加党课，没有规定次数。",
        ),
        Pack(
            "election_preparation", "换届提前准备", "任期届满前3个月、2个月、1个月提醒支部开会研究、向上级请示。",
            "本地规定。条例只规定上级一般提前6个月提醒。",
        ),
        Pack(
            "size_decides", "按人数设总支、党委", "党员50人以上设党总支，100人以上设党委。",
            "本地规定。党章只要求根据工作需要和党员人数，经上级批准。",
        ),
    )
}
