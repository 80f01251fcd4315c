"""What becomes of members as dated facts: each decided by somebody, counted from the day on or no longer, taken back as one."""

from __future__ import annotations

from datetime import date, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps as all_apps
from django.db import IntegrityError, connection, transaction

from shanghui.access.models import AuditEntry
from shanghui.access.scope import whole
from shanghui.access.undo import undo
from shanghui.indicators.queries import figures
from shanghui.kernel.facts import Precision
from shanghui.kernel.refusals import Refused
from shanghui.ledger.activities.models import ActivityType, Presence
from shanghui.ledger.activities.operations import Parts, Roll, record_activity
from shanghui.ledger.activities.rosters import expected
from shanghui.ledger.organizations.models import Chamber, PartyOrganization
from shanghui.ledger.organizations.operations import end_fact
from shanghui.ledger.people.models import (
    Affiliation,
    AffiliationKind,
    Appointment,
    Category,
    GuideAssignment,
    MembershipRecord,
    MemberStanding,
    Person,
    Post,
    StandingKind,
    Transfer,
    TransferState,
)
from shanghui.ledger.people.operations import (
    affiliate,
    appoint,
    assign_guide,
    change_standing,
    end_affiliation,
    end_membership,
    end_standing,
    receive,
    record_contact,
    register_person,
    send_people,
    set_category,
    set_standing,
)
from shanghui.ledger.people.standings import COUNTED, LEFT
from tests.web.somebody import OTHER, somebody
from tests.worked_city import AT, BRANCH, CHAMBER, HALF_YEAR, TODAY, city, named

pytestmark = pytest.mark.django_db
JULY = date(2022, 7, 1)
DAY = timedelta(days=1)
DECISION: dict[str, Any] = {
    "decided_by": "支部党员大会", "decided_on": date(2022, 6, 20), "approved_by": "云泽市商会行业党委", "approval_number": "云商党〔2022〕9号",
}
BY: dict[str, Any] = {"by": None, "at": AT}


@pytest.fixture
def person() -> Person:
    return somebody()


def stand(person: Person, kind: StandingKind, since: date = JULY, **values: Any) -> MemberStanding:
    decided: dict[str, Any] = {} if kind in (*COUNTED, StandingKind.DIED) else DECISION
    if kind == StandingKind.CORRECTING:
        decided = DECISION | {"due_by": since + timedelta(days=180)}
    return set_standing(person=person, kind=kind, since=since, **BY, **(decided | values))


def counted(day: date) -> int:
    found = figures(whole(day).under(city()), day, ["members.total"])
    return int(next(iter(found.values())).numerator)


def category(person: Person, day: date) -> str:
    return MembershipRecord.objects.on(day).filter(person=person).values_list("category", flat=True).first() or ""


# --- who is counted


@pytest.mark.parametrize("kind", COUNTED)
def test_who_is_away_lost_abroad_or_mending_is_counted_at_home(person: Person, kind: StandingKind) -> None:
    before = counted(TODAY)

    stand(person, kind)

    assert counted(TODAY) == before
    assert Affiliation.objects.on(TODAY).filter(person=person, kind=AffiliationKind.HOME).exists()


@pytest.mark.parametrize("kind", [StandingKind.SUSPENDED, StandingKind.DIED, *LEFT])
def test_who_is_suspended_left_or_died_is_not_counted_from_that_day_on(person: Person, kind: StandingKind) -> None:
    if kind == StandingKind.CANCELLED:
        MembershipRecord.objects.filter(person=person).update(category=Category.PROBATIONARY)
    before = counted(JULY - DAY)

    stand(person, kind)

    assert [counted(day) for day in (JULY - DAY, JULY, JULY + DAY)] == [before, before - 1, before - 1]
    names = [one.name for one in expected(ActivityType.GENERAL_MEETING, [named(BRANCH).pk], JULY)]
    assert person.name not in names


