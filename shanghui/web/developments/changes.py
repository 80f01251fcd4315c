"""Filling in the parts of a development; moving it, ending it otherwise, saying why something is not as usual."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from shanghui.access.acts import Act
from shanghui.cases.explaining import is_liftable
from shanghui.cases.file import File, file_of
from shanghui.cases.models import Contact, Development, Examination, Explanation, Introducer, Meeting, MemberVote
from shanghui.cases.operations import (
    drop_extension,
    end_otherwise,
    examine,
    explain,
    extend_probation,
    move_candidate,
    put_contacts,
    put_development,
    put_introducers,
    put_vote,
    remove_examination,
)
from shanghui.kernel.refusals import Refused
from shanghui.ledger.organizations.models import Federation, OrganizationKind, OrganizationPeriod, PartyOrganization
from shanghui.ledger.people.models import Person
from shanghui.rules.registry import Norm, norms
from shanghui.web.activities.people import among, circle_of
from shanghui.web.cases.asking import asked_within
from shanghui.web.cases.page import case_within
from shanghui.web.cases.steps import address_of_case, crumbs
from shanghui.web.developments.forms import (
    COLUMNS,
    COUNTS,
    ContactsForm,
    DetailForm,
    EndingForm,
    ExaminationForm,
    ExplanationForm,
    ExtensionForm,
    IntroducersForm,
    MoveForm,
    VoteForm,
)
from shanghui.web.developments.parts import DEVELOPMENT_FORMS
from shanghui.web.kit.answers import answer_form, answer_question
from shanghui.web.kit.fields import Option, PickField
from shanghui.web.kit.units import organization_options
from shanghui.web.kit.visits import Visit, found, page

ASSESSED = ("DEV-06", "DEV-21")
"""应当, for which the text itself, or its own next half year, leaves room: an explanation is enough."""
View = Callable[..., HttpResponse]


def _people(visit: Visit, keys: list[int]) -> list[Person]:
    rows = Person.objects.within(visit.scope_today(Act.PEOPLE_VIEW)).without_numbers().in_bulk(keys)
    return [rows[key] for key in keys if key in rows]


def _detail(part: str) -> View:
    @page(Act.CASE_WORK)
    def view(request: HttpRequest, visit: Visit, development: int) -> HttpResponse:
        """Some columns of the details."""
        file = asked_within(visit, development, part)
        held = Development.objects.filter(case=file.case).first()
        initial = {name: getattr(held, Development._meta.get_field(name).attname) for name in COLUMNS[part]} if held else {}  # type: ignore[union-attr]
        if part == "approver" and not initial.get("approver"):
            initial["approver"] = Federation.objects.filter(unit=file.case.office_id).values_list("committee_id", flat=True).first()
        form = DetailForm(request.POST or None, part=part, approvers=_approvers(visit, file) if part == "approver" else [], initial=initial)

        def do(cleaned: dict[str, Any]) -> str:
            values = dict(cleaned)
            if "approver" in values:
                values["approver"] = PartyOrganization.objects.get(pk=values["approver"])
            put_development(case=file.case, by=visit.user, at=visit.now, **values)
            return address_of_case(development)

        return _answer(request, visit, form, do, file, part)

    return view


def _approvers(visit: Visit, file: File) -> list[Option]:
    """Party committees within reach, and that of the office."""
    committees = OrganizationPeriod.objects.on(visit.today).filter(kind=OrganizationKind.COMMITTEE)
    rows = PartyOrganization.objects.filter(pk__in=committees.values("organization_id")).select_related("unit").order_by("unit__name", "pk")
    own = Federation.objects.filter(unit=file.case.office_id).values("committee_id")
    reached = rows.within(visit.scope_today(Act.CASE_VIEW)) | rows.filter(pk__in=own)
    return [Option(one.pk, one.unit.name, (one.unit.initials,) if one.unit.initials else ()) for one in reached.distinct()]


def _answer(
    request: HttpRequest, visit: Visit, form: Any, do: Callable[[dict[str, Any]], str], file: File, part: str, *, notes: tuple[str, ...] = ()
) -> HttpResponse:
    word = DEVELOPMENT_FORMS[part][0]
    return answer_form(
        request, visit, form, do=do, heading=word, lead=file.case.named, back=address_of_case(file.case.pk), crumbs=crumbs(file, word), notes=notes,
        done=f"{word}已保存。",
    )


posted, training, leaving, approver, archived = (_detail(part) for part in ("posted", "training", "leaving", "approver", "archived"))


@page(Act.CASE_WORK)
def contacts(request: HttpRequest, visit: Visit, development: int) -> HttpResponse:
    """Names the contacts, or replaces them."""
    file = asked_within(visit, development, "contacts")
    standing = list(Contact.objects.filter(case=file.case, valid_to=None).values_list("person_id", flat=True))
    form = ContactsForm(request.POST or None, initial={"people": standing, "since": visit.today})
    among(form, circle_of(visit))

    def do(cleaned: dict[str, Any]) -> str:
        put_contacts(
            case=file.case, people=_people(visit, cleaned["people"]), since=cleaned["since"], reason=cleaned["reason"], by=visit.user,
            at=visit.now,
        )
        return address_of_case(development)

    return _answer(request, visit, form, do, file, "contacts")


@page(Act.CASE_WORK)
def introducers(request: HttpRequest, visit: Visit, development: int) -> HttpResponse:
    """Names the two introducers; the contacts are proposed."""
    file = asked_within(visit, development, "introducers")
    standing = list(Introducer.objects.filter(case=file.case).values_list("person_id", flat=True))
    proposed = standing or list(Contact.objects.filter(case=file.case, valid_to=None).values_list("person_id", flat=True))
    form = IntroducersForm(request.POST or None, initial={"people": proposed, "on": visit.today})
    among(form, circle_of(visit))

    def do(cleaned: dict[str, Any]) -> str:
        put_introducers(case=file.case, people=_people(visit, cleaned["people"]), on=cleaned["on"], by=visit.user, at=visit.now)
        return address_of_case(development)

    return _answer(request, visit, form, do, file, "introducers", notes=(
        "受警告、严重警告、撤职处分在影响期内的不宜作介绍人；受留党察看处分没有恢复党员权利的不能作。处分情况不在这里登记，请核对。",
    ))


@page(Act.CASE_WORK)
def examinations(request: HttpRequest, visit: Visit, development: int) -> HttpResponse:
    """Registers that an examination took place."""
    file = asked_within(visit, development, "examinations")
    form = ExaminationForm(request.POST or None, initial={"on": visit.today})

    def do(cleaned: dict[str, Any]) -> str:
        examine(case=file.case, by=visit.user, at=visit.now, today=visit.today, **cleaned)
        return address_of_case(development)

    return answer_form(
        request, visit, form, do=do, heading="登记培养考察", lead=file.case.named, back=address_of_case(development), verb="登记",
        crumbs=crumbs(file, "培养考察"), notes=["只登记考察了、哪天、由谁、材料放在哪里，不录考察内容。"], done="考察已登记。",
        template="developments/examinations.html",
        context={"file": file, "rows": Examination.objects.filter(case=file.case), "settled": file.on("cultivation") is not None},
    )


@page(Act.CASE_WORK)
def examination_remove(request: HttpRequest, visit: Visit, development: int, examination: int) -> HttpResponse:
    """Takes off an examination registered by mistake."""
    file = asked_within(visit, development, "examinations")
    row = found(Examination.objects.filter(case=file.case).select_related("case"), examination)

    def do(cleaned: dict[str, Any]) -> str:
        remove_examination(examination=row, by=visit.user, at=visit.now, reason=cleaned["reason"])
        return address_of_case(development)

    return answer_question(
        request, visit, question=f"去掉 {row.on:%Y-%m-%d} 的培养考察？", do=do, back=address_of_case(development), verb="去掉", done="已去掉。",
    )


def _vote(part: str, meeting: Meeting) -> View:
    @page(Act.CASE_WORK)
    def view(request: HttpRequest, visit: Visit, development: int) -> HttpResponse:
        """The count of a meeting."""
        file = asked_within(visit, development, part)
        form = VoteForm(request.POST or None, initial=_counted(file, meeting))

        def do(cleaned: dict[str, Any]) -> str:
            put_vote(case=file.case, meeting=meeting, by=visit.user, at=visit.now, **form.counts())
            return address_of_case(development)

        return _answer(request, visit, form, do, file, part, notes=("无记名投票，一次只表决一个人。只记票数，不记谁投了什么。",))

    return view


admission, confirmation = _vote("admission", Meeting.ADMISSION), _vote("confirmation", Meeting.CONFIRMATION)


def _counted(file: File, meeting: Meeting) -> dict[str, Any]:
    row = MemberVote.objects.filter(case=file.case, meeting=meeting).first()
    return {name: getattr(row, name) for name, _, _ in COUNTS} if row else {}


@page(Act.CASE_WORK)
def extended(request: HttpRequest, visit: Visit, development: int) -> HttpResponse:
    """The meeting extends probation, once; the vote and the extension are kept together."""
    file = asked_within(visit, development, "extended")
    if file.development.extended_months:
        return _extended_already(request, visit, file)
    form = ExtensionForm(request.POST or None, initial={"on": visit.today, **_counted(file, Meeting.EXTENSION)})

    def do(cleaned: dict[str, Any]) -> str:
        extend_probation(
            case=file.case, months=cleaned["months"], on=cleaned["on"], by=visit.user, at=visit.now, today=visit.today, counts=form.counts()
        )
        return address_of_case(development)

    return _answer(request, visit, form, do, file, "extended", notes=("需要继续考察和教育的，预备期满由党员大会决定延长一次，报党委批准。",))


def _extended_already(request: HttpRequest, visit: Visit, file: File) -> HttpResponse:
    """An extension registered by mistake is taken off; then it can be registered as it was."""
    back, detail = address_of_case(file.case.pk), file.development

    def do(cleaned: dict[str, Any]) -> str:
        drop_extension(case=file.case, reason=cleaned["reason"], by=visit.user, at=visit.now)
        return back

    return answer_question(
        request, visit, question=f"去掉延长预备期{detail.extended_months}个月的登记？", do=do, back=back, verb="去掉", cancel_verb="不去掉",
        consequences=["预备期只能延长一次。登记错了的才去掉，再按会议记录重新登记。", "延长的票数一并去掉，预备期满的时间恢复为一年。"], done="已去掉。",
    )


def _open_to_reason(asked: str, visit: Visit) -> dict[str, Norm]:
    """By code what a reason is enough for: of today's version, and of the version before it for the code that is asked about."""
    mine = [one for one in norms() if one.code.startswith("DEV-") and one.limits]
    held = {one.code: one for one in mine if one.in_force(visit.today) and (is_liftable(one) or one.code in ASSESSED)}
    before = {one.code: one for one in mine if one.code == asked and one.code not in held and is_liftable(one)}
    return held | before


