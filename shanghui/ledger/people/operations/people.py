"""People in the register: registered, put right, in another category, at home elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from shanghui.access.audit import Journal, note
from shanghui.access.models import AuditEntry, Unit, User
from shanghui.kernel.facts import Precision
from shanghui.kernel.periods import last_day
from shanghui.kernel.pinyin import initials
from shanghui.kernel.refusals import Refused
from shanghui.kernel.sealing import digest, digests
from shanghui.ledger.organizations.models import PartyOrganization
from shanghui.ledger.organizations.operations import end_fact
from shanghui.ledger.people.models import (
    MEMBERS,
    Affiliation,
    AffiliationKind,
    Category,
    MembershipRecord,
    MemberStanding,
    Person,
    StandingKind,
)
from shanghui.ledger.people.operations.standings import AGAIN, refuse_barred, refuse_dead
from shanghui.ledger.people.queries import LOOK

_REGISTERED = "这个公民身份号码已经登记过。请按号码查找，在原来的记录上修改。"
_OF_ANOTHER = "这个公民身份号码已经登记在另一个人名下。请核对号码。"
BY_STANDING = "{name}是{category}。停止党籍、出党、去世，请在人员页的“党员状态”里登记；变成另一类别，请变更类别；登记错了的，请在操作记录里撤销那一步。"
SEALED = {"id_number": "公民身份号码", "phone": "联系电话"}


def _with_digests(values: dict[str, Any]) -> dict[str, Any]:
    """Adds to a person's columns those that follow from them."""
    derived: dict[str, Any] = {}
    if "id_number" in values:
        derived["id_digest"] = digest(values["id_number"])
    if "phone" in values:
        derived["phone_digest"] = digest(values["phone"])
    if "name" in values:
        derived["initials"] = initials(values["name"])
    return {**values, **derived}


@contextmanager
def _once(number: str, refusal: str) -> Iterator[None]:
    """Refuses a number that somebody else registered after it was looked for: the database keeps each once."""
    try:
        yield
    except IntegrityError as clash:
        if not number:
            raise
        raise Refused(refusal) from clash


@transaction.atomic
def register_person(*, kept_by: Unit, by: User | None, at: datetime, **values: Any) -> Person:
    """A person, kept by a unit. `values`: columns of Person. Raises Refused when the identity number is known already."""
    number = values.get("id_number") or ""
    if number and Person.objects.filter(id_digest__in=digests(number)).exists():
        raise Refused(_REGISTERED)
    journal = Journal(by=by, at=at, verb="登记人员")
    with _once(number, _REGISTERED):
        person = journal.create(Person(kept_by=kept_by, **_with_digests(values)))
    journal.close(person, kept_by)
    return person


@transaction.atomic
def change_person(*, person: Person, by: User | None, at: datetime, **values: Any) -> bool:
    """Changes what is written about a person; says whether anything changed. Raises Refused."""
    number = values.get("id_number") or ""
    if number and Person.objects.filter(id_digest__in=digests(number)).exclude(pk=person.pk).exists():
        raise Refused(_OF_ANOTHER)
    journal = Journal(by=by, at=at, verb="修改")
    with _once(number, _OF_ANOTHER):
        changed = journal.change(person, **_with_digests(values))
    journal.close(person, person.kept_by)
    return changed


@transaction.atomic
def reveal(*, person: Person, field: str, reason: str, by: User, at: datetime) -> str:
    """The full value of a sealed field; the view is audited with its reason. Raises Refused without a reason."""
    if not reason.strip():
        raise Refused("请写明查看原因。")
    note(by=by, at=at, verb=f"{LOOK}{SEALED[field]}", subject=person, unit=person.kept_by, reason=reason.strip()[:300])
    value: str = getattr(person, field)
    return value


@transaction.atomic
def reveal_all(*, people: Sequence[Person], fields: Sequence[str], reason: str, by: User | None, at: datetime) -> None:
    """The sealed fields of all these people are about to be shown in full: noted with each of them. Raises Refused without a reason."""
    if not reason.strip():
        raise Refused("请写明查看原因。")
    verb = f"{LOOK}{'、'.join(SEALED[field] for field in fields)}"
    AuditEntry.objects.bulk_create(
        (AuditEntry(
            at=at, by=by, verb=verb, unit_id=one.kept_by_id, reason=reason.strip()[:300], changes=[],
            subject_table=Person._meta.db_table, subject_id=one.pk, subject_title=one.name,
        ) for one in people), batch_size=1000,
    )


@transaction.atomic
def set_category(
    *, person: Person, category: Category, since: date, by: User | None, at: datetime,
    precision: Precision = Precision.DAY, contacts: str = ""
) -> MembershipRecord:
    """From `since` the person is in this category (M14); the open record ends. Raises Refused."""
    journal = Journal(by=by, at=at, verb=f"记为{category.label}")
    left = refuse_barred(person, category, since)
    earlier = MembershipRecord.objects.filter(person=person, valid_to__gt=since).order_by("valid_to").last()
    if earlier is not None:
        raise Refused(f"{person.name}到{last_day(earlier.valid_to)}为止是{earlier.get_category_display()}，新的日期须在其后。")
    for old in MembershipRecord.objects.filter(person=person, valid_to=None):
        if old.valid_from >= since:
            raise Refused(f"{person.name}自{old.valid_from}起是{old.get_category_display()}，新的日期须在其后。")
        journal.change(old, valid_to=since)
    if left is not None:
        journal.change(left, valid_to=since, ended_how=AGAIN)
    row = journal.create(
        MembershipRecord(person=person, category=category, valid_from=since, from_precision=precision, contacts=contacts)
    )
    journal.close(person, person.kept_by)
    return row