def test_a_worked_city_in_which_nothing_became_of_anybody_counts_as_before() -> None:
    assert counted(HALF_YEAR) == 362


# --- what ends with it


def posts(person: Person) -> None:
    appoint(person=person, unit=named(BRANCH), post=Post.COMMITTEE_MEMBER, since=date(2020, 1, 1), **BY)
    appoint(person=person, unit=named(CHAMBER), post=Post.DIRECTOR, since=date(2020, 1, 1), **BY)
    assign_guide(person=person, chamber=Chamber.objects.get(unit__name=CHAMBER), since=date(2020, 1, 1), **BY)


def held(person: Person, day: date) -> list[str]:
    found = [str(one.post) for one in Appointment.objects.on(day).filter(person=person)]
    return sorted([*found, *("guide" for _ in GuideAssignment.objects.on(day).filter(person=person))])


@pytest.mark.parametrize(
    ("kind", "keeps", "at_home"),
    [(StandingKind.SUSPENDED, ["director", "guide"], True), (StandingKind.WITHDRAWN, ["director", "guide"], False), (StandingKind.DIED, [], False)],
)
def test_posts_and_home_end_as_far_as_they_must(person: Person, kind: StandingKind, keeps: list[str], at_home: bool) -> None:
    posts(person)
    affiliate(person=person, organization=PartyOrganization.objects.get(unit__name=OTHER), kind=AffiliationKind.DUAL, since=date(2022, 1, 1), **BY)

    stand(person, kind)

    assert held(person, JULY - DAY) == ["committee_member", "director", "guide"]
    assert held(person, JULY) == keeps
    assert Affiliation.objects.on(JULY).filter(person=person).exists() == at_home
    assert person.kept_by == named(BRANCH)


def test_leaving_ends_what_was_so_until_then(person: Person) -> None:
    away = stand(person, StandingKind.FLOATING, date(2022, 1, 1))

    stand(person, StandingKind.SELF_LEFT)

    away.refresh_from_db()
    assert (away.valid_to, away.ended_how) == (JULY, "自行脱党除名")


def test_all_of_it_is_taken_back_as_one_act(person: Person) -> None:
    posts(person)
    stand(person, StandingKind.DIED)

    undo([AuditEntry.objects.latest("pk")], by=None, at=AT)

    assert not MemberStanding.objects.filter(person=person).exists()
    assert held(person, TODAY) == ["committee_member", "director", "guide"]
    assert category(person, TODAY) == "full"
    assert Affiliation.objects.on(TODAY).filter(person=person).exists()


# --- decisions


@pytest.mark.parametrize("kind", [StandingKind.SUSPENDED, StandingKind.SELF_LEFT, StandingKind.REMOVED, StandingKind.WITHDRAWN, StandingKind.EXPELLED])
@pytest.mark.parametrize("lacking", ["decided_by", "decided_on", "approved_by"])
def test_nobody_is_suspended_or_removed_without_decision_and_approval(person: Person, kind: StandingKind, lacking: str) -> None:
    values = {**DECISION, lacking: None if lacking == "decided_on" else " "}

    with pytest.raises(Refused, match="请写明"):
        set_standing(person=person, kind=kind, since=JULY, **BY, **values)

    assert not MemberStanding.objects.filter(person=person).exists()
    assert category(person, JULY) == "full"


def test_a_decision_is_not_in_force_before_it_was_made_and_is_put_right(person: Person) -> None:
    with pytest.raises(Refused, match="生效不能早于"):
        stand(person, StandingKind.SUSPENDED, JULY, decided_on=JULY + DAY)
    made = stand(person, StandingKind.SUSPENDED)

    assert change_standing(standing=made, **BY, approval_number="云商党〔2022〕10号")
    with pytest.raises(Refused, match="请写明"):
        change_standing(standing=made, **BY, approved_by="")


