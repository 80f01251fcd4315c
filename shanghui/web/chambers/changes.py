"""What is changed about a chamber; each page is one operation."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.ledger.organizations.archive import ChamberArchive
from shanghui.ledger.organizations.models import Chamber, CharterItem, Form, Rank, Status
from shanghui.ledger.organizations.operations import (
    admit_new_enterprise,
    change_chamber,
    cover,
    join_chamber,
    register_chamber,
    set_rank,
    set_size,
    set_status,
    write_clauses,
)
from shanghui.ledger.organizations.queries import chambers, enterprises, organizations
from shanghui.ledger.people.operations import close_chamber
from shanghui.web.chambers.forms import (
    ChangeForm,
    CharterForm,
    CoverForm,
    JoinForm,
    RegisterForm,
    SizeForm,
    StatusForm,
    written_about,
)
from shanghui.web.facts.endings import closing_of_chamber
from shanghui.web.kit.answers import Crumbs, answer_form
from shanghui.web.kit.links import address_of
from shanghui.web.kit.units import federation_options, organization_options
from shanghui.web.kit.visits import Visit, found, page


def crumbs_of(row: Chamber, here: str) -> Crumbs:
    """商会 / its name / here."""
    return (("商会", reverse("chambers")), (row.unit.name, address_of(row)), (here, ""))


def _mine(visit: Visit, pk: int) -> Chamber:
    return found(chambers(visit.scope_today(), visit.today), pk)


@page(Act.LEDGER_CHANGE)
def chamber_new(request: HttpRequest, visit: Visit) -> HttpResponse:
    """A chamber is registered below one of one's federations."""
    within: Any = chambers(visit.scope_today(), visit.today)
    known = dict(within.values_list("unit__name", "federation_name")) if request.method == "POST" else {}
    form = RegisterForm(request.POST or None, federations=federation_options(visit), known=known)

    def do(cleaned: dict[str, Any]) -> str:
        under = found(visit.scope_today().units(), cleaned["federation"])
        made = register_chamber(
            name=cleaned["name"], under=under, since=cleaned["since"].day, precision=cleaned["since"].precision,
            status=Status(cleaned["status"]), by=visit.user, at=visit.now, **form.values
        )
        return address_of(made)

    crumbs = (("商会", reverse("chambers")), ("登记商会", ""))
    notes = ["只有名称、工商联、类别、状态和成立时间是必填的；其余的以后随时可以补。"]
    return answer_form(
        request, visit, form, do=do, heading="登记商会", back=reverse("chambers"), crumbs=crumbs, verb="登记", done="已登记。",
        notes=notes,
    )


@page(Act.LEDGER_CHANGE)
def chamber_change(request: HttpRequest, visit: Visit, chamber: int) -> HttpResponse:
    """What is written about a chamber is put right, or it has another name from a day on."""
    row = _mine(visit, chamber)
    form = ChangeForm(request.POST or None, initial={**written_about(row), "since": visit.today})

    def do(cleaned: dict[str, Any]) -> str:
        changed = change_chamber(
            chamber=row, name=cleaned["name"], since=form.changed_since, by=visit.user, at=visit.now, **form.values
        )
        messages.success(request, "已保存。" if changed else "没有改动。")
        return address_of(row)

    notes = ["这里更正写错或没写的信息。状态、会员企业数、覆盖、任期有起止时间，在档案页上登记变化。"]
    return answer_form(
        request, visit, form, do=do, heading=f"修改“{row.unit.name}”的信息", back=address_of(row), crumbs=crumbs_of(row, "修改信息"),
        notes=notes, done="",
    )


@page(Act.LEDGER_CHANGE)
def chamber_status(request: HttpRequest, visit: Visit, chamber: int) -> HttpResponse:
    """Another state from a day on; figures before that day do not move."""
    row = _mine(visit, chamber)
    now = ChamberArchive(row, visit.today).status
    form = StatusForm(
        request.POST or None, initial={"since": visit.today, "status": now.status if now else None},
        told=lambda cleaned: closing_of_chamber(row, cleaned["since"], visit) if cleaned["status"] == Status.CLOSED else [],
    )

    def do(cleaned: dict[str, Any]) -> str:
        status = Status(cleaned["status"])
        if status == Status.CLOSED:
            close_chamber(chamber=row, since=cleaned["since"], by=visit.user, at=visit.now)
        else:
            set_status(chamber=row, status=status, since=cleaned["since"], by=visit.user, at=visit.now)
        return address_of(row)

    notes = [f"现在是“{now.get_status_display()}”，自 {now.valid_from} 起。" if now else "还没有登记状态。"]
    notes.append("筹备和注销的商会不计入覆盖率的分母；注销时联系它的指导员、联盟里的成员资格和席位同时结束；覆盖和任职请另行结束。")
    return answer_form(
        request, visit, form, do=do, heading=f"“{row.unit.name}”状态变化", back=address_of(row), crumbs=crumbs_of(row, "状态变化"),
        notes=notes, verb="登记", done="已登记新的状态。",
    )


