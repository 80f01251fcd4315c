"""The accounts of a demonstration: one password, kept beside the data for the next start to show."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from pathlib import Path

from django.conf import settings

from shanghui.access.models import Role, Seat, Unit, User
from shanghui.access.operations import create_user, grant
from shanghui.kernel.refusals import Refused

SIGN_IN = "demonstration_sign_in.txt"
USERNAMES = ("wangmin", "chenlei", "lizhuo", "admin", "shiji", "shuji", "zhidaoyuan", "dangyuan")
"""Every account a demonstration may have, as they are listed."""


def begin() -> str:
    """A new password for the accounts. Raises Refused when the installation is not empty."""
    if Unit.objects.exists():
        raise Refused("已经有数据了，演示数据只能装进空的安装里。")
    return f"yunze-{secrets.token_hex(4)}"


def open_account(username: str, name: str, role: Role, unit: Unit, *, password: str, since: date, at: datetime) -> User:
    """An account with one seat, `since` a day on."""
    user = create_user(username=username, display_name=name, password=password, by=None, at=at, unit=unit, must_change_password=False)
    grant(user=user, role=role, unit=unit, since=since, by=None, at=at)
    return user


def remember(password: str) -> None:
    """Keeps the password where only the owner of the data reads it."""
    path = sign_in_file()
    path.touch(mode=0o600)
    path.write_text(password, encoding="utf-8")


def sign_in_file() -> Path:
    """Where the password is kept."""
    return Path(settings.DATA_DIR) / SIGN_IN


def listed() -> list[dict[str, str]]:
    """The accounts of the demonstration, each with its first seat: account, name, role, unit. One question."""
    seats = Seat.objects.filter(user__username__in=USERNAMES).select_related("user", "unit").order_by("-pk")
    first = {seat.user.username: seat for seat in seats}
    return [
        {"account": name, "name": first[name].user.display_name, "role": Role(first[name].role).label, "unit": first[name].unit.name}
        for name in USERNAMES if name in first
    ]


def sign_in_text(password: str) -> str:
    """The accounts of the demonstration, one a line."""
    lines = [f"  {one['account']:<12}{one['name']}，{one['role']}（{one['unit']}）" for one in listed()]
    return "\n".join([f"演示账号（密码都是 {password}）：", *lines])
