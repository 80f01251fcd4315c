"""Every address, list, export, picker and search with every role: what is found of people is what the table allows, nowhere more.

Three people with values nobody else has are put into the worked city, and one next door. A walk collects everything a role can
fetch, workbooks and documents opened; the values found in it are compared with `ledger.people.privacy`.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from shanghui.access.models import AuditEntry, Role, User
from shanghui.access.operations import grant
from shanghui.cases.models import CasePerson
from shanghui.exchange.reconciling.models import ComparisonLine
from shanghui.indicators.registry import registry
from shanghui.kernel.sealing import mask_id_number, mask_phone
from shanghui.ledger.activities.models import Activity
from shanghui.ledger.organizations.models import Chamber, PartyOrganization
from shanghui.ledger.people.models import AffiliationKind, Category, GuideKind, Person, Post
from shanghui.ledger.people.operations import (
    affiliate,
    appoint,
    assign_guide,
    change_person,
    register_person,
    set_category,
)
from shanghui.ledger.people.privacy import FIELDS, Level, Viewer
from shanghui.ledger.programs.models import Promise
from tests.web.somebody import number
from tests.web.test_access_matrix import VISITED, _address, _inside
from tests.worked_city import AT, BRANCH, CHAMBER, SINCE, city, named, user

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
ID, PHONE = number("009", "19611123"), "15400009876"
MEMBER = {
    "name": "蠡灯杪", "ethnicity": "探民族", "birth": "1961-11-23", "education": "探学历", "politics": "探政治", "workplace": "探单位",
    "applied_on": "1979-08-07", "joined_on": "1981-09-06", "confirmed_on": "1982-10-05", "remark": "探备注", "id_number": ID, "phone": PHONE,
}
"""The plain member: no office, so nobody meets him but in the register."""
OTHERS = {"contacts": "探联系人", "office": "蠡会杪", "guide": "蠡导杪", "attendance": "探假因", "promise": "探铺", "account": "tan-account"}
MASKED = {"id_number": mask_id_number(ID), "phone": mask_phone(PHONE), "birth": "1961-11"}
PEOPLE = ("people", "secretaries", "officers", "leaders", "dual", "guides", "promises")
OUTSIDE = ("蠡外杪", "探外备注", "探外单位")


@dataclass(frozen=True)
class World:
    """Who was put in."""

    member: Person
    activist: Person
    outsider: Person


@pytest.fixture
def world() -> World:
    """The probes, entered as people enter them, so that the journal knows of them too."""
    branch, chamber = PartyOrganization.objects.get(unit__name=BRANCH), Chamber.objects.get(unit__name=CHAMBER)
    account = User.objects.create(username="tan-account", display_name="探账号")
    member = _member(MEMBER | {"remark": "以前的"}, branch, Category.FULL)
    change_person(person=member, remark=MEMBER["remark"], user_id=account.pk, by=user(Role.EDITOR), at=AT)
    activist = _member({"name": "蠡积杪"}, branch, Category.ACTIVIST, contacts=OTHERS["contacts"])
    president = register_person(kept_by=named(CHAMBER), name=OTHERS["office"], remark="", by=None, at=AT)
    appoint(person=president, unit=named(CHAMBER), post=Post.VICE_PRESIDENT, since=SINCE, by=None, at=AT)
    guide = register_person(kept_by=city(), name=OTHERS["guide"], by=None, at=AT)
    assign_guide(person=guide, chamber=chamber, kind=GuideKind.GUIDE, since=SINCE, duty="", by=None, at=AT)
    held = Activity.objects.filter(hosts__unit=named(BRANCH)).first() or Activity.objects.create(type="theme_day", held_on=date(2022, 6, 1), title="日")
    held.hosts.get_or_create(unit=named(BRANCH))
    held.attendances.create(person=member, unit=named(BRANCH), state="excused", votes=True, reason=OTHERS["attendance"])
    Promise.objects.create(organization=branch, name=member.name, person=member, shop=OTHERS["promise"], signed_on=SINCE)
    grant(user=user(Role.GUIDE), role=Role.GUIDE, unit=named(CHAMBER), since=SINCE, by=None, at=AT)
    other = PartyOrganization.objects.get(unit__name="临江市茶叶商会党支部")
    outsider = _member({"name": OUTSIDE[0], "remark": OUTSIDE[1], "workplace": OUTSIDE[2]}, other, Category.FULL)
    return World(member, activist, outsider)


def _member(values: dict[str, str], branch: PartyOrganization, category: Category, **more: str) -> Person:
    made = register_person(kept_by=branch.unit, by=user(Role.EDITOR), at=AT, **values)
    set_category(person=made, category=category, since=SINCE, by=user(Role.EDITOR), at=AT, **more)
    kind = AffiliationKind.HOME if category == Category.FULL else AffiliationKind.CULTIVATED
    affiliate(person=made, organization=branch, kind=kind, since=SINCE, by=user(Role.EDITOR), at=AT)
    return made


# --- the walk


def _texts(answer: Any) -> Iterator[str]:
    """What an answer says; a workbook or a document is opened."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for name in packed.namelist():
                yield packed.read(name).decode("utf-8", "replace")
    else:
        yield content.decode("utf-8", "replace")
    yield str(answer.get("Location", ""))