@page(Act.CASE_WORK)
def explanation(request: HttpRequest, visit: Visit, development: int) -> HttpResponse:
    """A reason for what is otherwise than it is 一般; 应当 is not offered. `?norm=` chooses one, of an older version too."""
    file = _of_person(visit, development)
    asked = request.GET.get("norm", "")
    offered = _open_to_reason(asked, visit)
    choices = [(one.code, f"{one.title}（{one.source}）") for one in offered.values()]
    standing = dict(Explanation.objects.filter(case=file.case).values_list("norm", "reason"))
    form = ExplanationForm(request.POST or None, choices=choices, initial={"norm": asked, "reason": standing.get(asked, "")})

    def do(cleaned: dict[str, Any]) -> str:
        norm = offered[cleaned["norm"]]
        explain(
            case=file.case, norm=norm.code, reason=cleaned["reason"], on=norm.since, by=visit.user, at=visit.now,
            liftable=norm.code in ASSESSED,
        )
        return address_of_case(development)

    return answer_form(
        request, visit, form, do=do, heading="情况说明", lead=file.case.named, back=address_of_case(development), crumbs=crumbs(file, "情况说明"),
        notes=["“应当”的规定写了理由也不能放过，这里只列“一般”的和条文待核实的。"], done="情况说明已保存。",
    )


