"""Writing down a visit on the telephone: which chamber, then one screen."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.kernel.refusals import Refused
from shanghui.ledger.activities.operations import record_visit
from shanghui.ledger.organizations.models import Chamber, Status
from shanghui.ledger.organizations.queries import chambers, matching_units
from shanghui.ledger.people.models import GuideAssignment, Person
from shanghui.web.kit.visits import Visit, found, page, show
from shanghui.web.phone.forms import new_key, sound_key
from shanghui.web.phone.sending import by_script, refused, sent
from shanghui.web.visits.forms import NEXT, VisitForm
from shanghui.web.visits.standing import officers, standing_of

LISTED = 200


@page(Act.VISIT_RECORD)
def visit_new(request: HttpRequest, asking: Visit) -> HttpResponse:
    """One visit; `?chamber=` names the chamber, else it is chosen first."""
    pk = _chosen(request, asking)
    if pk is None:
        return _choose(request, asking)
    chamber: Chamber = found(_chambers(asking), pk)
    met = officers(chamber, asking.today)
    data = request.POST if request.method == "POST" else None
    form = VisitForm(data, initial={"visited_on": asking.today}, officers=met, today=asking.today, auto_id="r-%s")
    if data is not None and form.is_valid():
        try:
            made = record_visit(
                chamber=chamber, guide=_guide(asking, chamber), key=sound_key(data.get("key", "")), by=asking.user, at=asking.now,
                **form.values(),
            )
            return sent(request, reverse("visit", kwargs={"visit": made.pk}))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    if data is not None and by_script(request):
        return refused(form)
    return show(request, "visits/write.html", asking, _shown(request, asking, chamber, form), status=422 if data is not None else 200)


def _shown(request: HttpRequest, asking: Visit, chamber: Chamber, form: VisitForm) -> dict[str, Any]:
    sent_key = request.POST.get("key", "")
    return {
        "form": form, "chamber": chamber, "standing": standing_of(chamber, asking.today), "next": NEXT,
        "key": sound_key(sent_key) if sent_key else new_key(),
    }


def _chambers(asking: Visit) -> Any:
    rows: Any = chambers(asking.scope_today(Act.VISIT_RECORD), asking.today)
    return rows.exclude(status=Status.CLOSED)


def _chosen(request: HttpRequest, asking: Visit) -> int | None:
    written = request.POST.get("chamber") or request.GET.get("chamber", "")
    if written.isdecimal() and len(written) < 16:
        return int(written)
    few = list(_chambers(asking).order_by("pk").values_list("pk", flat=True)[:2])
    return int(few[0]) if len(few) == 1 else None


def _guide(asking: Visit, chamber: Chamber) -> Person | None:
    """The visitor as the chamber's guide, where he is one."""
    held = GuideAssignment.objects.on(asking.today).filter(chamber=chamber, person__user=asking.user).select_related("person")
    one = held.order_by("pk").first()
    return one.person if one else None


def _choose(request: HttpRequest, asking: Visit) -> HttpResponse:
    """Which chamber: one's own first, then those without an organization, then the others."""
    text = request.GET.get("q", "").strip()[:60]
    rows = _chambers(asking).filter(matching_units(text)) if text else _chambers(asking)
    listed = list(rows.order_by("organization_pk", "unit__name", "pk")[: LISTED + 1])
    own = set(GuideAssignment.objects.on(asking.today).filter(person__user=asking.user).values_list("chamber_id", flat=True))
    groups = (
        ("您联系的", [one for one in listed if one.pk in own]),
        ("还没有党组织的", [one for one in listed if one.pk not in own and not one.organization_pk]),
        ("其他商会", [one for one in listed if one.pk not in own and one.organization_pk]),
    )
    context = {"groups": [group for group in groups if group[1]], "more": len(listed) > LISTED, "text": text, "searches": bool(text) or len(listed) > 12}
    return show(request, "visits/choose.html", asking, context)
