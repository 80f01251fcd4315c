"""What is said before a party organization or a chamber ends: what ends with it, what is on record of later days, which frozen
reports say otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from shanghui.access.models import Unit
from shanghui.kernel.periods import full_day
from shanghui.ledger.activities.models import Activity
from shanghui.ledger.organizations.models import Chamber, PartyOrganization
from shanghui.ledger.people.operations import Ending, ends_with_chamber, later_than_chamber, later_than_organization
from shanghui.reports.queries import frozen_about
from shanghui.web.kit.visits import Visit

NAMED = 8


def ending_in_words(endings: Sequence[Ending]) -> list[str]:
    """«将同时结束：…» where anything does."""
    return [f"将同时结束：{'；'.join(one.words for one in endings)}。"] if endings else []


def after_organization(row: PartyOrganization, on: date, visit: Visit) -> list[str]:
    """What an end before today comes too late for: records of later days, and reports frozen since."""
    return _after(row.unit, on, visit, later_than_organization(row, on)) if on <= visit.today else []


def closing_of_chamber(row: Chamber, since: date, visit: Visit) -> list[str]:
    """What closing a chamber ends, and, for a day before today, what is on record of later days."""
    said = ending_in_words(ends_with_chamber(row, since))
    return said + (_after(row.unit, since, visit, later_than_chamber(row, since)) if since < visit.today else [])


def frozen_in_words(unit: Unit, on: date) -> list[str]:
    """The frozen reports that count the unit on a day on which it would be gone. One question."""
    rows = list(frozen_about(unit, since=on)[: NAMED + 1])
    if not rows:
        return []
    names = "、".join(f"《{one.title}》（{one.unit.name}，截至 {one.as_at}）" for one in rows[:NAMED])
    return [f"已经冻结的报告不会变，其中的数字从此与台账不同：{names}{'等' if len(rows) > NAMED else ''}。需要的，请重新生成。"]


def _after(unit: Unit, on: date, visit: Visit, later: Sequence[Ending]) -> list[str]:
    said = []
    if later:
        named = "；".join(f"{one.words}（自{full_day(one.fact.valid_from)}起）" for one in later[:NAMED])
        said.append(f"有{len(later)}条记录在{full_day(on)}以后才开始，不会自动结束，请逐条更正：{named}{'等' if len(later) > NAMED else ''}。")
    return [*said, *held_in_words(unit, on, visit), *frozen_in_words(unit, on)]


def held_in_words(unit: Unit, on: date, visit: Visit) -> list[str]:
    """How many activities the unit held on a day on which it would be gone, or later. One question."""
    held = Activity.objects.within(visit.scope_today()).filter(hosts__unit=unit, held_on__gte=on).distinct().count()
    return [f"{full_day(on)}以后“{unit.name}”还登记了 {held} 次活动，请核对日期。"] if held else []
