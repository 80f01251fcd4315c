"""`duties [--on DATE] [--under CODE]`: what is done, due, overdue, excused or cannot be told, with its article (M42)."""

from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from typing import Any

from shanghui.access.scope import Scope
from shanghui.cases.progress import Next
from shanghui.cases.queries import next_steps
from shanghui.kernel.periods import full_day
from shanghui.rules.standing import Verdict, standing
from shanghui.rules.states import State
from shanghui.rules.verdicts import Slot, assess
from shanghui.web.management.commands._base import ChineseCommand, a_day, scope_under, today


class Command(ChineseCommand):
    """Every slot of the year up to the day, and how each organization stands under the other rules."""

    help = "列出应做的事：已完成、待办、逾期、已同意免除、无法判定，附条文"

    def arguments(self, parser: ArgumentParser) -> None:
        """[--on DATE] [--under CODE] [--state STATE]."""
        parser.add_argument("--on", type=a_day, metavar="DATE", help="截至哪一天，默认今天")
        parser.add_argument("--under", metavar="CODE")
        parser.add_argument("--state", choices=[state.value for state in State], help="只列这一种")

    def act(self, **options: Any) -> tuple[Any, str, int]:
        """One object a slot or standing."""
        day = options["on"] or today()
        scope = scope_under(options["under"], day)
        listed = [one for one in duties(scope, day) if options["state"] in (None, one["state"])]
        counts = Counter(State(one["state"]).word for one in listed)
        lines = [f"{one['subject']}\t{one['period']}\t{one['message']}\t{one['article']}" for one in listed if one["state"] != "done"]
        summary = f"截至 {day}：" + "，".join(f"{word} {n} 项" for word, n in counts.items())
        return listed, "\n".join([summary, *lines]), 0


def duties(scope: Scope, day: Any) -> Iterator[dict[str, Any]]:
    """Slots first, then standing, then what is to be done next in the cases open on the day."""
    yield from map(_slot, assess(scope, day).slots())
    yield from (_verdict(one) for one in standing(scope, day))
    yield from map(_step, next_steps(scope, day))


def _slot(slot: Slot) -> dict[str, Any]:
    return {
        "rule": slot.duty.code, "title": slot.duty.title, "article": slot.article, "subject": slot.name, "unit": slot.unit,
        "period": slot.period, "state": slot.state.value, "due": slot.last.isoformat(), "message": slot.message,
        "modality": slot.norm.modality.value if slot.norm else None,
    }


def _verdict(one: Verdict) -> dict[str, Any]:
    stand = one.stand
    return {
        "rule": one.check.code, "title": one.check.title, "article": one.article, "subject": stand.name, "unit": stand.unit,
        "period": stand.first.isoformat(), "state": stand.state.value, "due": stand.due.isoformat() if stand.due else None,
        "message": stand.message, "modality": one.norm.modality.value if one.norm else None,
    }


def _step(one: Next) -> dict[str, Any]:
    """A step of a case; one without a last day is due and has no `due`."""
    case, place = one.file.case, one.place
    norm = place.norm
    until = f"，最迟{full_day(one.due)}" if one.due else ""
    return {
        "rule": f"case.{case.kind}.{place.step.code}", "title": f"{one.file.kind.title}：{place.step.title}",
        "article": norm.source if norm else "", "subject": one.subject.name, "unit": one.subject.pk,
        "period": case.opened_on.isoformat(), "state": (State.OVERDUE if place.late else State.DUE).value,
        "due": one.due.isoformat() if one.due else None, "message": f"{case.title}：下一步“{place.step.title}”，由{place.step.who.word}办{until}",
        "modality": norm.modality.value if norm else None,
    }
