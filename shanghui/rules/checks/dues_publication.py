"""党费收缴情况每年公布 (DUES-20)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.db.models import F

from shanghui.ledger.dues.models import DuesPayment, DuesPublication
from shanghui.ledger.dues.queries import WITHOUT_DUES
from shanghui.rules.picture import Picture
from shanghui.rules.registry import limit
from shanghui.rules.standing import Stand, check
from shanghui.rules.states import State


@check(
    "dues.publication", "党费收缴公布", norm="DUES-20", concerns="在这里登记党费的党支部",
    settled_by="在党费页向本支部党员公布当年的收缴情况；在别处公布过的，也在那里登记一次",
)
def publication(picture: Picture) -> Iterator[Stand]:
    """党支部每年至少向党员公布1次党费收缴情况；当年没有公布的待办，过了年还没有公布的逾期。没有在这里登记党费的不问。"""
    kept, this = _kept(picture), picture.day.year
    shown = _shown(picture) if kept else {}
    least = limit("DUES-20", "publications_per_year")
    for body in picture.bodies:
        if not body.is_branch or body.form in WITHOUT_DUES:
            continue
        for year in (this - 1, this):
            if year not in kept.get(body.unit, ()) or shown.get((body.unit, year), 0) >= least:
                continue
            first, last = date(year, 1, 1), date(year, 12, 31)
            if year < this:
                message = f"{year}年的党费收缴情况没有向党员公布。请补公布，只列姓名和交了没有，不列金额。"
                yield Stand(body.unit, body.name, State.OVERDUE, first, message, last)
            else:
                message = f"{year}年的党费收缴情况还没有向党员公布。请在年底前公布，只列姓名和交了没有，不列金额。"
                yield Stand(body.unit, body.name, State.DUE, first, message, last)


def _kept(picture: Picture) -> dict[int, set[int]]:
    """By branch the years, this and the last, for a month of which dues are recorded. One question."""
    found: dict[int, set[int]] = defaultdict(set)
    rows = DuesPayment.objects.filter(
        organization_id__in=picture.rows.order_by().values("pk"), month__gte=date(picture.day.year - 1, 1, 1), month__lte=picture.day
    )
    for unit, month in rows.order_by().values_list("organization_id", "month").distinct():
        found[unit].add(month.year)
    return found


def _shown(picture: Picture) -> dict[tuple[int, int], int]:
    """How often a branch showed the list: by the year it is of, and by the year in which it was shown. One question."""
    found: dict[tuple[int, int], int] = defaultdict(int)
    rows = DuesPublication.objects.filter(organization_id__in=picture.rows.order_by().values("pk"), published_on__lte=picture.day)
    for unit, of, shown in rows.order_by().values_list("organization_id", "year", F("published_on__year")):
        for year in {of, shown}:
            found[unit, year] += 1
    return found
