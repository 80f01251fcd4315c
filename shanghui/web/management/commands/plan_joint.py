"""`plan-joint FILE [--time-limit S]`: groups small chambers into joint branches, with a proven bound (M07)."""

from __future__ import annotations

import time
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from shanghui.planning.instances import read
from shanghui.planning.problem import BadProblem
from shanghui.planning.solve import Plan, solve
from shanghui.web.management.commands._base import ChineseCommand, wrong_usage


class Command(ChineseCommand):
    """Reads an instance and no database: the plan depends on the file alone."""

    help = "把不能单独成立支部的商会编成联合支部，给出代价和已证明的下限"
    prepares = True

    def arguments(self, parser: ArgumentParser) -> None:
        """FILE [--time-limit S]."""
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--time-limit", type=_seconds, default=10.0, metavar="S", help="最多用多少秒，默认 10")

    def act(self, **options: Any) -> tuple[Any, str, int]:
        """The plan; status 1 and the list of problems when the file cannot be planned with."""
        started_up = min(time.process_time(), options["time_limit"] / 4)  # the limit is for the whole command
        until = time.monotonic() + options["time_limit"] - started_up
        try:
            problem = read(options["file"].read_text(encoding="utf-8-sig"))
        except OSError:
            wrong_usage(f"读不了文件“{options['file']}”。请核对路径。")
        except UnicodeDecodeError:
            return {"problems": [{"place": "文件", "message": "不是 UTF-8 文字"}]}, "文件：不是 UTF-8 文字", 1
        except BadProblem as bad:
            return {"problems": bad.problems}, str(bad), 1
        plan = solve(problem, until - time.monotonic())
        return document(plan), summary(plan), 0


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError as wrong:
        raise ArgumentTypeError(f"“{text}”不是秒数") from wrong
    if not 0 < seconds <= 86400:
        raise ArgumentTypeError("时限应当大于 0 秒，不超过一天")
    return seconds


def document(plan: Plan) -> dict[str, Any]:
    """The plan as data."""
    return {
        "groups": [{"lead": group.lead, "units": list(group.units)} for group in plan.groups],
        "cost": plan.cost, "bound": plan.bound, "optimal": plan.optimal,
        "uncovered": [{"id": one.id, "why": one.why} for one in plan.uncovered],
    }


def summary(plan: Plan) -> str:
    """For people."""
    proof = "已证明没有更好的分法" if plan.optimal else f"已证明任何分法都不低于 {plan.bound}，差距 {plan.gap:.2%}"
    lines = [f"编成联合支部 {len(plan.groups)} 个，代价 {plan.cost}；{proof}。"]
    lines += [f"牵头 {group.lead}：{'、'.join(map(str, group.units))}" for group in plan.groups]
    lines += [f"未编入 {one.id}：{one.why}" for one in plan.uncovered]
    return "\n".join(lines)
