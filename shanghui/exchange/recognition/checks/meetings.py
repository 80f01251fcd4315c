"""Who should have come, who came, and whether that is enough (支部工作条例 第11条，选举条例，发展党员细则 第19条)."""

from __future__ import annotations

from shanghui.exchange.recognition.bodies import Body


def check_meetings(body: Body) -> None:
    """More present than expected is refused; a meeting without its quorum is asked about."""
    if body.table.kind != "meeting":
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
        _check_quorum(body, i, expected, present)
        votes = sum(fields.get(name) or 0 for name in ("votes_for", "votes_against"))
        if votes > present:
            body.tell(i, "votes_for", "value_conflict", "warning", f"票数{votes}张，比实到{present}人还多。请核对")


def _check_quorum(body: Body, i: int, expected: int, present: int) -> None:
    fields = body.records[i].fields
    words = f"{fields.get('kind', '')}{fields.get('topic', '')}{fields.get('name', '')}"
    if "选举" in words or "换届" in words or "补选" in words:
        enough, rule = present * 5 >= expected * 4, "选举须有五分之四以上到会"
    elif any(word in words for word in ("接收", "转正", "吸收")):
        enough, rule = present * 2 > expected, "接收党员和转正须有超过半数到会"
    elif any(word in words for word in ("党员大会", "支委会", "委员会", "党员会议", "组织生活会", "民主评议")):
        enough, rule = present * 2 >= expected, "会议须有半数以上到会"
    else:
        return
    if not enough:
        body.tell(i, "present", "quorum", "warning", f"应到{expected}人，实到{present}人，人数不够（{rule}）。请核对")
