"""Who should have come, who came, and whether that is enough (支部工作条例 第11条，选举条例，发展党员细则 第19条)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from shanghui.exchange.recognition.bodies import Body

_KINDS = ("meeting", "term", "development")


def check_meetings(body: Body) -> None:
    """More present than expected is refused; a meeting without its quorum is asked about."""
    if body.table.kind == "activity":
        _check_activities(body)
    if body.table.kind not in _KINDS or not {"expected", "present"} <= body.column_of.keys():
        return
    for i, record in enumerate(body.records):
        fields = record.fields
        expected, present = fields.get("expected"), fields.get("present")
        if expected is None or present is None:
            continue
        if present > expected:
            body.tell(i, "present", "value_conflict", "error", f"实到{present}人，比应到{expected}人还多。请核对")
            body.refuse(i, "present")
            continue
        away = [fields[name] for name in ("excused", "absent") if name in fields]
        if away and present + sum(away) != expected:
            body.tell(
                i,
                "present",
                "value_conflict",
                "warning",
                f"实到{present}人加请假、缺席{sum(away)}人，不等于应到{expected}人。请核对",
            )
        rule = _rule_of(body, i)
        if rule is not None and not rule.enough(expected, present):
            text = f"应到{expected}人，实到{present}人，人数不够（{rule.says}）。请核对"
            body.tell(i, "present", "quorum", "warning", text)
        _check_votes(body, i, expected, present, rule)


def _check_activities(body: Body) -> None:
    for i, record in enumerate(body.records):
        expected, came = record.fields.get("expected"), record.fields.get("attendance")
        if expected is not None and came is not None and came > expected:
            body.tell(i, "attendance", "value_conflict", "warning", f"实到{came}人，比应到{expected}人还多。请核对")


@dataclass(frozen=True)
class _Rule:
    says: str
    enough: Callable[[int, int], bool]
    votes_of_expected: bool = False


_ELECTION = _Rule("选举须有五分之四以上到会", lambda expected, present: present * 5 >= expected * 4)
_ADMISSION = _Rule("接收党员和转正须有超过半数到会", lambda expected, present: present * 2 > expected, True)
_ORDINARY = _Rule("会议须有半数以上到会", lambda expected, present: present * 2 >= expected)
_WORDS = (
    (_ELECTION, ("选举", "换届", "补选")),
    (_ADMISSION, ("接收", "转正", "吸收")),
    (_ORDINARY, ("党员大会", "支委会", "委员会", "党员会议", "组织生活会", "民主评议")),
)


def _rule_of(body: Body, i: int) -> _Rule | None:
    """The rule that the kind of table, or the words of the row, name."""
    if body.table.kind != "meeting":
        return _ELECTION if body.table.kind == "term" else _ADMISSION
    held = " ".join(value for value in body.grid.rows[body.places[i]] if isinstance(value, str))
    return next((rule for rule, words in _WORDS if any(word in held for word in words)), None)


def _check_votes(body: Body, i: int, expected: int, present: int, rule: _Rule | None) -> None:
    fields = body.records[i].fields
    favour = fields.get("votes_for")
    votes = (favour or 0) + (fields.get("votes_against") or 0)
    if votes > present:
        body.tell(i, "votes_for", "value_conflict", "warning", f"票数{votes}张，比实到{present}人还多。请核对")
    elif favour is not None and rule is not None and rule.votes_of_expected and favour * 2 <= expected:
        text = f"赞成{favour}票，没有超过应到{expected}人的半数，不能通过。请核对"
        body.tell(i, "votes_for", "quorum", "warning", text)