@page(Act.LEDGER_CHANGE)
def chamber_size(request: HttpRequest, visit: Visit, chamber: int) -> HttpResponse:
    """How many member enterprises it has from a day on."""
    row = _mine(visit, chamber)
    now = ChamberArchive(row, visit.today).size
    form = SizeForm(request.POST or None, initial={"since": visit.today, "enterprises": now.enterprises if now else None})

    def do(cleaned: dict[str, Any]) -> str:
        set_size(chamber=row, by=visit.user, at=visit.now, **cleaned)
        return address_of(row)

    return answer_form(
        request, visit, form, do=do, heading=f"“{row.unit.name}”会员企业数", back=address_of(row), crumbs=crumbs_of(row, "会员企业数"),
        done="已登记会员企业数。",
    )


@page(Act.LEDGER_CHANGE)
def chamber_cover(request: HttpRequest, visit: Visit, chamber: int) -> HttpResponse:
    """A party organization covers the chamber from a day on; what covers it already stands beside the form."""
    row = _mine(visit, chamber)
    form = CoverForm(request.POST or None, organizations=organization_options(visit))

    def do(cleaned: dict[str, Any]) -> str:
        organization = found(organizations(visit.scope_today(), visit.today), cleaned["organization"])
        cover(
            chamber=row, organization=organization, form=Form(cleaned["form"]), since=cleaned["since"].day,
            precision=cleaned["since"].precision, by=visit.user, at=visit.now,
        )
        return address_of(row)

    context = {"row": row, "standing": ChamberArchive(row, visit.today).coverages}
    return answer_form(
        request, visit, form, do=do, heading=f"登记“{row.unit.name}”的党组织覆盖", back=address_of(row), verb="登记覆盖",
        crumbs=crumbs_of(row, "登记覆盖"), template="chambers/cover.html", context=context, done="已登记覆盖。",
    )


@page(Act.LEDGER_CHANGE)
def chamber_charter(request: HttpRequest, visit: Visit, chamber: int) -> HttpResponse:
    """Items that stand in the charter from a day on (M11)."""
    row = _mine(visit, chamber)
    archive = ChamberArchive(row, visit.today)
    if len(archive.charter) == len(CharterItem):
        messages.info(request, "四项内容都已登记入章。章程改了，请先在下面“党建入章”里结束原来的一项。")
        return redirect(address_of(row))
    form = CharterForm(request.POST or None, archive=archive)

    def do(cleaned: dict[str, Any]) -> str:
        write_clauses(
            chamber=row, items=[CharterItem(item) for item in cleaned["items"]], since=cleaned["since"].day,
            precision=cleaned["since"].precision, document=cleaned["document"], by=visit.user, at=visit.now,
        )
        return address_of(row)

    return answer_form(
        request, visit, form, do=do, heading=f"“{row.unit.name}”党建入章", back=address_of(row), crumbs=crumbs_of(row, "党建入章"),
        done="已登记入章。", verb="登记",
    )


@page(Act.LEDGER_CHANGE)
def chamber_enterprise(request: HttpRequest, visit: Visit, chamber: int) -> HttpResponse:
    """An enterprise joins the chamber; one not yet in the ledger is registered with it, a member gets another rank."""
    row = _mine(visit, chamber)
    form = JoinForm(request.POST or None)
    known = enterprises(visit.scope_today(), visit.today)

    def do(cleaned: dict[str, Any]) -> str:
        since, code = cleaned["since"], cleaned["credit_code"]
        given: Any = {"chamber": row, "rank": Rank(cleaned["rank"]), "since": since.day, "precision": since.precision}
        enterprise = known.filter(credit_code=code).first() if code else known.filter(name=cleaned["name"]).first()
        standing = row.memberships.filter(enterprise=enterprise, valid_to=None).first() if enterprise else None
        if standing is not None and standing.rank != cleaned["rank"]:
            set_rank(membership=standing, rank=Rank(cleaned["rank"]), since=since.day, by=visit.user, at=visit.now)
        elif enterprise is None:
            admit_new_enterprise(name=cleaned["name"], credit_code=code, by=visit.user, at=visit.now, **given)
        else:
            join_chamber(enterprise=enterprise, by=visit.user, at=visit.now, **given)
        return address_of(row) + "#members"

    context = {"enterprise_names": list(known.order_by("initials").values_list("name", flat=True)[:300])}
    return answer_form(
        request, visit, form, do=do, heading=f"企业加入“{row.unit.name}”", back=address_of(row), crumbs=crumbs_of(row, "企业入会"),
        template="chambers/enterprise.html", context=context, done="已登记入会。", verb="登记入会",
    )
