"""How a kind of case is declared: its steps in their order, who acts, the papers, the earliest and latest days with their article.

A kind is one module in `kinds`; it is plain data with a few functions over the case's `File` (file.py). The registry knows no kind.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from shanghui.access.models import User
from shanghui.cases.letters import Letter
from shanghui.kernel.registry import Registry
from shanghui.ledger.organizations.models import Form, PartyOrganization

if TYPE_CHECKING:
    from shanghui.cases.file import File


CHAMBERS, ORGANIZATION, PERSON = "chambers", "organization", "person"
"""What a kind of case is opened for."""


class Who(StrEnum):
    """Who acts in a step."""

    OFFICE = "office"
    BODY = "body"
    BRANCH = "branch"
    APPROVER = "approver"

    @property
    def word(self) -> str:
        """The word on screen."""
        return {"office": "工商联办公室", "body": "商会、党组织", "branch": "党支部", "approver": "上级党组织"}[self.value]

    @property
    def decides(self) -> bool:
        """Whether it is registered by an office: what the office does itself, and what the upper level decides."""
        return self in (Who.OFFICE, Who.APPROVER)


class Track(StrEnum):
    """Two tracks stand side by side where a chamber is founded or re-elected at the same time (四同时, M05)."""

    PARTY = "party"
    CHAMBER = "chamber"

    @property
    def word(self) -> str:
        """The word on screen."""
        return {"party": "党组织", "chamber": "商会"}[self.value]


TERM, DELAYED = "@term", "@delayed"
"""Instead of a step: the day the term of the organization is due; the same, or the day to which a delay was approved (COM-10)."""
EXAMINATION, PROBATION = "@examination", "@probation"
"""Instead of a step: the end of the half year in which the next examination falls (DEV-06); the end of probation, extended or not."""
RECKONED = ("", TERM, DELAYED, EXAMINATION, PROBATION)


@dataclass(frozen=True)
class Limit:
    """So many months or days (the number `name` of the norm `norm`) after the step `of`; "" counts from the opening.

    `name` ending in «days» is in days, otherwise in months; "" is the day itself. `of` may be one of RECKONED; `before` counts
    backwards. An earliest limit is the first lawful day, a latest one the last.
    """

    norm: str
    name: str
    of: str = ""
    before: bool = False


def applies_always(file: File) -> bool:
    """Every case of the kind has it."""
    return True


def _nothing(file: File, on: date) -> Sequence[str]:
    return ()


def _no_day(file: File) -> date | None:
    return None


Writes = Callable[["File", date, "User | None", datetime, str], None]
"""What a step writes into the ledger: the file with the step done, its day, by whom, when, and the run under which the journal keeps it."""


@dataclass(frozen=True)
class Step:
    """One step.

    `after`: codes of the steps that must be done (or skipped, or not apply) before. `approves`: the step that this one decides
    on; who did that one cannot do this one. `skippable`: may be left out with a reason. `numbered`: a 文号 is asked for.
    `papers`: codes of papers drafted for it. `asks`: the parts of the case that are filled in here (design, people, nominees,
    ballot, method). `applies`: whether the case has this step at all. `refuses`: why it cannot be done on a day, in plain sentences.
    `norm`: the article to show. `stage` and `ordinal`: the stage it belongs to and its number in the official chart. `on_paper`: the
    papers of which only is kept where they lie. `writes`: what the ledger holds from this step on, taken back when it is returned.
    `proposed`: the day that the ledger knows for it already.
    """

    code: str
    title: str
    sentence: str
    who: Who = Who.BODY
    after: tuple[str, ...] = ()
    track: Track = Track.PARTY
    latest: Limit | None = None
    earliest: Limit | None = None
    approves: str = ""
    skippable: bool = False
    numbered: bool = False
    papers: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    applies: Callable[[File], bool] = applies_always
    refuses: Callable[[File, date], Sequence[str]] = _nothing
    norm: str = ""
    stage: str = ""
    ordinal: int = 0
    on_paper: str = ""
    writes: Writes | None = None
    proposed: Callable[[File], date | None] = _no_day


def _no_forms(file: File) -> Sequence[Form]:
    return ()


def _no_fault(file: File) -> Sequence[str]:
    return ()


def _no_proposal(file: File) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True)
class Asked:
    """What the form of the design asks (web/cases/design.py).

    `title`: of the form. `columns`: of Design, in their order; `optional`: those that may be left empty; `when`: those asked only
    where this says so (or something stands there). `labels`, `hints`: other words than those of the model, by column. `forms`: the
    ways of establishment that are lawful for the case. `proposed`: what stands in the form to begin with, by column. `refuses`: why
    what was typed cannot stand, whatever is still to come.
    """

    title: str = "组建方案"
    columns: tuple[str, ...] = ()
    optional: tuple[str, ...] = ("grounds",)
    labels: Mapping[str, str] = field(default_factory=dict)
    hints: Mapping[str, str] = field(default_factory=dict)
    when: Mapping[str, Callable[[File], bool]] = field(default_factory=dict)
    forms: Callable[[File], Sequence[Form]] = _no_forms
    proposed: Callable[[File], Mapping[str, Any]] = _no_proposal
    refuses: Callable[[File], Sequence[str]] = _no_fault


@dataclass(frozen=True)
class Paper:
    """A paper drafted from the facts of a case: 请示, 批复, 选举结果报告 … Missing facts stand as 【待补充】.

    `applies`: whether the case has this paper at all. `each`: the papers in its place where several sign one each; `of` is then the
    code of the one declared. `dated`: its day is that of its step.
    """

    code: str
    title: str
    write: Callable[[File], Letter]
    applies: Callable[[File], bool] = applies_always
    each: Callable[[File], Sequence[Paper]] | None = None
    of: str = ""
    dated: bool = True

    def drafts(self, file: File) -> list[Paper]:
        """What is drafted for a case: itself, or one for each who signs; nothing where it does not apply."""
        if not self.applies(file):
            return []
        return list(self.each(file)) if self.each is not None else [self]


@dataclass(frozen=True)
class Ending:
    """A case ends without what it was opened for: not admitted, struck off. `applies`: whether it can end so as it stands.

    `writes`: what becomes of the ledger from that day, in the run of the ending. `leaves`: it goes on elsewhere, outside the platform.
    """

    code: str
    title: str
    sentence: str
    applies: Callable[[File], bool]
    norm: str = ""
    writes: Writes | None = None
    leaves: bool = False


@dataclass(frozen=True)
class Kind:
    """A kind of case.

    `about`: what it is opened for, "chambers", "organization" or "person". `pairs`: (word, step of the chamber, step of the party) of the
    two tracks. `design`: what its form of the design asks. `makes_branch`: those listed make up a branch, so that enough full
    members are needed. `refuses`: why it cannot be opened. `warns`: what may be right and is worth a look. `consequences`: what
    the ledger will hold once it is done; `by_name`: what of it names members, for those who may see them. `finish`: the ledger
    operations, run in the transaction of the last step; it returns the party organization founded, if one was.
    """

    code: str
    title: str
    sentence: str
    about: str
    steps: tuple[Step, ...]
    finish: Callable[[File, User | None, datetime], PartyOrganization | None]
    consequences: Callable[[File], Sequence[str]]
    by_name: Callable[[File], Sequence[str]] = field(default=lambda file: ())
    refuses: Callable[[File], Sequence[str]] = field(default=lambda file: ())
    warns: Callable[[File], Sequence[str]] = field(default=lambda file: ())
    papers: tuple[Paper, ...] = ()
    pairs: tuple[tuple[str, str, str], ...] = ()
    design: Asked = Asked()
    makes_branch: bool = True
    endings: tuple[Ending, ...] = ()

    def asks(self, part: str) -> bool:
        """Whether a step asks for this part of a case."""
        return any(part in one.asks for one in self.steps)

    def step(self, code: str) -> Step | None:
        """The step with this code."""
        return next((one for one in self.steps if one.code == code), None)

    def paper(self, code: str) -> Paper | None:
        """The paper declared with this code."""
        return next((one for one in self.papers if one.code == code), None)

    def draft(self, file: File, code: str) -> Paper | None:
        """The paper of a case with this code."""
        return next((one for paper in self.papers for one in paper.drafts(file) if one.code == code), None)


kinds: Registry[Kind] = Registry("shanghui.cases.kinds")


def declare(kind: Kind) -> Kind:
    """Takes a kind; raises DuplicateEntry when its code is taken, ValueError when a step follows one that does not exist."""
    codes = [one.code for one in kind.steps]
    for one in kind.steps:
        known = set(codes[: codes.index(one.code)])
        limits = [limit.of for limit in (one.latest, one.earliest) if limit is not None and limit.of not in RECKONED]
        unknown = [other for other in (*one.after, *limits, *([one.approves] if one.approves else [])) if other not in known]
        if unknown or codes.count(one.code) > 1:
            raise ValueError(f"{kind.code}.{one.code}: {unknown}")
        if any(kind.paper(paper) is None for paper in one.papers):
            raise ValueError(f"{kind.code}.{one.code}: {one.papers}")
    kinds.add(kind.code, kind)
    return kind
