"""What is changed about a person: numbers go in and do not come out, what cannot be is refused in plain words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from shanghui.access.models import Role
from shanghui.ledger.organizations.models import Form, OrganizationPeriod, PartyOrganization
from shanghui.ledger.people.models import Affiliation, AffiliationKind, MembershipRecord, Person
from shanghui.ledger.people.operations import affiliate, change_person
from tests.web.somebody import NUMBER, OTHER, PHONE, at, number, somebody, text_of
from tests.worked_city import AT, BRANCH, HALF_YEAR, city, named

pytestmark = pytest.mark.django_db
AsRole = Callable[[Role], Client]


@pytest.fixture
def person() -> Person:
    return somebody()


def the_form(**changes: str) -> dict[str, str]:
    return {"name": "方云泽", "gender": "男", "birth": "", **changes}


def test_a_secretary_enters_a_number_and_does_not_read_it_back(as_role: AsRole, person: Person) -> None:
    secretary = as_role(Role.SECRETARY)
    new = number("013")

    answer = secretary.post(at("person-change", person), the_form(id_number=new, phone="154 0000 5678"), follow=True)

    assert [Person.objects.get(pk=person.pk).id_number, Person.objects.get(pk=person.pk).phone] == [new, "15400005678"]
    form = text_of(secretary.get(at("person-change", person)))
    for page in (text_of(answer), form):
        assert new not in page
        assert "15400005678" not in page
    assert "已登记 154****5678" in form


def test_a_number_left_empty_stays(editor: Client, person: Person) -> None:
    editor.post(at("person-change", person), the_form(ethnicity="汉族"))

    changed = Person.objects.get(pk=person.pk)
    assert (changed.id_number, changed.phone, changed.ethnicity) == (NUMBER, PHONE, "汉族")


@pytest.mark.parametrize(("field", "typed", "sentence"), [
    ("id_number", NUMBER[:-1], "公民身份号码是 18 位"), ("id_number", "990101700512003", "旧的 15 位号码"),
    ("applied_on", "1988-04", "未满18岁"), ("id_number", NUMBER[:-1] + ("1" if NUMBER[-1] != "1" else "2"), "校验位不对"),
    ("phone", "12345", "电话应为 11 位手机号"), ("birth", "2022-02-30", "没有这一天"), ("birth", "1969年4月", "出生日期不一致"),
    ("gender", "女", "性别不一致"), ("joined_on", "3022", "没有这一天"), ("joined_on", "1960-05", "入党时间早于出生年月"),
    ("confirmed_on", "2000-01-01", "转正时间早于入党时间"), ("name", "", "请填姓名"),
])
def test_what_cannot_be_is_refused_in_plain_words(editor: Client, person: Person, field: str, typed: str, sentence: str) -> None:
    typed_in = the_form(id_number=number("013"), birth="1970-05", joined_on="" if field != "confirmed_on" else "2010-07", **{})

    answer = editor.post(at("person-change", person), typed_in | {field: typed})

    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert Person.objects.get(pk=person.pk).id_number == NUMBER


def test_a_file_that_differs_from_the_number_can_be_recorded_on_purpose(editor: Client, person: Person) -> None:
    refused = editor.post(at("person-change", person), the_form(birth="1969年4月"))
    accepted = editor.post(at("person-change", person), the_form(birth="1969年4月", as_in_file="on"))

    assert "照档案登记" in text_of(refused)
    assert accepted.status_code == 302
    assert Person.objects.get(pk=person.pk).birth == "1969-04"


def test_birth_and_gender_follow_from_a_number_where_they_were_left_out(editor: Client) -> None:
    editor.post("/people/new/", {"name": "方新", "id_number": number("023")})

    made = Person.objects.get(name="方新")
    assert (made.birth, made.gender, made.kept_by) == ("1970-05", "男", city())


def test_somebody_is_registered_with_branch_and_category_in_one_step(editor: Client) -> None:
    answer = editor.post("/people/new/", {"name": "方新", "organization": "汽配机电", "category": "activist", "since": "2022年3月"})

    made = Person.objects.get(name="方新")
    home = Affiliation.objects.get(person=made)
    assert answer["Location"] == at("person", made)
    assert (home.kind, home.organization.unit.name, home.valid_from, home.from_precision) == ("cultivated", BRANCH, date(2022, 3, 1), "month")
    assert MembershipRecord.objects.get(person=made).category == "activist"


def test_a_number_known_within_the_scope_leads_to_its_record(editor: Client, person: Person) -> None:
    page = text_of(editor.post("/people/new/", {"name": "方某", "id_number": NUMBER}))

    assert f'href="{at("person", person)}"' in page
    assert not Person.objects.filter(name="方某").exists()


def test_a_number_known_elsewhere_is_refused_without_a_name(editor: Client) -> None:
    change_person(person=Person.objects.get(name="方临江"), by=None, at=AT, id_number=number("033"))

    page = text_of(editor.post("/people/new/", {"name": "方某", "id_number": number("033")}))

    assert "已经在别的单位登记过" in page
    assert "方临江" not in page
    assert "临江市" not in page


def test_another_category_and_another_home_are_facts_from_a_day_on(editor: Client, person: Person) -> None:
    editor.post(at("person-affiliate", person), {"kind": "home", "organization": OTHER, "since": "2022-07-01"})

    homes = list(Affiliation.objects.filter(person=person).order_by("valid_from").values_list("organization__unit__name", "valid_to"))
    assert homes == [(BRANCH, date(2022, 7, 1)), (OTHER, None)]


def test_a_category_from_tomorrow_is_refused(editor: Client, person: Person) -> None:
    answer = editor.post(at("person-category", person), {"category": "full", "since": "2100-01-01"})

    assert "这一天还没有到" in text_of(answer)


def test_nobody_is_registered_or_at_home_from_a_day_to_come(editor: Client, person: Person) -> None:
    to_come = {"organization": OTHER, "since": "2099年1月"}

    registered = editor.post("/people/new/", the_form(name="方来", category="full", **to_come))
    moved = editor.post(at("person-affiliate", person), {"kind": "home", **to_come})

    for answer in (registered, moved):
        assert "这一天还没有到" in text_of(answer)
    assert not Person.objects.filter(name="方来").exists()
    assert Affiliation.objects.filter(person=person).count() == 1


@pytest.mark.parametrize(("changes", "sentence"), [
    ({"birth": "2000-01-02", "confirmed_on": "1999-12-31"}, "转正时间早于出生年月"),
    ({"applied_on": "2019-01", "confirmed_on": "2018-01"}, "转正时间早于递交入党申请书时间"),
    ({"birth": "2000-01-02", "joined_on": "2018-01-01"}, "入党时未满18岁"),
    ({"birth": "2000-01-02", "joined_on": "2018-01-02"}, ""), ({"birth": "2000-01-02", "joined_on": "2018-01"}, ""),
    ({"birth": "1930-05", "joined_on": "1947-07", "as_in_file": "on"}, ""),
    ({"id_number": number("013", "20000102"), "joined_on": "2017-12"}, "入党时未满18岁"),
    ({"id_number": number("013", "20000102"), "joined_on": "1999-11"}, "入党时间早于出生年月"),
])
def test_days_that_cannot_follow_each_other_are_refused(editor: Client, changes: dict[str, str], sentence: str) -> None:
    answer = editor.post("/people/new/", the_form(**{"name": "方早", **changes}))

    assert answer.status_code == (422 if sentence else 302)
    assert sentence in text_of(answer)


def test_a_functional_organization_is_no_home(editor: Client, person: Person) -> None:
    OrganizationPeriod.objects.filter(organization__unit__name=OTHER).update(form=Form.FUNCTIONAL)
    typed = {"organization": OTHER, "since": "2022-07-01"}

    refused = editor.post(at("person-affiliate", person), typed | {"kind": "home"})
    accepted = editor.post(at("person-affiliate", person), typed | {"kind": "dual"})

    assert "组织关系留在原单位" in text_of(refused)
    assert accepted.status_code == 302


def test_a_secretary_does_not_change_who_only_takes_part(as_role: AsRole) -> None:
    guest = Person.objects.filter(kept_by=named(OTHER)).first()
    assert guest is not None
    here = PartyOrganization.objects.get(unit__name=BRANCH)
    affiliate(person=guest, organization=here, kind=AffiliationKind.DUAL, since=HALF_YEAR, by=None, at=AT)
    secretary = as_role(Role.SECRETARY)

    assert secretary.get(at("person", guest)).status_code == 200
    assert "修改信息" not in text_of(secretary.get(at("person", guest)))
    assert secretary.get(at("person-change", guest)).status_code == 404


def test_a_secretary_sends_nobody_to_a_branch_he_does_not_lead(as_role: AsRole, person: Person) -> None:
    answer = as_role(Role.SECRETARY).post(at("person-affiliate", person), {"kind": "home", "organization": OTHER, "since": "2022-07-01"})

    assert answer.status_code == 422
    assert Affiliation.objects.get(person=person, valid_to=None).organization.unit.name == BRANCH
