"""`demo [--scale city]`: fills an empty installation with fictional data."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command

from shanghui.web.demonstration import city
from shanghui.web.management.commands._base import ChineseCommand, now, today


class Command(ChineseCommand):
    """Loads the worked city and prints how to sign in."""

    help = "装入虚构的演示数据"
    prepares = True

    def arguments(self, parser: ArgumentParser) -> None:
        """[--scale city]."""
        parser.add_argument("--scale", choices=("city",), default="city")

    def act(self, **options: Any) -> tuple[Any, str, int]:
        """The accounts and their password."""
        call_command("migrate", verbosity=0)
        password = city.load(at=now(), today=today())
        accounts = [{"account": one[0], "name": one[1], "role": one[2].label} for one in city.ACCOUNTS]
        return {"accounts": accounts, "password": password}, sign_in_text(password), 0


def sign_in_text(password: str) -> str:
    """The accounts of the demonstration, one a line."""
    lines = [f"演示账号（密码都是 {password}）："]
    lines += [f"  {account:<12}{name}，{role.label}" for account, name, role, _ in city.ACCOUNTS]
    return "\n".join(lines)
