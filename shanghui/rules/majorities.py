"""Whether enough are present and whether a vote has passed, by the shares of a norm (norms/majorities.py)."""

from __future__ import annotations

from shanghui.rules.registry import Norm


def enough(present: int, expected: int, norm: Norm) -> bool | None:
    """Whether so many of those who should attend suffice to proceed; None when the norm names no share."""
    return _reached(present, expected, norm, "present")


def passed(yes: int, present: int, expected: int, norm: Norm) -> bool | None:
    """Whether the approvals suffice, provided enough were present; None when the norm names no share.

    Written opinions that count are part of `yes` and not of `present`.
    """
    return _reached(yes, present if norm.limits.get("yes_of_present") else expected, norm, "yes")


def candidates_enough(candidates: int, seats: int, norm: Norm) -> bool:
    """Whether the candidates exceed the seats by the percentage of the norm, parts of a person counting as one."""
    return candidates * 100 >= seats * (100 + norm.limits["surplus_percent"])


def _reached(count: int, whole: int, norm: Norm, part: str) -> bool | None:
    """Nobody is never enough. The share itself suffices unless it is strict (超过)."""
    if f"{part}_num" not in norm.limits:
        return None
    left, right = count * norm.limits[f"{part}_den"], whole * norm.limits[f"{part}_num"]
    return count > 0 and (left > right if norm.limits[f"{part}_strict"] else left >= right)
