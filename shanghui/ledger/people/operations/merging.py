"""Two records that are one person become one (M14): columns chosen one by one, facts moved, each day as before and never twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils.timezone import localtime

from shanghui.access.audit import Journal
from shanghui.access.models import User
from shanghui.kernel.facts import column_values
from shanghui.kernel.pinyin import initials
from shanghui.kernel.refusals import Refused
from shanghui.kernel.sealing import digest
from shanghui.ledger.people.merging import (
    ALONE,
    OPEN_ONCE,
    Meeting,
    agreed,
    differing,
    laid,
    meetings,
    model_of,
    pointing_to_people,
    title_of,
)
from shanghui.ledger.people.models import (
    Affiliation,
    AffiliationKind,
    MembershipRecord,
    MemberStanding,
    Merger,
    NotSame,
    Person,
    Transfer,
)
from shanghui.ledger.people.retention import ERASED
from shanghui.ledger.people.standings import COUNTED

VERB = "合并人员"
SAME = "这是同一条记录，没有什么可合并的。"


@transaction.atomic
def merge_people(
    *, stays: Person, gone: Person, columns: Mapping[str, int], facts: Mapping[str, int], reason: str, by: User | None, at: datetime,
) -> Merger:
    """`gone` goes, what it held stands with `stays`. `columns`: by column whose value (a key of one of the two) is right; `facts`: by
    family whose facts are right on days, or for things, of which both say something.

    Everything is one entry of the journal and goes back as one. Raises Refused where the two cannot be one person, where something
    has to be ended first, and where a choice is missing.
    """
    locked = {one.pk: one for one in Person.objects.select_for_update(of=("self",)).filter(pk__in=(stays.pk, gone.pk)).order_by("pk")}
    if len(locked) < 2:
        raise Refused(SAME if stays.pk == gone.pk else "其中一条记录已经没有了。请回到疑似重复重新打开。")
    stays, gone = locked[stays.pk], locked[gone.pk]
    met = meetings(stays, gone)
    _refuse(stays, gone, met, columns, facts, reason)
    journal = Journal(by=by, at=at, verb=VERB, reason=reason.strip()[:300])
    for one in met:
        _lay(journal, one, stays, facts.get(one.family.key, stays.pk))
    _move(journal, stays, gone)
    values = agreed(stays, gone) | {name: getattr(locked[pk], name) for name, pk in columns.items()}
    account = stays.user_id or gone.user_id
    journal.change(gone, id_number="", id_digest=b"", user_id=None)
    former, name = gone.pk, gone.name
    journal.delete(gone)
    home = Affiliation.objects.filter(person=stays, valid_to=None).exclude(kind=AffiliationKind.DUAL).first()
    if home is not None:
        values["kept_by_id"] = home.organization_id
    derived = {"id_digest": digest(values["id_number"]), "phone_digest": digest(values["phone"]), "initials": initials(values["name"])}
    journal.change(stays, **values, **derived, user_id=account)
    made = journal.create(Merger(person=stays, former=former, name=name, merged_on=localtime(at).date()))
    _refuse_after(stays)
    journal.close(stays, stays.kept_by)
    return made


def _refuse(
    stays: Person, gone: Person, met: Iterable[Meeting], columns: Mapping[str, int], facts: Mapping[str, int], reason: str
) -> None:
    if not reason.strip():
        raise Refused("请写明依据，例如核对了证件、问过本人。")
    for fault in faults(stays, gone, met):
        raise Refused(fault)
    for name in differing(stays, gone):
        if columns.get(name) not in (stays.pk, gone.pk):
            raise Refused(f"两条记录的“{title_of(name)}”不同。请选以哪一条为准。")
    for one in met:
        if one.clashes and one.family.asked and facts.get(one.family.key) not in (stays.pk, gone.pk):
            raise Refused(contradiction(one))


def contradiction(one: Meeting) -> str:
    """Which facts contradict each other, and since when, in a sentence; never what they say: not everybody may see it."""
    if not one.family.dated:
        return f"两条记录的{one.family.title}有 {len(one.clashes)} 处对不上（同一次、同一月各登记了一条）。请选以哪一条为准。"
    since = min(max(a.valid_from, b.valid_from) for a, b in one.clashes)
    return f"自{since}起，两条记录的{one.family.title}不一样，同一天只能有一个。请选以哪一条为准。"


def faults(one: Person, other: Person, met: Iterable[Meeting]) -> Iterator[str]:
    """Why the two cannot be merged, whatever is chosen."""
    pair = (one.pk, other.pk)
    if one.pk == other.pk:
        yield SAME
        return
    if ERASED in (one.name, other.name):
        yield "其中一条已经按期清除，不能合并。"
    if NotSame.objects.filter(first__in=pair, second__in=pair).exists():
        yield "这两条已经登记为不是同一人。登记错了的，先在操作记录里撤销那一步。"
    if one.id_number and other.id_number and one.id_number != other.id_number:
        yield "两条记录的公民身份号码不同，是两个人。号码登记错了的，先更正号码，再合并。"
    if one.user_id and other.user_id:
        yield "两条记录各有一个登录账号。请先把其中一个账号同人员断开，再合并。"
    for table, title in ALONE.items():
        if _both(table, Q(), pair, "case_id"):
            yield f"两条记录在同一件事里都有{title}，已经按两个人计过，不能合并。请先办结或撤回那件事，或者联系上级核对。"
    for table, (still, title) in OPEN_ONCE.items():
        if _both(table, still, pair, None):
            yield f"两条记录各有没有了结的{title}。请先了结其中一件，再合并。"
    if any(meeting.family.key == "home" for meeting in met) and Transfer.objects.waiting().filter(person__in=pair).exists():
        yield "组织关系正在接转途中。请先接收、退回或者撤回，再合并。"


def _both(table: str, still: Q, pair: tuple[int, int], same: str | None) -> bool:
    model = model_of(table)
    if model is None:
        return False
    rows = model._base_manager.filter(still, person_id__in=pair).values_list("person_id", same or "person_id").distinct()
    held: dict[Any, set[int]] = {}
    for person, what in rows:
        held.setdefault(what if same else None, set()).add(person)
    return any(len(people) > 1 for people in held.values())


def _lay(journal: Journal, met: Meeting, stays: Person, right: int) -> None:
    """Writes what is left of the rows of a meeting; rows that stay as they are are not touched, others are made anew, so that taking
    back never finds two of them on one day."""
    winners, losers = met.sides[right], [row for pk, rows in met.sides.items() if pk != right for row in rows]
    if met.family.dated:
        pieces = laid(winners, losers)
        kept = {piece.row.pk for piece in pieces if piece.is_row and piece.row.person_id == stays.pk}
        fresh = [(piece.row, {"valid_from": piece.start, "valid_to": piece.end, "from_precision": piece.precision}) for piece in pieces]
    else:
        kept, fresh = {row.pk for row in winners if row.person_id == stays.pk}, [(row, {}) for row in winners]
    children = {row.pk: _children(row) for row in (*winners, *losers)}
    for row in (*winners, *losers):
        if row.pk not in kept:
            for child, _ in children[row.pk]:
                journal.delete(child)
            journal.delete(_copy(row, {}, keep=True))
    made = {row.pk: row if row.pk in kept else journal.create(_copy(row, {**values, "person_id": stays.pk})) for row, values in fresh}
    for row in (*winners, *losers):
        if row.pk not in kept:
            for child, name in children[row.pk]:
                journal.create(_copy(child, {name: (made.get(row.pk) or next(iter(made.values()))).pk}))


def _children(row: models.Model) -> list[tuple[models.Model, str]]:
    """The rows that hang on this one, each with the column by which."""
    return [
        (child, relation.field.attname) for relation in row._meta.related_objects
        for child in relation.related_model._base_manager.filter(**{relation.field.attname: row.pk})
    ]


def _copy(row: models.Model, values: Mapping[str, Any], *, keep: bool = False) -> models.Model:
    """The same columns in a new row (with `keep`: of the same key), with these `values`."""
    own = {"pk": row.pk} if keep else {}
    return type(row)(**{**column_values(row), **values, **own})


def _move(journal: Journal, stays: Person, gone: Person) -> None:
    """Whatever still names the record that goes names the one that stays."""
    for model, name in pointing_to_people():
        for row in model._base_manager.filter(**{name: gone.pk}).order_by("pk"):
            journal.change(row, **{name: stays.pk})
    for told in NotSame.objects.filter(Q(first=gone) | Q(second=gone)):
        other = told.second_id if told.first_id == gone.pk else told.first_id
        first, second = sorted((stays.pk, other))
        journal.delete(_copy(told, {}, keep=True))
        if not NotSame.objects.filter(first=first, second=second).exists():
            journal.create(_copy(told, {"first_id": first, "second_id": second}))


def _refuse_after(person: Person) -> None:
    """What the two say together must be possible: nobody is a member after he died or left, or his own contact."""
    for standing in MemberStanding.objects.filter(person=person, valid_to=None).exclude(kind__in=COUNTED):
        later = MembershipRecord.objects.filter(Q(valid_to=None) | Q(valid_to__gt=standing.valid_from), person=person)
        if later.exists():
            raise Refused(
                f"一条记录自{standing.valid_from}起登记了{standing.get_kind_display()}，另一条在那以后还有人员类别。"
                "请先在人员页更正其中一条，再合并。"
            )
    for table in ("cases_contact", "cases_introducer"):
        model = model_of(table)
        if model is not None and model._base_manager.filter(person_id=person.pk, case__person_id=person.pk).exists():
            raise Refused("一条记录是另一条的培养联系人或者入党介绍人，不会是同一个人。请核对。")
