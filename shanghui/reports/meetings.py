"""What the papers of a meeting say: the sheet to sign before it, the record after it. Plain values, nothing is asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from itertools import zip_longest

from shanghui.reports.content import chinese_number

EMPTY_ROWS, SPARE_ROWS = 20, 3


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

    @property
    def rows(self) -> list[tuple[str, str, str]]:
        """(number, name, remark): the names and a few rows to spare, or empty rows where no roster is kept."""
        names = [*self.names, *[""] * (SPARE_ROWS if self.names else EMPTY_ROWS)]
        return [(str(place), name, remark) for place, (name, remark) in enumerate(zip_longest(names, self.remarks, fillvalue=""), start=1)]


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

    @property
    def facts(self) -> list[tuple[str, str]]:
        """(label, text) of what stands above the first heading; what is empty is left out."""
        listed = (*self.heading.facts, ("到会情况", self.counts), *(("表决人数", one) for one in self.quorum), *self.people)
        return [one for one in listed if one[1]]

    @property
    def parts(self) -> list[tuple[str, list[str]]]:
        """(numbered heading, its lines): decisions, minutes, next steps, as far as there are any."""
        steps = [f"{one.topic}：{one.next_step}" for one in self.items if one.next_step]
        listed = [one for one in (("议程和决定", self._decided()), ("会议记录", list(self.minutes)), ("下一步", steps)) if one[1]]
        return [(f"{chinese_number(place)}、{title}", lines) for place, (title, lines) in enumerate(listed, start=1)]

    @property
    def to_sign(self) -> str:
        """The line for signatures."""
        return "　　".join(f"{one}（签名）：＿＿＿＿＿" for one in self.signatures)

    def _decided(self) -> list[str]:
        found = []
        for place, one in enumerate(self.items, start=1):
            found.append(f"（{chinese_number(place)}）{one.topic}")
            found += [f"{label}：{text}" for label, text in (("决定", one.decision), ("表决", one.votes)) if text]
        return found
