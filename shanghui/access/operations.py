"""What can happen to the tree, users and seats; each writes its audit entry in the same transaction."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from django.contrib.auth.password_validation import validate_password
from django.db import connection, transaction
from django.db.models import Q

from shanghui.access.acts import MAY
from shanghui.access.audit import Journal, note
from shanghui.access.closure import own_reaches, reaches, rebuild_reaches, spread
from shanghui.access.models import Axis, FeedKey, Link, Reach, Role, Seat, Unit, UnitKind, User
from shanghui.access.naming import call
from shanghui.access.queries import feed_digest, live_feed_keys
from shanghui.kernel.facts import holds_on
from shanghui.kernel.periods import EPOCH
from shanghui.kernel.pinyin import initials
from shanghui.kernel.refusals import Refused


class TreeError(Refused):
    """Why a unit cannot stand there, in words for the office."""


class SeatError(Refused):
    """Why a seat cannot be given, in words for the office."""


class FeedError(Refused):
    """Why no further calendar address can be made, in words for the visitor."""


FEEDS_AT_MOST = 5


def _lock_tree() -> None:
    """Structure changes take one lock. SQLite's write transactions are exclusive already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(2260)")


@transaction.atomic
def open_unit(
    *, kind: UnitKind, name: str, journal: Journal, code: str = "", short_name: str = "",
    parent: Unit | None = None, axis: Axis = Axis.SUPERVISION, since: date = EPOCH,
) -> Unit:
    """Creates a unit and, when given, its first parent. The caller closes the journal."""
    unit = journal.create(
        Unit(kind=kind, name=name, code=code, short_name=short_name, initials=initials(short_name or name))
    )
    Reach.objects.bulk_create(own_reaches([unit.pk]))
    if parent is not None:
        attach(child=unit, parent=parent, axis=axis, since=since, journal=journal)
    return unit


@transaction.atomic
def attach(*, child: Unit, parent: Unit, axis: Axis, since: date, journal: Journal, until: date | None = None) -> Link:
    """Puts `child` below `parent` from `since` (to `until`, exclusive). Raises TreeError for a circle or a second parent."""
    _lock_tree()
    if child.pk == parent.pk or reaches(child, parent, axis, since, until):
        raise TreeError(f"“{parent.name}”在“{child.name}”之下（或就是它自己），不能再作它的上级。请另选上级。")
    overlap = Link.objects.filter(child=child, axis=axis).filter(Q(valid_to=None) | Q(valid_to__gt=since))
    if until is not None:
        overlap = overlap.filter(valid_from__lt=until)
    other = overlap.select_related("parent").first()
    if other is not None:
        raise TreeError(f"“{child.name}”自{other.valid_from}起已在“{other.parent.name}”之下，同一时间只能有一个上级。请先结束原来的关系。")
    link = journal.create(Link(axis=axis, child=child, parent=parent, valid_from=since, valid_to=until))
    spread(link)
    return link


@transaction.atomic
def detach(*, child: Unit, axis: Axis, on: date, journal: Journal) -> None:
    """Ends the child's link that holds on `on`; `on` is the first day without it."""
    _lock_tree()
    link = Link.objects.filter(holds_on(on), child=child, axis=axis).first()
    if link is None:
        return
    if link.valid_from >= on:
        raise TreeError(f"“{child.name}”的上级关系自{link.valid_from}才开始，结束日期须在其后。")
    journal.change(link, valid_to=on)
    rebuild_reaches(axis, [child.pk])


@transaction.atomic
def move(*, child: Unit, parent: Unit, axis: Axis, since: date, by: User | None, at: datetime) -> None:
    """Moves a unit below another parent from `since`; history stays. Raises TreeError."""
    journal = Journal(by=by, at=at, verb="调整上级")
    detach(child=child, axis=axis, on=since, journal=journal)
    attach(child=child, parent=parent, axis=axis, since=since, journal=journal)
    journal.close(child, child)


@transaction.atomic
def rename(
    *, unit: Unit, name: str, short_name: str, code: str, since: date | None, by: User | None, at: datetime
) -> bool:
    """What a unit is called from `since` on (None: the present name was written wrong); says whether anything changed."""
    journal = Journal(by=by, at=at, verb="更名")
    changed = call(journal, unit, name, since=since, short_name=short_name)
    changed |= journal.change(unit, code=code)
    journal.close(unit, unit)
    return changed