def _variants(first: Any, where: str) -> Iterator[str]:
    """A page as a workbook or a document where it offers one; a list also searched by name."""
    said = first.content.decode("utf-8", "replace") if not first.streaming else ""
    for kind in ("xlsx", "docx"):
        if f"format={kind}" in said:
            yield f"{where}{'&' if '?' in where else '?'}format={kind}"
    if 'id="list-q"' in said or 'name="find"' in said:
        yield f"{where}{'&' if '?' in where else '?'}q={MEMBER['name']}&find={MEMBER['name']}"


def _walk(client: Client, values: dict[str, Any], more: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(address, text) of everything a client is answered; what refuses or does not exist is not asked again in other ways."""
    figures = [reverse("figure", kwargs={"code": one.code}) for one in registry if one.population.code in PEOPLE]
    for where in [*(_address(one, values) for one in VISITED), *figures, *more]:
        first = client.get(where)
        yield from ((where, text) for text in _texts(first))
        for other in _variants(first, where) if first.status_code == 200 else ():
            yield from ((other, text) for text in _texts(client.get(other)))
    for text in (MEMBER["name"], MEMBER["workplace"], ID, PHONE, OTHERS["office"], OUTSIDE[0]):
        for where in (reverse("search"), reverse("people"), reverse("appointment-new", kwargs={"unit": named(BRANCH).pk})):
            for found in _texts(client.post(where, {"q": text, "find": text}, follow=True)):
                yield f"{where}?q={text}", found


def _values(world: World) -> dict[str, Any]:
    held = Activity.objects.filter(attendances__person=world.member).get()
    values = _inside() | {"person": world.member.pk, "activity": held.pk}
    _compared(values["comparison"], world.member)
    CasePerson.objects.get_or_create(case_id=values["case"], person=world.member, defaults={"kind": "home"})
    return values


def _compared(comparison: int, person: Person) -> None:
    """The member stands in a comparison: once differing in all that is known of him, once only there."""
    keys = ("name", "ethnicity", "birth", "education", "workplace", "remark", "applied_on", "joined_on", "confirmed_on")
    line = ComparisonLine.objects.create(comparison_id=comparison, verdict="different", record=person.pk, title=person.name, row=4)
    for key in keys:
        line.cells.create(comparison_id=comparison, key=key, heading=key, ours=MEMBER[key], theirs=MEMBER[key])
    line.cells.create(comparison_id=comparison, key="id_number", heading="号码", ours=MASKED["id_number"], theirs=MASKED["id_number"], full=ID)
    values = [[key, key, MEMBER[key]] for key in keys]
    ComparisonLine.objects.create(comparison_id=comparison, verdict="theirs", title=person.name, row=5, values=values)


def _entries(world: World) -> list[str]:
    entries = AuditEntry.objects.filter(subject_table="people_person", subject_id=world.member.pk)
    found = [reverse("person", kwargs={"person": one.pk}) for one in (world.activist, world.outsider)]
    found += [reverse("audit-entry", kwargs={"entry": one.pk}) for one in entries]
    return found + [reverse("undo", kwargs={"entry": one.pk}) for one in entries]


def _found(client: Client, world: World) -> dict[str, str]:
    """{what was found: where}: the probes' values, whole and masked."""
    wanted = {**MEMBER, **OTHERS, **{f"{key}:masked": value for key, value in MASKED.items()}, **{one: one for one in OUTSIDE}}
    found: dict[str, str] = {}
    for where, text in _walk(client, _values(world), _entries(world)):
        said = _without_question(text, where)
        for key, value in wanted.items():
            if value in said:
                found.setdefault(key, where)
    return found


def _without_question(text: str, where: str) -> str:
    """A page repeats what was searched for: that is no answer."""
    asked = where.rpartition("=")[2] if "q=" in where else ""
    for around in ('value="{}"', "“{}”", "={}", "登记新的人：{}") if asked else ():
        text = text.replace(around.format(asked), "").replace(around.format(quote(asked)), "")
    return text


def _signed_in(account: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(account, backend=BACKEND)
    return client


@pytest.mark.parametrize("role", list(Role))
def test_what_a_role_finds_is_what_the_table_allows(role: Role, world: World) -> None:
    found = _found(_signed_in(user(role)), world)
    registers = role in (Role.EDITOR, Role.READER, Role.SECRETARY)

    for key in (*MEMBER, *OTHERS):
        level = FIELDS[key].levels[Viewer(role)]
        if level < Level.FULL:
            assert key not in found, (key, found.get(key))
        elif registers:
            assert key in found, key
        if level == Level.NONE:
            assert f"{key}:masked" not in found, (key, found.get(f"{key}:masked"))
        elif key in MASKED and registers:
            assert f"{key}:masked" in found, key
    assert not set(found) & set(OUTSIDE), found
