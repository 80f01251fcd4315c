"""`prepare [--empty]`: what bin/run does before it serves: database, static files, first data; says how to sign in."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from shanghui.access.models import User
from shanghui.access.scope import whole
from shanghui.rules.findings import refresh_when_stale
from shanghui.web.demonstration import city
from shanghui.web.demonstration.accounts import sign_in_file, sign_in_text
from shanghui.web.management.commands._base import ChineseCommand, now, today
from shanghui.web.setup.tokens import setup_token


class Command(ChineseCommand):
    """Safe to repeat: a second start changes nothing and takes seconds."""

    help = "准备数据库和静态文件；第一次装入演示数据"
    prepares = True

    def arguments(self, parser: ArgumentParser) -> None:
        """[--empty]."""
        parser.add_argument("--empty", action="store_true", help="第一次启动时不装演示数据")

    def act(self, **options: Any) -> tuple[Any, str, int]:
        """The text that tells how to sign in."""
        call_command("migrate", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        _take_up_again()
        if not User.objects.exists():
            if options["empty"]:
                text = f"还没有账号。请在浏览器打开 /setup/?token={setup_token()} 登记本单位和第一个账号。"
                return {"setup": True}, text, 0
            print("正在装入演示数据（虚构的云泽市）…", flush=True)
            city.load(at=now(), today=today())
        refresh_when_stale(whole(today()), today())
        return {"setup": False}, _how_to_sign_in(), 0


def _how_to_sign_in() -> str:
    kept = sign_in_file()
    return sign_in_text(kept.read_text(encoding="utf-8")) if kept.exists() else "请用本单位的账号登录。"


def _take_up_again() -> None:
    """Background work that was interrupted by a stop is done again: every job may be repeated."""
    DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING).update(status=TaskResultStatus.READY, started_at=None)
