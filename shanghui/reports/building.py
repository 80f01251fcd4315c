"""What cases of the half year brought about: organizations founded by them, and how far those under way are (M05)."""

from __future__ import annotations

from collections import Counter

from django.db.models import Exists, OuterRef

from shanghui.access.naming import name_on
from shanghui.cases.models import Case, State
from shanghui.cases.queries import next_steps
from shanghui.indicators.casework import BUILDING
from shanghui.ledger.organizations.models import Coverage, OrganizationPeriod
from shanghui.reports.content import Paragraph
from shanghui.reports.facts import Facts, Pieces, counted, joined, paragraph, say

NAMES_SHOWN = 20


def building(facts: Facts) -> tuple[Paragraph, ...]:
    """Who was founded by a case in the half year, and at which step the others stand; nothing where there is neither. One question
    where there is none."""
    said = []
    if founded := _founded(facts):
        more = "等" if len(founded) > NAMES_SHOWN else ""
        how_many = counted("founded", "经立项办理成立的党组织", "organizations", founded)
        said.append(paragraph("经立项办理，成立党组织", how_many, "个：", "、".join(list(founded.values())[:NAMES_SHOWN]) + more, "。"))
    if facts.count("cases.open_building"):
        said.append(paragraph(facts.sentence("正在办理的组建{cases.open_building}件"), _steps(facts), "。"))
    return tuple(said)


def _founded(facts: Facts) -> dict[int, str]:
    """{organization: «云泽市某某联合党支部（8月15日成立，覆盖2家商会）»}, the earliest first."""
    cases = Case.objects.within(facts.scope).filter(kind="establishment", state=State.DONE).values("organization_id")
    within = (facts.period.first, facts.period.last)
    before = OrganizationPeriod.objects.filter(organization=OuterRef("organization"), valid_from__lt=OuterRef("valid_from"))
    periods = OrganizationPeriod.objects.filter(~Exists(before), organization__in=cases, valid_from__range=within)
    named = periods.annotate(named=name_on(facts.day, "organization_id", "organization__unit__name"))
    rows = list(named.order_by("valid_from", "organization__unit__name"))
    covered = Coverage.objects.on(facts.day).filter(organization__in=[row.organization_id for row in rows]) if rows else ()
    counts = Counter(row.organization_id for row in covered)
    return {
        row.organization_id: f"{row.named}（{row.valid_from.month}月{row.valid_from.day}日成立，覆盖{counts[row.organization_id]}家商会）"
        for row in rows
    }


def _steps(facts: Facts) -> Pieces:
    """«，其中等“筹备”2件、等“批复”1件»: each case at the step that comes first."""
    first: dict[int, str] = {}
    for one in next_steps(facts.scope, facts.day):
        if one.file.kind.code in BUILDING:
            first.setdefault(one.file.case.pk, one.place.step.title)
    waiting: dict[str, list[int]] = {}
    for case, step in first.items():
        waiting.setdefault(step, []).append(case)
    listed = joined(
        say(f"等“{step}”", counted(f"steps.{place}", f"等“{step}”的组建", "cases", cases), "件")
        for place, (step, cases) in enumerate(waiting.items(), start=1)
    )
    return say("，其中", listed) if listed else ()
