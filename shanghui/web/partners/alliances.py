"""An alliance: its page, and what can happen to it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.access.models import UnitKind
from shanghui.kernel.periods import first_day_after
from shanghui.ledger.activities.queries import activities
from shanghui.ledger.organizations.models import Alliance, AllianceMember
from shanghui.ledger.organizations.operations import (
    change_alliance,
    end_alliance,
    found_alliance,
    join_alliance,
    leave_alliance,
    take_chair,
)
from shanghui.web.kit.answers import Crumbs, answer_form, answer_question
from shanghui.web.kit.fields import Option
from shanghui.web.kit.history import history
from shanghui.web.kit.units import unit_options
from shanghui.web.kit.visits import Visit, found, page, show
from shanghui.web.partners.forms import AllianceForm, CharterForm, EndForm, MemberForm

SHOWN = 50


def _address(row: Alliance) -> str:
    return reverse("alliance", kwargs={"alliance": row.pk})


def _crumbs(row: Alliance, here: str) -> Crumbs:
    return (("党建联盟", reverse("partners")), (row.name, _address(row)), (here, ""))


def _mine(visit: Visit, pk: int) -> Alliance:
    """An alliance kept within one's part of the tree."""
    return found(Alliance.objects.filter(visit.scope_today().condition("kept_by_id")).select_related("kept_by"), pk)


@page(Act.LEDGER_VIEW, methods=("GET",))
def alliance(request: HttpRequest, visit: Visit, alliance: int) -> HttpResponse:
    """Members of the day, who has the chair, and the activities held under it."""
    row = found(Alliance.objects.within(visit.scope()).select_related("kept_by"), alliance)
    may_change = visit.may(Act.LEDGER_CHANGE) and visit.scope_today(Act.LEDGER_CHANGE).contains(row.kept_by_id)
    held = activities(visit.scope()).filter(alliance_links__alliance=row, held_on__lte=visit.day)[:SHOWN]
    context = {
        "row": row, "members": row.members.on(visit.day).select_related("unit").order_by("-is_chair", "unit__name"), "activities": held,
        "acts": history(row), "may_change": may_change and not visit.query, "may_undo": may_change,
    }
    return show(request, "partners/alliance.html", visit, context, dated=True)


@page(Act.LEDGER_CHANGE)
def alliance_new(request: HttpRequest, visit: Visit) -> HttpResponse:
    """An alliance of units within one's part of the tree, kept by the unit of one's seat."""
    form = AllianceForm(request.POST or None, initial={"since": visit.today}, units=lambda: _joinable(visit))

    def do(cleaned: dict[str, Any]) -> str:
        keeper = next(seat.unit for seat in visit.seats if seat.unit_id in visit.scope_today().roots)
        members = list(visit.scope_today().units().filter(pk__in=cleaned.pop("members")).order_by("name"))
        return _address(found_alliance(kept_by=keeper, members=members, by=visit.user, at=visit.now, **cleaned))

    crumbs = (("党建联盟", reverse("partners")), ("成立联盟", ""))
    return answer_form(request, visit, form, do=do, heading="成立党建联盟", back=reverse("partners"), verb="成立", crumbs=crumbs)


def _joinable(visit: Visit) -> list[Option]:
    return unit_options(visit, UnitKind.ORGANIZATION, UnitKind.CHAMBER)


@page(Act.LEDGER_CHANGE)
def alliance_change(request: HttpRequest, visit: Visit, alliance: int) -> HttpResponse:
    """Another name or charter."""
    row = _mine(visit, alliance)
    form = CharterForm(request.POST or None, initial={"name": row.name, "charter": row.charter})

    def do(cleaned: dict[str, Any]) -> str:
        change_alliance(alliance=row, by=visit.user, at=visit.now, **cleaned)
        return _address(row)

    return answer_form(request, visit, form, do=do, heading="修改联盟", back=_address(row), crumbs=_crumbs(row, "修改"))


@page(Act.LEDGER_CHANGE)
def alliance_join(request: HttpRequest, visit: Visit, alliance: int) -> HttpResponse:
    """One more member."""
    row = _mine(visit, alliance)
    form = MemberForm(request.POST or None, initial={"since": visit.today}, label="成员单位", units=_joinable(visit))

    def do(cleaned: dict[str, Any]) -> str:
        unit = found(visit.scope_today().units(), cleaned["unit"])
        join_alliance(alliance=row, unit=unit, since=cleaned["since"], by=visit.user, at=visit.now)
        return _address(row)

    return answer_form(request, visit, form, do=do, heading="加入一家", back=_address(row), verb="加入", crumbs=_crumbs(row, "加入一家"))


@page(Act.LEDGER_CHANGE)
def alliance_chair(request: HttpRequest, visit: Visit, alliance: int) -> HttpResponse:
    """The chair goes to another member (轮值)."""
    row = _mine(visit, alliance)
    members = {one.unit_id: one.unit for one in _standing(row, visit)}
    options = [Option(pk, unit.name) for pk, unit in members.items()]
    form = MemberForm(request.POST or None, initial={"since": visit.today}, label="轮值单位", units=options)

    def do(cleaned: dict[str, Any]) -> str:
        take_chair(alliance=row, unit=members[cleaned["unit"]], since=cleaned["since"], by=visit.user, at=visit.now)
        return _address(row)

    return answer_form(request, visit, form, do=do, heading="轮值", back=_address(row), crumbs=_crumbs(row, "轮值"))


def _standing(row: Alliance, visit: Visit) -> list[AllianceMember]:
    return list(AllianceMember.objects.on(visit.today).filter(alliance=row).select_related("unit").order_by("unit__name"))


@page(Act.LEDGER_CHANGE)
def alliance_leave(request: HttpRequest, visit: Visit, alliance: int, unit: int) -> HttpResponse:
    """A member leaves."""
    row = _mine(visit, alliance)
    member = found(AllianceMember.objects.on(visit.today).filter(alliance=row).select_related("unit", "alliance__kept_by"), _key(row, unit))

    def do(cleaned: dict[str, Any]) -> str:
        on = first_day_after(cleaned["last_day"])
        leave_alliance(member=member, on=on, reason=cleaned["reason"], by=visit.user, at=visit.now)
        return _address(row)

    return answer_question(
        request, visit, question=f"“{member.unit.name}”退出“{row.name}”？", do=do, back=_address(row), verb="退出", cancel_verb="不退出",
        form=EndForm(request.POST or None, initial={"last_day": visit.today}),
    )


def _key(row: Alliance, unit: int) -> int:
    return row.members.filter(unit_id=unit, valid_to=None).values_list("pk", flat=True).first() or 0


@page(Act.LEDGER_CHANGE)
def alliance_end(request: HttpRequest, visit: Visit, alliance: int) -> HttpResponse:
    """The alliance ends, and with it every membership."""
    row = _mine(visit, alliance)

    def do(cleaned: dict[str, Any]) -> str:
        on = first_day_after(cleaned["last_day"])
        end_alliance(alliance=row, on=on, reason=cleaned["reason"], by=visit.user, at=visit.now)
        return _address(row)

    return answer_question(
        request, visit, question=f"结束“{row.name}”？", do=do, back=_address(row), verb="结束", cancel_verb="不结束",
        form=EndForm(request.POST or None, initial={"last_day": visit.today}), consequences=["成员同时退出；办过的活动都还在。"],
    )
