"""The next steps of cases in the to-do: those that the visitor may do; many of one step together (M05, M42)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import urlencode

from shanghui.access.acts import Act
from shanghui.access.scope import Scope
from shanghui.cases.deadlines import Ahead, steps_ahead
from shanghui.cases.models import Case, CaseQuerySet
from shanghui.cases.progress import Next
from shanghui.cases.queries import next_steps
from shanghui.web.home import articles
from shanghui.web.home.standings import ALONE
from shanghui.web.home.todo import Item
from shanghui.web.kit.links import address
from shanghui.web.kit.visits import Visit

NAMED = 3


def steps_to_do(visit: Visit, at_most: int) -> list[Next]:
    """What the visitor may do next that has a last day, those due first, of developments so many: the steps of branches and bodies where he
    works on the case, the office's and the upper level's where he also decides. A fixed number of questions."""
    scope = visit.scope_today(Act.CASE_WORK)
    chosen = [one.case for one in _ahead(visit, scope) if one.due is not None][:at_most]
    return [one for one in _allowed(visit, next_steps(scope, visit.today, people=chosen)) if one.due is not None]


def cases_due(visit: Visit) -> Iterator[Item]:
    """One item a step; where many cases stand at the same step, one for all of them, due with the first."""
    scope = visit.scope_today(Act.CASE_WORK)
    people: dict[tuple[str, str], list[int]] = defaultdict(list)
    for ahead in _ahead(visit, scope):
        people[ahead.kind.code, ahead.step.code].append(ahead.case)
    chosen = {pk for pks in people.values() for pk in (pks if len(pks) <= ALONE else pks[:NAMED])}
    groups: dict[tuple[str, str], list[Next]] = defaultdict(list)
    for one in _allowed(visit, next_steps(scope, visit.today, people=chosen)):
        groups[one.file.kind.code, one.place.step.code].append(one)
    for key, group in groups.items():
        number = len(people[key]) if key in people else len(group)
        if number <= ALONE:
            yield from map(_alone, group)
        else:
            yield _together(group, number)


def _ahead(visit: Visit, scope: Scope) -> list[Ahead]:
    """The steps ahead of developments that the visitor may do: the files of those alone that are named are read."""
    found = steps_ahead(scope, visit.today)
    decided = _decided(visit) if any(one.step.who.decides for one in found) else None
    may = set() if decided is None else set(decided.filter(person__isnull=False).values_list("pk", flat=True))
    return [one for one in found if not one.step.who.decides or one.case in may]


def _allowed(visit: Visit, found: list[Next]) -> list[Next]:
    if not any(one.place.step.who.decides for one in found):
        return found
    may = set(_decided(visit).filter(pk__in={one.file.case.pk for one in found}).values_list("pk", flat=True))
    return [one for one in found if not one.place.step.who.decides or one.file.case.pk in may]


def _decided(visit: Visit) -> CaseQuerySet:
    """The cases in which the visitor decides what the office and the upper level do."""
    return Case.objects.within(visit.scope_today(Act.CASE_DECIDE)) if visit.may(Act.CASE_DECIDE) else Case.objects.none()


def _alone(one: Next) -> Item:
    place, case = one.place, one.file.case
    url = address("case", case=case.pk)
    return Item(
        "case", one.due, f"{case.named}：{place.step.title}", place.step.sentence, url, "去办", articles.of_norm(place.norm), place.step.who.word
    )


def _together(group: list[Next], number: int) -> Item:
    first = group[0]
    kind, step = first.file.kind, first.place.step
    names = "、".join(one.subject.name for one in group[:NAMED])
    url = address("cases", f"?{urlencode({'state': 'open', 'kind': kind.code})}")
    return Item(
        "case", first.due, f"{kind.title}：{number} 件等“{step.title}”", f"{names}等", url, "看名单", articles.of_norm(first.place.norm),
        step.who.word, number=number,
    )
