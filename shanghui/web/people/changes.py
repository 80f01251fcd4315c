"""What is done to a person's record: registered, changed, another category, another organization, an account."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.access.models import Seat, Unit, User
from shanghui.kernel.facts import Precision
from shanghui.kernel.refusals import Refused
from shanghui.kernel.sealing import digests
from shanghui.ledger.organizations.models import OrganizationPeriod, PartyOrganization
from shanghui.ledger.organizations.powers import powers_of
from shanghui.ledger.people.models import MEMBERS, AffiliationKind, Category, Person, Transfer
from shanghui.ledger.people.operations import affiliate, change_person, link_account, register_person, set_category
from shanghui.web.kit.answers import answer_form
from shanghui.web.kit.fields import Option, Since
from shanghui.web.kit.units import organization_options, own_organization
from shanghui.web.kit.visits import Visit, found, page
from shanghui.web.people.forms import AccountForm, AffiliationForm, CategoryForm, Known, NewPersonForm, PersonForm

FORM = "people/person_form.html"


def changeable(visit: Visit, pk: int) -> Person:
    """A person kept by a unit one may change, else 404; dual life elsewhere shows a person, no more."""
    return found(Person.objects.kept_within(visit.scope_today(Act.PEOPLE_CHANGE)).select_related("kept_by"), pk)


def address(person: Person) -> str:
    """The person's page."""
    return reverse("person", kwargs={"person": person.pk})


def known_numbers(visit: Visit, but: int | None = None) -> Known:
    """How a form learns that an identity number is registered; the record's address only where the visitor may see it."""

    def known(number: str) -> tuple[bool, str]:
        others = Person.objects.filter(id_digest__in=digests(number)).exclude(pk=but or 0)
        inside = others.filter(pk__in=Person.objects.within(visit.scope_today(Act.PEOPLE_VIEW)).values("pk")).without_numbers().first()
        return others.exists(), address(inside) if inside is not None else ""

    return known


@page(Act.PEOPLE_CHANGE)
def person_new(request: HttpRequest, visit: Visit) -> HttpResponse:
    """A person, with the organization and the category in the same step; `?branch=` and `?category=` stand in the form."""
    organizations: Callable[[], list[Option]] = lambda: organization_options(visit)  # noqa: E731
    wanted = request.GET.get("branch", "")
    initial: dict[str, Any] = {"organization": int(wanted) if wanted.isdecimal() and len(wanted) < 15 else own_organization(visit)}
    if request.GET.get("category") in Category.values:
        initial["category"] = request.GET["category"]
    form = NewPersonForm(
        request.POST or None, initial=initial, today=visit.today, known=known_numbers(visit), organizations=organizations
    )

    def do(cleaned: dict[str, Any]) -> str:
        with transaction.atomic():
            return address(_register(visit, form, cleaned))

    crumbs = (("人员", reverse("people")), ("登记人员", ""))
    return answer_form(
        request, visit, form, do=do, heading="登记人员", back=reverse("people"), verb="登记", crumbs=crumbs, done="已登记。", template=FORM,
    )


def _register(visit: Visit, form: NewPersonForm, cleaned: dict[str, Any]) -> Person:
    organization = PartyOrganization.objects.select_related("unit").filter(pk=cleaned["organization"]).first()
    since: Since = cleaned["since"] or Since(visit.today, Precision.SEEN, "")
    _refuse_ahead(since, visit)
    act: dict[str, Any] = {"by": visit.user, "at": visit.now}
    row = register_person(kept_by=organization.unit if organization else office_of(visit), **act, **form.values())
    if cleaned["category"]:
        set_category(person=row, category=Category(cleaned["category"]), since=since.day, precision=since.precision, **act)
    if organization is not None:
        kind = AffiliationKind.CULTIVATED if cleaned["category"] and cleaned["category"] not in MEMBERS else AffiliationKind.HOME
        affiliate(person=row, organization=organization, kind=kind, since=since.day, precision=since.precision, **act)
    return row


def _refuse_ahead(since: Since, visit: Visit) -> None:
    """What is so is registered when it is so. Raises Refused for a day to come."""
    if since.day > visit.today:
        raise Refused("这一天还没有到。等批准以后再登记。")


def _refuse_on_the_way(row: Person, kind: AffiliationKind) -> None:
    """A relation on its way is answered first: entered elsewhere by hand, it would never arrive."""
    if kind != AffiliationKind.DUAL and Transfer.objects.waiting().filter(person=row).exists():
        raise Refused(f"{row.name}有一次接转还在途中。请先接收、退回或者撤回那一次，再登记{kind.label}。")


def office_of(visit: Visit) -> Unit:
    """The unit that keeps people who belong to no organization: the visitor's own."""
    roots = visit.scope_today(Act.PEOPLE_CHANGE).roots
    return next(seat.unit for seat in visit.seats if seat.unit_id in roots)


