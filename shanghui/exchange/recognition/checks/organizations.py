"""A party organization's own figures: full and probationary make the total; form against what it covers; its term."""

from __future__ import annotations

from collections import Counter

from shanghui.exchange.recognition.bodies import Body
from shanghui.kernel.partial_dates import plus_months, surely_before

_TERM_YEARS = (("支部", 3), ("总支", 3), ("党委", 5))


def check_organizations(body: Body) -> None:
    """Members, form and committee of each organization."""
    if body.table.kind != "party_organization":
        return
    rows_of = Counter(record.fields.get("name") for record in body.records)
    for i, record in enumerate(body.records):
        fields = record.fields
        total, full, probationary = (fields.get(f"members_{n}") for n in ("total", "full", "probationary"))
        if total is not None and full is not None and probationary is not None and total != full + probationary:
            body.tell(
                i,
                "members_total",
                "total_mismatch",
                "warning",
                f"合计{total}人，正式{full}人加预备{probationary}人是{full + probationary}人。请核对",
            )
        covers, form = fields.get("covers") or [], fields.get("form")
        if form == "单独组建" and len(covers) > 1:
            body.tell(
                i, "form", "value_conflict", "warning", f"组建方式是“单独组建”，却覆盖{len(covers)}家商会。请核对"
            )
        elif form == "联合组建" and len(covers) == 1 and rows_of[fields.get("name")] == 1:
            body.tell(i, "covers", "too_few", "warning", "组建方式是“联合组建”，只写了一家商会。请补全")
        committee = fields.get("committee_members")
        if committee is not None and full is not None and full >= 7 and 0 < committee < 3:
            body.tell(
                i,
                "committee_members",
                "too_few",
                "warning",
                f"正式党员{full}人，支部委员会应有3至5人，这里是{committee}人。请核对",
            )


def check_certificates(body: Body) -> None:
    """A registration certificate that had run out on the table's day."""
    as_at = body.table.as_at
    if body.table.kind != "chamber" or "valid_to" not in body.column_of or as_at is None:
        return
    for i, record in enumerate(body.records):
        day = record.fields.get("valid_to")
        if day and surely_before(day, as_at.isoformat()):
            body.tell(
                i,
                "valid_to",
                "deadline_exceeded",
                "warning",
                f"登记证书{day}到期，至{as_at.isoformat()}已过期。请核对，或提醒换证",
            )


def check_terms(body: Body) -> None:
    """Terms that ended with no election, and terms longer or shorter than the years stated."""
    as_at = body.table.as_at
    for i, record in enumerate(body.records):
        fields = record.fields
        ends, starts, years = fields.get("term_ends"), fields.get("term_starts"), fields.get("years")
        if ends is None:
            continue
        if (
            body.table.kind in ("term", "party_organization", "chamber")
            and as_at
            and "status" not in fields
            and "elected_on" not in fields
            and surely_before(ends, as_at.isoformat())
        ):
            body.tell(
                i,
                "term_ends",
                "deadline_exceeded",
                "warning",
                f"{ends}已届满，至{as_at.isoformat()}还没有换届的记录。请核对，或尽快报请换届",
            )
        if starts and years and len(starts) > 4 and len(ends) > 4:
            due = plus_months(starts, years * 12)
            if abs(_months(due) - _months(ends)) > 1:
                body.tell(
                    i,
                    "term_ends",
                    "value_conflict",
                    "warning",
                    f"自{starts}起任期{years}年，应到{due}届满，这里是{ends}。请核对",
                )


def _months(day: str) -> int:
    return int(day[:4]) * 12 + int(day[5:7])
