"""A year of one branch: the ledger for its secretary, and the list that is shown to the members – names, paid or not, no amounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.kernel.columns import Column
from shanghui.kernel.refusals import Refused
from shanghui.ledger.dues.months import month_of
from shanghui.ledger.dues.operations import publish_dues
from shanghui.ledger.dues.queries import NOTHING, Line, publications_of, roll
from shanghui.ledger.organizations.models import PartyOrganization
from shanghui.ledger.people.models import Person
from shanghui.rules.registry import norm_on
from shanghui.web.dues.asked import asked_year, home_of, own
from shanghui.web.kit.listing import workbook
from shanghui.web.kit.visits import Visit, found, page, show
from shanghui.web.study.views import is_own

PUBLICITY = "DUES-20"


@dataclass(frozen=True)
class YearLine:
    """One person with what stands in each month; None where nothing was owed here."""

    person: int
    name: str
    months: list[Line | None]

    @property
    def asked(self) -> Decimal:
        """Due in the year."""
        return sum((one.asked or NOTHING for one in self.months if one), NOTHING)

    @property
    def paid(self) -> Decimal:
        """Paid in the year."""
        return sum((one.paid or NOTHING for one in self.months if one), NOTHING)

    @property
    def state(self) -> str:
        """settled, open, or unknown where there was never a base; months before the base are nobody's debt."""
        states = {one.state for one in self.months if one} - {"unknown"}
        return "open" if "open" in states else "settled" if states else "unknown"


def year_of(organization: int, year: int, today: date, *, whole: bool = True) -> list[YearLine]:
    """The year by pinyin. `whole`: months to come too, which may have been paid in advance. Three questions a month."""
    months = [date(year, one, 1) for one in range(1, 13)]
    asked = [month for month in months if whole or month <= month_of(today)]
    told: dict[int, YearLine] = {}
    order: dict[int, str] = {}
    for place, month in enumerate(asked):
        for line in roll(Q(organization_id=organization), month):
            if month > month_of(today) and line.paid is None:
                continue
            row = told.setdefault(line.person, YearLine(line.person, line.name, [None] * len(asked)))
            row.months[place] = line
            order[line.person] = line.initials
    return sorted(told.values(), key=lambda one: (order[one.person], one.person))


@page(Act.PEOPLE_VIEW, methods=("GET",))
def dues_year(request: HttpRequest, visit: Visit, organization: int) -> HttpResponse:
    """The ledger of the year: every member by every month, and as a workbook."""
    row, year = own(visit, organization), asked_year(request, visit.today)
    lines = year_of(row.pk, year, visit.today)
    if request.GET.get("format") == "xlsx":
        return workbook(visit, f"{row.unit.name}{year}年党费台账", _columns(), lines, subject=row)
    begun = _begun(lines)
    context = {
        "row": row, "year": year, "lines": [(one, one.months[begun:]) for one in lines], "months": range(begun + 1, 13), "before": range(1, begun + 1),
        "published": publications_of(row.pk).filter(year=year),
        "asked": sum((one.asked for one in lines), NOTHING), "paid": sum((one.paid for one in lines), NOTHING), "norm": norm_on(PUBLICITY, visit.today),
        "may_publish": visit.may(Act.PUBLISH) and year <= visit.today.year,
    }
    return show(request, "dues/year.html", visit, context)


def _begun(lines: list[YearLine]) -> int:
    """How many months of the year went by before anybody had a base; 0 where nobody has one yet."""
    known = [place for one in lines for place, month in enumerate(one.months) if month and month.state != "unknown"]
    return min(known, default=0)


def _columns() -> list[Column]:
    def paid_in(place: int) -> Any:
        return lambda one: one.months[place].paid if one.months[place] else None

    found = [Column("name", "姓名", lambda one: one.name)]
    found += [Column(f"m{place}", f"{place + 1}月", paid_in(place), numeric=True, width=9, about="dues") for place in range(12)]
    return [*found, Column("asked", "应交合计", lambda one: one.asked, about="dues"), Column("paid", "实交合计", lambda one: one.paid, about="dues")]


@page(Act.PUBLISH, methods=("POST",))
def dues_publish(request: HttpRequest, visit: Visit, organization: int) -> HttpResponse:
    """From today on the members of the branch see the list."""
    row, year = own(visit, organization), asked_year(request, visit.today)
    try:
        publish_dues(organization=row, year=year, on=visit.today, by=visit.user, at=visit.now)
        messages.success(request, f"已向本支部党员公布{year}年收缴情况：只有姓名和交清没有，不写金额。")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{reverse('dues-published', kwargs={'organization': row.pk})}?year={year}")


@page(Act.SIGNED_IN, methods=("GET",))
def dues_published(request: HttpRequest, visit: Visit, organization: int) -> HttpResponse:
    """The list as it is shown, to print or read: for the secretary, and for the members at home there once it was published."""
    year = asked_year(request, visit.today)
    row = found(PartyOrganization.objects.select_related("unit"), organization)
    published = list(publications_of(row.pk).filter(year=year))
    if not is_own(visit, row.pk) and not (published and _is_member(visit, row.pk)):
        raise Http404
    context = {
        "row": row, "year": year, "lines": year_of(row.pk, year, visit.today, whole=False), "published": published,
        "norm": norm_on(PUBLICITY, visit.today), "is_own": is_own(visit, row.pk), "months": range(1, 13),
        "may_publish": is_own(visit, row.pk) and visit.may(Act.PUBLISH) and year <= visit.today.year,
    }
    return show(request, "dues/published.html", visit, context)


def _is_member(visit: Visit, organization: int) -> bool:
    person = Person.objects.filter(user=visit.user).without_numbers().first()
    return person is not None and home_of(person, visit.today) == organization
