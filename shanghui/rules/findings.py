"""Findings follow the facts: opened for what is overdue, fixed when the facts say so, opened again by themselves (M42).

Nothing here is audited: `since`, `fixed_on` and `reopened` tell what the comparison did. What people say of a finding is in
operations.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F, Max, Min, Q

from shanghui.access.models import AuditEntry, Unit, UnitKind
from shanghui.access.queries import audit_within
from shanghui.access.scope import Scope
from shanghui.kernel.periods import months_later
from shanghui.rules import duties
from shanghui.rules.models import Finding, FindingState, Refresh
from shanghui.rules.months import Window
from shanghui.rules.standing import standing
from shanghui.rules.states import State
from shanghui.rules.verdicts import assess

Key = tuple[int, str, date]
MONTHS_BACK = 12
"""What was over longer ago is not opened any more; what stands open from then on stays and is followed."""
TOGETHER = 2000
LONGEST = 300


@dataclass(frozen=True)
class Verdicts:
    """What is to be a finding, with its message; `old` of these are too long ago to be opened; `unsettled`: cannot be told."""

    overdue: dict[Key, str]
    old: set[Key]
    unsettled: set[Key]


@dataclass(frozen=True)
class Changes:
    """How many findings moved."""

    opened: int
    reopened: int
    fixed: int


@transaction.atomic
def refresh(scope: Scope, day: date) -> Changes:
    """Compares the findings within the scope with the verdicts as at the day. The number of questions is constant; rows are
    written 2,000 at a time."""
    here = scope.on(day)
    verdicts = _verdicts(here, day)
    stands = _stands(here, day)
    opened = [key for key in verdicts.overdue if key not in stands and key not in verdicts.old]
    again = [pk for key, (pk, state, _) in stands.items() if state == FindingState.FIXED and key in verdicts.overdue]
    settled = verdicts.overdue.keys() | verdicts.unsettled
    fixed = [pk for key, (pk, state, _) in stands.items() if state != FindingState.FIXED and key not in settled]
    _open(opened, verdicts.overdue, day)
    for some in _together(again):
        Finding.objects.filter(pk__in=some).update(
            state=FindingState.OPEN, since=day, fixed_on=None, reopened=F("reopened") + 1
        )
    for some in _together(fixed):
        Finding.objects.filter(pk__in=some).update(state=FindingState.FIXED, fixed_on=day)
    _say_anew(stands, verdicts.overdue)
    _remember(scope, day)
    return Changes(len(opened), len(again), len(fixed))


def refresh_when_stale(scope: Scope, day: date) -> None:
    """Compares when that was not done today, or something was written since: what became overdue over night shows without
    anybody's doing."""
    if not _is_fresh(scope, day):
        refresh(scope, day)


def follow(units: Iterable[Unit], day: date) -> None:
    """Compares the findings of these organizations and what stands below them, after something about them was written."""
    roots = tuple(sorted({unit.pk for unit in units if unit.kind == UnitKind.ORGANIZATION}))
    if roots:
        refresh(Scope(roots=roots, day=day), day)


def _verdicts(scope: Scope, day: date) -> Verdicts:
    found = Verdicts({}, set(), set())
    earliest = months_later(day, -MONTHS_BACK)
    for slot in assess(scope, day, _window(scope, day)).slots((State.OVERDUE, State.UNKNOWN)):
        key = (slot.unit, slot.duty.code, slot.first)
        if slot.state is State.UNKNOWN:
            found.unsettled.add(key)
            continue
        found.overdue[key] = slot.message[:LONGEST]
        if slot.last < earliest:
            found.old.add(key)
    for verdict in standing(scope, day):
        key = (verdict.stand.unit, verdict.check.code, verdict.stand.first)
        if verdict.stand.state is State.OVERDUE:
            found.overdue[key] = verdict.stand.message[:LONGEST]
        elif verdict.stand.state is State.UNKNOWN:
            found.unsettled.add(key)
    return found


def _window(scope: Scope, day: date) -> Window:
    """Back to the earliest duty that stands open, at least to last year."""
    codes = [one.code for one in duties.registry]
    standing_open = Finding.objects.within(scope).exclude(state=FindingState.FIXED).filter(rule__in=codes)
    first = standing_open.aggregate(first=Min("first"))["first"] or day
    return Window(min(first.year, day.year - 1), day.year)


def _stands(scope: Scope, day: date) -> dict[Key, tuple[int, str, str]]:
    """Every finding that may move: what is not fixed, and what was fixed within reach of the comparison."""
    codes = [one.code for one in duties.registry]
    within_reach = Q(first__year__gte=day.year - 1) | ~Q(rule__in=codes)
    rows = Finding.objects.within(scope).filter(~Q(state=FindingState.FIXED) | within_reach).order_by()
    return {
        (unit, rule, first): (pk, state, message)
        for pk, unit, rule, first, state, message in rows.values_list("pk", "unit_id", "rule", "first", "state", "message")
    }


def _open(keys: Sequence[Key], messages: dict[Key, str], day: date) -> None:
    rows = [Finding(unit_id=unit, rule=rule, first=first, message=messages[unit, rule, first], since=day) for unit, rule, first in keys]
    Finding.objects.bulk_create(rows, batch_size=TOGETHER, ignore_conflicts=True)


def _say_anew(stands: dict[Key, tuple[int, str, str]], messages: dict[Key, str]) -> None:
    """What a rule says of somebody may change while it stands."""
    changed = [Finding(pk=pk, message=messages[key]) for key, (pk, _, said) in stands.items() if messages.get(key, said) != said]
    Finding.objects.bulk_update(changed, ["message"], batch_size=TOGETHER)


def _together(pks: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(pks), TOGETHER):
        yield pks[start : start + TOGETHER]


def _is_fresh(scope: Scope, day: date) -> bool:
    """Whether what lies within the scope was compared today, and nothing was written there since."""
    looked: dict[int | None, int] = dict(Refresh.objects.filter(Q(unit=None) | Q(unit_id__in=scope.roots), on__gte=day).values_list("unit_id", "seen"))
    roots: Sequence[int | None] = [None] if None in looked or scope.everything else scope.roots
    if not all(root in looked for root in roots):
        return False
    since = min((looked[root] for root in roots), default=0)
    return not audit_within(scope).filter(pk__gt=since).exclude(subject_table=Finding._meta.db_table).exists()


def _remember(scope: Scope, day: date) -> None:
    if scope.node is not None:
        return
    seen = AuditEntry.objects.aggregate(last=Max("pk"))["last"] or 0
    roots: Sequence[int | None] = (None,) if scope.everything else scope.roots
    Refresh.objects.filter(Q(unit=None) if scope.everything else Q(unit_id__in=roots)).delete()
    Refresh.objects.bulk_create([Refresh(unit_id=root, on=day, seen=seen) for root in roots], ignore_conflicts=True)
