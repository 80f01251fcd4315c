"""What can happen to a secretary's project (M31), and what an activity is linked to; each with its audit entry."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from shanghui.access.audit import Journal
from shanghui.access.models import Unit, UnitKind, User
from shanghui.kernel.refusals import Refused
from shanghui.ledger.activities.models import Activity, ActivityAlliance, ActivityPairing, CampaignShare
from shanghui.ledger.activities.operations.parts import settle
from shanghui.ledger.programs.models import ActivityProject, SecretaryProject


@transaction.atomic
def open_project(*, unit: Unit, year: int, title: str, by: User | None, at: datetime, goal: str = "") -> SecretaryProject:
    """The project of a party organization in a year. Raises Refused for a second one in the year."""
    if unit.kind != UnitKind.ORGANIZATION:
        raise Refused(f"“{unit.name}”不是党组织，书记项目登记在党组织名下。")
    _refuse_second(unit, year)
    journal = Journal(by=by, at=at, verb="立项书记项目")
    made = journal.create(SecretaryProject(unit=unit, year=year, title=title, goal=goal))
    journal.close(made, unit)
    return made


@transaction.atomic
def change_project(*, project: SecretaryProject, by: User | None, at: datetime, **values: Any) -> bool:
    """Another title, goal or year; says whether anything changed. Raises Refused."""
    _refuse_second(project.unit, values.get("year", project.year), but=project)
    journal = Journal(by=by, at=at, verb="修改书记项目")
    changed = journal.change(project, **values)
    journal.close(project, project.unit)
    return changed


@transaction.atomic
def close_project(*, project: SecretaryProject, on: date, result: str, by: User | None, at: datetime) -> None:
    """Closes a project with what came of it. Raises Refused when it is closed already, without a result, or too early."""
    if project.closed_on is not None:
        raise Refused(f"这个项目已于{project.closed_on}结项。")
    if not result.strip():
        raise Refused("请写明结果。")
    if on.year < project.year:
        raise Refused(f"结项日期早于{project.year}年。请核对。")
    journal = Journal(by=by, at=at, verb="书记项目结项")
    journal.change(project, closed_on=on, result=result)
    journal.close(project, project.unit)


@transaction.atomic
def link_activity(
    *, activity: Activity, items: Iterable[int], alliances: Iterable[int], pairings: Iterable[int], projects: Iterable[int],
    host: Unit, by: User | None, at: datetime,
) -> bool:
    """Makes these, and no others, what the activity counts for; says whether anything changed. One act, taken back as one."""
    journal = Journal(by=by, at=at, verb="活动算入")
    changed = settle(journal, CampaignShare, activity, "item_id", {key: {} for key in items})
    changed |= settle(journal, ActivityAlliance, activity, "alliance_id", {key: {} for key in alliances})
    changed |= settle(journal, ActivityPairing, activity, "pairing_id", {key: {} for key in pairings})
    changed |= settle(journal, ActivityProject, activity, "project_id", {key: {} for key in projects})
    journal.close(activity, host)
    return changed


def _refuse_second(unit: Unit, year: int, but: SecretaryProject | None = None) -> None:
    there = SecretaryProject.objects.filter(unit=unit, year=year).exclude(pk=but.pk if but else 0).first()
    if there is not None:
        raise Refused(f"“{unit.name}”{year}年已有书记项目“{there.title}”，一年一个。请在原来那一个上修改。")
