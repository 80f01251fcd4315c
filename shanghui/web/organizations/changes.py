"""What is changed about a party organization; each page is one operation."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.access.models import Axis
from shanghui.access.operations import move
from shanghui.kernel.periods import first_day_after
from shanghui.ledger.organizations.archive import OrganizationArchive
from shanghui.ledger.organizations.models import Chamber, Federation, Form, OrganizationKind, PartyOrganization
from shanghui.ledger.organizations.operations import (
    change_organization,
    cover,
    found_organization,
    set_form,
)
from shanghui.ledger.organizations.queries import chambers, organizations
from shanghui.ledger.people.leadership import members_by_category
from shanghui.ledger.people.operations import close_organization, ends_with_organization
from shanghui.web.facts.endings import after_organization, ending_in_words
from shanghui.web.kit.answers import Crumbs, answer_form, answer_question
from shanghui.web.kit.links import address_of
from shanghui.web.kit.units import chamber_options, federation_options, organization_options
from shanghui.web.kit.visits import Visit, found, page
from shanghui.web.organizations.forms import (
    CoverForm,
    DissolveForm,
    FormForm,
    ParentForm,
    RegisterForm,
    WrittenForm,
    written_about,
)


def crumbs_of(row: PartyOrganization, here: str) -> Crumbs:
    """党组织 / its name / here."""
    return (("党组织", reverse("organizations")), (row.unit.name, address_of(row)), (here, ""))


def _mine(visit: Visit, pk: int) -> PartyOrganization:
    return found(organizations(visit.scope_today(), visit.today), pk)


@page(Act.LEDGER_CHANGE)
def organization_new(request: HttpRequest, visit: Visit) -> HttpResponse:
    """A party organization is registered, with the chambers it covers; `?chamber=` proposes the first."""
    form = RegisterForm(
        request.POST or None, initial=_proposed(request, visit), federations=federation_options(visit),
        parents=organization_options(visit), chambers=chamber_options(visit),
    )

    def do(cleaned: dict[str, Any]) -> str:
        since = cleaned["since"]
        made = found_organization(
            name=cleaned["name"], kind=OrganizationKind(cleaned["kind"]), form=Form(cleaned["form"]),
            under=found(visit.scope_today().units(), cleaned["federation"]), since=since.day, precision=since.precision,
            party_parent=_mine(visit, cleaned["parent"]) if cleaned["parent"] else None,
            covers=[found(chambers(visit.scope_today(), visit.today), pk) for pk in cleaned["covers"]],
            approved_on=since.written, approval_number=cleaned["approval_number"],
            committee_members=cleaned["committee_members"], remark=cleaned["remark"], by=visit.user, at=visit.now,
        )
        return address_of(made)

    crumbs = (("党组织", reverse("organizations")), ("登记党组织", ""))
    return answer_form(
        request, visit, form, do=do, heading="登记党组织", back=reverse("organizations"), crumbs=crumbs, verb="登记", done="已登记。"
    )


def _proposed(request: HttpRequest, visit: Visit) -> dict[str, Any]:
    """The usual parent is one's own leading party committee; a chamber that was named gives the name."""
    offices = visit.scope_today().condition("unit_id")
    office = Federation.objects.filter(offices, committee__isnull=False).order_by("unit__code", "pk").first()
    proposed: dict[str, Any] = {"parent": office.committee_id} if office else {}
    asked = request.GET.get("chamber", "")
    row: Chamber | None = None
    if asked.isdecimal() and len(asked) < 12:
        row = chambers(visit.scope_today(), visit.today).filter(pk=int(asked)).first()
    return proposed | ({"covers": [row.pk], "name": f"{row.unit.name}党支部"} if row else {})


@page(Act.LEDGER_CHANGE)
def organization_change(request: HttpRequest, visit: Visit, organization: int) -> HttpResponse:
    """What is written about a party organization is put right, or has changed."""
    row = _mine(visit, organization)
    form = WrittenForm(request.POST or None, initial={**written_about(row), "since": visit.today})

    def do(cleaned: dict[str, Any]) -> str:
        changed = change_organization(organization=row, since=form.changed_since, by=visit.user, at=visit.now, **form.values)
        messages.success(request, "已保存。" if changed else "没有改动。")
        return address_of(row)

    return answer_form(
        request, visit, form, do=do, heading=f"修改“{row.unit.name}”的信息", back=address_of(row), crumbs=crumbs_of(row, "修改信息"),
        done="",
    )


