"""What a duty is, and how one is declared (M42). A duty is one module in checks/; adding one touches nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from shanghui.kernel.registry import Registry
from shanghui.ledger.activities.models import ActivityType
from shanghui.ledger.organizations.models import OrganizationKind
from shanghui.rules.months import Every
from shanghui.rules.reading import Masks, Reading
from shanghui.rules.registry import Norm, norm_on


@dataclass(slots=True)
class Roll:
    """What is known of one party organization over a window, each as a mask of months.

    `being`: months throughout which it was there. `branch`, `group`, `party_committee`: months on whose first day it was one; `limited`:
    on whose first day its form was 功能型 or 临时; `declared`: on whose first day it was said to have a committee, nobody said of whom.
    So a change of kind or form moves nothing of the months before. `kind`: what it is on the day asked about, or was last.
    `committee`: months on whose first day a committee was on record. `secretary`: all months of the years in which a secretary
    was on record on the first day of a month. `packs`: the months in which a pack of local rules was switched on for it.
    `full`: how many full members are at home there on the day asked about; `large`: so many that a committee is to be set up (COM-01).
    """

    unit: int
    name: str
    kind: str
    being: int = 0
    branch: int = 0
    group: int = 0
    party_committee: int = 0
    limited: int = 0
    declared: int = 0
    committee: int = 0
    secretary: int = 0
    full: int = 0
    large: bool = False
    packs: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_branch(self) -> bool:
        """Whether it is a branch, or was one last."""
        return self.kind == OrganizationKind.BRANCH

    @property
    def lasting_branch(self) -> int:
        """The months throughout which it was there, a branch neither 功能型 nor 临时 on the first day."""
        return self.being & self.branch & ~self.limited

    @property
    def facts(self) -> tuple[Any, ...]:
        """Everything that decides what is asked of it."""
        packs = tuple(self.packs.items()) if self.packs else ()
        return (
            self.being, self.branch, self.group, self.party_committee, self.limited, self.declared, self.committee, self.secretary, self.large,
            packs,
        )


class Applies(NamedTuple):
    """In which months a duty applies, and in which that cannot be told (with what would settle it)."""

    due: int
    unknown: int = 0


Evidence = Callable[[Reading], Masks]
"""By unit the months in which a duty was met, up to and including the day. Set-based."""


@dataclass(frozen=True)
class Duty:
    """One thing owed in every period. `norm`: the code of its norm; `pack`: the local rules it belongs to, if any.

    `types`: what fills it; `evidence`: where another question has to be asked. `missing`: what is to be entered when it
    cannot be told whether the duty applies. `needs_members`: the number of full members is asked for.
    `met_by`: what satisfies it, in words, where there is `evidence`.
    """

    code: str
    title: str
    norm: str
    every: Every
    types: tuple[ActivityType, ...]
    applies: Callable[[Roll], Applies]
    sentence: str
    concerns: str
    pack: str = ""
    evidence: Evidence | None = None
    missing: str = ""
    needs_members: bool = False
    met_by: str = ""

    def norm_on(self, day: date) -> Norm | None:
        """Its norm in the version in force on the day."""
        return norm_on(self.norm, day)


registry: Registry[Duty] = Registry("shanghui.rules.checks")


def duty(
    code: str, title: str, *, norm: str, every: Every, concerns: str, types: tuple[ActivityType, ...] = (),
    evidence: Evidence | None = None, pack: str = "", missing: str = "", needs_members: bool = False, met_by: str = "",
) -> Callable[[Callable[[Roll], Applies]], Callable[[Roll], Applies]]:
    """Declares a duty over a function that says to which months it applies; the docstring is the sentence the office reads.

    `concerns`: of whom it is asked, in words. A duty of a pack applies only where the pack is switched on: it can add to
    what the national norms ask, never take away.
    """

    def declare(applies: Callable[[Roll], Applies]) -> Callable[[Roll], Applies]:
        sentence = " ".join((applies.__doc__ or "").split())
        registry.add(
            code,
            Duty(code, title, norm, every, types, applies, sentence, concerns, pack, evidence, missing, needs_members, met_by),
        )
        return applies

    return declare
