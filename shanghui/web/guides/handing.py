"""Handing chambers over to somebody else, and appointing again for another term: each is one act, taken back as one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html

from shanghui.access.acts import Act
from shanghui.access.models import AuditEntry
from shanghui.kernel.periods import first_day_after, last_day, months_later, spoken_day
from shanghui.ledger.activities.models import Visit as ChamberVisit
from shanghui.ledger.activities.queries import last_visits
from shanghui.ledger.people.models import GuideAssignment, Person
from shanghui.ledger.people.operations import hand_over, renew
from shanghui.web.guides.choosing import GuideChoice
from shanghui.web.guides.forms import NOTE_LONGEST, HandOverForm, RenewForm
from shanghui.web.guides.loads import guide_of, held_on
from shanghui.web.kit.answers import Crumbs, answer_form
from shanghui.web.kit.visits import Visit, page
from shanghui.web.people.changes import office_of


def _address(person: Person) -> str:
    return reverse("guide", kwargs={"guide": person.pk})


def _crumbs(person: Person, here: str) -> Crumbs:
    return (("指导员", reverse("guides")), (person.name, _address(person)), (here, ""))


def _chosen(held: Sequence[GuideAssignment], cleaned: dict[str, Any]) -> list[GuideAssignment]:
    return [one for one in held if str(one.pk) in cleaned["assignments"]]


def _choices(held: Sequence[GuideAssignment]) -> list[tuple[str, str]]:
    return [(str(one.pk), f"{one.chamber.unit.name}（{_term(one)}）") for one in held]


def _term(one: GuideAssignment) -> str:
    return f"聘期到 {last_day(one.valid_to)}" if one.valid_to else "没有定期限"


@page(Act.LEDGER_CHANGE)
def guide_hand_over(request: HttpRequest, visit: Visit, guide: int) -> HttpResponse:
    """From a day on somebody else looks after some or all of the chambers; what is told him goes along."""
    person = guide_of(visit, guide)
    choice = GuideChoice(request, visit, person)
    if choice.onward:
        return redirect(choice.onward)
    held = list(held_on(visit.scope_today(), person, visit.today))
    ends = {last_day(one.valid_to) for one in held}
    form = HandOverForm(
        choice.sent, person=choice.field(), assignments=_choices(held), initial={
            "assignments": [str(one.pk) for one in held], "since": visit.today, "until": ends.pop() if len(ends) == 1 else None,
            "note": _told(held, visit),
        },
    )

    def do(cleaned: dict[str, Any]) -> str:
        until = first_day_after(cleaned["until"]) if cleaned["until"] else None
        with transaction.atomic():
            made = hand_over(
                assignments=_chosen(held, cleaned), to=choice.person(cleaned["person"], office_of(visit)), since=cleaned["since"],
                until=until, note=cleaned["note"], unit=office_of(visit), by=visit.user, at=visit.now,
            )
        _say_done(request, visit, f"已把 {len(made)} 家商会从{person.name}移交给{made[0].person.name}。")
        return _address(made[0].person)

    notes = ["原来的联系到移交前一天为止，接手的从移交那天算起，工作覆盖不会断。", "几家一起移交算一步，可以一起撤销。",
             "移交人的账号在这些商会的指导员席位同时结束；接手人要用账号看这些商会的，请系统管理员设席位。"]
    if not held:
        notes = [f"{person.name}今天没有联系您范围里的商会，没有可以移交的。"]
    return answer_form(
        request, visit, form, do=do, heading=f"移交{person.name}联系的商会", back=_address(person), verb="移交", template="people/pick.html",
        crumbs=_crumbs(person, "移交"), notes=notes, done="", context=choice.context | {"find_label": "不在下面列出的指导员里，先找到这个人"},
    )


@page(Act.LEDGER_CHANGE)
def guide_renew(request: HttpRequest, visit: Visit, guide: int) -> HttpResponse:
    """Another term with the same chambers, from the day the present one ends."""
    person = guide_of(visit, guide)
    held = [one for one in held_on(visit.scope_today(), person, visit.today) if one.valid_to is not None]
    latest = max((one.valid_to for one in held if one.valid_to), default=None)
    form = RenewForm(request.POST if request.method == "POST" else None, assignments=_choices(held), initial={
        "assignments": [str(one.pk) for one in held], "until": last_day(months_later(latest, 12)) if latest else None,
    })

    def do(cleaned: dict[str, Any]) -> str:
        made = renew(
            assignments=_chosen(held, cleaned), until=first_day_after(cleaned["until"]) if cleaned["until"] else None, unit=office_of(visit),
            by=visit.user, at=visit.now,
        )
        _say_done(request, visit, f"已续聘{person.name}联系 {len(made)} 家商会。")
        return _address(person)

    notes = ["新的聘期从原来的聘期满了的第二天算起，中间不会断；原来的那一段不改。"]
    if not held:
        notes = [f"{person.name}现在联系的商会都没有定期限，不需要续聘。"]
    return answer_form(
        request, visit, form, do=do, heading=f"续聘{person.name}", back=_address(person), verb="续聘", crumbs=_crumbs(person, "续聘"),
        notes=notes, done="",
    )


def _say_done(request: HttpRequest, visit: Visit, said: str) -> None:
    """The message, with the way back of the act just done."""
    entry = AuditEntry.objects.filter(by=visit.user).order_by("-pk").first()
    assert entry is not None
    undo = reverse("undo", kwargs={"entry": entry.pk})
    messages.success(request, format_html('{}办错了可以<a href="{}">撤销这一步</a>。', said, undo))


def _told(held: Sequence[GuideAssignment], visit: Visit) -> str:
    """What the last visits say, to begin the note with; the office writes on."""
    last = last_visits([one.chamber_id for one in held], visit.today)
    lines = [_line(one, last[one.chamber_id]) for one in held if one.chamber_id in last]
    return "\n".join(lines)[:NOTE_LONGEST]


def _line(one: GuideAssignment, last: ChamberVisit) -> str:
    said = [f"{spoken_day(last.visited_on)}走访", last.agreed, last.missing and f"还差{last.missing}"]
    if last.next_on:
        said.append(f"约定{spoken_day(last.next_on)}再去")
    return f"{one.chamber.unit.name}：{'，'.join(filter(None, said))}。"
