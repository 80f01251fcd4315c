"""Rows about activities and meetings: one activity each, with its hosts, and where it counts."""

from __future__ import annotations

from collections.abc import Mapping

from shanghui.exchange.drafting.calendar import TITLE
from shanghui.exchange.drafting.rows import Row, moment
from shanghui.exchange.planning import Desk, phase
from shanghui.exchange.recognition import Record
from shanghui.ledger.activities.models import ActivityType

_TYPES = {kind.label: kind for kind in ActivityType} | {
    "培训": ActivityType.TRAINING, "三会一课": ActivityType.GENERAL_MEETING, "党员大会": ActivityType.GENERAL_MEETING,
    "支部委员会": ActivityType.COMMITTEE_MEETING, "组织生活会": ActivityType.LIFE_MEETING, "主题党日活动": ActivityType.THEME_DAY,
    "拉练": ActivityType.FIELD_MARCH, "大讲堂": ActivityType.LECTURE_HALL, "民主评议": ActivityType.REVIEW,
    "民主评议党员": ActivityType.REVIEW, "党员学习教育": ActivityType.THEME_EDUCATION,
}


def activity_type(written: str) -> ActivityType:
    """The type these words name, by the longest known wording in them; 其他 where none is."""
    known = [word for word in _TYPES if word in written]
    return _TYPES[max(known, key=len)] if known else ActivityType.OTHER


@phase("activity", 80)
@phase("meeting", 81)
def activity(desk: Desk, record: Record) -> None:
    """One activity with its hosts; the same one again changes at most its number of people, and adds a record where none stood."""
    fields, draft = record.fields, desk.draft
    title = str(fields.get("name") or fields.get("topic") or fields.get("kind") or "")
    when = str(fields.get("date") or "")
    if not title or not when:
        raise draft.refuse("date" if not when else "name", "missing", "活动时间或名称没有填。请补上。")
    since = moment(when, draft.day)
    if len(when) < 10:
        draft.warn("date", "date_invalid", f"活动时间只写到“{when}”，按{since.day}登记。请在页面上改成准确日期。", value=when)
    kind = activity_type(str(fields.get("kind") or ""))
    title = kind.label if kind == ActivityType.TALK else title
    units = _hosts(desk, record)
    row = desk.calendar.same(kind.value, since.day, title, units)
    present = fields.get("attendance", fields.get("present"))
    expected = fields.get("expected")
    values = {
        "place": str(fields.get("place") or "")[:80], "present": present if isinstance(present, int) else None,
        "expected": expected if isinstance(expected, int) else None,
    }
    minutes = "" if kind == ActivityType.TALK else _minutes(record)
    if row is None:
        told = {"type": kind.value, "held_on": since.day, "title": title[:TITLE], "minutes": minutes}
        row = desk.calendar.add(told | values, units)
    else:
        _keep_roster(desk, record, row, values)
        draft.revise(row, **values | ({} if row.values["minutes"] else {"minutes": minutes}))
    desk.calendar.count(row)
    now = draft.now
    now.subject, now.title, now.unit, now.organization = row, title, units[0], desk.directory.name_of(units[0])


def _keep_roster(desk: Desk, record: Record, row: Row, values: Mapping[str, object]) -> None:
    """Numbers that contradict a roster kept name by name are refused: they follow from it."""
    if not desk.calendar.counted_by_name(row):
        return
    columns = (("expected", "expected", "应到"), ("present", "attendance" if "attendance" in record.fields else "present", "实到"))
    for name, column, word in columns:
        written, stands = values[name], row.values[name]
        if written is not None and written != stands:
            raise desk.draft.refuse(
                column, "value_conflict",
                f"表里写{word}{written}人，台账里这次活动有逐人的到会名册，{word}{stands}人，以名册为准。"
                "表里写错的，改成一样的或者空着；名册不对的，在活动页面的“修改”里改到会情况。", value=str(written),
            )


def _minutes(record: Record) -> str:
    """What a register of meetings keeps of one: what was dealt with, and what was decided. A list of events keeps no record.

    Of a talk nothing of what was said is taken over (domain.md §1).
    """
    said = [record.fields.get(name) for name in ("topic", "content", "decision")] if record.kind == "meeting" else []
    return "\n".join(str(one) for one in said if one)


def _hosts(desk: Desk, record: Record) -> list[int]:
    """Units by name. In a register of meetings the column «host» names who chaired, and the branch held it."""
    held_by = record.fields.get("branch") if record.kind == "meeting" else None
    names = held_by or record.fields.get("host") or record.fields.get("branch") or []
    found = []
    for name in names if isinstance(names, list) else str(names).replace("，", "、").split("、"):
        if str(name).strip():
            unit = desk.directory.host(str(name).strip())
            found.append(unit if unit is not None else _unknown_host(desk, str(name).strip()))
    return list(dict.fromkeys(found)) or [desk.draft.under.pk]


def _unknown_host(desk: Desk, name: str) -> int:
    if name.endswith(("支部", "党总支")):
        return desk.directory.ensure_organization(name, "host")
    if name.endswith("商会"):
        return desk.directory.ensure_chamber(name, "host")
    desk.draft.warn("host", "value_unknown", f"台账里没有主办单位“{name}”，记在“{desk.draft.under.name}”名下。请核对。", value=name)
    return desk.draft.under.pk
