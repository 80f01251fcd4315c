"""Where 换届 begins or goes on: the way from a party organization or the to-do into its case (M08)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from shanghui.access.acts import Act
from shanghui.cases.queries import open_by_organization
from shanghui.web.cases.around import ELECTION
from shanghui.web.kit.links import address
from shanghui.web.kit.visits import Visit


@dataclass(frozen=True)
class Start:
    """Where to go, and under which word: into the case that is open, or to opening one."""

    url: str
    word: str


def starts(visit: Visit, organizations: Iterable[int]) -> dict[int, Start]:
    """By party organization where its election begins or goes on; nothing for who may not work on cases. One question."""
    if not visit.may(Act.CASE_WORK):
        return {}
    units = list(organizations)
    going = open_by_organization(units, ELECTION, visit.scope_today(Act.CASE_VIEW)) if units else {}
    return {
        unit: Start(address("case", case=going[unit]), "看正在办的换届") if unit in going else Start(new_case(ELECTION, unit), "开始换届")
        for unit in units
    }


def new_case(kind: str, organization: int) -> str:
    """The form that opens a case about a party organization."""
    return f"{address('case-new', case_kind=kind)}?organization={organization}"
