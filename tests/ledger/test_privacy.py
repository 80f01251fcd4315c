"""The table of who sees what of a person covers every column about people, and agrees with what the roles may do (PRIV-01, SEC-06)."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.apps import apps

from shanghui.access.acts import MAY, Act
from shanghui.access.models import Role
from shanghui.ledger.people.models import Person
from shanghui.ledger.people.privacy import (
    FIELDS,
    NOT_PERSONAL,
    VIEWER_TITLES,
    WORDS,
    Level,
    Viewer,
    field_of,
    least_of,
    masked,
    sight_of,
)

TABLES = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
ABOUT_PEOPLE = {
    table: [field.attname for field in model._meta.concrete_fields]
    if model is Person or any(one.name == "person" for one in model._meta.concrete_fields if one.related_model is Person)
    else [field.attname for field in model._meta.concrete_fields if field.related_model is Person]
    for table, model in TABLES.items()
}


def test_every_column_about_people_has_a_row() -> None:
    without = [
        f"{table}.{column}" for table, columns in ABOUT_PEOPLE.items() for column in columns
        if column not in NOT_PERSONAL and field_of(table, column) is None
    ]

    assert without == []


def test_every_row_says_what_the_field_is_for_and_stands_for_columns_that_exist() -> None:
    named = [column for one in FIELDS.values() for column in one.columns]

    assert all(one.title and one.purpose for one in FIELDS.values())
    assert len(named) == len(set(named))
    for column in named:
        table, _, name = column.partition(".")
        assert not name or name in {field.attname for field in TABLES[table]._meta.concrete_fields}, column


def test_an_administrator_sees_nothing_of_anybody_and_opens_no_ledger() -> None:
    assert {one.levels[Viewer.ADMINISTRATOR] for one in FIELDS.values()} == {Level.NONE}
    assert MAY[Role.ADMINISTRATOR] == {Act.AUDIT_VIEW, Act.TREE_CHANGE, Act.SEATS_MANAGE, Act.TEMPLATES_VIEW, Act.TEMPLATES_CHANGE}


@pytest.mark.parametrize("role", list(Role))
def test_numbers_are_in_full_for_a_reason_exactly_for_those_who_may_reveal(role: Role) -> None:
    asked = {key for key, one in FIELDS.items() if one.levels[Viewer(role)] == Level.ASKED}

    assert asked == ({"id_number", "phone"} if Act.PEOPLE_REVEAL in MAY[role] else set())
    assert {FIELDS[key].levels[Viewer(role)] for key in ("id_number", "phone")} <= {Level.NONE, Level.MASKED, Level.ASKED}


@pytest.mark.parametrize("role", [role for role in Role if Act.PEOPLE_CHANGE in MAY[role]])
def test_whoever_changes_people_sees_what_the_form_shows(role: Role) -> None:
    written = {one.key for one in FIELDS.values() if any(column.startswith("people_person.") for column in one.columns)}

    assert {key for key in written if FIELDS[key].levels[Viewer(role)] < Level.FULL} == {"id_number", "phone"}


def test_what_is_shown_of_a_value() -> None:
    office, reader, nobody = sight_of([Role.EDITOR]), sight_of([Role.READER]), sight_of([])

    assert office.shown("birth", "1970-05-12") == "1970-05-12"
    assert reader.shown("birth", "1970-05-12") == "1970-05"
    assert reader.shown("remark", "x") == nobody.shown("name", "x") == ""
    assert masked("phone", "15400001234") == "154****1234"
    assert office.shown("phone", "15400001234") == "154****1234"
    assert (office.finds_numbers, reader.finds_numbers) == (True, False)


def test_a_person_is_seen_as_the_best_of_ones_roles_and_a_list_as_the_least_of_its_parts() -> None:
    assert sight_of([Role.READER, Role.SECRETARY]).level("remark") == Level.FULL
    assert least_of([[Role.READER], [Role.READER, Role.SECRETARY]]).level("remark") == Level.NONE
    assert least_of([[Role.EDITOR, Role.ADMINISTRATOR]]).level("remark") == Level.FULL


def test_the_documentation_repeats_the_table() -> None:
    heads = ["信息", *VIEWER_TITLES.values()]
    lines = [f"| {' | '.join(heads)} |", "|" + " --- |" * len(heads)]
    lines += [f"| {' | '.join([one.title, *(WORDS[level] for level in one.levels.values())])} |" for one in FIELDS.values()]

    assert "\n".join(lines) in (Path(__file__).parents[2] / "docs" / "security.md").read_text()
