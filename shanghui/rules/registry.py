"""Norms as dated parameters with their article (M42; regulations §0). The numbers of rules come from here, never from code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from shanghui.kernel.registry import DuplicateEntry, Registry

_READ = frozenset({"A", "B", "X", "CONV"})


class Modality(StrEnum):
    """How binding a sentence is: the verb decides (regulations §0.2)."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"
    LOCAL = "local"
    CONVENTION = "convention"

    @property
    def word(self) -> str:
        """The word on screen."""
        return {"must": "应当", "should": "一般", "may": "可以", "local": "本地规定", "convention": "系统提示口径"}[self.value]


@dataclass(frozen=True)
class Regulation:
    """A regulation in one version. `short`: as it is cited, with 《》. `force_to`: the first day no longer in force."""

    short: str
    full: str
    number: str
    force_from: date
    force_to: date | None = None

    def in_force(self, day: date) -> bool:
        """Whether it was in force on the day."""
        return self.force_from <= day and (self.force_to is None or day < self.force_to)


@dataclass(frozen=True)
class Norm:
    """One sentence of a regulation with its numbers.

    `code`: as in the fact base (LIFE-01). `sentence`: what it asks, in our words. `limits`: its numbers by name.
    `verified`: how far it has been confirmed (A full text, B quotation, C secondary, M memory, X computed, CONV set by
    us, practice only seen done); after a stroke: the article or the rest, so «B/M» is a quotation whose article number is
    from memory.
    `note`: what must be known when reading it. `force_from` empty: since the regulation is in force.
    """

    code: str
    title: str
    sentence: str
    regulation: Regulation
    article: str
    modality: Modality
    verified: str
    limits: Mapping[str, int] = field(default_factory=dict)
    note: str = ""
    force_from: date | None = None

    @property
    def since(self) -> date:
        """The first day on which it is in force."""
        return self.force_from or self.regulation.force_from

    @property
    def until(self) -> date | None:
        """The first day on which it is no longer in force; None while no end is known."""
        return self.regulation.force_to

    @property
    def limits_read(self) -> bool:
        """Whether sentence and numbers were read; the number of the article may still be from memory."""
        return self.verified.split("/")[0] in _READ

    @property
    def is_verified(self) -> bool:
        """Whether text and article were read; otherwise it is shown as 待核实."""
        return all(part in _READ for part in self.verified.split("/"))

    @property
    def source(self) -> str:
        """«《支部工作条例》第十一条», or with 待核实; an article from memory is never shown."""
        if self.modality is Modality.CONVENTION:
            return "系统提示口径"
        if self.is_verified:
            return f"{self.regulation.short}{self.article}"
        if "M" not in self.verified.split("/"):
            return f"{self.regulation.short}{self.article}（待核实）"
        return f"{self.regulation.short}（{'条号' if self.limits_read else ''}待核实）"

    def in_force(self, day: date) -> bool:
        """Whether it was in force on the day."""
        return self.since <= day and self.regulation.in_force(day)


_norms: Registry[Norm] = Registry("shanghui.rules.norms")


def norm(
    code: str, title: str, sentence: str, *, source: Regulation, article: str, modality: Modality, verified: str,
    limits: Mapping[str, int] | None = None, note: str = "", force_from: date | None = None,
) -> Norm:
    """Declares a norm. The same code may be declared for another version of its regulation; raises DuplicateEntry when two
    versions would be in force on one day."""
    made = Norm(code, title, sentence, source, article, modality, verified, MappingProxyType(dict(limits or {})), note, force_from)
    for other in _norms.declared():
        if other.code == code and (other.in_force(made.since) or made.in_force(other.since)):
            raise DuplicateEntry(code)
    _norms.add(f"{code}@{made.since.isoformat()}", made)
    return made


def norms() -> Iterator[Norm]:
    """Every norm in every version, in the order of their modules."""
    return iter(_norms)


@cache
def norm_on(code: str, day: date) -> Norm | None:
    """The norm with this code in the version in force on the day; None before the first."""
    return next((one for one in _norms if one.code == code and one.in_force(day)), None)


@cache
def limit(code: str, name: str) -> int:
    """A number of a norm that has not changed between its versions; raises LookupError where it did or is not there."""
    found = {one.limits[name] for one in _norms if one.code == code}
    if len(found) != 1:
        raise LookupError(f"{code}.{name}")
    return found.pop()
