"""The import of a large roster against its floor: calamine, the same checks in plain Python, bare inserts in one transaction."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

from django.db import connection, transaction
from django.db.models import Model
from python_calamine import CalamineWorkbook

from bench import roster
from bench.rounds import Measured, timed
from shanghui.access.models import Unit
from shanghui.exchange.models import ImportRun
from shanghui.exchange.operations import apply_plan, propose, undo_run, upload
from shanghui.exchange.recognition import SourceFile
from shanghui.kernel.codes import id_birth, id_fault, id_gender
from shanghui.ledger.organizations.models import Form, OrganizationKind
from shanghui.ledger.organizations.operations import open_federation
from shanghui.ledger.people.models import Affiliation, Appointment, MembershipRecord, MemberStanding, Person

AT = datetime(2022, 7, 1, tzinfo=UTC)
TODAY = date(2022, 7, 1)


def prepare(branches: int) -> Unit:
    """A city whose chambers and branches are registered, and nobody in them yet."""
    from shanghui.web.demonstration.large import province

    federation = open_federation(name="云泽市工商联", code="990200", by=None, at=AT)
    names = [(roster.chamber_name(place), roster.branch_name(place)) for place in range(branches)]
    province.add_chambers(federation.unit, names, Form.OWN, OrganizationKind.BRANCH)
    return federation.unit


_PHONE = re.compile(r"1\d{10}")
_SEX, _YES = {"男", "女"}, {"是", "否"}
_CATEGORIES = {"正式党员", "预备党员"}


def checked(row: list[Any], seen: set[str]) -> list[str]:
    """Eleven checks of one row, as short as they can be written."""
    said = []
    number = str(row[7])
    if id_fault(number):
        said.append("id")
    born = id_birth(number)
    if born is None or f"{born:%Y.%m}" != row[5]:
        said.append("birth")
    if id_gender(number) != row[3] or row[3] not in _SEX:
        said.append("gender")
    joined, confirmed = date.fromisoformat(row[8]), date.fromisoformat(row[9])
    if born is not None and joined.year - born.year < 18:
        said.append("age")
    if confirmed <= joined or confirmed > TODAY:
        said.append("order")
    if not _PHONE.fullmatch(str(row[16])):
        said.append("phone")
    if row[10] not in _CATEGORIES or row[12] not in _YES:
        said.append("choice")
    if not row[1] or not row[2]:
        said.append("missing")
    if number in seen:
        said.append("twice")
    seen.add(number)
    return said


def _insert(model: type[Model], names: str, **fixed: str) -> str:
    """INSERT of the named columns; the rest of what must not be null is fixed text or blank."""
    given = names.split()
    rest = {
        field.attname: fixed.get(field.attname, "") for field in model._meta.concrete_fields
        if field.attname not in given and not field.null and not field.primary_key
    }
    values = [*["?"] * len(given), *(f"'{text}'" for text in rest.values())]
    return f"INSERT INTO {model._meta.db_table} ({', '.join([*given, *rest])}) VALUES ({', '.join(values)})"


_PERSON = _insert(
    Person, "name initials gender ethnicity birth education id_number id_digest phone phone_digest politics workplace "
    "applied_on joined_on confirmed_on remark kept_by_id id",
)
_MEMBERSHIP = _insert(MembershipRecord, "person_id category valid_from valid_to", from_precision="day")
_AFFILIATION = _insert(Affiliation, "person_id organization_id valid_from", kind="home", from_precision="seen")
_AWAY = _insert(MemberStanding, "person_id valid_from", kind="floating", from_precision="seen")
_POST = _insert(Appointment, "person_id unit_id title valid_from", post="committee_member", from_precision="seen")


def bare(content: bytes) -> int:
    """The floor on SQLite: reads, checks, inserts the rows the import would make into the same tables, commits."""
    sheet = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0)
    seen: set[str] = set()
    rows = [row for row in sheet.to_python()[3:] if not checked(row, seen)]
    units = dict(Unit.objects.values_list("name", "pk"))
    people, memberships, homes, posts, away = [], [], [], [], []
    for key, row in enumerate(rows, start=1):
        unit, number = units[row[1]], row[7].encode()
        people.append((row[2], "", row[3], row[4], row[5], row[6], number, number[2:], row[16].encode(), row[16].encode(),
                       "", row[13], "", row[8], row[9], "", unit, key))
        memberships += [(key, "probationary", row[8], row[9]), (key, "full", row[9], None)]
        homes.append((key, unit, "2022-06-30"))
        if row[12] == "是":
            away.append((key, "2022-06-30"))
        if row[11]:
            posts.append((key, unit, row[11], "2022-06-30"))
    with transaction.atomic(), connection.cursor() as cursor:
        database = cursor.connection
        database.executemany(_PERSON, people)
        database.executemany(_MEMBERSHIP, memberships)
        database.executemany(_AFFILIATION, homes)
        database.executemany(_POST, posts)
        database.executemany(_AWAY, away)
    return len(people)


def clear() -> None:
    """Takes the floor's rows away again."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table in ("people_memberstanding", "people_appointment", "people_affiliation", "people_membershiprecord", "people_person"):
            cursor.execute(f"DELETE FROM {table}")


def whole(unit: Unit, content: bytes) -> ImportRun:
    """The import as an office does it: upload, dry run with every row's difference kept, one confirmation."""
    run = upload(files=[SourceFile("花名册.xlsx", content)], under=unit, by=None, at=AT)
    made = propose(run=run, today=TODAY)
    apply_plan(run=run, made=made, at=AT, skip_errors=True)
    return run


def measure(count: int, rounds: int) -> list[Measured]:
    """Import, the same file again, and undo, each against the floor of its round."""
    unit = prepare(count // roster.BRANCH + 1)
    content = roster.workbook(roster.rows(count))
    floors, firsts, seconds, undos = [], [], [], []
    for _ in range(rounds):
        floors.append(timed(lambda: bare(content))[0])
        clear()
        taken, run = timed(lambda: whole(unit, content))
        firsts.append(taken)
        counts = run.counts["kinds"]["member"]
        assert counts == {"new": count, "changed": 0, "same": 0}, counts
        taken, again = timed(lambda: whole(unit, content))
        seconds.append(taken)
        counts = again.counts["kinds"]["member"]
        assert counts == {"new": 0, "changed": 0, "same": count}, counts
        undos.append(timed(lambda run=run: undo_run(run=run, by=None, at=AT))[0])
    floor = min(floors)
    return [
        Measured(f"导入 {count} 人", min(firsts), floor, 4, "读、查、比、写、留痕"),
        Measured("同一份再导入一次", min(seconds), floor, None, "0 处变化"),
        Measured("撤销这次导入", min(undos), floor, None, ""),
    ]
