"""Opening a case: which kind, for which chambers or party organization, from when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html

from shanghui.access.acts import Act
from shanghui.cases.development_bodies import belongs_on
from shanghui.cases.operations import open_case, open_development
from shanghui.cases.operations.openings import EARLIEST
from shanghui.cases.queries import all_kinds, office_of
from shanghui.cases.registry import CHAMBERS, ORGANIZATION, PERSON, Kind, kinds
from shanghui.kernel.periods import full_day
from shanghui.kernel.refusals import Refused
from shanghui.ledger.organizations.models import Chamber, PartyOrganization
from shanghui.ledger.people.models import Category, Person
from shanghui.web.activities.people import PersonField, among, circle_of
from shanghui.web.kit.answers import answer_form
from shanghui.web.kit.fields import PickField, PickManyField
from shanghui.web.kit.forms import DayField, Form
from shanghui.web.kit.units import chamber_options, organization_options, own_organization
from shanghui.web.kit.visits import Visit, found, page, show

APPLIED = ("递交入党申请书的时间", "申请书上写的那一天；这一步随立项登记")
"""How the day is asked for in a case about a person."""
PICKED = "写姓名，从列表里选；台账里没有的，请党支部先登记这个人"


class FromForm(Form):
    """From which day a case is opened: not in the future and not long ago."""

    on = DayField(label="立项时间", help_text="以前就开始办的，填开始的那一天")

    def __init__(self, *args: Any, visit: Visit, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = visit.today

    def clean_on(self) -> Any:
        """The day; refuses one that has not come, and one before any case can be."""
        on = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError("立项时间还没有到。请填今天或者以前的日期。")
        if on < EARLIEST:
            raise forms.ValidationError(f"立项时间早于{full_day(EARLIEST)}，请核对日期。")
        return on


class OpeningForm(FromForm):
    """What a case is opened for. The first chamber named is the lead."""

    field_order = ("person", "chambers", "organization", "on")

    def __init__(self, *args: Any, kind: Kind, visit: Visit, **options: Any) -> None:
        super().__init__(*args, visit=visit, **options)
        if kind.about == PERSON:
            hint = format_html('写姓名，从列表里选；台账里没有的，<a href="{}">先登记这个人</a>', f"{reverse('person-new')}?category={Category.APPLICANT}")
            self.fields["person"] = PersonField(label="本人", required=True, help_text=hint if visit.may(Act.PEOPLE_CHANGE) else PICKED,
                                                error_messages={"required": "请写是谁。"})
        if kind.about == CHAMBERS:
            self.fields["chambers"] = PickManyField(
                label="商会", options=lambda: chamber_options(visit), help_text="写名称或拼音首字母，从列表里选；可以选几家，第一家牵头",
                error_messages={"required": "请至少选一家商会。"},
            )
        else:
            self.fields["organization"] = PickField(
                label="党组织", options=lambda: organization_options(visit), error_messages={"required": "请选是哪个党组织。"},
            )
        if kind.about == PERSON:
            self.fields["organization"].label, self.fields["organization"].required = "办理的党支部", False
            self.fields["organization"].help_text = "空着的，就是本人组织关系或者培养联系所在的党支部"
            self.fields["on"].label, self.fields["on"].help_text = APPLIED
        self.order_fields(self.field_order)


@page(Act.CASE_WORK, methods=("GET",))
def case_kinds(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The kinds, with what each is for; what was picked before (`?chamber=`, `?organization=`) is carried along."""
    query = request.GET.urlencode()
    meant = [about for about, name in ((CHAMBERS, "chamber"), (ORGANIZATION, "organization"), (PERSON, "person")) if name in request.GET]
    offered = [kind for kind in all_kinds() if (kind.about in meant or not meant) and (kind.about != PERSON or visit.may(Act.PEOPLE_VIEW))]
    return show(request, "cases/kinds.html", visit, {"kinds": offered, "carried": f"?{query}" if query else ""})