@page(Act.PEOPLE_CHANGE)
def person_change(request: HttpRequest, visit: Visit, person: int) -> HttpResponse:
    """What is written about a person; numbers are overwritten by new ones only."""
    row = changeable(visit, person)
    initial = {field.name: getattr(row, field.name) for field in Person._meta.concrete_fields}
    initial |= {"id_number": "", "phone": ""}
    form = PersonForm(request.POST or None, initial=initial, today=visit.today, known=known_numbers(visit, row.pk), person=row)

    def do(cleaned: dict[str, Any]) -> str:
        change_person(person=row, by=visit.user, at=visit.now, **form.values())
        return address(row)

    return answer_form(
        request, visit, form, do=do, heading=f"修改{row.name}的信息", back=address(row), crumbs=_crumbs(row, "修改"), template=FORM,
    )


@page(Act.PEOPLE_CHANGE)
def person_category(request: HttpRequest, visit: Visit, person: int) -> HttpResponse:
    """From a day on another category; the one before ends, and figures before that day do not move."""
    row = changeable(visit, person)
    form = CategoryForm(request.POST or None)

    def do(cleaned: dict[str, Any]) -> str:
        since: Since = cleaned["since"]
        _refuse_ahead(since, visit)
        set_category(
            person=row, category=Category(cleaned["category"]), since=since.day, precision=since.precision,
            contacts=cleaned["contacts"], by=visit.user, at=visit.now,
        )
        return address(row)

    notes = ["原来的类别到前一天为止，以前各天的数字不变。"]
    return answer_form(
        request, visit, form, do=do, heading=f"变更{row.name}的人员类别", back=address(row), notes=notes, crumbs=_crumbs(row, "人员类别"),
    )


@page(Act.PEOPLE_CHANGE)
def person_affiliate(request: HttpRequest, visit: Visit, person: int) -> HttpResponse:
    """Another home, another organization that cultivates, or dual life somewhere as well."""
    row = changeable(visit, person)
    form = AffiliationForm(request.POST or None, initial={"kind": "home"}, organizations=lambda: organization_options(visit))

    def do(cleaned: dict[str, Any]) -> str:
        kind, since = AffiliationKind(cleaned["kind"]), cleaned["since"]
        organization = PartyOrganization.objects.select_related("unit").get(pk=cleaned["organization"])
        _refuse_ahead(since, visit)
        _refuse_on_the_way(row, kind)
        _refuse_home_in_functional(organization, kind, since)
        affiliate(
            person=row, organization=organization, kind=kind, since=since.day, precision=since.precision, by=visit.user, at=visit.now
        )
        return address(row) if visit.scope_today().contains(organization.unit_id) else reverse("people")

    notes = ["组织关系只有一个：登记新的，原来的到前一天为止。双重组织生活可以有几个，不影响组织关系。"]
    return answer_form(
        request, visit, form, do=do, heading=f"登记{row.name}的组织隶属", back=address(row), notes=notes, crumbs=_crumbs(row, "组织隶属"),
    )


def _refuse_home_in_functional(organization: PartyOrganization, kind: AffiliationKind, since: Since) -> None:
    """The form of an organization decides its powers (M03): relations stay where they are."""
    period = OrganizationPeriod.objects.on(since.day).filter(organization=organization).first()
    if period is not None and kind != AffiliationKind.DUAL and not powers_of(period.form).develops:
        raise Refused(f"“{organization.unit.name}”是{period.get_form_display()}党组织，组织关系留在原单位，这里只登记双重组织生活。")


@page(Act.PEOPLE_CHANGE)
def person_account(request: HttpRequest, visit: Visit, person: int) -> HttpResponse:
    """Which account is the person's own, so that he sees what is kept about him."""
    row = changeable(visit, person)
    seats = Seat.objects.on(visit.today).filter(visit.scope_today().condition("unit_id"))

    def users() -> list[Option]:
        free = User.objects.filter(pk__in=seats.values("user_id"), is_active=True).exclude(person__isnull=False)
        listed = free | User.objects.filter(pk=row.user_id or 0)
        return [Option(user.pk, f"{user.display_name}（{user.username}）", (user.username,)) for user in listed.order_by("username")]

    form = AccountForm(request.POST or None, initial={"user": row.user_id}, users=users)

    def do(cleaned: dict[str, Any]) -> str:
        account = User.objects.get(pk=cleaned["user"]) if cleaned["user"] else None
        link_account(person=row, user=account, by=visit.user, at=visit.now)
        return address(row)

    return answer_form(request, visit, form, do=do, heading=f"{row.name}的账号", back=address(row), crumbs=_crumbs(row, "账号"))


def _crumbs(row: Person, word: str) -> tuple[tuple[str, str], ...]:
    return (("人员", reverse("people")), (row.name, address(row)), (word, ""))