@transaction.atomic
def affiliate(
    *, person: Person, organization: PartyOrganization, kind: AffiliationKind, since: date, by: User | None, at: datetime,
    precision: Precision = Precision.DAY
) -> Affiliation:
    """From `since` the person belongs here; a new home ends the old one on that day (never in two homes). Raises Refused."""
    journal = Journal(by=by, at=at, verb=f"登记{kind.label}")
    row = settle(journal, person=person, organization=organization, kind=kind, since=since, precision=precision)
    journal.close(person, organization.unit)
    return row


def settle(
    journal: Journal, *, person: Person, organization: PartyOrganization, kind: AffiliationKind, since: date,
    precision: Precision = Precision.DAY,
) -> Affiliation:
    """The same as part of another act."""
    refuse_dead(person, since)
    open_rows = Affiliation.objects.filter(person=person, kind=kind, valid_to=None)
    if open_rows.filter(organization=organization).exists():
        raise Refused(f"{person.name}的{kind.label}已在“{organization.unit.name}”。")
    if kind != AffiliationKind.DUAL:
        _refuse_second_home(person, since)
        for old in Affiliation.objects.filter(person=person, valid_to=None).exclude(kind=AffiliationKind.DUAL):
            if old.valid_from >= since:
                raise Refused(f"{person.name}的组织关系自{old.valid_from}起在“{old.organization.unit.name}”，新的日期须在其后。")
            journal.change(old, valid_to=since)
        journal.change(person, kept_by_id=organization.unit_id)
    return journal.create(
        Affiliation(person=person, organization=organization, kind=kind, valid_from=since, from_precision=precision)
    )


def _refuse_second_home(person: Person, since: date) -> None:
    ended = Affiliation.objects.filter(person=person, valid_to__gt=since).exclude(kind=AffiliationKind.DUAL)
    last = ended.select_related("organization__unit").order_by("valid_to").last()
    if last is not None:
        raise Refused(f"{person.name}到{last_day(last.valid_to)}为止在“{last.organization.unit.name}”，新的日期须在其后。")


@transaction.atomic
def end_membership(*, record: MembershipRecord, on: date, by: User | None, at: datetime, reason: str = "") -> None:
    """Somebody not yet a member is no longer in this category, and in none. Raises Refused for a member: what became of him is a
    standing, with who decided it."""
    person = record.person
    if record.category in MEMBERS:
        raise Refused(BY_STANDING.format(name=person.name, category=record.get_category_display()))
    end_fact(fact=record, subject=person, unit=person.kept_by, on=on, by=by, at=at, reason=reason)


@transaction.atomic
def end_affiliation(*, affiliation: Affiliation, on: date, by: User | None, at: datetime, reason: str = "") -> None:
    """Ends a belonging; `on` is the first day on which it no longer holds. Raises Refused for the home of a member, also of one who
    is suspended: he has one as long as he is one, and leaves it by a transfer."""
    if affiliation.kind == AffiliationKind.HOME:
        _refuse_homeless(affiliation.person, on)
    end_fact(fact=affiliation, subject=affiliation.person, unit=affiliation.organization.unit, on=on, by=by, at=at, reason=reason)


def _refuse_homeless(person: Person, on: date) -> None:
    going_on = Q(valid_to=None) | Q(valid_to__gt=on)
    still = MembershipRecord.objects.filter(going_on, person=person, category__in=MEMBERS).first()
    if still is not None:
        raise Refused(
            f"{person.name}仍是{still.get_category_display()}，组织关系不能没有去处。转到平台内的党组织，请发起接转；"
            "转到平台外的，请开介绍信；去世、出党的，请在“党员状态”里登记。"
        )
    suspended = MemberStanding.objects.filter(going_on, person=person, kind=StandingKind.SUSPENDED).first()
    if suspended is not None:
        raise Refused(
            f"{person.name}自{suspended.valid_from}起停止党籍，组织关系留在原支部，恢复党籍时还要用。去世、出党的，请在“党员状态”里登记。"
        )


@transaction.atomic
def link_account(*, person: Person, user: User | None, by: User | None, at: datetime) -> bool:
    """The account with which the person sees his own record (None: none any more). Raises Refused when it is another's."""
    if user is not None and Person.objects.filter(user=user).exclude(pk=person.pk).exists():
        raise Refused("这个账号已经对应另一个人。请核对账号。")
    journal = Journal(by=by, at=at, verb="对应账号" if user else "取消对应账号")
    changed = journal.change(person, user_id=user.pk if user else None)
    journal.close(person, person.kept_by)
    return changed