@page(Act.LEDGER_CHANGE)
def organization_form(request: HttpRequest, visit: Visit, organization: int) -> HttpResponse:
    """Another form from a day on; for one that was dissolved, it is in being again."""
    row = _mine(visit, organization)
    now = OrganizationArchive(row, visit.today).period
    form = FormForm(request.POST or None, initial={"since": visit.today, "form": now.form if now else None})

    def do(cleaned: dict[str, Any]) -> str:
        set_form(
            organization=row, form=Form(cleaned["form"]), since=cleaned["since"], with_coverages=cleaned["with_coverages"],
            by=visit.user, at=visit.now,
        )
        return address_of(row)

    notes = [f"现在是“{now.get_form_display() or '没有写明'}”，自 {now.valid_from} 起。" if now else "这个党组织现在不存在；登记后从那天起恢复。"]
    notes.append("功能型和临时党组织不发展党员、不收党费、没有换届。")
    return answer_form(
        request, visit, form, do=do, heading=f"“{row.unit.name}”组建方式变化", back=address_of(row), crumbs=crumbs_of(row, "组建方式"),
        notes=notes, verb="登记", done="已登记新的组建方式。",
    )


@page(Act.LEDGER_CHANGE)
def organization_cover(request: HttpRequest, visit: Visit, organization: int) -> HttpResponse:
    """The organization covers one more chamber from a day on."""
    row = _mine(visit, organization)
    now = OrganizationArchive(row, visit.today).period
    form = CoverForm(request.POST or None, chambers=chamber_options(visit), initial={"form": now.form if now else None})

    def do(cleaned: dict[str, Any]) -> str:
        chamber = found(chambers(visit.scope_today(), visit.today), cleaned["chamber"])
        cover(
            chamber=chamber, organization=row, form=Form(cleaned["form"]), since=cleaned["since"].day,
            precision=cleaned["since"].precision, by=visit.user, at=visit.now,
        )
        return address_of(row)

    return answer_form(
        request, visit, form, do=do, heading=f"“{row.unit.name}”再覆盖一家商会", back=address_of(row), crumbs=crumbs_of(row, "登记覆盖"),
        verb="登记覆盖", done="已登记覆盖。",
    )


@page(Act.LEDGER_CHANGE)
def organization_parent(request: HttpRequest, visit: Visit, organization: int) -> HttpResponse:
    """Another parent on the party line from a day on."""
    row = _mine(visit, organization)
    form = ParentForm(request.POST or None, parents=organization_options(visit, but=row.pk), initial={"since": visit.today})

    def do(cleaned: dict[str, Any]) -> str:
        above = _mine(visit, cleaned["parent"])
        move(child=row.unit, parent=above.unit, axis=Axis.PARTY, since=cleaned["since"], by=visit.user, at=visit.now)
        return address_of(row)

    return answer_form(
        request, visit, form, do=do, heading=f"调整“{row.unit.name}”的隶属", back=address_of(row), crumbs=crumbs_of(row, "隶属"),
        verb="调整", done="隶属已调整。",
    )


@page(Act.LEDGER_CHANGE)
def organization_dissolve(request: HttpRequest, visit: Visit, organization: int) -> HttpResponse:
    """The organization no longer exists; its coverages and its term end with it."""
    row = _mine(visit, organization)
    form = DissolveForm(
        request.POST or None, initial={"last_day": visit.today},
        told=lambda cleaned: after_organization(row, first_day_after(cleaned["last_day"]), visit),
    )

    def do(cleaned: dict[str, Any]) -> str:
        on = first_day_after(cleaned["last_day"])
        close_organization(organization=row, on=on, reason=cleaned["reason"], by=visit.user, at=visit.now)
        return address_of(row)

    return answer_question(
        request, visit, question=f"撤销“{row.unit.name}”？", do=do, back=address_of(row), verb="撤销党组织", cancel_verb="不撤销", form=form,
        consequences=_what_follows(row, visit), done="已撤销。这一步可以在操作记录里取消。",
    )


def _what_follows(row: PartyOrganization, visit: Visit) -> list[str]:
    covered = [one.chamber.unit.name for one in OrganizationArchive(row, visit.today).covered]
    people = sum(members_by_category([row.pk], visit.today).get(row.pk, {}).values())
    said = ["最后一天及以前各天的数字不变。"]
    if covered:
        said.append(f"对 {len(covered)} 家商会的覆盖同时结束：{'、'.join(covered[:5])}{'等' if len(covered) > 5 else ''}。")
    said += ending_in_words(ends_with_organization(row, visit.today))
    if people:
        said.append(f"还有 {people} 人的组织关系在这里，不会自动转走，请逐人登记新的组织关系。")
    return said