@pytest.mark.parametrize(("due", "sound"), [(date(2022, 7, 1), False), (date(2022, 7, 2), True), (date(2023, 7, 1), True), (date(2023, 7, 2), False)])
def test_mending_lasts_a_year_at_most(person: Person, due: date, sound: bool) -> None:
    if sound:
        assert stand(person, StandingKind.CORRECTING, due_by=due).due_by == due
        return
    with pytest.raises(Refused, match="改正期限"):
        stand(person, StandingKind.CORRECTING, due_by=due)


def test_what_has_not_come_yet_is_not_entered(person: Person) -> None:
    with pytest.raises(Refused, match="还没有到"):
        stand(person, StandingKind.FLOATING, TODAY + DAY)


def test_one_state_holds_once_at_a_time_and_the_database_says_so_too(person: Person) -> None:
    stand(person, StandingKind.FLOATING, date(2022, 1, 1))
    with pytest.raises(Refused, match="已登记为流动党员"):
        stand(person, StandingKind.FLOATING)

    with pytest.raises(IntegrityError), transaction.atomic():
        MemberStanding.objects.create(person=person, kind=StandingKind.FLOATING, valid_from=JULY, valid_to=TODAY)


def test_only_members_are_in_these_states() -> None:
    activist = Person.objects.filter(memberships__category=Category.ACTIVIST).first()
    assert activist is not None

    with pytest.raises(Refused, match="不是党员"):
        stand(activist, StandingKind.FLOATING)
    stand(activist, StandingKind.DIED)
    assert category(activist, JULY) == ""


def test_what_began_before_the_register_knows_is_entered(person: Person) -> None:
    MembershipRecord.objects.filter(person=person).update(valid_from=HALF_YEAR, from_precision=Precision.SEEN)

    assert stand(person, StandingKind.FLOATING, date(2021, 3, 1)).valid_from == date(2021, 3, 1)


def test_a_probationer_is_not_suspended_and_a_full_member_not_cancelled(person: Person) -> None:
    with pytest.raises(Refused, match="只对预备党员"):
        stand(person, StandingKind.CANCELLED)
    MembershipRecord.objects.filter(person=person).update(category=Category.PROBATIONARY)
    with pytest.raises(Refused, match="没有停止党籍一说"):
        stand(person, StandingKind.SUSPENDED)


# --- back again


def test_who_is_restored_is_what_he_was_from_that_day(person: Person) -> None:
    made = stand(person, StandingKind.SUSPENDED, date(2022, 6, 25))
    with pytest.raises(Refused, match="恢复党籍在那一条上办"):
        set_category(person=person, category=Category.FULL, since=JULY, **BY)
    with pytest.raises(Refused, match="由谁批准"):
        end_standing(standing=made, on=JULY, how="", decided_by="支部党员大会", **BY)

    end_standing(standing=made, on=JULY, how="", decided_by="支部党员大会", approved_by="云泽市商会行业党委", **BY)

    assert [category(person, day) for day in (date(2022, 6, 24), date(2022, 6, 25), JULY - DAY, JULY)] == ["full", "", "", "full"]
    assert made.ended_how == "恢复党籍"


def test_the_home_of_who_is_suspended_stays_for_the_day_he_is_restored(person: Person) -> None:
    made, home = stand(person, StandingKind.SUSPENDED, date(2022, 6, 25)), Affiliation.objects.get(person=person)
    with pytest.raises(Refused, match="停止党籍，组织关系留在原支部"):
        end_affiliation(affiliation=home, on=JULY, **BY)

    end_fact(fact=home, subject=person, unit=named(BRANCH), on=JULY, **BY)
    decided = {"how": "", "decided_by": "支部党员大会", "approved_by": "云泽市商会行业党委"}
    with pytest.raises(Refused, match="请先登记组织关系"):
        end_standing(standing=made, on=TODAY, **decided, **BY)
    affiliate(person=person, organization=PartyOrganization.objects.get(unit__name=OTHER), kind=AffiliationKind.HOME, since=JULY, **BY)
    made.refresh_from_db()
    end_standing(standing=made, on=TODAY, **decided, **BY)

    assert (category(person, TODAY), Affiliation.objects.on(TODAY).filter(person=person).count()) == ("full", 1)


