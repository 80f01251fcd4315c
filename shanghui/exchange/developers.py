"""Who looks after a candidate and who introduces him, as a development ledger names them: found among the full members of his branch (M15).

A name is taken for a person only where exactly one full member of that name was there on the day; otherwise it stays text, and the
row is told what to do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import models

from shanghui.cases.models import Contact, Introducer
from shanghui.exchange.developing import exact
from shanghui.exchange.drafting.rows import Row, filled
from shanghui.exchange.planning import Desk
from shanghui.kernel.facts import Precision
from shanghui.kernel.periods import full_day
from shanghui.ledger.people.models import Affiliation, AffiliationKind, Category, MembershipRecord
from shanghui.rules.registry import limit


def name_people(desk: Desk, case: Row, person: Row, fields: Mapping[str, Any]) -> None:
    """Contacts from the day he became an activist until the meeting that admitted him, introducers from the day he became a candidate;
    of the day of the table where the file does not say. What the development already holds stays."""
    day, most = desk.draft.day, limit("DEV-05", "most")
    since = exact(fields.get("activist_on")) or day
    contacts = _found(desk, case, person, Contact, "contacts", fields, since, range(1, most + 1))
    for one in contacts:
        values = {"valid_from": since, "from_precision": Precision.DAY, "valid_to": exact(fields.get("joined_on"))}
        _add(desk, case, Contact, one, values)
    many = limit("DEV-11", "introducers")
    on = exact(fields.get("candidate_on")) or day
    for one in _found(desk, case, person, Introducer, "introducers", fields, on, range(many, many + 1)):
        _add(desk, case, Introducer, one, {})


def _found(
    desk: Desk, case: Row, person: Row, model: type[models.Model], field: str, fields: Mapping[str, Any], day: date, many: range
) -> Sequence[int]:
    """The people named in a column, all of them or none: half a pair is no pair."""
    draft, word = desk.draft, "培养联系人" if model is Contact else "入党介绍人"
    written = fields.get(field)
    names = list(dict.fromkeys(written if isinstance(written, list) else str(written).split("、"))) if written else []
    if not names:
        return ()
    matches = {name: _full_members(desk, name, case.values["organization_id"], day, but=person.pk) for name in names}
    unclear = [name for name, found in matches.items() if len(found) != 1]
    if unclear:
        told = "；".join(f"“{name}”{f'有{len(matches[name])}名同名的' if matches[name] else '没有找到'}" for name in unclear)
        draft.warn(field, "missing", (
            f"{person.values['name']}的{word}：{full_day(day)}，本支部正式党员里{told}，只按文字留着，没有登记到人。"
            f"请核对姓名；是本人的，导入以后在这件发展党员里用“{word}”选人。"
        ))
        return ()
    if len(names) not in many:
        said = f"正好{many[0]}名" if len(many) == 1 else f"{many[0]}至{many[-1]}名"
        draft.warn(field, "too_few", f"{person.values['name']}的{word}表里写了{len(names)}名，应当{said}，没有登记到人。请核对，在这件发展党员里选人。")
        return ()
    people = [found[0] for found in matches.values()]
    held = {row.values["person_id"] for row in draft.shelf(model).by("case_id", case.pk)}
    if held and held != set(people):
        draft.warn(field, "value_conflict", f"{person.values['name']}的{word}，台账里已经选了别的人，没有改动。要更换的，在这件发展党员里更换。")
    return () if held else people


def _full_members(desk: Desk, name: str, branch: int, day: date, but: int) -> list[int]:
    """Who of this name was, or as far as the ledger knows may have been, a full member at home in the branch on the day."""
    draft, found = desk.draft, []
    for pk in desk.people.near.get((name, branch), {}):
        homes = [one for one in draft.shelf(Affiliation).by("person_id", pk) if one.values["kind"] == AffiliationKind.HOME and _held(one, day)]
        records = draft.shelf(MembershipRecord).by("person_id", pk)
        full = any(one.values["category"] == Category.FULL and _held(one, day) for one in records)
        if pk != but and full and any(one.values["organization_id"] == branch for one in homes):
            found.append(pk)
    return found


def _held(fact: Row, day: date) -> bool:
    """Holds on the day, or may have: what is known «not later than» a later day may have held before."""
    values = fact.values
    begun = values["valid_from"] <= day or values["from_precision"] == Precision.SEEN
    return begun and (values["valid_to"] is None or values["valid_to"] > day)


def _add(desk: Desk, case: Row, model: type[models.Model], person: int, values: dict[str, Any]) -> None:
    row = desk.draft.add(model, filled(model, {**values, "case_id": case.pk, "person_id": person}))
    desk.draft.shelf(model).open[case.pk, person] = row
