"""The list of findings: its columns, how it is narrowed, what a row shows beside them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from shanghui.access.models import UnitKind
from shanghui.kernel.columns import Column, attribute
from shanghui.ledger.organizations.queries import matching_units
from shanghui.rules.duties import registry as duties
from shanghui.rules.models import Finding, FindingState
from shanghui.rules.queries import Rule, catalogue
from shanghui.rules.registry import Modality
from shanghui.web.kit.links import address
from shanghui.web.kit.listing import Filter

STATES = (*FindingState.choices, ("all", "连同已解决的"))
ALWAYS = Modality.MUST, Modality.SHOULD, Modality.LOCAL, Modality.CONVENTION, Modality.MAY


def rules_by_code() -> dict[str, Rule]:
    """Every rule."""
    return {rule.code: rule for rule in catalogue()}


def columns(rules: dict[str, Rule], day: date) -> tuple[Column, ...]:
    """The columns of the page and the workbook."""

    def rule(row: Finding) -> str:
        return rules[row.rule].title if row.rule in rules else row.rule

    def article(row: Finding) -> str:
        norm = rules[row.rule].norm_on(row.first) or rules[row.rule].norm_on(day) if row.rule in rules else None
        return norm.source if norm else ""

    return (
        Column("unit", "单位", lambda row: row.unit.name, sort="unit__name", width=34),
        Column("rule", "事项", rule, sort="rule", width=16),
        Column("message", "情况", lambda row: row.message, width=60),
        Column("article", "依据", article, width=34),
        Column("state", "状态", lambda row: row.get_state_display(), sort="state", width=10),
        attribute("since", "列出时间"),
        attribute("owner", "经办人"),
        attribute("explanation", "说明", sort="-", width=40),
        attribute("fixed_on", "解决时间"),
        attribute("reopened", "重新出现次数", numeric=True),
    )


def unresolved(rows: QuerySet[Finding], state: str) -> QuerySet[Finding]:
    """What is fixed shows only when it is asked for."""
    return rows if state in ("all", FindingState.FIXED) else rows.exclude(state=FindingState.FIXED)


def filters(rows: QuerySet[Finding], rules: dict[str, Rule], day: date) -> tuple[Filter, ...]:
    """By state, rule, modality, owner. Two questions."""
    present = set(rows.order_by().values_list("rule", flat=True).distinct())
    owners = [name for name in rows.order_by("owner").values_list("owner", flat=True).distinct() if name]
    return (
        Filter("state", "状态", STATES, lambda found, value: found if value == "all" else found.filter(state=value)),
        Filter("rule", "事项", [(code, rule.title) for code, rule in rules.items() if code in present], lambda found, value: found.filter(rule=value)),
        Filter("modality", "要求", [(one.value, one.word) for one in ALWAYS], lambda found, value: found.filter(rule__in=_of(value, rules, day))),
        Filter("owner", "经办人", [("-", "还没有指定"), *((name, name) for name in owners)], _owned),
    )


def _of(modality: str, rules: dict[str, Rule], day: date) -> list[str]:
    return [code for code, rule in rules.items() if (norm := rule.norm_on(day)) is not None and norm.modality == modality]


def _owned(found: QuerySet[Any], value: str) -> QuerySet[Any]:
    return found.filter(owner="" if value == "-" else value)


def of_bare_duties(bare: QuerySet[Any, int]) -> Q:
    """What organizations without any activity on record have missed."""
    return Q(rule__in=[one.code for one in duties], unit_id__in=bare)


def matching(text: str) -> Q:
    """Name or initials of the unit, or words of the message."""
    return matching_units(text) | Q(message__contains=text.strip())


@dataclass(frozen=True)
class Place:
    """Where a finding is dealt with, and under which name."""

    url: str
    word: str


def place_of(row: Finding) -> Place:
    """The month of the calendar for a duty; else the page of the unit."""
    if any(one.code == row.rule for one in duties):
        every = next(one.every for one in duties if one.code == row.rule)
        period = f"{row.first.year}-{row.first.month + every - 1:02d}"
        return Place(reverse("calendar-cell", kwargs={"organization": row.unit_id, "period": period}), "看这个月")
    if row.unit.kind == UnitKind.CHAMBER:
        return Place(address("chamber", chamber=row.unit_id), "看商会档案")
    return Place(address("organization", organization=row.unit_id), "看支部档案")
