"""Launching, changing, ending and withdrawing a campaign."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.access.models import Unit, UnitKind
from shanghui.kernel.facts import holds_on
from shanghui.kernel.periods import first_day_after
from shanghui.ledger.activities.models import Campaign
from shanghui.ledger.activities.operations import change_campaign, end_campaign, launch_campaign, withdraw_campaign
from shanghui.ledger.organizations.models import OrganizationKind, PartyOrganization
from shanghui.web.campaigns.forms import CampaignForm, EndForm, four_ones, initial_of
from shanghui.web.kit.answers import answer_form, answer_question
from shanghui.web.kit.fields import Option
from shanghui.web.kit.units import federation_options, organization_options
from shanghui.web.kit.visits import Visit, found, page


def _launchers(visit: Visit) -> list[Option]:
    """The units one may launch for: those of one's own seats first, then the federations below."""
    scope = visit.scope_today()
    own = [Option(seat.unit_id, seat.unit.name) for seat in visit.seats if seat.unit_id in scope.roots]
    known = {one.value for one in own}
    return own + [one for one in federation_options(visit) if one.value not in known]


@page(Act.CAMPAIGN_LAUNCH)
def campaign_new(request: HttpRequest, visit: Visit) -> HttpResponse:
    """A campaign with its items; `?preset=four-ones` fills in 四个一."""
    launchers = _launchers(visit)
    preset = four_ones() if request.GET.get("preset") == "four-ones" else []
    initial: dict[str, Any] = {"since": visit.today, "whom": "branches", "items": preset}
    form = CampaignForm(request.POST or None, initial=initial, launchers=launchers, organizations=organization_options(visit))

    def do(cleaned: dict[str, Any]) -> str:
        launcher = found(visit.scope_today().units(), cleaned.get("launcher") or launchers[0].value)
        made = launch_campaign(launched_by=launcher, targets=_asked(visit, launcher, cleaned), by=visit.user, at=visit.now, **form.values())
        return reverse("campaign", kwargs={"campaign": made.pk})

    crumbs = (("专题活动", reverse("campaigns")), ("发起", ""))
    return answer_form(
        request, visit, form, do=do, heading="发起专题活动", back=reverse("campaigns"), verb="发起", crumbs=crumbs, template="campaigns/form.html",
        done="已发起。各党组织做到哪一步，从登记的活动里自动得出，不用另外报。", context={"preset_url": "?preset=four-ones"},
    )


def _asked(visit: Visit, launcher: Unit, cleaned: dict[str, Any]) -> list[Unit]:
    """The party organizations that are meant, all of them in being today and within one's part of the tree."""
    rows = PartyOrganization.objects.within(visit.scope_today().under(launcher))
    if cleaned["whom"] == "chosen":
        return list(Unit.objects.filter(pk__in=cleaned["targets"]).order_by("name"))
    kinds = [OrganizationKind.BRANCH] if cleaned["whom"] == "branches" else [*OrganizationKind][:3]
    return list(Unit.objects.filter(pk__in=rows.filter(holds_on(visit.today, "periods__"), periods__kind__in=kinds).values("pk")).order_by("name"))


def _mine(visit: Visit, pk: int) -> Campaign:
    """A campaign launched within one's part of the tree."""
    return found(Campaign.objects.filter(visit.scope_today().condition("launched_by_id")).select_related("launched_by"), pk)


def _page(row: Campaign) -> str:
    return reverse("campaign", kwargs={"campaign": row.pk})


@page(Act.CAMPAIGN_LAUNCH)
def campaign_change(request: HttpRequest, visit: Visit, campaign: int) -> HttpResponse:
    """Another period, item or target; the launcher stays."""
    row = _mine(visit, campaign)
    asked = list(Unit.objects.filter(pk__in=row.targets.values("unit_id"), kind=UnitKind.ORGANIZATION).order_by("name"))
    form = CampaignForm(
        request.POST or None, initial=initial_of(row, [unit.pk for unit in asked]), launchers=(), organizations=_with(visit, asked),
        standing=list(row.items.all()),
    )

    def do(cleaned: dict[str, Any]) -> str:
        targets = _asked(visit, row.launched_by, cleaned)
        change_campaign(campaign=row, targets=targets, by=visit.user, at=visit.now, **form.values())
        return _page(row)

    crumbs = (("专题活动", reverse("campaigns")), (row.title, _page(row)), ("修改", ""))
    return answer_form(request, visit, form, do=do, heading="修改专题活动", back=_page(row), crumbs=crumbs, template="campaigns/form.html")


def _with(visit: Visit, asked: list[Unit]) -> list[Option]:
    """The organizations in being, and those asked that no longer are."""
    offered = organization_options(visit)
    known = {one.value for one in offered}
    return offered + [Option(unit.pk, unit.name) for unit in asked if unit.pk not in known]


@page(Act.CAMPAIGN_LAUNCH)
def campaign_end(request: HttpRequest, visit: Visit, campaign: int) -> HttpResponse:
    """Ends a campaign before its time."""
    row = _mine(visit, campaign)

    def do(cleaned: dict[str, Any]) -> str:
        on = first_day_after(cleaned["last_day"])
        end_campaign(campaign=row, on=on, reason=cleaned["reason"], by=visit.user, at=visit.now)
        return _page(row)

    return answer_question(
        request, visit, question=f"提前结束“{row.title}”？", do=do, back=_page(row), verb="提前结束", cancel_verb="不结束",
        form=EndForm(request.POST or None, initial={"last_day": visit.today}), done="已提前结束。这一步可以在下面的操作记录里撤销。",
        consequences=["结束以后才到期的事项不再要求；已经做的照样算数，已经逾期的仍是逾期。"],
    )


@page(Act.CAMPAIGN_LAUNCH)
def campaign_withdraw(request: HttpRequest, visit: Visit, campaign: int) -> HttpResponse:
    """Takes back what was launched by mistake."""
    row = _mine(visit, campaign)

    def do(cleaned: dict[str, Any]) -> str:
        withdraw_campaign(campaign=row, reason=cleaned["reason"], by=visit.user, at=visit.now)
        return reverse("campaigns")

    return answer_question(
        request, visit, question=f"撤回“{row.title}”？", do=do, back=_page(row), verb="撤回", cancel_verb="不撤回",
        consequences=["各党组织不再看到它；登记过的活动都还在。", "只用于发错了的情形；不再开展的，请用提前结束。"],
        done="已撤回。撤回留有操作记录，可以撤销。",
    )