@pytest.mark.parametrize("kind", [StandingKind.DIED, StandingKind.SUSPENDED, StandingKind.REMOVED])
def test_a_transfer_on_its_way_ends_with_the_membership_and_comes_back_with_it(person: Person, kind: StandingKind) -> None:
    other = PartyOrganization.objects.get(unit__name=OTHER)
    row = send_people(people=[person], target=other, on=JULY - DAY, **BY)[0]
    stand(person, kind)

    row.refresh_from_db()
    assert (row.state, row.closed_on) == (TransferState.WITHDRAWN, JULY)
    assert f"{kind.label}，不再接转" in row.closing
    with pytest.raises(Refused, match="已撤回，不能再办"):
        receive(transfer=row, on=TODAY, **BY)

    undo([AuditEntry.objects.get(verb=f"登记{kind.label}")], **BY)
    row.refresh_from_db()
    assert receive(transfer=row, on=TODAY, **BY).organization == other


def test_a_transfer_sent_after_the_death_was_never_on_its_way(person: Person) -> None:
    row = send_people(people=[person], target=PartyOrganization.objects.get(unit__name=OTHER), on=TODAY, **BY)[0]
    stand(person, StandingKind.DIED)

    row.refresh_from_db()
    assert row.closed_on == row.sent_on == TODAY
    assert not Transfer.objects.in_transit(TODAY).exists()


@pytest.mark.parametrize("kind", COUNTED)
def test_who_is_still_counted_is_transferred_on(person: Person, kind: StandingKind) -> None:
    row = send_people(people=[person], target=PartyOrganization.objects.get(unit__name=OTHER), on=JULY - DAY, **BY)[0]
    stand(person, kind)

    row.refresh_from_db()
    assert row.is_open


def test_what_became_of_a_member_is_no_end_of_a_category(person: Person) -> None:
    with pytest.raises(Refused, match="请在人员页的“党员状态”里登记"):
        end_membership(record=MembershipRecord.objects.get(person=person), on=TODAY, **BY)

    beginner = register_person(kept_by=named(BRANCH), name="方晓", **BY)
    record = set_category(person=beginner, category=Category.ACTIVIST, since=JULY, **BY)
    end_membership(record=record, on=TODAY, reason="停止培养", **BY)

    assert category(beginner, TODAY) == ""


def test_who_left_may_apply_again_and_is_not_put_back(person: Person) -> None:
    left = stand(person, StandingKind.REMOVED)
    with pytest.raises(Refused, match="请在操作记录里撤销"):
        end_standing(standing=left, on=TODAY, how="", **BY)
    with pytest.raises(Refused, match="先登记为入党申请人"):
        set_category(person=person, category=Category.FULL, since=TODAY, **BY)

    set_category(person=person, category=Category.APPLICANT, since=TODAY, **BY)

    left.refresh_from_db()
    assert (left.valid_to, left.ended_how, category(person, TODAY)) == (TODAY, "重新申请入党", "applicant")


def test_who_comes_back_from_away_is_away_until_the_day_before(person: Person) -> None:
    made = stand(person, StandingKind.FLOATING, date(2022, 1, 1))

    end_standing(standing=made, on=JULY, how="已返回", **BY)

    assert [MemberStanding.objects.on(day).filter(person=person).exists() for day in (JULY - DAY, JULY)] == [True, False]


# --- nothing new for the dead