@page(Act.CASE_WORK)
def case_new(request: HttpRequest, visit: Visit, case_kind: str) -> HttpResponse:
    """Opens a case of a kind; `?chamber=3&chamber=5` or `?organization=7` stand in the form already."""
    kind = kinds.get(case_kind)
    if kind is None:
        raise Http404
    form = OpeningForm(request.POST or None, kind=kind, visit=visit, initial=_initial(request, visit, kind))
    among(form, circle_of(visit))

    def do(cleaned: dict[str, Any]) -> str:
        if kind.about == PERSON:
            return _open_for(visit, cleaned)
        chambers, organization = _meant(visit, cleaned)
        units = [one.pk for one in chambers] or [organization.pk if organization else 0]
        office = office_of(units, visit.today)
        if office is None:
            raise Refused("选的单位上面没有共同的工商联，不能立成一件。请分开立项，或者核对上级关系。")
        made = open_case(
            kind=kind.code, office=office, on=cleaned["on"], by=visit.user, at=visit.now, chambers=chambers, organization=organization
        )
        return reverse("case", kwargs={"case": made.pk})

    crumbs = (("办理事项", reverse("cases")), ("新立一件", reverse("case-kinds")), (kind.title, ""))
    return answer_form(
        request, visit, form, do=do, heading=kind.title, lead=kind.sentence, back=reverse("cases"), verb="立项", crumbs=crumbs,
        done="已立项。下一步在最上面。",
    )


def _open_for(visit: Visit, cleaned: dict[str, Any]) -> str:
    """Opens a development of somebody within one's part of the tree, by the branch where he belongs unless another is named."""
    person = found(Person.objects.within(visit.scope_today(Act.PEOPLE_VIEW)).without_numbers(), cleaned["person"])
    held = belongs_on(person, visit.today)
    _, named = _meant(visit, cleaned)
    organization = named or (held.organization if held else None)
    if organization is None:
        raise Refused(f"台账里没有{person.name}的培养联系或者组织关系，请选办理的党支部。")
    office = office_of([organization.pk], visit.today)
    if office is None or not visit.scope_today().contains(organization.pk):
        raise Refused(f"“{organization.unit.name}”不在您的范围里，请由那里的党组织办理。")
    made = open_development(
        person=person, organization=organization, office=office, applied_on=cleaned["on"], by=visit.user, at=visit.now, today=visit.today
    )
    return reverse("case", kwargs={"case": made.pk})


def _initial(request: HttpRequest, visit: Visit, kind: Kind) -> dict[str, Any]:
    """What the address names; a secretary's own branch stands there already."""
    names = ("chamber", "organization", "person")
    asked = {name: [int(pk) for pk in request.GET.getlist(name) if pk.isdecimal() and len(pk) < 19] for name in names}
    person = Person.objects.within(visit.scope_today(Act.PEOPLE_VIEW)).filter(pk__in=asked["person"]).only("pk", "applied_on").first()
    applied = person.applied_on if person is not None and len(person.applied_on) == len("2022-06-30") else None
    return {
        "on": applied or visit.today, "person": person.pk if person is not None else None, "chambers": asked["chamber"],
        "organization": asked["organization"][0] if asked["organization"] else own_organization(visit) if kind.about == ORGANIZATION else None,
    }


def _meant(visit: Visit, cleaned: dict[str, Any]) -> tuple[list[Chamber], PartyOrganization | None]:
    """The chambers in the order they were named, or the party organization, within one's part of the tree."""
    scope = visit.scope_today()
    rows = {one.pk: one for one in Chamber.objects.within(scope).select_related("unit").filter(pk__in=cleaned.get("chambers") or ())}
    organization = PartyOrganization.objects.within(scope).select_related("unit").filter(pk=cleaned.get("organization") or 0).first()
    return [rows[pk] for pk in cleaned.get("chambers") or () if pk in rows], organization
