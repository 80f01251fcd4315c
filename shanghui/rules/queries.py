"""What one may ask about the rules themselves: the catalogue of all of them, duties and standing rules alike (M42)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shanghui.rules import duties, standing
from shanghui.rules.packs import PACKS, Pack
from shanghui.rules.registry import Norm, norms


@dataclass(frozen=True)
class Rule:
    """One rule as it is read: what it asks, by which norm, of whom, what satisfies it, how often, in which local pack.

    `versions`: its norm in every version, the oldest first; each has source, modality, verified, since and until.
    `period`: 每月 … 每年, or 随时 for a rule about how things stand.
    """

    code: str
    title: str
    sentence: str
    norm: str
    versions: tuple[Norm, ...]
    concerns: str
    satisfied_by: str
    period: str
    pack: Pack | None

    def norm_on(self, day: date) -> Norm | None:
        """Its norm in the version in force on the day; None when there is none, and then nothing is asked."""
        return next((one for one in self.versions if one.in_force(day)), None)


def catalogue() -> list[Rule]:
    """Every rule, by code."""
    found = [_of_duty(one) for one in duties.registry] + [_of_check(one) for one in standing.registry]
    return sorted(found, key=lambda rule: rule.code)


def rule_with_code(code: str) -> Rule | None:
    """The rule with this code, or None."""
    return next((rule for rule in catalogue() if rule.code == code), None)


def _of_duty(one: duties.Duty) -> Rule:
    return _rule(one, one.met_by or f"{'、'.join(kind.label for kind in one.types)}的记录，写明内容和到会人数", one.every.word)


def _of_check(one: standing.Check) -> Rule:
    return _rule(one, one.settled_by, "随时")


def _rule(one: duties.Duty | standing.Check, satisfied_by: str, period: str) -> Rule:
    versions = sorted((norm for norm in norms() if norm.code == one.norm), key=lambda norm: norm.since)
    return Rule(
        one.code, one.title, one.sentence, one.norm, tuple(versions), one.concerns, satisfied_by, period, PACKS.get(one.pack)
    )
