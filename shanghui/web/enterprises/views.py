"""Member enterprises: the register, one enterprise with its chambers over time, and its changes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.kernel.code_tables import industry_name, region_name
from shanghui.ledger.organizations.models import Chamber, Enterprise
from shanghui.ledger.organizations.operations import change_enterprise, register_enterprise
from shanghui.ledger.organizations.queries import chambers, joined
from shanghui.ledger.organizations.queries import enterprises as enterprises_within
from shanghui.ledger.organizations.sheets import ENTERPRISE_COLUMNS
from shanghui.ledger.people.ledgers import enterprise_ledger
from shanghui.web.enterprises.forms import EnterpriseForm, RegisterForm, written_about
from shanghui.web.kit.answers import answer_form
from shanghui.web.kit.history import history
from shanghui.web.kit.listing import Filter, ListPage, answer_list
from shanghui.web.kit.routes import row_link
from shanghui.web.kit.units import chamber_options, federation_options
from shanghui.web.kit.visits import Visit, found, page, show


@page(Act.LEDGER_VIEW)
def enterprises(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Every enterprise of one's part of the tree with its chambers of the day."""
    may_change = visit.may(Act.LEDGER_CHANGE)
    listed = ListPage(
        title="会员企业台账", rows=enterprise_ledger(visit.scope(), visit.day), columns=ENTERPRISE_COLUMNS, unit="家",
        shown=("name", "credit_code", "industry", "representative", "chamber_names"), small=("name", "chamber_names"),
        link=row_link("enterprise", "enterprise"),
        search=_matching, search_hint="名称、拼音首字母、信用代码", filters=_filters(visit),
        actions=[(reverse("enterprise-new"), "登记企业", "plus")] if may_change else (),
        empty_title="还没有会员企业", empty_text="在商会的档案里登记“企业入会”，或者先在这里登记企业。",
        empty_action=(reverse("enterprise-new"), "登记企业") if may_change else None,
    )
    return answer_list(request, visit, listed)


def _matching(text: str) -> Q:
    text = text.strip()
    return Q(name__contains=text) | Q(initials__contains=text.lower()) | Q(credit_code=text.upper())


def _filters(visit: Visit) -> list[Filter]:
    within: Any = chambers(visit.scope(), visit.day).order_by("unit__name").values_list("pk", "unit__name")
    choices = [(str(pk), name) for pk, name in joined(within, visit.day)]
    return [Filter("chamber", "商会", choices, lambda rows, value: _of_chamber(rows, value, visit))] if choices else []


def _of_chamber(rows: QuerySet[Any], value: str, visit: Visit) -> QuerySet[Any]:
    members = Chamber.objects.get(pk=int(value)).memberships.on(visit.day)
    return rows.filter(pk__in=members.values("enterprise_id"))


@page(Act.LEDGER_VIEW)
def enterprise(request: HttpRequest, visit: Visit, enterprise: int) -> HttpResponse:
    """One enterprise: what is written about it, which chambers it was and is a member of, what was done."""
    row = found(enterprises_within(visit.scope(), visit.day), enterprise)
    memberships = row.memberships.filter(valid_from__lte=visit.day).select_related("chamber__unit").order_by("-valid_from", "-pk")
    reached = set(Chamber.objects.within(visit.scope()).values_list("pk", flat=True).filter(memberships__enterprise=row))
    context = {
        "row": row, "memberships": [(one, one.chamber_id in reached) for one in memberships], "acts": history(row),
        "industry": industry_name(row.industry_code), "region": region_name(row.region_code) if row.region_code else "",
        "may_undo": visit.may(Act.LEDGER_CHANGE), "may_change": visit.may(Act.LEDGER_CHANGE),
    }
    return show(request, "enterprises/enterprise.html", visit, context, dated=True)


@page(Act.LEDGER_CHANGE)
def enterprise_new(request: HttpRequest, visit: Visit) -> HttpResponse:
    """An enterprise is registered."""
    form = RegisterForm(request.POST or None, keepers=[*federation_options(visit), *chamber_options(visit)])

    def do(cleaned: dict[str, Any]) -> str:
        keeper = found(visit.scope_today().units(), cleaned["keeper"])
        made = register_enterprise(name=cleaned["name"], kept_by=keeper, by=visit.user, at=visit.now, **form.values)
        return reverse("enterprise", kwargs={"enterprise": made.pk})

    crumbs = (("会员企业", reverse("enterprises")), ("登记企业", ""))
    return answer_form(
        request, visit, form, do=do, heading="登记企业", back=reverse("enterprises"), crumbs=crumbs, verb="登记", done="已登记。"
    )


@page(Act.LEDGER_CHANGE)
def enterprise_change(request: HttpRequest, visit: Visit, enterprise: int) -> HttpResponse:
    """Corrects what is written about an enterprise."""
    row: Enterprise = found(enterprises_within(visit.scope_today(), visit.today), enterprise)
    back = reverse("enterprise", kwargs={"enterprise": row.pk})
    form = EnterpriseForm(request.POST or None, initial=written_about(row))

    def do(cleaned: dict[str, Any]) -> str:
        changed = change_enterprise(enterprise=row, name=cleaned["name"], by=visit.user, at=visit.now, **form.values)
        messages.success(request, "已保存。" if changed else "没有改动。")
        return back

    crumbs = (("会员企业", reverse("enterprises")), (row.name, back), ("更正信息", ""))
    return answer_form(request, visit, form, do=do, heading=f"更正“{row.name}”的信息", back=back, crumbs=crumbs, done="")
