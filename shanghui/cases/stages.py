"""The stages of a development, by the last step that began one (regulations §3.2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shanghui.cases.file import File
from shanghui.cases.models import CaseQuerySet

ARCHIVED_WORD = "正式党员"
STAGES = (
    ("applicant", "入党申请人", ""), ("activist", "入党积极分子", "activist"), ("candidate", "发展对象", "candidate"),
    ("probationary", "预备党员", "approve"), ("full", "正式党员（待归档）", "confirm"),
)
"""(code, word, the step with which it begins)."""


def stage_of(file: File) -> str:
    """The word of the stage a development is in."""
    if file.on("archive") is not None:
        return ARCHIVED_WORD
    return [word for _, word, step in STAGES if not step or step in file.done][-1]


def in_stage(rows: CaseQuerySet, stage: str, done: Mapping[str, Any]) -> CaseQuerySet:
    """Those in a stage: its first step is done, and the first of the next is not. `done`: by step a condition that it is done."""
    codes = [code for code, _, _ in STAGES]
    place = codes.index(stage)
    first = STAGES[place][2]
    following = STAGES[place + 1][2] if place + 1 < len(STAGES) else ""
    found = rows.filter(done[first]) if first else rows
    return found.exclude(done[following]) if following else found
