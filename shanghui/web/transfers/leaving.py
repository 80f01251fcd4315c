"""Letters to organizations outside: issued, printed, answered by the return slip, void with an explanation (REL-04 to REL-07)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.access.audit import note
from shanghui.cases.operations import take_away
from shanghui.kernel.word_templates.rendering import Unfillable
from shanghui.ledger.organizations.models import PartyOrganization
from shanghui.ledger.people.models import Direction
from shanghui.ledger.people.operations import issue_letter, void_letter
from shanghui.ledger.people.operations.moving import homes_of
from shanghui.ledger.people.transferring import letter_writers, next_number
from shanghui.reports.word_templates.filling import form_to_word
from shanghui.reports.word_templates.queries import Damaged
from shanghui.rules.registry import limit
from shanghui.web.kit.answers import answer_form, answer_question
from shanghui.web.kit.listing import attachment
from shanghui.web.kit.visits import Visit, page
from shanghui.web.people.changes import address, changeable
from shanghui.web.reports.files import by_template
from shanghui.web.transfers.answering import turned_away
from shanghui.web.transfers.forms import LetterForm, SlipForm, VoidForm
from shanghui.web.transfers.introduction import introduction_of
from shanghui.web.transfers.sides import address_of, compare, crumbs_of, seen, sent_from_here

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
USUAL_DAYS = 30


@page(Act.PEOPLE_CHANGE)
def person_letter(request: HttpRequest, visit: Visit, person: int) -> HttpResponse:
    """A letter for one person; the number that follows stands there already."""
    row = changeable(visit, person)
    home = homes_of([row]).get(row.pk)
    writers = letter_writers(home.organization_id, visit.today) if home is not None else []
    first = writers[0] if writers else None
    initial = {
        "issuer": str(first.pk) if first else "", "sent_on": visit.today, "valid_days": USUAL_DAYS,
        "number": next_number(first.pk, visit.today.year) if first else "",
    }
    longest = limit("REL-06", "days")
    form = LetterForm(
        request.POST or None, initial=initial, today=visit.today, issuers=[(one.pk, one.unit.name) for one in writers], longest=longest
    )

    def do(cleaned: dict[str, Any]) -> str:
        issuer = PartyOrganization.objects.select_related("unit").get(pk=cleaned["issuer"]) if cleaned["issuer"] else None
        made = issue_letter(
            person=row, counterpart=cleaned["counterpart"], on=cleaned["sent_on"], number=cleaned["number"], valid_days=cleaned["valid_days"],
            longest=longest, issuer=issuer, issued_by=cleaned["issued_by"], reason=cleaned["reason"], dues_until=cleaned["dues_until"],
            by=visit.user, at=visit.now,
        )
        compare(visit, made)
        messages.success(request, f"介绍信{made.letter_number}已登记，有效期到 {made.due_on}。下载打印盖章，收到回执以后回来登记。")
        return address_of(made)

    notes = [
        "有审批预备党员权限的基层党委，可以直接转往全国各地（《党员教育管理工作条例》第二十五条）；没有这个权限的，由县级以上组织部门开信。",
        "收到回执以前，组织关系仍在本支部，由本支部负责。",
    ]
    return answer_form(
        request, visit, form, do=do, heading=f"给{row.name}开介绍信", back=address(row), verb="开介绍信", done="", notes=notes,
        lead=f"现在在“{home.organization.unit.name}”。" if home is not None else "还没有登记组织关系。",
        crumbs=(("人员", reverse("people")), (row.name, address(row)), ("开介绍信", "")),
    )


@page(Act.PEOPLE_CHANGE)
def transfer_slip(request: HttpRequest, visit: Visit, transfer: int) -> HttpResponse:
    """The return slip came: the home here ends on the day the other side accepted."""
    row = sent_from_here(visit, transfer)
    away = turned_away(request, row, Direction.OUT)
    if away is not None:
        return away
    form = SlipForm(request.POST or None, initial={"accepted_on": visit.today, "answered_on": visit.today}, today=visit.today)

    def do(cleaned: dict[str, Any]) -> str:
        take_away(transfer=row, **cleaned, by=visit.user, at=visit.now)
        compare(visit, row)
        return address_of(row)

    return answer_form(
        request, visit, form, do=do, heading=f"登记{row.person.name}的介绍信回执", back=address_of(row), verb="登记回执",
        done="已登记回执。从对方接收那天起，不再计入本支部；弄错了可以在人员页的操作记录里撤销。",
        lead=f"介绍信{row.letter_number}，有效期到 {row.due_on}。", crumbs=crumbs_of(row, "登记回执"),
    )


@page(Act.PEOPLE_CHANGE)
def transfer_void(request: HttpRequest, visit: Visit, transfer: int) -> HttpResponse:
    """Lost, run out, or not needed: explained first, then another may be issued (REL-07)."""
    row = sent_from_here(visit, transfer)
    away = turned_away(request, row, Direction.OUT)
    if away is not None:
        return away

    def do(cleaned: dict[str, Any]) -> str:
        void_letter(transfer=row, on=visit.today, explanation=cleaned["reason"], by=visit.user, at=visit.now)
        compare(visit, row)
        return address_of(row)

    return answer_question(
        request, visit, question=f"作废介绍信{row.letter_number}？", do=do, back=address_of(row), verb="作废", cancel_verb="不作废",
        form=VoidForm(request.POST or None), done="已作废，说明已留下。还要转的，从人员页重新开一封。",
        consequences=[f"组织关系仍在“{row.origin}”。", "这个编号不再使用；重开的介绍信会写明代替哪一封。"],
    )


@page(Act.PEOPLE_VIEW, methods=("GET",))
def transfer_letter(request: HttpRequest, visit: Visit, transfer: int) -> HttpResponse:
    """The letter to print: stub, letter and return slip on one sheet. The identity number stands masked; the download is noted."""
    row = seen(visit, transfer)
    if row.direction != Direction.OUT:
        messages.info(request, "这次接转没有要打印的介绍信。")
        return redirect(address_of(row))
    unit = row.source.unit if row.source else None
    try:
        written, template = form_to_word("introduction", introduction_of(row), unit, row.sent_on)
    except (Damaged, Unfillable) as refusal:
        messages.error(request, str(refusal))
        return redirect(address_of(row))
    note(
        by=visit.user, at=visit.now, verb="导出", subject=row.person, unit=unit, title=f"介绍信{row.letter_number}",
        reason=f"DOCX{by_template(template)}",
    )
    return attachment(written, f"组织关系介绍信{row.person.name}.docx", WORD)