def _of_person(visit: Visit, development: int) -> File:
    """A case about a person within one's part of the tree; otherwise 404."""
    row = case_within(visit, development)
    if row.person_id is None:
        raise Http404
    return file_of(row, visit.today)


@page(Act.CASE_WORK)
def moving(request: HttpRequest, visit: Visit, development: int) -> HttpResponse:
    """A candidate is cultivated elsewhere from a day; the time goes on."""
    file = _of_person(visit, development)
    form = MoveForm(request.POST or None, initial={"on": visit.today})
    target = form.fields["target"]
    assert isinstance(target, PickField)
    target.offer(lambda: organization_options(visit, file.case.organization_id))

    def do(cleaned: dict[str, Any]) -> str:
        body = PartyOrganization.objects.select_related("unit").get(pk=cleaned["target"])
        if cleaned["on"] > visit.today:
            raise Refused("转入时间还没有到。请填今天或者以前的日期。")
        move_candidate(case=file.case, target=body, on=cleaned["on"], by=visit.user, at=visit.now)
        return address_of_case(development)

    return answer_form(
        request, visit, form, do=do, heading="转到另一个党支部", lead=file.case.named, back=address_of_case(development), crumbs=crumbs(file, "转移"),
        notes=["培养教育时间连续计算，已办的步骤都保留；培养联系人由转入的党支部重新指定。"], done="已转。请转入的党支部重新指定培养联系人。",
    )


@page(Act.CASE_WORK)
def ending(request: HttpRequest, visit: Visit, development: int, ending: str) -> HttpResponse:
    """Ends a development without admission, or a probation without 转正."""
    file = _of_person(visit, development)
    chosen = next((one for one in file.kind.endings if one.code == ending and one.applies(file)), None)
    if chosen is None:
        raise Http404
    form = EndingForm(request.POST or None, initial={"on": visit.today})

    def do(cleaned: dict[str, Any]) -> str:
        end_otherwise(
            case=file.case, ending=ending, on=cleaned["on"], reason=cleaned["reason"], by=visit.user, at=visit.now, today=visit.today
        )
        return address_of_case(development)

    return answer_form(
        request, visit, form, do=do, heading=chosen.title, lead=file.case.named, back=address_of_case(development), crumbs=crumbs(file, chosen.title),
        notes=[chosen.sentence], verb=chosen.title, done="已登记。",
    )
