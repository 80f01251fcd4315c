"""What becomes of a member, entered and ended: away, lost, abroad, mending, suspended, left, died; and the ledger of all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.kernel.periods import first_day_after
from shanghui.ledger.people.models import MEMBERS, Category, MemberStanding, Person, StandingKind
from shanghui.ledger.people.operations import change_standing, end_standing, record_contact, set_standing
from shanghui.ledger.people.queries import is_number, matching_people
from shanghui.ledger.people.records import Record
from shanghui.ledger.people.register import standings
from shanghui.ledger.people.sheets import STANDING_COLUMNS
from shanghui.ledger.people.standings import APPROVED, COUNTED, DECIDED, LEFT
from shanghui.web.kit.answers import answer_form
from shanghui.web.kit.listing import Filter, ListPage, answer_list
from shanghui.web.kit.visits import Visit, found, page
from shanghui.web.people.changes import address, changeable
from shanghui.web.people.standing_forms import ContactForm, EndStandingForm, RestoreForm, StandingForm

MEANING = {
    StandingKind.FLOATING: "组织关系仍在本支部，仍计入本支部党员数。外出6个月以上没有转移组织关系的，登记为流动党员，支部要经常联系。",
    StandingKind.LOST: "仍是党员，仍计入党员数。失去联系6个月以上、多方查找仍没有结果的，由党组织研究停止党籍；系统不会自动停止。",
    StandingKind.ABROAD: "组织关系保留在原支部，仍计入党员数。出国（境）学习的，至少每半年联系一次。",
    StandingKind.CORRECTING: "仍是党员，仍计入党员数。最长1年；到期由支部研究。",
    StandingKind.SUSPENDED: "从生效那天起不计入党员数，不参加表决；党内职务同时结束，组织关系留在原支部。以后可以按决定恢复党籍。",
    StandingKind.SELF_LEFT: "从生效那天起不计入党员数；组织关系和党内职务同时结束。"
    "连续6个月没有正当理由不参加组织生活、不交党费或者不做工作的，由支部大会决定、上级批准。",
    StandingKind.REMOVED: "从生效那天起不计入党员数；组织关系和党内职务同时结束。",
    StandingKind.WITHDRAWN: "从生效那天起不计入党员数；组织关系和党内职务同时结束。支部大会讨论后宣布除名，报上级党组织备案。",
    StandingKind.EXPELLED: "从生效那天起不计入党员数；组织关系和党内职务同时结束。",
    StandingKind.CANCELLED: "从生效那天起不计入党员数；组织关系和党内职务同时结束。",
    StandingKind.DIED: "从这一天起不计入党员数；职务、组织关系、联系商会同时结束，以后不能再登记新的职务和活动。记录保留。",
}


def kind_of(written: str) -> StandingKind:
    """The kind named in an address, else 404."""
    if written not in StandingKind.values:
        raise Http404
    return StandingKind(written)


def _subject(visit: Visit, pk: int, kind: StandingKind) -> Person:
    """A person of whom one may enter this: what the upper level approves is entered by the office, not by the branch itself."""
    row = changeable(visit, pk)
    if kind in APPROVED:
        found(Person.objects.kept_within(visit.scope_today(Act.LEDGER_CHANGE)), pk)
    return row


def _standing(visit: Visit, pk: int) -> MemberStanding:
    row = found(MemberStanding.objects.within(visit.scope_today(Act.PEOPLE_CHANGE)).select_related("person__kept_by"), pk)
    _subject(visit, row.person_id, StandingKind(row.kind))
    return row


def offered(record: Record, visit: Visit) -> list[tuple[StandingKind, str]]:
    """What can be entered of this person today, with its address."""
    category, held = record.category(visit.today), {one.kind for one in record.held(visit.today)}
    if StandingKind.DIED in held:
        return []
    kinds = [StandingKind.DIED]
    if category is not None and category.category in MEMBERS:
        kinds = [*COUNTED, *_decided(category.category), StandingKind.DIED]
    elif StandingKind.SUSPENDED in held:
        kinds = [*(kind for kind in LEFT if kind != StandingKind.CANCELLED), StandingKind.DIED]
    office = Person.objects.kept_within(visit.scope_today(Act.LEDGER_CHANGE)).filter(pk=record.person.pk).exists()
    asked = [kind for kind in kinds if kind not in held and (office or kind not in APPROVED)]
    return [(kind, reverse("person-standing", kwargs={"person": record.person.pk, "state": kind.value})) for kind in asked]


def _decided(category: str) -> list[StandingKind]:
    if category == Category.PROBATIONARY:
        return [kind for kind in LEFT if kind != StandingKind.REMOVED]
    return [StandingKind.SUSPENDED, *(kind for kind in LEFT if kind != StandingKind.CANCELLED)]


@page(Act.PEOPLE_CHANGE)
def person_standing(request: HttpRequest, visit: Visit, person: int, state: str) -> HttpResponse:
    """Something is so of a member from a day on; what it means for the count stands above the form."""
    kind = kind_of(state)
    row = _subject(visit, person, kind)
    form = StandingForm(request.POST or None, kind=kind, today=visit.today)

    def do(cleaned: dict[str, Any]) -> str:
        set_standing(person=row, kind=kind, by=visit.user, at=visit.now, **form.values())
        return address(row)

    return answer_form(
        request, visit, form, do=do, heading=f"登记{row.name}：{kind.label}", back=address(row), notes=_notes(kind), verb="登记",
        crumbs=_crumbs(row, kind.label), done=f"已登记{kind.label}。登记错了的，可以在操作记录里撤销。",
    )


def _notes(kind: StandingKind) -> list[str]:
    kept = "只登记已经作出的决定：谁决定、哪一天、谁批准。理由和材料存党员档案，不写在这里。" if kind in DECIDED else ""
    return [note for note in (MEANING[kind], kept) if note]


@page(Act.PEOPLE_CHANGE)
def standing_change(request: HttpRequest, visit: Visit, standing: int) -> HttpResponse:
    """Puts right what is written; the first day is put right by taking the step back."""
    row = _standing(visit, standing)
    kind = StandingKind(row.kind)
    form = StandingForm(request.POST or None, initial=StandingForm.written(row), kind=kind, today=visit.today, with_since=False)

    def do(cleaned: dict[str, Any]) -> str:
        change_standing(standing=row, by=visit.user, at=visit.now, **form.values())
        return address(row.person)

    return answer_form(
        request, visit, form, do=do, heading=f"更正{row.person.name}的{kind.label}", back=address(row.person),
        notes=["起始日期登记错了的，在操作记录里撤销那一步，重新登记。"], crumbs=_crumbs(row.person, f"更正{kind.label}"),
    )


@page(Act.PEOPLE_CHANGE)
def standing_end(request: HttpRequest, visit: Visit, standing: int) -> HttpResponse:
    """It is no longer so; a suspended membership is restored by a decision."""
    row = _standing(visit, standing)
    kind = StandingKind(row.kind)
    restores = kind == StandingKind.SUSPENDED
    ending = EndStandingForm(request.POST or None, initial={"last_day": visit.today})
    form = RestoreForm(request.POST or None) if restores else ending

    def do(cleaned: dict[str, Any]) -> str:
        ended = {**cleaned, "on": cleaned["since"], "how": ""} if restores else {"on": first_day_after(cleaned["last_day"]), "how": cleaned["how"]}
        ended.pop("since", None)
        end_standing(standing=row, by=visit.user, at=visit.now, **ended)
        return address(row.person)

    word = "恢复党籍" if restores else f"结束{kind.label}"
    notes = ["恢复以后是原来的类别，从那一天起重新计入。只登记已经作出的决定。"] if restores else ["以前各天的记录不变。"]
    return answer_form(
        request, visit, form, do=do, heading=f"{row.person.name}：{word}", back=address(row.person), notes=notes, verb=word,
        crumbs=_crumbs(row.person, word), done=f"已登记{word}。",
    )


@page(Act.PEOPLE_CHANGE)
def standing_contact(request: HttpRequest, visit: Visit, standing: int) -> HttpResponse:
    """A contact with somebody away, or a search for somebody lost: day and way, nothing of what was said."""
    row = _standing(visit, standing)
    searching = row.kind == StandingKind.LOST
    form = ContactForm(request.POST or None, initial={"held_on": visit.today}, searching=searching)

    def do(cleaned: dict[str, Any]) -> str:
        reached = cleaned.get("reached", "1") == "1"
        record_contact(standing=row, on=cleaned["held_on"], way=cleaned["way"], reached=reached, by=visit.user, at=visit.now)
        return address(row.person)

    word = "登记查找" if searching else "登记联系"
    note = "只记哪一天、用什么方式。联系上了的，再把失去联系结束。" if searching else "只记哪一天联系过，不记谈了什么。"
    return answer_form(
        request, visit, form, do=do, heading=f"{row.person.name}：{word}", back=address(row.person), notes=[note], verb="登记",
        crumbs=_crumbs(row.person, word), done="已登记。",
    )


def _crumbs(row: Person, word: str) -> tuple[tuple[str, str], ...]:
    return (("人员", reverse("people")), (row.name, address(row)), (word, ""))


@page(Act.PEOPLE_VIEW)
def people_standings(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Who is away, lost, abroad, mending, suspended, left or died, as at the day: the ledgers of 流动 and 失联 in one."""
    rows = standings(visit.scope(), visit.day)
    listed = ListPage(
        title="党员状态", export_title="流动、失联等党员名册", rows=rows, columns=STANDING_COLUMNS, unit="条",
        shown=("name", "kind", "branch_name", "valid_from", "place", "last_contact", "approved_by"), small=("name", "kind", "valid_from"),
        link=lambda row: reverse("person", kwargs={"person": row.person_id}),
        search=_by_name, search_hint="姓名、拼音首字母",
        filters=(Filter("kind", "状态", StandingKind.choices, lambda found, value: found.filter(kind=value)), _counted()),
        lead="流动、失去联系、出国（境）、限期改正的仍计入本支部；停止党籍、除名、去世等从生效那天起不计入。",
        empty_title="这一天没有登记党员状态", empty_text="在人员页的“党员状态”里登记；系统不会自动登记任何状态。",
    )
    return answer_list(request, visit, listed)


def _by_name(text: str) -> Q:
    """Numbers are not looked for here: they would stand in the address."""
    found = Person.objects.none() if is_number(text) else Person.objects.filter(matching_people(text))
    return Q(person__in=found.values("pk"))


def _counted() -> Filter:
    choices: Sequence[tuple[str, str]] = (("yes", "仍计入"), ("no", "不再计入"))
    return Filter(
        "counted", "是否计入党员数", choices,
        lambda found, value: found.filter(kind__in=COUNTED) if value == "yes" else found.exclude(kind__in=COUNTED),
    )
