"""What an activity counts for besides its hosts' duties: campaign items, alliances, pairings, projects (domain.md §2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.access.models import Unit
from shanghui.kernel.facts import holds_on
from shanghui.ledger.activities.campaign_states import campaign_items_for
from shanghui.ledger.activities.models import Activity, ActivityAlliance, ActivityPairing, Campaign, CampaignShare
from shanghui.ledger.organizations.models import Alliance, AllianceMember, Pairing
from shanghui.ledger.programs.models import ActivityProject, SecretaryProject
from shanghui.ledger.programs.operations import link_activity
from shanghui.web.kit.answers import answer_form
from shanghui.web.kit.forms import Form
from shanghui.web.kit.visits import Visit, found, page


@dataclass(frozen=True)
class Link:
    """One thing an activity counts for, and its page."""

    kind: str
    title: str
    url: str


def links_of(activity: Activity, visit: Visit) -> list[Link]:
    """What an activity counts for, as far as the visitor sees it. Four queries."""
    scope = visit.scope_today(Act.LEDGER_VIEW)
    projects = SecretaryProject.objects.within(scope).filter(activity_links__activity=activity)
    pairings = Pairing.objects.within(scope).filter(activity_links__activity=activity)
    alliances = Alliance.objects.within(scope).filter(activity_links__activity=activity)
    seen = Campaign.objects.within(scope)
    shares = activity.shares.filter(item__campaign__in=seen).select_related("item__campaign").order_by("item__campaign_id", "item__place")
    return [
        *(Link("专题活动", f"{one.item.campaign}：{one.item}", reverse("campaign", kwargs={"campaign": one.item.campaign_id})) for one in shares),
        *(Link("党建联盟", str(one), reverse("alliance", kwargs={"alliance": one.pk})) for one in alliances.order_by("name")),
        *(Link("结对共建", str(one), reverse("pairing", kwargs={"pairing": one.pk})) for one in pairings.order_by("partner")),
        *(Link("书记项目", str(one), reverse("project", kwargs={"project": one.pk})) for one in projects.order_by("title")),
    ]


def _choices(activity: Activity, hosts: list[int]) -> dict[str, tuple[str, list[tuple[int, str]]]]:
    """{field: (label, what can be ticked)} for these hosts on the day of the activity."""
    day = activity.held_on
    members = AllianceMember.objects.on(day).filter(unit_id__in=hosts).values("alliance_id")
    items = [(one.pk, f"{one.campaign}：{one}") for one in campaign_items_for(hosts, day)]
    alliances = [(one.pk, one.name) for one in Alliance.objects.filter(holds_on(day), pk__in=members).order_by("name")]
    pairings = [(one.pk, str(one)) for one in Pairing.objects.filter(holds_on(day), unit_id__in=hosts).order_by("partner")]
    running = Q(closed_on=None) | Q(closed_on__gte=day)
    projects = SecretaryProject.objects.filter(running, unit_id__in=hosts, year__lte=day.year).order_by("-year", "title")
    return {
        "items": ("专题活动", items), "alliances": ("党建联盟", alliances), "pairings": ("结对共建", pairings),
        "projects": ("书记项目", [(one.pk, f"{one.title}（{one.year}年）") for one in projects]),
    }


def _standing(activity: Activity) -> dict[str, set[int]]:
    of = {"activity": activity}
    return {
        "items": set(CampaignShare.objects.filter(**of).values_list("item_id", flat=True)),
        "alliances": set(ActivityAlliance.objects.filter(**of).values_list("alliance_id", flat=True)),
        "pairings": set(ActivityPairing.objects.filter(**of).values_list("pairing_id", flat=True)),
        "projects": set(ActivityProject.objects.filter(**of).values_list("project_id", flat=True)),
    }


class LinksForm(Form):
    """One list of boxes for each kind of which there is something to tick."""

    def __init__(self, *args: Any, choices: dict[str, tuple[str, list[tuple[int, str]]]], **options: Any) -> None:
        super().__init__(*args, **options)
        for name, (label, listed) in choices.items():
            if listed:
                self.fields[name] = forms.TypedMultipleChoiceField(
                    label=label, choices=listed, coerce=int, required=False, widget=forms.CheckboxSelectMultiple
                )


@page(Act.ACTIVITY_CHANGE)
def activity_links(request: HttpRequest, visit: Visit, activity: int) -> HttpResponse:
    """Ticks what an activity counts for. Links that one may not offer (of other hosts) stay as they are."""
    row = found(Activity.objects.within(visit.scope_today()), activity)
    own = list(Unit.objects.filter(visit.scope_today().condition("pk"), pk__in=row.hosts.values("unit_id")).order_by("kind", "name"))
    if not own:
        raise Http404
    choices, stands = _choices(row, [unit.pk for unit in own]), _standing(row)
    initial: dict[str, Any] = {name: sorted(pks) for name, pks in stands.items()}
    form = LinksForm(request.POST if request.method == "POST" else None, initial=initial, choices=choices)
    back = reverse("activity", kwargs={"activity": row.pk})

    def do(cleaned: dict[str, Any]) -> str:
        offered = {name: {pk for pk, _ in listed} for name, (_, listed) in choices.items()}
        wanted = {name: sorted((stands[name] - offered[name]) | set(cleaned.get(name, ()))) for name in choices}
        link_activity(activity=row, host=own[0], by=visit.user, at=visit.now, **wanted)
        return back

    notes = [] if form.fields else ["主办单位这一天没有要参加的专题活动，也没有联盟、结对和书记项目。"]
    return answer_form(
        request, visit, form, do=do, heading="这次活动还算入哪里", back=back, notes=notes, done="已保存。",
        crumbs=(("活动", reverse("activities")), (row.title, back), ("算入哪里", "")),
        lead="类别对得上、记录和到会齐全的，会自动算入专题活动，不用在这里选。",
    )
