"""People whose time is over go from everywhere; no figure of a past day moves (PRIV-05, PRIV-10, PRIV-11)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from shanghui.access.models import AuditEntry, Role, User
from shanghui.access.scope import whole
from shanghui.access.undo import undo
from shanghui.exchange.erasing import due, erase_expired
from shanghui.exchange.models import ImportFile, ImportRow
from shanghui.exchange.operations import apply_plan, propose, upload
from shanghui.exchange.recognition import SourceFile
from shanghui.indicators.queries import figures
from shanghui.kernel.refusals import Refused
from shanghui.ledger.activities.models import Activity
from shanghui.ledger.people.models import Person, Post
from shanghui.ledger.people.operations import appoint, change_person, reveal
from shanghui.ledger.people.operations.erasing import GONE, STAYS, TEXTS
from shanghui.ledger.people.queries import matching_people
from shanghui.ledger.people.retention import ERASED
from tests.web.somebody import number
from tests.worked_city import AT, BRANCH, TODAY, city, named, user

pytestmark = pytest.mark.django_db
ID, PHONE, NAME = number("009", "19611123"), "15400009876", "蠡灯杪"
PAST = (date(2015, 6, 30), date(2018, 6, 30), date(2022, 6, 30))
LEFT = date(2019, 3, 1)


@pytest.fixture
def gone() -> Person:
    """Somebody who came in by a file, was changed and looked at, and left in 2019."""
    text = f"姓名,性别,民族,公民身份号码,联系电话,入党时间,转正时间,人员类别,所在党支部\n{NAME},男,汉族,{ID},{PHONE},1981-09-06,1982-09-06,正式党员,{BRANCH}\n"
    run = upload(files=[SourceFile("党员名册.csv", text.encode())], under=city(), by=user(Role.EDITOR), at=AT)
    apply_plan(run=run, made=propose(run=run, today=TODAY), at=AT, skip_errors=False)
    person = Person.objects.get(name=NAME)
    account = User.objects.create(username="li-deng-miao", display_name=NAME, is_active=False)
    change_person(person=person, workplace="蠡灯杪商行", remark="找蠡灯杪本人", user_id=account.pk, by=user(Role.EDITOR), at=AT)
    reveal(person=person, field="phone", reason="联系蠡灯杪", by=user(Role.EDITOR), at=AT)
    appoint(person=person, unit=named(BRANCH), post=Post.COMMITTEE_MEMBER, since=date(2012, 1, 1), by=user(Role.EDITOR), at=AT)
    Activity.objects.create(type="other", held_on=date(2018, 1, 1), title="x").attendances.create(person=person, unit=named(BRANCH), state="present")
    person.memberships.filter(valid_to=None).update(valid_to=LEFT)
    for facts in (person.affiliations, person.appointments):
        facts.update(valid_from=date(2011, 7, 1), valid_to=LEFT)
    return person


def _erase(day: date = TODAY) -> None:
    erase_expired(due(whole(day), day), by=user(Role.EDITOR), at=AT, reason="期满")


def _everything() -> Iterator[tuple[str, str]]:
    """(table, text) of every row of every table; JSON as it reads."""
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                said = " ".join(str(bytes(value)) if isinstance(value, bytes | memoryview) else str(value) for value in row)
                yield table, said.encode().decode("unicode_escape", "ignore") if "\\u" in said else said


def test_who_left_three_years_ago_is_due_and_nobody_else(gone: Person) -> None:
    found = due(whole(TODAY), TODAY).people

    assert [(one.person.pk, one.left_on, one.term.code, one.due_on) for one in found] == [(gone.pk, LEFT, "member", date(2022, 3, 1))]
    assert due(whole(TODAY), date(2022, 2, 28)).people == []
    User.objects.filter(pk=gone.user_id).update(is_active=True)
    assert due(whole(TODAY), TODAY).people == []


def test_whoever_holds_anything_still_or_soon_is_not_due(gone: Person) -> None:
    gone.appointments.update(valid_from=date(2023, 1, 1), valid_to=None)

    assert due(whole(TODAY), TODAY).people == []


def test_no_figure_of_a_past_day_moves(gone: Person) -> None:
    before = [{code: (one.numerator, one.denominator) for code, one in figures(whole(day), day).items()} for day in PAST]

    _erase()

    assert [{code: (one.numerator, one.denominator) for code, one in figures(whole(day), day).items()} for day in PAST] == before


def test_name_and_numbers_stand_nowhere_any_more(gone: Person) -> None:
    stored = ImportFile.objects.get(name="党员名册.csv").stored.name
    traces = (NAME, ID, PHONE, "li-deng-miao")
    assert {table for table, text in _everything() if NAME in text} >= {"people_person", "access_auditentry", "access_user"}

    with transaction.atomic():
        _erase()

    assert [(table, trace) for table, text in _everything() for trace in traces if trace in text] == []
    assert not Person.objects.filter(matching_people(ID)).exists()
    assert not Person.objects.filter(matching_people(PHONE)).exists()
    assert ImportFile.objects.get(name="党员名册.csv").stored.name == ""
    assert not ImportRow.objects.filter(run__files__name="党员名册.csv").exists()
    left = Person.objects.get(pk=gone.pk)
    assert (left.name, left.gender, left.birth, left.joined_on) == (ERASED, "男", gone.birth, gone.joined_on)
    assert left.memberships.count() == 2
    assert stored


@pytest.mark.django_db(transaction=False)
def test_the_original_goes_from_the_disk(gone: Person, django_capture_on_commit_callbacks: Any) -> None:
    stored = ImportFile.objects.get(name="党员名册.csv").stored.name
    assert default_storage.exists(stored)

    with django_capture_on_commit_callbacks(execute=True):
        _erase()

    assert not default_storage.exists(stored)


def test_the_journal_says_who_erased_and_on_what_ground(gone: Person) -> None:
    count = AuditEntry.objects.count()

    _erase()

    entry = AuditEntry.objects.latest("pk")
    assert AuditEntry.objects.count() == count + 1
    assert (entry.verb, entry.by, entry.subject_id) == ("清除个人信息", user(Role.EDITOR), gone.pk)
    assert "36个月期满；期满" in entry.reason
    kept = AuditEntry.objects.get(verb="查看联系电话", subject_id=gone.pk)
    assert (kept.by, kept.reason) == (user(Role.EDITOR), f"联系{ERASED}")


def test_what_was_erased_is_not_taken_back(gone: Person) -> None:
    _erase()

    for entry in AuditEntry.objects.filter(subject_table="people_person", subject_id=gone.pk).filter(verb__in=["修改", "登记人员", "清除个人信息"]):
        with pytest.raises(Refused):
            undo([entry], by=None, at=AT)
    assert Person.objects.get(pk=gone.pk).name == ERASED


def test_nobody_else_gets_into_the_journal(gone: Person) -> None:
    entry = AuditEntry.objects.latest("pk")

    for change in ({"subject_title": "x"}, {"changes": []}):
        with pytest.raises(DatabaseError), transaction.atomic():
            AuditEntry.objects.filter(pk=entry.pk).update(**change)


def test_every_column_of_a_person_goes_or_stays_for_a_reason() -> None:
    kept = {"id", "kept_by_id", "user_id", *GONE, *STAYS}

    assert {field.attname for field in Person._meta.concrete_fields} == kept
    assert set(TEXTS) <= set(connection.introspection.table_names())


def test_the_command_previews_without_names_and_erases_only_when_told(gone: Person, capsys: Any) -> None:
    call_command("erase_expired", "--on", TODAY.isoformat(), "--json")
    told = capsys.readouterr().out
    assert NAME not in told
    assert [one["person"] for one in json.loads(told)["people"]] == [gone.pk]
    assert Person.objects.get(pk=gone.pk).name == NAME

    call_command("erase_expired", "--on", TODAY.isoformat(), "--apply", "--json")
    assert json.loads(capsys.readouterr().out)["erased"] == 1

    with pytest.raises(CommandError):
        call_command("erase_expired", "--on", "2999-01-01", "--apply", "--json")


def test_the_page_lists_asks_and_erases(gone: Person, editor: Client) -> None:
    listed = editor.get(reverse("expired"))
    assert NAME in listed.content.decode()
    asked = editor.get(reverse("expired-erase"))
    stamp = asked.context["form"].initial["stamp"]

    assert editor.post(reverse("expired-erase"), {"stamp": stamp}).status_code == 422
    assert "有变化" in editor.post(reverse("expired-erase"), {"stamp": "0", "reason": "期满"}).content.decode()
    assert Person.objects.get(pk=gone.pk).name == NAME
    assert editor.post(reverse("expired-erase"), {"stamp": stamp, "reason": "期满"}).status_code == 302
    assert Person.objects.get(pk=gone.pk).name == ERASED
    assert "没有保存期满的" in editor.get(reverse("expired")).content.decode() or editor.get(reverse("expired")).context["runs"]
