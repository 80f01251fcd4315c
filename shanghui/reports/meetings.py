"""What the papers of a meeting say: the sheet to sign before it, the record after it. Plain values, nothing is asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Heading:
    """What stands at the top of both papers. `facts`: (label, text) pairs in their order; empty texts are left out."""

    title: str
    kind: str
    issuer: str
    day: date
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class SignInSheet:
    """Names with an empty column for signatures; without names, empty lines. `remarks`: beside the names, in their order."""

    heading: Heading
    names: tuple[str, ...] = ()
    note: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class RecordItem:
    """An item of the agenda: what was decided, how the votes fell, who does it by when."""

    topic: str
    decision: str = ""
    votes: str = ""
    next_step: str = ""


@dataclass(frozen=True)
class MeetingRecord:
    """The record. `people`: (label, names) of those who may be named."""

    heading: Heading
    counts: str = ""
    quorum: tuple[str, ...] = ()
    people: tuple[tuple[str, str], ...] = ()
    items: tuple[RecordItem, ...] = ()
    minutes: tuple[str, ...] = ()
    signatures: tuple[str, ...] = field(default=("主持人", "记录人"))
