"""Asking for a co-host outside one's part of the tree, and answering for one's own organization.

Until the answer the side that is asked sees the title, the day and the hosts of the activity, and nothing else of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html

from shanghui.access.acts import Act
from shanghui.access.models import Unit
from shanghui.kernel.refusals import Refused
from shanghui.ledger.activities.inviting import may_be_invited
from shanghui.ledger.activities.models import Activity, ActivityType, Invitation
from shanghui.ledger.activities.operations import accept_invitation, decline_invitation, invite, withdraw_invitation
from shanghui.rules.findings import follow
from shanghui.web.activities.lists import changeable_hosts
from shanghui.web.kit.answers import answer_form
from shanghui.web.kit.fields import Option, PickField
from shanghui.web.kit.forms import Form
from shanghui.web.kit.visits import Visit, found, page, show


class InviteForm(Form):
    """Whom to ask."""

    unit = PickField(
        label="邀请哪个党组织", help_text="写名称的一部分，从列表里选", error_messages={"required": "请写要邀请哪个党组织。"}
    )


@page(Act.ACTIVITY_CHANGE)
def activity_invite(request: HttpRequest, visit: Visit, activity: int) -> HttpResponse:
    """Asks one of the organizations that a host has something in common with; they are named, nothing else is told of them."""
    row = found(Activity.objects.within(visit.scope_today()).exclude(type=ActivityType.TALK), activity)
    own = changeable_hosts(visit, list(row.hosts.values_list("unit_id", flat=True)))
    if not own:
        raise Http404
    back = reverse("activity", kwargs={"activity": row.pk})
    near = may_be_invited(row, sorted(own), visit.today).exclude(visit.scope_today().condition("pk"))
    form = InviteForm(request.POST or None)
    field = form.fields["unit"]
    assert isinstance(field, PickField)
    field.offer(lambda: [Option(one.pk, one.name, (one.initials,)) for one in near])

    def do(cleaned: dict[str, Any]) -> str:
        unit = Unit.objects.get(pk=cleaned["unit"])
        invite(activity=row, unit=unit, on=visit.today, by=visit.user, at=visit.now)
        messages.success(request, f"已邀请“{unit}”。对方确认以后，这次活动也算对方做过；确认以前，对方只看得到名称、日期和主办单位。")
        return back

    notes = ["没有可以邀请的党组织：没有同一个党委、同一个联盟或者覆盖同一家商会的。"] if not near.exists() else [
        "这里列的是同一个党委下面、同一个联盟里，或者覆盖同一家商会的党组织，只列名称。",
        "在您范围以内的党组织不用邀请，在“修改”里直接加为主办单位。",
    ]
    return answer_form(
        request, visit, form, do=do, heading="邀请共同主办", back=back, verb="邀请", done="", notes=notes,
        crumbs=(("活动", reverse("activities")), (row.title, back), ("邀请共同主办", "")),
    )


def _received(visit: Visit) -> Any:
    return Invitation.objects.within(visit.scope_today()).select_related("activity", "unit")


@page(Act.ACTIVITY_CHANGE, methods=("GET",))
def invitation(request: HttpRequest, visit: Visit, invitation: int) -> HttpResponse:
    """What one is asked, with both answers."""
    row = found(_received(visit), invitation)
    hosts = [host.unit for host in row.activity.hosts.select_related("unit").order_by("pk") if host.unit_id != row.unit_id]
    return show(request, "invitations/invitation.html", visit, {"row": row, "hosts": hosts})


def _answered(request: HttpRequest, address: str, do: Callable[[], None]) -> HttpResponse:
    """Does it; what is refused is said on the page it came from."""
    try:
        do()
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(address)


@page(Act.ACTIVITY_CHANGE, methods=("POST",))
def invitation_accept(request: HttpRequest, visit: Visit, invitation: int) -> HttpResponse:
    """The organization holds it too; its people are put on the roster afterwards."""
    row = found(_received(visit), invitation)

    def do() -> None:
        accept_invitation(invitation=row, on=visit.today, by=visit.user, at=visit.now)
        follow([row.unit], visit.today)
        messages.success(request, _next_step(row.activity))

    return _answered(request, reverse("invitation", kwargs={"invitation": row.pk}), do)


def _next_step(activity: Activity) -> str:
    if activity.planned or not activity.attendances.exists():
        return "已确认共同主办，这次活动也计入本支部。"
    record = f"{reverse('record')}?activity={activity.pk}"
    return format_html('已确认共同主办，这次活动也计入本支部。名册里还没有本支部的人，<a href="{}">补上谁到会</a>，学时才算到每个人。', record)


@page(Act.ACTIVITY_CHANGE, methods=("POST",))
def invitation_decline(request: HttpRequest, visit: Visit, invitation: int) -> HttpResponse:
    """The organization does not take part."""
    row = found(_received(visit), invitation)

    def do() -> None:
        decline_invitation(invitation=row, on=visit.today, by=visit.user, at=visit.now)
        messages.success(request, "已答复不参加，这次活动不计入本支部。")

    return _answered(request, reverse("invitation", kwargs={"invitation": row.pk}), do)


@page(Act.ACTIVITY_CHANGE, methods=("POST",))
def invitation_withdraw(request: HttpRequest, visit: Visit, invitation: int) -> HttpResponse:
    """Takes back what one's own side has asked."""
    sent = Invitation.objects.filter(activity__in=Activity.objects.within(visit.scope_today())).select_related("activity", "unit")
    row = found(sent, invitation)

    def do() -> None:
        withdraw_invitation(invitation=row, by=visit.user, at=visit.now)
        messages.success(request, f"已收回对“{row.unit}”的邀请。")

    return _answered(request, reverse("activity", kwargs={"activity": row.activity_id}), do)
