"""The list of campaigns, a campaign with its table, and one organization's own page of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.access.models import UnitKind
from shanghui.kernel.periods import last_day
from shanghui.ledger.activities.campaign_states import Cell, Row, Standing, State, standing, standings
from shanghui.ledger.activities.models import ActivityType, Campaign, CampaignItem
from shanghui.web.campaigns import words
from shanghui.web.kit.addresses import changed
from shanghui.web.kit.history import history
from shanghui.web.kit.listing import Filter, ListPage, answer_list, workbook
from shanghui.web.kit.paging import paginate
from shanghui.web.kit.routes import row_link
from shanghui.web.kit.visits import Visit, found, page, show

UNFINISHED = (State.OPEN, State.LATE)
SHOWN: dict[str, tuple[State, ...]] = {"unfinished": UNFINISHED, "late": (State.LATE,), "done": (State.DONE,)}
FEW = 2
"""With so few organizations to be seen, what is missing is said in the list itself."""


def within(visit: Visit) -> QuerySet[Campaign]:
    """The campaigns the visitor sees: he, or somebody in his part of the tree, launched them or is asked."""
    return Campaign.objects.within(visit.scope()).select_related("launched_by")


@page(Act.LEDGER_VIEW, methods=("GET",))
def campaigns(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What was asked, the newest first, and how far the organizations within one's part of the tree are."""

    def complete(rows: Sequence[Any]) -> None:
        stood = standings(rows, visit.scope(), visit.day)
        for row in rows:
            row.standing = stood[row.pk]

    may_launch = visit.may(Act.CAMPAIGN_LAUNCH)
    new = reverse("campaign-new")
    rows = within(visit).order_by("-valid_from", "-pk")
    listed = ListPage(
        title="专题活动", rows=rows if visit.day == visit.today else rows.filter(valid_from__lte=visit.day), columns=words.CAMPAIGN_COLUMNS,
        shown=("title", "valid_from", "last", "launched_by", "done"), unit="个", link=row_link("campaign", "campaign"),
        search=lambda text: Q(title__contains=text), search_hint="名称", complete=complete, more=lambda row: _told(row, visit),
        filters=(Filter("phase", "进度", words.PHASES, lambda rows, value: _in_phase(rows, value, visit)),),
        lead="做没做、做了几次，都从登记的活动里来，不用另外报。", actions=((new, "发起专题活动", "plus"),) if may_launch else (),
        empty_title="还没有专题活动", empty_text="上级发起的专题活动会列在这里，写明要做哪几件事、哪天前做完。",
        empty_action=(new, "发起专题活动") if may_launch else None, template="campaigns/campaigns.html",
    )
    return answer_list(request, visit, listed)


def _in_phase(rows: QuerySet[Any], value: str, visit: Visit) -> QuerySet[Any]:
    coming, over = Q(valid_from__gt=visit.day), Q(valid_to__lte=visit.day)
    return rows.filter({"coming": coming, "over": over}.get(value, ~coming & ~over))


def _told(row: Any, visit: Visit) -> dict[str, Any]:
    """What a line of the list says beyond its cells."""
    stood: Standing = row.standing
    few = [(one.unit.name, words.missing(one, visit.day)) for one in stood.rows] if len(stood.rows) <= FEW else []
    phase = words.phase(row, visit.day)
    return {
        "phase": phase, "phase_words": dict(words.PHASES)[phase], "last": last_day(row.valid_to), "asked": len(stood.rows),
        "done": len(stood.in_state(State.DONE)), "late": len(stood.in_state(State.LATE)), "few": few, "items": stood.items,
    }


@page(Act.LEDGER_VIEW, methods=("GET",))
def campaign(request: HttpRequest, visit: Visit, campaign: int) -> HttpResponse:
    """A campaign: totals that open, organizations × items, what is missing in words. `?show=`, `?item=` narrow the rows."""
    row = found(within(visit), campaign)
    stood = standing(row, visit.scope(), visit.day)
    item = _item(stood, request.GET.get("item", ""))
    shown = request.GET.get("show", "")
    kept = [one for one in stood.rows if shown not in SHOWN or _state(stood, one, item) in SHOWN[shown]]
    if request.GET.get("format") == "xlsx":
        return workbook(visit, row.title, words.state_columns(stood.items, visit.day), kept, row)
    pages = paginate(kept, request, size=100)
    may_change = visit.may(Act.CAMPAIGN_LAUNCH) and visit.scope_today(Act.CAMPAIGN_LAUNCH).contains(row.launched_by_id)
    context = {
        "row": row, "last": last_day(row.valid_to), "stood": stood, "page": pages, "lines": [_line(one, visit) for one in pages],
        "heads": _heads(stood, request), "chips": _chips(stood, item), "totals": _totals(stood), "item": item, "narrows": shown in SHOWN,
        "alone": len(stood.rows) == 1, "may_change": may_change, "may_undo": may_change, "acts": history(row), "may_record": visit.may(Act.ACTIVITY_CHANGE),
        "phase": words.phase(row, visit.day), "clear_url": changed(request.GET, show=None, item=None),
    }
    return show(request, "campaigns/campaign.html", visit, context, dated=True)


