"""`init NAME CODE [--parent CODE]`: the first federation of an empty installation, or one more below another (M01)."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command

from shanghui.kernel.code_tables import region_name
from shanghui.ledger.organizations.operations import open_federation
from shanghui.web.management.commands._base import ChineseCommand, federation, now, wrong_usage


class Command(ChineseCommand):
    """Registers a federation and its leading party committee."""

    help = "登记一个工商联及其党建领导机构"
    prepares = True

    def arguments(self, parser: ArgumentParser) -> None:
        """NAME CODE [--parent CODE]."""
        parser.add_argument("name")
        parser.add_argument("code", help="GB/T 2260 六位代码")
        parser.add_argument("--parent", help="上级工商联的代码")

    def act(self, **options: Any) -> tuple[Any, str, int]:
        """Brings the database up to date and checks the code's form; a code that the table does not know is said, not refused."""
        call_command("migrate", verbosity=0)
        code = options["code"]
        if len(code) != 6 or not code.isdigit():
            wrong_usage(f"“{code}”不是六位行政区划代码。请写成 320100 这样。")
        parent = federation(options["parent"]).federation if options["parent"] else None
        made = open_federation(name=options["name"], code=code, parent=parent, by=None, at=now())
        unknown = "" if region_name(code) else f"代码 {code} 不在行政区划表（GB/T 2260）里，请确认没有写错。"
        document = {"name": options["name"], "code": code, "unit": made.pk, "warning": unknown}
        return document, f"已登记“{options['name']}”（{code}）。{unknown}", 0
