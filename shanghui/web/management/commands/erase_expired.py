"""`erase-expired [--on DATE] [--apply]`: whose time is over (PRIV-05, PRIV-11); a preview unless told to apply it."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from shanghui.access.scope import whole
from shanghui.exchange.erasing import Due, due, erase_expired
from shanghui.web.management.commands._base import ChineseCommand, a_day, now, today, wrong_usage


class Command(ChineseCommand):
    """Lists, or erases, people who left long enough ago and originals of imports kept long enough."""

    help = "清除保存期满的个人信息和导入原件；不加 --apply 只列出"

    def arguments(self, parser: ArgumentParser) -> None:
        """[--on DATE] [--apply]."""
        parser.add_argument("--on", type=a_day, metavar="DATE", help="到哪一天期满，默认今天；不能晚于今天")
        parser.add_argument("--apply", action="store_true", help="清除；不能恢复")

    def act(self, **options: Any) -> tuple[Any, str, int]:
        """Who and what, by key and never by name, so that the output can be kept."""
        day = options["on"] or today()
        if options["apply"] and day > today():
            wrong_usage("还没有期满，不能提前清除。去掉 --apply 可以先看看到那一天会清除哪些。")
        found = due(whole(day), day)
        if not options["apply"]:
            counted = f"期满 {len(found.people)} 人、导入原件 {len(found.runs)} 次、比对原件 {len(found.comparisons)} 次。"
            return _told(found), f"{counted}确认以后加 --apply 清除，不能恢复。", 0
        done = erase_expired(found, by=None, at=now())
        said = f"已清除 {done.people} 人的个人信息、{done.runs} 次导入、{done.comparisons} 次比对的原件。以前的备份里还有，按备份的保存期处理。"
        return _told(found) | {"erased": done.people, "runs": done.runs, "files": len(done.files)}, said, 0


def _told(found: Due) -> dict[str, Any]:
    people = [
        {"person": one.person.pk, "unit": one.unit.name, "left_on": one.left_on, "rule": one.term.code, "due_on": one.due_on}
        for one in found.people
    ]
    return {"people": people, "imports": [run.pk for run in found.runs], "comparisons": [one.pk for one in found.comparisons]}