def _item(stood: Standing, asked: str) -> int | None:
    """The place of the item asked for."""
    return next((place for place, item in enumerate(stood.items) if str(item.pk) == asked), None)


def _state(stood: Standing, row: Row, item: int | None) -> State:
    return row.state if item is None else row.cells[item].state


def _counting(stood: Standing, item: int | None) -> Callable[[Sequence[State]], int]:
    return lambda states: sum(_state(stood, row, item) in states for row in stood.rows)


def _heads(stood: Standing, request: HttpRequest) -> list[dict[str, Any]]:
    """The head of each item's column with how many have done it; both open the rows."""
    heads = []
    for place, item in enumerate(stood.items):
        count = _counting(stood, place)
        heads.append({
            "item": item, "done": count((State.DONE,)), "all": len(stood.rows),
            "done_url": changed(request.GET, item=item.pk, show="done"), "all_url": changed(request.GET, item=item.pk, show=None),
        })
    return heads


def _chips(stood: Standing, item: int | None) -> list[tuple[str, str, int]]:
    count = _counting(stood, item)
    return [
        ("", "全部", len(stood.rows)), ("unfinished", "还没做完的", count(UNFINISHED)), ("late", "有逾期的", count((State.LATE,))),
        ("done", "做完的", count((State.DONE,))),
    ]


def _totals(stood: Standing) -> dict[str, int]:
    """The numbers of the sentence."""
    return {
        "asked": len(stood.rows), "done": len(stood.in_state(State.DONE)), "unfinished": len(stood.in_state(*UNFINISHED)),
        "late": len(stood.in_state(State.LATE)),
    }


def _line(row: Row, visit: Visit) -> dict[str, Any]:
    return {"unit": row.unit, "cells": [_shown(row, cell, visit) for cell in row.cells], "missing": words.missing(row, visit.day)}


def _shown(row: Row, cell: Cell, visit: Visit) -> dict[str, Any]:
    """A cell with its words, the activities behind it and the way to record what is missing."""
    return {
        "item": cell.item, "state": cell.state.value, "words": words.cell_words(cell), "still": words.still(cell, visit.day), "missing": cell.missing,
        "done_on": cell.done_on, "held": [(one, words.why(one.chosen, cell.item)) for one in cell.counted],
        "record_url": record_url(row.unit.pk, cell.item),
    }


def record_url(unit: int, item: CampaignItem) -> str:
    """Where an activity of a unit is recorded for an item; a talk has a form of its own, and its kind alone counts."""
    if item.type == ActivityType.TALK:
        return f"{reverse('talk-new')}?unit={unit}"
    return f"{reverse('activity-new')}?unit={unit}&item={item.pk}"


@page(Act.LEDGER_VIEW, methods=("GET",))
def campaign_branch(request: HttpRequest, visit: Visit, campaign: int, organization: int) -> HttpResponse:
    """One organization in a campaign: item by item which activities count and why, and what is missing."""
    row = found(within(visit), campaign)
    stood = standing(row, visit.scope(), visit.day)
    own = next((one for one in stood.rows if one.unit.pk == organization), None)
    if own is None:
        raise Http404
    may_record = visit.may(Act.ACTIVITY_CHANGE) and visit.scope_today(Act.ACTIVITY_CHANGE).contains(organization)
    context = {
        "row": row, "last": last_day(row.valid_to), "line": _line(own, visit), "may_record": may_record,
        "is_organization": own.unit.kind == UnitKind.ORGANIZATION, "phase": words.phase(row, visit.day),
    }
    return show(request, "campaigns/branch.html", visit, context, dated=True)
