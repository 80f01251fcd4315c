"""The calendar of duties: organizations × months, the list behind every number, and what one organization owes in a month."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.kernel.columns import Column
from shanghui.ledger.activities.queries import without_records
from shanghui.rules.matrix import When, rows, totals, when
from shanghui.rules.packs import PACKS
from shanghui.rules.states import State
from shanghui.rules.verdicts import Slot
from shanghui.web.calendar import table
from shanghui.web.calendar.asked import Asked, read
from shanghui.web.figures.nodes import to_choose
from shanghui.web.home.unrecorded import NOT_YET, SAID, way_in
from shanghui.web.kit.addresses import changed
from shanghui.web.kit.listing import workbook
from shanghui.web.kit.paging import paginate
from shanghui.web.kit.visits import Visit, page, show

ROWS, SLOTS = 200, 100
SLOT_COLUMNS = (
    Column("name", "党组织", lambda slot: slot.name, width=34),
    Column("duty", "事项", lambda slot: slot.duty.title, width=16),
    Column("period", "期间", lambda slot: slot.period_words, width=14),
    Column("state", "状态", lambda slot: slot.state.word, width=12),
    Column("article", "依据", lambda slot: slot.article, width=34),
    Column("last", "截止", lambda slot: slot.last),
    Column("message", "说明", lambda slot: slot.message, width=60),
)


@page(Act.DUTY_VIEW, methods=("GET",))
def calendar(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Organizations × the months of a year; those with gaps first, by name. A constant number of questions."""
    asked = read(request, visit)
    by_name = request.GET.get("sort") == "name"
    listed, window = rows(asked.chosen.lines, by_name=by_name), asked.chosen.window
    bare = set(without_records(asked.node.scope, visit.day))
    listed = listed if by_name else sorted(listed, key=lambda row: row.unit in bare)
    if request.GET.get("format") == "xlsx":
        pairs = [(row, row.cells(window, visit.day)) for row in listed]
        return workbook(visit, f"{asked.year}年三会一课", table.columns(window, visit.day), pairs)
    turned, months = paginate(listed, request, ROWS, count=True), table.months(asked.year, visit.day, request.GET.get("from", ""))
    context = {
        "asked": asked, "node": asked.node, "nodes": to_choose(visit), "page": turned, "months": months, "by_name": by_name,
        "body": table.body(turned.rows, window, visit.day, months, visit.query, bare), "sums": _sums(request, asked),
        "kinds": _kinds(request, asked), "years": _years(request, asked, visit), "parts": _parts(request, months),
        "slots_url": _slots_url(request), "narrows": bool(asked.text or asked.code),
        "unrecorded": _unrecorded(asked, bare, visit),
    }
    return show(request, "calendar/calendar.html", visit, context, dated=True)


def _sums(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    """The numbers of the sentence, each with the address of the slots it counts."""
    counts = totals(asked.chosen)
    found: dict[str, Any] = {}
    for one, by_state in counts.items():
        found[one.value] = {state.value: (number, _slots_url(request, when=one.value, state=state.value)) for state, number in by_state.items()}
        found[one.value]["all"] = (sum(by_state.values()), _slots_url(request, when=one.value))
    return found


def _unrecorded(asked: Asked, bare: set[int], visit: Visit) -> dict[str, Any] | None:
    """Of how many organizations nothing at all is on record, how many of the missed slots are theirs, and the way to mend it."""
    lines = [line for line in asked.chosen.lines if line.roll.unit in bare and line.overdue]
    if not lines:
        return None
    names = sorted({line.roll.name for line in lines})
    url, verb = way_in(visit)
    return {
        "number": len(names), "first": names[0], "missed": sum(line.overdue.bit_count() for line in lines), "url": url, "verb": verb,
        "said": SAID, "not_yet": NOT_YET,
    }


def _slots_url(request: HttpRequest, **more: str) -> str:
    kept = {key: request.GET[key] for key in ("under", "year", "duty", "q", "on") if request.GET.get(key)}
    written = urlencode(kept | more)
    return reverse("calendar-slots") + (f"?{written}" if written else "")


def _kinds(request: HttpRequest, asked: Asked) -> list[dict[str, Any]]:
    every = [{"title": "全部", "small": "", "url": changed(request.GET, duty=None), "current": not asked.code}]
    return every + [
        {
            "title": duty.title, "small": f"{'本地' if duty.pack in PACKS else ''}{duty.every.word}",
            "url": changed(request.GET, duty=duty.code), "current": duty.code == asked.code,
        }
        for duty in asked.duties
    ]


def _years(request: HttpRequest, asked: Asked, visit: Visit) -> list[tuple[int, str, bool]]:
    """The year before, this one, and the next as far as the year after the day's."""
    near = range(asked.year - 1, min(asked.year + 1, visit.day.year + 1) + 1)
    return [(year, changed(request.GET, year=year, **{"from": None}), year == asked.year) for year in near]


def _parts(request: HttpRequest, months: list[table.Month]) -> list[tuple[str, str, bool]]:
    """For telephones: the three thirds of the year."""
    first = next(month.number for month in months if not month.far)
    return [(f"{n}—{n + 3}月", changed(request.GET, **{"from": n}), n == first) for n in (1, 5, 9)]


@page(Act.DUTY_VIEW, methods=("GET",))
def slots(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The slots behind a number of the calendar, one a row; as a workbook with `?format=xlsx`."""
    asked = read(request, visit)
    listed = [slot for slot in asked.chosen.slots(_states(request)) if _is_asked(slot, request, visit)]
    if request.GET.get("format") == "xlsx":
        return workbook(visit, f"{asked.year}年三会一课明细", SLOT_COLUMNS, listed)
    context = {
        "asked": asked, "page": paginate(listed, request, SLOTS, count=True),
        "states": [("", "全部"), *((state.value, state.word) for state in State)],
        "whens": [("", "全部"), *((one.value, one.word) for one in When)],
        "back": reverse("calendar") + changed(request.GET, state=None, when=None),
        "duty": next((duty for duty in asked.duties if duty.code == asked.code), None),
    }
    return show(request, "calendar/slots.html", visit, context, dated=True)


def _states(request: HttpRequest) -> list[State]:
    wanted = request.GET.get("state", "")
    return [state for state in State if not wanted or state.value == wanted]


def _is_asked(slot: Slot, request: HttpRequest, visit: Visit) -> bool:
    wanted = request.GET.get("when", "")
    return not wanted or when(slot, visit.day).value == wanted
