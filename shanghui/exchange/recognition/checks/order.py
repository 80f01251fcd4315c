"""Dates that must follow one another, and the shortest and longest time between them."""

from __future__ import annotations

from dataclasses import dataclass

from shanghui.exchange.recognition.bodies import Body
from shanghui.exchange.recognition.vocabulary import title_of
from shanghui.kernel.partial_dates import plus_months, surely_before

SEQUENCES: dict[str, tuple[tuple[str, ...], ...]] = {
    "member": (("applied_on", "activist_on", "joined_on", "confirmed_on"),),
    "activist": (("applied_on", "talk_on"), ("applied_on", "activist_on")),
    "applicant": (("applied_on", "talk_on"),),
    "candidate": (("applied_on", "activist_on", "candidate_on"),),
    "development": (
        ("applied_on", "activist_on", "candidate_on", "joined_on", "approved_on", "confirmed_on"),
        ("applied_on", "talk_on"),
        ("training_from", "training_to"),
        ("training_to", "joined_on"),
        ("approved_on", "oath_on"),
        ("prereview_on", "joined_on"),
        ("confirmed_on", "confirm_approved_on"),
    ),
    "party_organization": (("approved_on", "term_ends"), ("term_starts", "term_ends")),
    "term": (("term_starts", "term_ends"),),
    "chamber": (
        ("founded_on", "party_founded_on"),
        ("founded_on", "term_ends"),
        ("issued_on", "valid_to"),
        ("term_starts", "term_ends"),
    ),
    "transfer": (("date", "received_on"),),
    "dues": (("month_from", "month_to"),),
    "guide_assignment": (("from", "to"),),
    "appointment": (("from", "to"),),
}
"""For each kind, fields whose dates never go backwards."""


REVISED = "2026-05-11"
"""From this day the revised rules on developing members are in force."""


@dataclass(frozen=True)
class Span:
    """Time from one date to another in months; `says` tells the rule; `since`: the day from which there is such a limit."""

    first: str
    second: str
    months: int
    severity: str
    says: str
    since: str = ""


SHORTEST: dict[str, tuple[Span, ...]] = {
    "activist": (Span("applied_on", "activist_on", 6, "info", "递交申请书后不足半年就列为积极分子"),),
    "candidate": (
        Span("applied_on", "activist_on", 6, "info", "递交申请书后不足半年就列为积极分子"),
        Span(
            "activist_on",
            "candidate_on",
            12,
            "warning",
            "列为积极分子不满一年就列为发展对象（细则第13条要求一年以上培养教育）",
        ),
    ),
    "development": (
        Span("applied_on", "activist_on", 6, "info", "递交申请书后不足半年就列为积极分子"),
        Span(
            "activist_on",
            "candidate_on",
            12,
            "warning",
            "列为积极分子不满一年就列为发展对象（细则第13条要求一年以上培养教育）",
        ),
        Span("joined_on", "confirmed_on", 12, "warning", "预备期不满一年就转正（细则第31条：预备期为一年）"),
    ),
    "member": (Span("joined_on", "confirmed_on", 12, "warning", "预备期不满一年就转正（细则第31条：预备期为一年）"),),
}
LONGEST: dict[str, tuple[Span, ...]] = {
    "development": (
        Span("applied_on", "talk_on", 1, "warning", "收到申请书后超过一个月才谈话（细则第7条：一个月内）"),
        Span("prereview_on", "joined_on", 1, "warning", "预审合格后超过一个月才开支部大会（细则第19条：一个月内）", REVISED),
        Span("joined_on", "approved_on", 3, "warning", "支部大会后超过三个月才审批（细则第24条：三个月内）"),
        Span("approved_on", "oath_on", 1, "info", "审批后超过一个月才宣誓（细则第29条：一般一个月内）", REVISED),
        Span(
            "joined_on", "confirmed_on", 24, "warning", "超过预备期和最长的延长期才转正（细则第31条：延长不超过一年）"
        ),
        Span(
            "confirmed_on",
            "confirm_approved_on",
            3,
            "warning",
            "支部大会后超过三个月才审批转正（细则第33条：三个月内）",
        ),
    ),
    "applicant": (Span("applied_on", "talk_on", 1, "warning", "收到申请书后超过一个月才谈话（细则第7条：一个月内）"),),
    "activist": (Span("applied_on", "talk_on", 1, "warning", "收到申请书后超过一个月才谈话（细则第7条：一个月内）"),),
    "term": (Span("term_ends", "elected_on", 12, "warning", "届满后超过一年才换届（延期一般不超过一年）"),),
}
_NO_PROBATION_BEFORE = "1985"


def check_order(body: Body) -> None:
    """Sequences, then the shortest and the longest spans."""
    kind = body.table.kind
    present = set(body.column_of) | {name for record in body.records[:50] for name in record.fields}
    for sequence in SEQUENCES.get(kind, ()):
        names = [name for name in sequence if name in present]
        if len(names) > 1:
            _check_sequence(body, names)
    for span in SHORTEST.get(kind, ()):
        if span.first in present and span.second in present:
            _check_shortest(body, span)
    for span in LONGEST.get(kind, ()):
        if span.first in present and span.second in present:
            _check_longest(body, span)


def _check_sequence(body: Body, names: list[str]) -> None:
    for i, record in enumerate(body.records):
        before = ""
        before_name = ""
        for name in names:
            day = record.fields.get(name)
            if day is None:
                continue
            if before and day < before and surely_before(day, before):
                earlier = body.heading(body.column_of.get(before_name)).replace("\n", "") or title_of(
                    body.table.kind, before_name
                )
                body.tell(i, name, "date_order", "error", f"{day}早于“{earlier}”的{before}，先后颠倒。请核对这两格")
                continue
            before, before_name = day, name


def _check_shortest(body: Body, span: Span) -> None:
    years = span.months // 12
    for i, record in enumerate(body.records):
        first, second = record.fields.get(span.first), record.fields.get(span.second)
        if first is None or second is None or first > second or first < _NO_PROBATION_BEFORE:
            continue
        if years and second[4:] >= first[4:] and second[:4] > first[:4]:
            continue
        if record.fields.get("category") == "预备党员" or int(second[:4]) - int(first[:4]) > span.months // 12 + 1:
            continue
        if len(first) > 4 and surely_before(second, plus_months(first, span.months)):
            body.tell(i, span.second, "interval_too_short", span.severity, f"{first}到{second}，{span.says}。请核对")


def _check_longest(body: Body, span: Span) -> None:
    for i, record in enumerate(body.records):
        first, second = record.fields.get(span.first), record.fields.get(span.second)
        if first is None or second is None or len(first) < 5 or first > second or second < span.since:
            continue
        if surely_before(plus_months(first, span.months), second):
            body.tell(i, span.second, "deadline_exceeded", span.severity, f"{first}到{second}，{span.says}。请核对")
