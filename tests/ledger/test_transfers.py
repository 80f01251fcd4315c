"""Transfers inside the platform (M16): counted at the sender until the receipt, at the receiver from its day; every refusal."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from shanghui.access.models import AuditEntry
from shanghui.access.scope import whole
from shanghui.access.undo import undo
from shanghui.indicators.queries import figures
from shanghui.kernel.refusals import Refused
from shanghui.ledger.integrity import CHECKS, run
from shanghui.ledger.organizations.models import Form
from shanghui.ledger.organizations.operations import dissolve_organization, end_fact
from shanghui.ledger.people.models import (
    Affiliation,
    AffiliationKind,
    Category,
    MembershipRecord,
    Person,
    Post,
    Transfer,
    TransferState,
)
from shanghui.ledger.people.operations import (
    affiliate,
    appoint,
    end_affiliation,
    receive,
    register_person,
    send_back,
    send_people,
    set_category,
    withdraw,
)
from shanghui.ledger.people.transferring import destinations, members_here, sent_together, waiting_for
from tests.ledger.transferred import (
    ACT,
    BRANCH,
    COMMITTEE,
    DAY,
    JULY,
    JUNE,
    NEXT_DOOR,
    OTHER,
    homes,
    limited,
    member,
    organization,
    sent,
)
from tests.worked_city import SINCE, TODAY, city, named

pytestmark = pytest.mark.django_db


def last_entry(person: Person) -> AuditEntry:
    return AuditEntry.objects.filter(subject_table="people_person", subject_id=person.pk).order_by("-pk")[0]


def test_the_home_stays_until_the_receipt_and_is_here_from_its_day() -> None:
    person = member()
    row = sent(person)

    assert homes(person, TODAY) == [BRANCH]
    receive(transfer=row, on=JULY, **ACT)
    assert [homes(person, day) for day in (JULY - DAY, JULY)] == [[BRANCH], [OTHER]]
    assert Person.objects.get(pk=person.pk).kept_by == named(OTHER)
    row.refresh_from_db()
    assert (row.state, row.closed_on) == (TransferState.RECEIVED, JULY)


@pytest.mark.parametrize("on", [JUNE, JUNE + DAY])
def test_a_receipt_may_be_dated_back_to_the_day_it_was_sent(on: date) -> None:
    person = member()
    receive(transfer=sent(person), on=on, **ACT)

    assert homes(person, on) == [OTHER]


def test_a_receipt_before_it_was_sent_is_refused() -> None:
    row = sent(member())

    with pytest.raises(Refused, match="不能早于发出日期"):
        receive(transfer=row, on=JUNE - DAY, **ACT)


def test_sent_back_with_a_reason_the_home_never_moved() -> None:
    person = member()
    row = sent(person)
    with pytest.raises(Refused, match="没有正当理由不得拒绝"):
        send_back(transfer=row, on=JULY, reason="  ", **ACT)
    send_back(transfer=row, on=JULY, reason="材料不全", **ACT)

    assert homes(person, TODAY) == [BRANCH]
    row.refresh_from_db()
    assert (row.state, row.closing) == (TransferState.RETURNED, "材料不全")
    with pytest.raises(Refused, match="已退回，不能再办"):
        receive(transfer=row, on=JULY, **ACT)
    sent(person, on=JULY)


def test_withdrawn_it_cannot_be_received() -> None:
    row = sent(member())
    withdraw(transfer=row, on=JULY, reason="不走了", **ACT)

    with pytest.raises(Refused, match="已撤回"):
        receive(transfer=row, on=JULY, **ACT)


def test_it_cannot_be_received_twice() -> None:
    row = sent(member())
    receive(transfer=row, on=JULY, **ACT)

    with pytest.raises(Refused, match="已接收"):
        receive(transfer=row, on=JULY, **ACT)


def test_a_second_one_on_the_way_is_refused_also_by_the_database() -> None:
    person = member()
    row = sent(person)

    with pytest.raises(Refused, match="还在途中"):
        sent(person, NEXT_DOOR)
    with pytest.raises(IntegrityError), transaction.atomic():
        Transfer.objects.create(person=person, direction="inside", source=row.source, target=organization(NEXT_DOOR), sent_on=JULY)


@pytest.mark.parametrize("form", [Form.FUNCTIONAL, Form.TEMPORARY])
def test_functional_and_temporary_organizations_take_no_relations(form: Form) -> None:
    with pytest.raises(Refused, match="组织关系留在原单位"):
        send_people(people=[member()], target=limited(form), on=JUNE, **ACT)


def test_an_organization_dissolved_meanwhile_cannot_receive() -> None:
    person = member()
    target = limited(Form.OWN)
    row = send_people(people=[person], target=target, on=JUNE, **ACT)[0]
    dissolve_organization(organization=target, on=JULY, reason="并入", **ACT)

    with pytest.raises(Refused, match=r"已于2022年6月30日撤销，不能接收"):
        receive(transfer=row, on=JULY, **ACT)
    receive(transfer=row, on=JULY - DAY, **ACT)


def test_to_one_dissolved_or_not_yet_founded_nothing_is_sent() -> None:
    target = limited(Form.OWN)
    dissolve_organization(organization=target, on=JUNE, reason="并入", **ACT)

    with pytest.raises(Refused, match="撤销"):
        send_people(people=[member()], target=target, on=JUNE, **ACT)
    with pytest.raises(Refused, match="还没有成立"):
        send_people(people=[member("方一", since=date(2018, 1, 1))], target=organization(NEXT_DOOR), on=SINCE - DAY, **ACT)


def test_who_holds_a_party_post_is_relieved_first() -> None:
    person = member()
    appoint(person=person, unit=named(BRANCH), post=Post.COMMITTEE_MEMBER, since=SINCE, **ACT)

    with pytest.raises(Refused, match="还是“云泽市汽配机电商会党支部”的委员"):
        sent(person)


def test_who_died_on_the_way_is_not_received() -> None:
    person = member()
    row = sent(person)
    record = MembershipRecord.objects.get(person=person, valid_to=None)
    end_fact(fact=record, subject=person, unit=named(BRANCH), on=JULY, reason="去世", **ACT)

    with pytest.raises(Refused, match="不是党员"):
        receive(transfer=row, on=JULY, **ACT)


def test_who_was_moved_otherwise_meanwhile_is_not_received() -> None:
    person = member()
    row = sent(person)
    affiliate(person=person, organization=organization(NEXT_DOOR), kind=AffiliationKind.HOME, since=JUNE + DAY, **ACT)

    with pytest.raises(Refused, match=f"现在在“{NEXT_DOOR}”"):
        receive(transfer=row, on=JULY, **ACT)
    assert homes(person, JULY) == [NEXT_DOOR]


def test_dual_life_at_the_new_home_is_over_and_elsewhere_goes_on() -> None:
    person = member()
    for where in (OTHER, NEXT_DOOR):
        affiliate(person=person, organization=organization(where), kind=AffiliationKind.DUAL, since=SINCE, **ACT)
    receive(transfer=sent(person), on=JULY, **ACT)

    dual = Affiliation.objects.on(JULY).filter(person=person, kind=AffiliationKind.DUAL)
    assert list(dual.values_list("organization__unit__name", flat=True)) == [NEXT_DOOR]


def test_who_is_cultivated_is_cultivated_there() -> None:
    person = register_person(kept_by=named(BRANCH), name="方积极", **ACT)
    set_category(person=person, category=Category.ACTIVIST, since=SINCE, **ACT)
    affiliate(person=person, organization=organization(BRANCH), kind=AffiliationKind.CULTIVATED, since=SINCE, **ACT)

    assert receive(transfer=sent(person), on=JULY, **ACT).kind == AffiliationKind.CULTIVATED


def test_many_are_sent_in_one_act_all_or_none() -> None:
    people = [member(f"方{word}") for word in "甲乙丙"]
    appoint(person=people[1], unit=named(BRANCH), post=Post.COMMITTEE_MEMBER, since=SINCE, **ACT)
    with pytest.raises(Refused, match="方乙"):
        send_people(people=people, target=organization(OTHER), on=JUNE, **ACT)
    assert not Transfer.objects.exists()

    rows = send_people(people=[people[0], people[2]], target=organization(OTHER), on=JUNE, **ACT)
    assert [one.person.name for one in sent_together(rows[0])] == ["方丙", "方甲"]
    assert waiting_for({organization(OTHER).pk}).count() == 2


def test_more_people_ask_no_more_questions_before_they_are_written() -> None:
    def asked(count: int) -> int:
        people = [member(f"方{count}{number}") for number in range(count)]
        with CaptureQueriesContext(connection) as queries:
            send_people(people=people, target=organization(OTHER), on=JUNE, **ACT)
        return sum(1 for one in queries.captured_queries if one["sql"].lstrip().upper().startswith("SELECT"))

    assert asked(2) == asked(6)


def test_the_home_of_a_member_does_not_end_without_another() -> None:
    person = member()
    home = Affiliation.objects.get(person=person, valid_to=None)
    with pytest.raises(Refused, match="组织关系不能没有去处"):
        end_affiliation(affiliation=home, on=JULY, **ACT)

    record = MembershipRecord.objects.get(person=person, valid_to=None)
    end_fact(fact=record, subject=person, unit=named(BRANCH), on=JULY, reason="去世", **ACT)
    end_affiliation(affiliation=home, on=JULY, **ACT)
    assert homes(person, JULY) == []


def test_each_step_goes_back_as_one() -> None:
    person = member()
    row = sent(person)
    receive(transfer=row, on=JULY, **ACT)
    undo([last_entry(person)], **ACT)

    assert homes(person, TODAY) == [BRANCH]
    assert Person.objects.get(pk=person.pk).kept_by == named(BRANCH)
    row.refresh_from_db()
    assert row.is_open
    undo([AuditEntry.objects.get(verb="发起组织关系接转")], **ACT)
    with pytest.raises(Refused, match="已经撤销"):
        receive(transfer=row, on=JULY, **ACT)


def test_the_figures_know_who_is_on_the_way_and_who_came() -> None:
    row = sent(member())
    codes = {"transfer.in_transit", "transfer.out", "transfer.in"}

    def told(day: date) -> list[int]:
        found = figures(whole(day).under(city()), day, codes)
        return [found[code].numerator for code in sorted(codes)]

    assert [told(JUNE - DAY), told(JUNE)] == [[0, 0, 0], [0, 1, 0]]
    receive(transfer=row, on=JUNE + 2 * DAY, **ACT)
    assert [told(JUNE + DAY), told(JUNE + 2 * DAY), told(JULY)] == [[0, 1, 0], [1, 0, 1], [0, 0, 0]]


def test_where_a_relation_may_go_is_named_below_the_same_committee_only() -> None:
    functional = limited()
    names = set(destinations({named(BRANCH).pk}, TODAY).values_list("name", flat=True))

    assert OTHER in names
    assert not {NEXT_DOOR, functional.unit.name} & names


def test_who_is_here_is_told_with_the_category() -> None:
    member("方新")

    assert ("方新", "正式党员") in [(one.name, one.category_word) for one in members_here(named(BRANCH).pk, TODAY)]  # type: ignore[attr-defined]


def test_the_register_stays_sound() -> None:
    receive(transfer=sent(member()), on=JULY, **ACT)
    wanted = [check for check in CHECKS if check.name == "members.without_home"]

    assert run(TODAY, wanted) == [(wanted[0], [])]
    assert COMMITTEE
