"""The days of a development ledger: which step each column dates, what lies before it, and which days cannot be (regulations §3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from shanghui.cases.development_checks import is_public
from shanghui.cases.explaining import is_liftable
from shanghui.cases.registry import Kind, kinds
from shanghui.exchange.drafting.draft import Draft
from shanghui.exchange.drafting.rows import Row
from shanghui.kernel.partial_dates import first_day
from shanghui.kernel.periods import full_day, months_later
from shanghui.rules.registry import norm_on

STEPS = (
    ("apply", "applied_on"), ("talk", "talk_on"), ("activist", "activist_on"), ("candidate", "candidate_on"), ("training", "training_to"),
    ("prereview", "prereview_on"), ("meeting", "joined_on"), ("approve", "approved_on"), ("oath", "oath_on"),
    ("confirmation_meeting", "confirmed_on"), ("confirm", "confirm_approved_on"),
)
"""(step of the development, column of the ledger), in their order."""
SPANS = (
    ("DEV-09", "months", "activist_on", "candidate_on", "确定为入党积极分子不满{many}个月就列为发展对象"),
    ("DEV-23", "months", "joined_on", "confirmed_on", "预备期不满{many}个月就转正"),
)
"""(norm, its number, from, to, what is wrong): the shortest spans, by the version in force on the later day."""
GAP = "从发展党员台账导入，表里没有这一步的日期。"
ONLY_EXTENDED = frozenset({"extension_report", "extension_approval"})
"""Steps that only a probation that was extended has; no ledger says so."""
BY_2014, BY_2026 = frozenset({"candidate_filing"}), frozenset({"candidate_consent", "publicity"})


def exact(written: object) -> date | None:
    """A date known to the day; a month or a year alone dates no step."""
    text = str(written or "")
    return date.fromisoformat(text) if len(text) == len("2022-06-30") else None


def asked_on(step: str) -> tuple[str, str]:
    """The title of a step and the column that dates it, "" for none."""
    return next(one.title for one in _kind().steps if one.code == step), dict(STEPS).get(step, "")


@lru_cache(maxsize=256)
def before(step: str, decided: date | None = None) -> tuple[str, ...]:
    """The steps that lie before one, by the version in force when the candidate was decided; all where no day is given."""
    after = {one.code: one.after for one in _kind().steps}
    left = frozenset() if decided is None else BY_2014 if is_public(decided) else BY_2026
    found: list[str] = []
    queue = list(after[step])
    while queue:
        one = queue.pop()
        if one not in found:
            found.append(one)
            queue += after[one]
    return tuple(one.code for one in _kind().steps if one.code in found and one.code not in left | ONLY_EXTENDED)


def judge(draft: Draft, person: Row, fields: Mapping[str, Any]) -> None:
    """Raises Refusal for what cannot be: under age on the day of application, a span that is too short under a version that was read;
    too short under the version from memory, it is a warning."""
    _judge_age(draft, str(person.values.get("birth") or ""), exact(fields.get("applied_on")))
    for code, name, first, second, words in SPANS:
        start, end = exact(fields.get(first)), exact(fields.get(second))
        norm = norm_on(code, end) if end is not None else None
        if start is None or end is None or norm is None or end >= months_later(start, norm.limits[name]):
            continue
        least = months_later(start, norm.limits[name])
        said = f"{words.format(many=norm.limits[name])}，最早{full_day(least)}（{norm.source}）。请核对这两个日期。"
        if not is_liftable(norm):
            raise draft.refuse(second, "interval_too_short", said)


def _judge_age(draft: Draft, birth: str, applied: date | None) -> None:
    norm = norm_on("DEV-01", applied) if applied is not None else None
    if norm is None or not birth or applied is None:
        return
    if months_later(first_day(birth), 12 * norm.limits["years"]) > applied:
        raise draft.refuse(
            "applied_on", "too_young", f"{full_day(applied)}递交入党申请书时不满{norm.limits['years']}岁（{norm.source}）。请核对出生日期和申请时间。"
        )


def _kind() -> Kind:
    found = kinds.get("development")
    assert found is not None
    return found
