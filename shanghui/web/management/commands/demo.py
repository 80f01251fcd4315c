"""`demo [--scale city|province|nation]`: fills an empty installation with fictional data."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.management import call_command

from shanghui.web.demonstration import city, scales
from shanghui.web.demonstration.accounts import listed, sign_in_text
from shanghui.web.management.commands._base import ChineseCommand, now, today

LOADS: dict[str, Callable[[], str]] = {
    "city": lambda: city.load(at=now(), today=today()),
    "province": lambda: scales.load_province(at=now()),
    "nation": lambda: scales.load_nation(at=now()),
}
AFTERWARDS = {
    "city": "",
    "province": "数据截至 2022-06-30：页面右上角“数据截至”选这一天看。",
    "nation": "数据截至 2022-12-20：页面右上角“数据截至”选这一天看。",
}


class Command(ChineseCommand):
    """Loads the worked city, a province or a nation, and prints how to sign in."""

    help = "装入虚构的演示数据：一个市、一个省（一两分钟）或者全国（55,000 家商会，要十分钟以上，硬盘留出 5 GB）"
    prepares = True

    def arguments(self, parser: ArgumentParser) -> None:
        """[--scale city|province|nation]."""
        parser.add_argument("--scale", choices=tuple(LOADS), default="city", help="city 一个市（默认），province 一个省，nation 全国")

    def act(self, **options: Any) -> tuple[Any, str, int]:
        """The accounts and their password."""
        call_command("migrate", verbosity=0)
        scale = options["scale"]
        password = LOADS[scale]()
        return {"accounts": listed(), "password": password}, "\n".join(filter(None, (sign_in_text(password), AFTERWARDS[scale]))), 0
