"""The same person, chamber, organization or row twice in one upload."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from shanghui.exchange.recognition.bodies import Body
from shanghui.kernel.partial_dates import surely_before

Place = tuple[Body, int]
_PEOPLE = ("member", "activist", "applicant", "candidate", "development")
_FACTS = ("name", "joined_on", "confirmed_on", "category", "applied_on", "activist_on", "candidate_on")
_UNITS = {"chamber": "name", "party_organization": "name"}
_UNIT_FACTS = (
    "credit_code",
    "founded_on",
    "president",
    "county",
    "kind",
    "secretary",
    "members",
    "member_enterprises",
    "covered",
    "form",
    "party_organization",
    "approved_on",
    "term_ends",
    "members_total",
)
_SMALL = 2000
_DAY = re.compile(r"\d{4}(?:-\d\d){0,2}")


def check_duplicates(bodies: Sequence[Body]) -> None:
    """Tables of the same kind and the same columns are taken as one list."""
    lists: dict[tuple[str, frozenset[str]], list[Body]] = {}
    for body in bodies:
        lists.setdefault((body.table.kind, frozenset(body.column_of)), []).append(body)
    for (kind, _), members in lists.items():
        if kind in _PEOPLE:
            _check_people(members)
        elif kind in _UNITS:
            _check_units(members, _UNITS[kind])
        else:
            _check_rows(members)
        if kind == "enterprise" or kind == "chamber":
            _check_codes(members)
    _check_kinds(bodies)


def _records(bodies: Sequence[Body]) -> Iterator[Place]:
    for body in bodies:
        for i in range(len(body.records)):
            yield body, i


def _there(body: Body, other: Place) -> str:
    place = f"第{other[0].row_number(other[1])}行"
    return place if other[0].table.sheet == body.table.sheet else f"「{other[0].table.sheet}」{place}"


def _agree(first: Any, second: Any) -> bool:
    if first is None or second is None or first == second:
        return True
    if isinstance(first, str) and isinstance(second, str) and _DAY.fullmatch(first) and _DAY.fullmatch(second):
        return not surely_before(first, second) and not surely_before(second, first)
    return False


def _check_people(bodies: Sequence[Body]) -> None:
    by_number: dict[str, Place] = {}
    by_name: dict[str, list[Place]] = {}
    few = sum(len(body.records) for body in bodies) <= _SMALL
    for body, i in _records(bodies):
        fields = body.records[i].fields
        number, name = fields.get("id_number"), fields.get("name")
        if number is not None:
            first = by_number.setdefault(number, (body, i))
            if first[0] is not body or first[1] != i:
                _same_person(body, i, first)
                continue
        if name:
            by_name.setdefault(name if few else f"{name}@{fields.get('branch')}", []).append((body, i))
    for places in by_name.values():
        if len(places) > 1:
            _same_names(places)


def _same_person(body: Body, i: int, first: Place) -> None:
    mine, theirs = body.records[i].fields, first[0].records[first[1]].fields
    other, there = first[0].row_number(first[1]), _there(body, first)
    elsewhere, apart = mine.get("branch") != theirs.get("branch"), _apart(body, first)
    if elsewhere:
        severity, what = "warning", f"（那一行在“{theirs.get('branch')}”）。组织关系只能在一处，请核对"
    elif apart:
        severity, what = "info", "，按同一个人处理"
    else:
        severity, what = "error", "，同一个人填了两行。请删去一行"
    body.tell(i, "id_number", "duplicate_person", severity, f"与{there}是同一个身份证号码{what}", other=other)
    _tell_conflicts(body, i, first, "同一个身份证号码", _FACTS, whole=apart and not elsewhere)


def _apart(body: Body, other: Place) -> bool:
    """Whether the two stand in different sheets, as the lists of two years do: there a record may come again."""
    return (body.table.file, body.table.sheet) != (other[0].table.file, other[0].table.sheet)


def _tell_conflicts(body: Body, i: int, first: Place, what: str, facts: Sequence[str], *, whole: bool) -> None:
    """Facts that contradict each other are errors; `whole`: anything else that differs is told too."""
    mine, theirs = body.records[i].fields, first[0].records[first[1]].fields
    other, there = first[0].row_number(first[1]), _there(body, first)
    rest = [name for name in body.column_of if name not in facts and name != "remark"] if whole else []
    for name in [*facts, *rest]:
        if _agree(mine.get(name), theirs.get(name)):
            continue
        if name in facts:
            severity, text = "error", f"与{there}是{what}，那一行写的是“{theirs[name]}”，两处不一致。请核对"
        else:
            severity, text = "warning", f"与{there}是{what}，两处不一致。请核对"
        body.tell(i, name, "duplicate_conflict", severity, text, other=other)


def _same_names(places: list[Place]) -> None:
    for n, (body, i) in enumerate(places):
        mine = body.records[i].fields
        before = next(
            (other for other in places[:n] if _same_without_number(mine, other[0].records[other[1]].fields)), None
        )
        if before is not None:
            body.tell(
                i,
                "name",
                "duplicate_person",
                "warning",
                f"与{_there(body, before)}的姓名、出生年月或电话相同，可能是同一个人。请核对",
                other=before[0].row_number(before[1]),
            )
            continue
        other = places[0] if n else places[1]
        body.tell(
            i,
            "name",
            "same_name",
            "info",
            f"与{_there(body, other)}同名，号码不同，按两个人处理。请核对",
            other=other[0].row_number(other[1]),
        )


def _same_without_number(mine: dict[str, Any], theirs: dict[str, Any]) -> bool:
    if mine.get("id_number") and theirs.get("id_number"):
        return False
    same = [
        name
        for name in ("birth", "phone", "joined_on")
        if mine.get(name) is not None and mine.get(name) == theirs.get(name)
    ]
    clash = any(not _agree(mine.get(name), theirs.get(name)) for name in ("gender", "birth"))
    return bool(same) and not clash


def _check_units(bodies: Sequence[Body], key: str) -> None:
    """A chamber twice gives no second record."""
    seen: dict[str, Place] = {}
    for body in bodies:
        gone: list[int] = []
        for i, record in enumerate(body.records):
            name = record.fields.get(key)
            if not name:
                continue
            first = seen.setdefault(name, (body, i))
            if first[0] is not body or first[1] != i:
                if not _goes_on(record.fields, first[0].records[first[1]].fields):
                    _same_unit(body, i, first, key)
                gone.append(i)
        _drop(body, gone)


def _goes_on(mine: dict[str, Any], first: dict[str, Any]) -> bool:
    """A joint organization written over several rows, a chamber in each: the chambers go to its first row."""
    more, covers = mine.get("covers"), first.get("covers")
    if (
        not more
        or not covers
        or set(more) & set(covers)
        or any(not _agree(mine.get(n), first.get(n)) for n in _UNIT_FACTS)
    ):
        return False
    first["covers"] = [*covers, *more]
    return True


def _same_unit(body: Body, i: int, first: Place, key: str) -> None:
    kind = "duplicate_chamber" if body.table.kind == "chamber" else "duplicate_row"
    mine, theirs = body.records[i].fields, first[0].records[first[1]].fields
    other, there = first[0].row_number(first[1]), _there(body, first)
    again = _apart(body, first) and not body.records[i].unsettled
    if again and all(_agree(mine.get(name), theirs.get(name)) for name in _UNIT_FACTS):
        body.tell(i, key, kind, "info", f"“{mine[key]}”与{there}是同一个单位，按一条记录处理", other=other)
        first[0].records[first[1]].fields.update({name: mine[name] for name in mine if name not in theirs})
    else:
        again = False
        body.tell(i, key, kind, "error", f"“{mine[key]}”与{there}重复，这一行没有读取。请核对后删去一行", other=other)
    _tell_conflicts(body, i, first, "同一个单位", [name for name in _UNIT_FACTS if name in body.column_of], whole=again)


def _drop(body: Body, gone: list[int]) -> None:
    """Takes the records out; what else was said about their rows goes with them."""
    rows = {body.row_number(i) for i in gone}
    if not rows:
        return
    body.told.problems[:] = [
        problem
        for problem in body.told.problems
        if not (problem.row in rows and problem.sheet == body.table.sheet and problem.file == body.table.file)
        or problem.kind.startswith("duplicate")
        or problem.kind == "hidden_row"
    ]
    for i in reversed(gone):
        body.table.not_records.append((body.row_number(i), "重复的行，没有生成第二条记录"))
        del body.records[i], body.places[i]


def _check_codes(bodies: Sequence[Body]) -> None:
    seen: dict[tuple[str, Any], Place] = {}
    for body, i in _records(bodies):
        fields = body.records[i].fields
        code = fields.get("credit_code")
        if not code:
            continue
        first = seen.setdefault((code, fields.get("chamber") if body.table.kind == "enterprise" else None), (body, i))
        if first[0] is body and first[1] == i:
            continue
        other = first[0].records[first[1]].fields
        if other.get("name") != fields.get("name"):
            body.tell(
                i,
                "credit_code",
                "duplicate_conflict",
                "error",
                f"与{_there(body, first)}“{other.get('name')}”的统一社会信用代码相同。请对照登记证书核对",
                other=first[0].row_number(first[1]),
            )
            body.refuse(i, "credit_code")


def _check_rows(bodies: Sequence[Body]) -> None:
    seen: dict[tuple[Any, ...], Place] = {}
    for body, i in _records(bodies):
        fields = body.records[i].fields
        whole = tuple(sorted((name, str(value)) for name, value in fields.items() if name != "remark"))
        if len(whole) < 2:
            continue
        first = seen.setdefault(whole, (body, i))
        if first[0] is not body or first[1] != i:
            body.tell(
                i,
                body.columns.get(body.key),
                "duplicate_row",
                "warning",
                f"与{_there(body, first)}完全相同。请核对是否重复填写",
                other=first[0].row_number(first[1]),
            )


def is_copy(bodies: Sequence[Body], others: Sequence[Body]) -> bool:
    """Whether most of what a sheet lists stands in others too: an older state of the same list."""
    known = {(body.table.kind, name) for body, i in _records(others) if (name := _named(body, i))}
    names = [(body.table.kind, name) for body, i in _records(bodies) if (name := _named(body, i))]
    return len(names) > 1 and sum(1 for name in names if name in known) * 2 > len(names)


def _named(body: Body, i: int) -> Any:
    fields = body.records[i].fields
    return fields.get("id_number") or fields.get(body.columns.get(body.key) or "")


def _check_kinds(bodies: Sequence[Body]) -> None:
    """The same person as a member and as an activist."""
    earlier = [body for body in bodies if body.table.kind in ("activist", "applicant", "candidate")]
    if not earlier:
        return
    members = {
        number: (body, i)
        for body, i in _records([b for b in bodies if b.table.kind == "member"])
        if (number := body.records[i].fields.get("id_number"))
    }
    for body, i in _records(earlier):
        other = members.get(body.records[i].fields.get("id_number") or "")
        if other is not None:
            body.tell(
                i,
                "id_number",
                "category_conflict",
                "warning",
                f"这个人在{_there(body, other)}已是党员。请核对类别",
                other=other[0].row_number(other[1]),
            )