@transaction.atomic
def create_user(
    *, username: str, display_name: str, password: str, by: User | None, at: datetime, unit: Unit | None = None,
    must_change_password: bool = True,
) -> User:
    """Opens an account without seats. Raises django's ValidationError for a weak password."""
    user = User(username=username, display_name=display_name, must_change_password=must_change_password)
    validate_password(password, user)
    user.set_password(password)
    user.save(force_insert=True)
    note(by=by, at=at, verb="开设账号", subject=user, unit=unit)
    return user


@transaction.atomic
def grant(*, user: User, role: Role, unit: Unit, since: date, by: User | None, at: datetime, until: date | None = None) -> Seat:
    """Gives a seat. One grants only acts one holds oneself on that unit (an administrator: any), never to oneself.

    Raises SeatError. `by=None` is a command on the server.
    """
    if by is not None:
        if by.pk == user.pk:
            raise SeatError("不能给自己设置席位。请由另一位管理员办理。")
        if not may_grant(by, role=role, unit=unit, day=at.date()):
            raise SeatError(f"您不能在“{unit.name}”设置“{role.label}”席位。")
    if Seat.objects.filter(user=user, role=role, unit=unit, valid_to=None).exists():
        raise SeatError(f"{user.display_name}在“{unit.name}”已有“{role.label}”席位。")
    journal = Journal(by=by, at=at, verb="设置席位")
    seat = journal.create(Seat(user=user, role=role, unit=unit, valid_from=since, valid_to=until, granted_by=by))
    journal.close(user, unit, f"{user.display_name}：{role.label}（{unit.name}）")
    return seat


def may_grant(by: User, *, role: Role, unit: Unit, day: date) -> bool:
    """Whether `by` holds, on the unit or above it, a seat from which this role can be given."""
    held = Seat.objects.on(day).filter(user=by)
    for seat in held:
        above = Reach.objects.filter(holds_on(day), above_id=seat.unit_id, below=unit).exists()
        mine = Role(seat.role)
        if above and (mine == Role.ADMINISTRATOR or (mine == Role.EDITOR and MAY[role] <= MAY[mine])):
            return True
    return False


@transaction.atomic
def end_seat(*, seat: Seat, on: date, by: User | None, at: datetime) -> None:
    """Ends a seat; `on` is the first day without it. A seat that begins on that day or later is ended the day after it began."""
    journal = Journal(by=by, at=at, verb="结束席位")
    journal.change(seat, valid_to=max(on, date.fromordinal(seat.valid_from.toordinal() + 1)))
    journal.close(seat.user, seat.unit, f"{seat.user.display_name}：{seat.get_role_display()}（{seat.unit.name}）")


@transaction.atomic
def set_password(*, user: User, password: str, by: User | None, at: datetime, must_change: bool) -> None:
    """Sets a new password (validated) and notes it; the password itself is nowhere recorded."""
    validate_password(password, user)
    user.set_password(password)
    user.must_change_password = must_change
    user.save(update_fields=["password", "must_change_password"])
    note(by=by, at=at, verb="修改密码" if by == user else "重设密码", subject=user, unit=None)


@transaction.atomic
def set_active(*, user: User, active: bool, by: User | None, at: datetime) -> None:
    """Lets an account sign in, or no longer."""
    journal = Journal(by=by, at=at, verb="启用账号" if active else "停用账号")
    journal.change(user, is_active=active)
    journal.close(user, None)


@transaction.atomic
def make_feed_key(*, user: User, by: User | None, at: datetime) -> str:
    """Makes a secret address of the user's calendar and returns its secret, which is kept nowhere. Raises FeedError."""
    if live_feed_keys(user).count() >= FEEDS_AT_MOST:
        raise FeedError(f"已有 {FEEDS_AT_MOST} 个日历地址在用。请先停用不再需要的，再生成新的。")
    token = secrets.token_urlsafe(32)
    journal = Journal(by=by, at=at, verb="生成日历地址")
    journal.create(FeedKey(user=user, digest=feed_digest(token), made_at=at))
    journal.close(user, None)
    return token


@transaction.atomic
def revoke_feed_key(*, key: FeedKey, by: User | None, at: datetime) -> None:
    """Stops an address; from this moment it answers nothing. One that was stopped stays as it is."""
    if key.revoked_at is not None:
        return
    journal = Journal(by=by, at=at, verb="停用日历地址")
    journal.change(key, revoked_at=at)
    journal.close(key.user, None)
