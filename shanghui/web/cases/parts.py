"""The parts of a case that are filled in: what stands in each, what is missing, where it is changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from shanghui.cases.counting import full_by_chamber
from shanghui.cases.file import File
from shanghui.cases.models import CasePerson, Design, Nominee, Posting
from shanghui.cases.operations.locks import SETTLED, shut
from shanghui.cases.progress import Standing, places
from shanghui.cases.registry import CHAMBERS, Step
from shanghui.kernel.periods import full_day
from shanghui.ledger.people.models import MembershipRecord
from shanghui.web.cases.people_form import Counts, counts_of
from shanghui.web.cases.reshaping_words import words_of
from shanghui.web.developments.parts import ADDED, DEVELOPMENT_FORMS, is_said, missing_in, words_in

FORMS = {
    "chambers": ("涉及的商会", "case-chambers"), "people": ("编入党员", "case-people"), "design": ("组建方案", "case-design"),
    "organizations": ("一起合并的党组织", "case-organizations"), "homes": ("党员和商会的去向", "case-homes"),
    "nominees": ("人选和选举", "case-election"), "ballot": ("人选和选举", "case-election"), "method": ("人选和选举", "case-election"),
    "voters": ("选举人", "case-voters"), "again": ("另选人、再次投票", "case-again"), "plenary": ("全体会议", "case-plenary"),
    "posting": ("任命", "case-posting"), **DEVELOPMENT_FORMS,
}
"""{what a step asks: (the word, the address of its form)}."""


@dataclass(frozen=True)
class Link:
    """Where something is filled in. `missing`: what is not filled in yet, in words. `shut`: why it can no longer be changed. `adds`:
    something is added there, or registered once."""

    word: str
    url: str
    missing: tuple[str, ...] = ()
    shut: str = ""
    adds: bool = False

    @property
    def verb(self) -> str:
        """What one does there."""
        return "登记" if self.adds else "填写" if self.missing else "修改"


@dataclass(frozen=True)
class Parts:
    """What the page of a case shows of its parts. None: its kind asks for none. `more`: what stands in those of a reshaping."""

    links: dict[str, Link]
    chambers: list[tuple[Any, int]]
    counts: Counts | None
    design: list[tuple[str, str]] | None
    has_ballot: bool
    more: list[tuple[Link, list[str]]] = field(default_factory=list)

    def asked_by(self, step: Step) -> list[Link]:
        """The forms that a step leads to, each once; none that can no longer be changed."""
        return list(dict.fromkeys(self.links[part] for part in step.asks if part in self.links and not self.links[part].shut))


def form_of_part(part: str, case: int) -> str:
    """The address of the form of a part; "" for an unknown one."""
    return reverse(FORMS[part][1], args=[case]) if part in FORMS else ""


def parts_of(file: File, listed: Sequence[CasePerson], nominees: Sequence[Nominee]) -> Parts:
    """The parts of a case as they stand. Two questions."""
    asked = {part for place in places(file) for part in place.step.asks}
    chambers = _chambers(file)
    counts = _counts(file, listed) if "people" in asked else None
    missing = {
        "people": _people_missing(counts), "design": _design_missing(file),
        "nominees": () if nominees else ("人选",), "ballot": () if file.ballot.present is not None else ("到会和选票",),
        "plenary": () if file.ballot.plenary_present is not None else ("到会委员和得票",),
        "posting": ("人选",) if "posting" in asked and not Posting.objects.filter(case=file.case).exists() else (),
        **missing_in(file, asked),
    }
    if chambers:
        asked.add("chambers")
    links = {part: _link(file, part, asked, missing) for part in asked if part in FORMS}
    return Parts(links, chambers, counts, _design(file) if "design" in asked else None, "ballot" in asked, _more(file, links))


def _more(file: File, links: dict[str, Link]) -> list[tuple[Link, list[str]]]:
    """What stands in the parts of a reshaping, in lines."""
    parts = ("organizations", "homes", *(["chambers"] if file.kind.about != CHAMBERS else []))
    told = [(links[part], words_of(file, part)) for part in parts if part in links]
    reached = {part for place in places(file) if place.standing is not Standing.WAITING for part in place.step.asks}
    return told + [(links[part], words_in(file, part)) for part in DEVELOPMENT_FORMS if part in links and part in reached]


def _link(file: File, part: str, asked: set[str], missing: dict[str, tuple[str, ...]]) -> Link:
    word, name = FORMS[part]
    if part == "design":
        word = file.kind.design.title
    if name == "case-election" and "ballot" not in asked:
        word = "人选"
    lacking = tuple(text for other, texts in missing.items() if other in asked and FORMS[other][1] == name for text in texts)
    closed = "" if lacking and part in SETTLED and file.is_open else shut(file, part)
    return Link(word, reverse(name, args=[file.case.pk]), lacking, closed, part in ADDED and not is_said(file, part))


def _chambers(file: File) -> list[tuple[Any, int]]:
    """Each chamber with the full members attached to it."""
    if file.kind.about != CHAMBERS:
        return []
    counts = full_by_chamber(file.chambers, file.day)
    return [(one, counts.get(one.pk, 0)) for one in file.chambers]


def _counts(file: File, listed: Sequence[CasePerson]) -> Counts:
    people = [one.person_id for one in listed]
    categories = dict(MembershipRecord.objects.on(file.day).filter(person_id__in=people).values_list("person_id", "category"))
    return counts_of(file, [(categories.get(one.person_id, ""), one.kind) for one in listed])


def _people_missing(counts: Counts | None) -> tuple[str, ...]:
    return (f"还差{counts.lacks}名正式党员",) if counts and counts.lacks else ()


def _design_missing(file: File) -> tuple[str, ...]:
    asked = file.kind.design
    return tuple(_label(file, name) for name in asked.columns if name not in asked.optional and not _value(file, name))


def _design(file: File) -> list[tuple[str, str]]:
    return [(_label(file, name), _value(file, name)) for name in file.kind.design.columns if _value(file, name)]


def _label(file: File, name: str) -> str:
    return file.kind.design.labels.get(name, str(Design._meta.get_field(name).verbose_name))  # type: ignore[union-attr]


def _value(file: File, name: str) -> str:
    """What stands in a column, in words; nothing where nothing was typed at all."""
    design = file.design
    if name in ("upper", "target"):
        named = getattr(design, name)
        return str(named.unit.name) if named else ""
    if name == "direct":
        return "由上级直接决定，不用请示" if design.direct else ""
    if name == "change_on":
        return full_day(design.change_on) if design.change_on else ""
    if name in ("kind", "form"):
        return str(getattr(design, f"get_{name}_display")()) if file.is_designed else ""
    return str(getattr(design, name) or "")