def test_nothing_begins_for_somebody_who_has_died(person: Person) -> None:
    stand(person, StandingKind.DIED)
    other = PartyOrganization.objects.get(unit__name=OTHER)
    chamber = Chamber.objects.get(unit__name=CHAMBER)

    for begin in (
        lambda: set_category(person=person, category=Category.APPLICANT, since=TODAY, **BY),
        lambda: affiliate(person=person, organization=other, kind=AffiliationKind.HOME, since=TODAY, **BY),
        lambda: affiliate(person=person, organization=other, kind=AffiliationKind.DUAL, since=TODAY, **BY),
        lambda: appoint(person=person, unit=named(CHAMBER), post=Post.DIRECTOR, since=TODAY, **BY),
        lambda: assign_guide(person=person, chamber=chamber, since=TODAY, **BY),
        lambda: stand(person, StandingKind.FLOATING, TODAY),
    ):
        with pytest.raises(Refused, match="去世"):
            begin()


@pytest.mark.parametrize(("held_on", "sound"), [(JULY - DAY, True), (JULY, True), (JULY + DAY, False)])
def test_the_dead_are_at_no_later_activity(person: Person, held_on: date, sound: bool) -> None:
    stand(person, StandingKind.DIED)
    activity: dict[str, Any] = {
        "type": ActivityType.THEME_DAY, "held_on": held_on, "title": "主题党日", "hosts": [named(BRANCH)],
        "parts": Parts(roster=[Roll(person.pk, Presence.PRESENT, named(BRANCH).pk)]), **BY,
    }
    if sound:
        assert record_activity(**activity).present == 1
        return
    with pytest.raises(Refused, match="去世"):
        record_activity(**activity)


# --- contacts


def test_contacts_keep_a_day_and_searches_a_way(person: Person) -> None:
    away = stand(person, StandingKind.FLOATING, date(2022, 1, 1))
    record_contact(standing=away, on=JULY, **BY)
    lost = stand(person, StandingKind.LOST, date(2022, 1, 1))
    with pytest.raises(Refused, match="查找的方式"):
        record_contact(standing=lost, on=JULY, **BY)
    record_contact(standing=lost, on=JULY, way="relatives", reached=False, **BY)

    assert [one.held_on for one in away.contacts.all()] == [JULY]
    assert [(one.way, one.reached) for one in lost.contacts.all()] == [("relatives", False)]


@pytest.mark.parametrize("on", [date(2021, 12, 31), TODAY + DAY])
def test_a_contact_lies_within_its_state_and_in_the_past(person: Person, on: date) -> None:
    away = stand(person, StandingKind.FLOATING, date(2022, 1, 1))

    with pytest.raises(Refused):
        record_contact(standing=away, on=on, **BY)


def test_of_who_is_suspended_no_contact_is_kept(person: Person) -> None:
    with pytest.raises(Refused, match="没有联系记录"):
        record_contact(standing=stand(person, StandingKind.SUSPENDED), on=JULY, **BY)


# --- what was a box for all days


def test_the_old_box_becomes_a_fact_since_the_home_is_known(person: Person) -> None:
    migration = import_module("shanghui.ledger.people.migrations.0009_floating")
    marked: list[dict[str, Any]] = []

    class Marked:
        """The register as it was: this person is marked."""

        def get_model(self, app: str, name: str) -> Any:
            return type("Model", (), {"objects": Using(all_apps.get_model(app, name))})

    class Using:
        def __init__(self, model: Any) -> None:
            self.model = model

        def using(self, alias: str) -> Any:
            return People() if self.model is Person else self.model.objects.using(alias)

    class People:
        def filter(self, **conditions: Any) -> Any:
            marked.append(conditions)
            return Person.objects.filter(pk=person.pk)

    class Editor:
        pass

    Editor.connection = connection  # type: ignore[attr-defined]
    migration.to_facts(Marked(), Editor())

    made = MemberStanding.objects.get(person=person)
    assert marked == [{"floating": True}]
    assert (made.kind, made.valid_from, made.valid_to, made.from_precision) == ("floating", date(2011, 7, 1), None, "seen")
