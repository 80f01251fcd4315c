"""What dues were used for: five purposes, decided together, nobody's name (DUES-15 to DUES-17)."""

from __future__ import annotations

from typing import Any

from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.ledger.dues.models import DuesUse
from shanghui.ledger.dues.operations import record_use
from shanghui.ledger.organizations.models import PartyOrganization
from shanghui.rules.registry import norm_on
from shanghui.web.dues.asked import asked_year
from shanghui.web.dues.forms import UseForm
from shanghui.web.kit.answers import answer_form
from shanghui.web.kit.visits import Visit, found, page, show


def _seen(visit: Visit, organization: int) -> PartyOrganization:
    return found(PartyOrganization.objects.within(visit.scope_today()).select_related("unit"), organization)


@page(Act.PEOPLE_VIEW, methods=("GET",))
def dues_uses(request: HttpRequest, visit: Visit, organization: int) -> HttpResponse:
    """What was used in the year, the newest first."""
    row, year = _seen(visit, organization), asked_year(request, visit.today)
    rows = DuesUse.objects.filter(organization=row, used_on__year=year).order_by("-used_on", "-pk")
    norms = [norm for code in ("DUES-16", "DUES-17", "DUES-15") if (norm := norm_on(code, visit.today)) is not None]
    context = {
        "row": row, "year": year, "rows": rows, "total": rows.aggregate(n=Sum("amount"))["n"], "norms": norms,
        "may_change": visit.may(Act.PEOPLE_CHANGE), "years": range(visit.today.year, visit.today.year - 5, -1),
    }
    return show(request, "dues/uses.html", visit, context)


@page(Act.PEOPLE_CHANGE)
def dues_use_new(request: HttpRequest, visit: Visit, organization: int) -> HttpResponse:
    """Something was paid out of dues."""
    row = _seen(visit, organization)
    back = reverse("dues-uses", kwargs={"organization": row.pk})

    def do(cleaned: dict[str, Any]) -> str:
        made = record_use(organization=row, **cleaned, by=visit.user, at=visit.now)
        return f"{back}?year={made.used_on.year}"

    form = UseForm(request.POST or None, initial={"used_on": visit.today}, today=visit.today)
    return answer_form(
        request, visit, form, do=do, heading="登记党费使用", back=back, done="已登记。", lead=row.unit.name,
        notes=["使用党费由党组织集体讨论决定。", "不垫交、不从工资里扣缴，不另设“特殊党费”。"],
        crumbs=((row.unit.name, reverse("organization", kwargs={"organization": row.pk})), ("党费使用", back), ("登记", "")),
    )
