"""Which checks an explanation lifts: what is 一般, and what a text that was not read again says. 应当 that was read is not lifted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shanghui.cases.file import File
from shanghui.rules.registry import Modality, Norm, norm_on

HINT = "确需这样的，请在“情况说明”里写明理由。"


@dataclass(frozen=True)
class Fault:
    """Something that is not as a norm asks. `liftable`: an explanation is enough, whatever the norm says of itself."""

    norm: str
    sentence: str
    liftable: bool = False


def is_liftable(norm: Norm | None) -> bool:
    """Whether an explanation is enough: 一般, or a version from memory."""
    return norm is not None and (norm.modality is not Modality.MUST or not norm.limits_read)


def lifted(file: File, norm: Norm) -> bool:
    """Whether an explanation stands that lifts a check of this norm."""
    return is_liftable(norm) and norm.code in file.explained


def explainable(norm: Norm | None) -> str:
    """What to do where an explanation is enough; "" otherwise."""
    return HINT if is_liftable(norm) else ""


def standing(file: File, faults: list[Fault], on: date) -> list[str]:
    """The sentences of those faults that no explanation lifts, each with what to do. Judged by the version in force on the day."""
    found = []
    for one in faults:
        norm = norm_on(one.norm, on) if one.norm else None
        open_to_reason = one.liftable or is_liftable(norm)
        if open_to_reason and one.norm in file.explained:
            continue
        source = f"（{norm.source}）" if norm is not None else ""
        found.append(f"{one.sentence.removesuffix('。')}{source}。{HINT if open_to_reason else ''}")
    return found
