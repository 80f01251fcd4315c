"""Two days side by side: what changed in the two coverages between them, chamber by chamber and by name (M04)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shanghui.access.models import Unit
from shanghui.access.naming import name_on
from shanghui.access.scope import Scope
from shanghui.indicators.populations import CHAMBERS
from shanghui.indicators.queries import population_rows
from shanghui.ledger.organizations.models import Chamber, Form
from shanghui.ledger.organizations.queries import live_coverages
from shanghui.ledger.people.models import GuideAssignment

_FORMS = tuple(f"by_{form.value}" for form in Form)


class Kind(StrEnum):
    """What can have happened to a chamber; in the order in which the page tells it."""

    COVERED = "新覆盖"
    LOST = "不再覆盖"
    OPENED = "新成立或恢复运行"
    CLOSED = "注销或停止运行"
    MOVED_IN = "划入"
    MOVED_OUT = "划出"
    FORM = "组建方式变化"
    GUIDED = "新派指导员"
    UNGUIDED = "指导员不再联系"


@dataclass(frozen=True)
class State:
    """A chamber in operation on a day."""

    covered: bool
    guided: bool
    forms: frozenset[str]

    @property
    def words(self) -> str:
        """«单独组建、挂靠», «指导员联系», «空白»."""
        named = "、".join(Form(form).label for form in Form if form in self.forms)
        return named or ("指导员联系" if self.guided else "空白")


@dataclass(frozen=True)
class Change:
    """One chamber's change. `organization_effect` and `work_effect`: what it adds to the two numerators, `total_effect`
    what it adds to the denominator."""

    kind: Kind
    chamber_id: int
    name: str
    text: str
    organization_effect: int = 0
    work_effect: int = 0
    total_effect: int = 0


def states_on(scope: Scope, day: date) -> dict[int, State]:
    """Every chamber of the scope in operation on the day. One query."""
    found = population_rows(CHAMBERS, scope, day).order_by().values_list("pk", "covered", "guided", *_FORMS)
    return {
        pk: State(covered, guided, frozenset(form.value for form, by in zip(Form, forms, strict=True) if by))
        for pk, covered, guided, *forms in found
    }


def changes(scope: Scope, then: date, now: date) -> list[Change]:
    """What changed from `then` to `now`, by kind and name. The effects of all changes add up to the differences of the
    counts of both days. At most seven queries, however many chambers there are."""
    before, after = states_on(scope, then), states_on(scope, now)
    came, went = set(after) - set(before), set(before) - set(after)
    elsewhere_then = _in_operation(came, then)
    elsewhere_now = _in_operation(went, now)
    found: list[Change] = []
    stayed = {pk for pk in set(before) & set(after) if before[pk] != after[pk]}
    told = _told(came | went | stayed, now)
    for pk in came:
        found.append(_came(pk, after[pk], Kind.MOVED_IN if pk in elsewhere_then else Kind.OPENED, told))
    for pk in went:
        found.append(_went(pk, before[pk], Kind.MOVED_OUT if pk in elsewhere_now else Kind.CLOSED, told))
    for pk in stayed:
        found += _stayed(pk, before[pk], after[pk], told)
    order = list(Kind)
    return sorted(found, key=lambda change: (order.index(change.kind), change.name, change.chamber_id))


def _in_operation(pks: set[int], day: date) -> set[int]:
    if not pks:
        return set()
    return set(Chamber.objects.in_operation(day).filter(pk__in=pks).values_list("pk", flat=True))


@dataclass(frozen=True)
class _Told:
    """Names to tell changes with: of chambers, of what covers them and of who looks after them now."""

    names: Mapping[int, str]
    organizations: Mapping[int, str]
    guides: Mapping[int, str]


def _told(pks: set[int], now: date) -> _Told:
    units = Unit.objects.filter(pk__in=pks).values_list("pk", name_on(now, "pk", "name"))
    covering = live_coverages(now).filter(chamber_id__in=pks).order_by("pk")
    guides = GuideAssignment.objects.on(now).filter(chamber_id__in=pks).order_by("pk")
    return _Told(
        dict(units), _joined(covering.values_list("chamber_id", name_on(now, "organization_id", "organization__unit__name"))),
        _joined(guides.values_list("chamber_id", "person__name")),
    )


def _joined(pairs: Iterable[tuple[int, str]]) -> dict[int, str]:
    found: dict[int, str] = {}
    for pk, name in pairs:
        found[pk] = f"{found[pk]}、{name}" if pk in found else name
    return found


def _came(pk: int, state: State, kind: Kind, told: _Told) -> Change:
    return Change(kind, pk, told.names[pk], state.words, int(state.covered), int(state.covered or state.guided), 1)


def _went(pk: int, state: State, kind: Kind, told: _Told) -> Change:
    return Change(kind, pk, told.names[pk], f"原为{state.words}", -int(state.covered), -int(state.covered or state.guided), -1)


def _stayed(pk: int, old: State, new: State, told: _Told) -> list[Change]:
    work = int(new.covered or new.guided) - int(old.covered or old.guided)
    name, moved = told.names[pk], f"{old.words} → {new.words}"
    if new.covered and not old.covered:
        return [Change(Kind.COVERED, pk, name, f"{moved}（{told.organizations.get(pk, '')}）", 1, work)]
    if old.covered and not new.covered:
        return [Change(Kind.LOST, pk, name, moved, -1, work)]
    found: list[Change] = []
    if old.forms != new.forms:
        found.append(Change(Kind.FORM, pk, name, moved))
    if new.guided and not old.guided:
        found.append(Change(Kind.GUIDED, pk, name, told.guides.get(pk, ""), 0, work))
    if old.guided and not new.guided:
        found.append(Change(Kind.UNGUIDED, pk, name, f"现为{new.words}", 0, work))
    return found
