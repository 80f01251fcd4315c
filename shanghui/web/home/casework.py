"""The next steps of cases in the to-do: those that the visitor may do; many of one step together (M05, M42)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import urlencode

from shanghui.access.acts import Act
from shanghui.cases.models import Case
from shanghui.cases.progress import Next
from shanghui.cases.queries import next_steps
from shanghui.web.home import articles
from shanghui.web.home.standings import ALONE
from shanghui.web.home.todo import Item
from shanghui.web.kit.links import address
from shanghui.web.kit.visits import Visit

NAMED = 3


def steps_to_do(visit: Visit) -> list[Next]:
    """What the visitor may do next, those due first: the steps of branches and bodies where he works on the case, the office's and the upper
    level's where he also decides. A fixed number of questions."""
    found = next_steps(visit.scope_today(Act.CASE_WORK), visit.today)
    if not any(one.place.step.who.decides for one in found):
        return found
    decided: set[int] = set()
    if visit.may(Act.CASE_DECIDE):
        asked = {one.file.case.pk for one in found}
        decided = set(Case.objects.within(visit.scope_today(Act.CASE_DECIDE)).filter(pk__in=asked).values_list("pk", flat=True))
    return [one for one in found if not one.place.step.who.decides or one.file.case.pk in decided]


def cases_due(visit: Visit) -> Iterator[Item]:
    """One item a step; where many cases stand at the same step, one for all of them, due with the first."""
    groups: dict[tuple[str, str], list[Next]] = defaultdict(list)
    for one in steps_to_do(visit):
        groups[one.file.kind.code, one.place.step.code].append(one)
    for group in groups.values():
        if len(group) <= ALONE:
            yield from map(_alone, group)
        else:
            yield _together(group)


def _alone(one: Next) -> Item:
    place, case = one.place, one.file.case
    url = address("case", case=case.pk)
    return Item(
        "case", one.due, f"{case.named}：{place.step.title}", place.step.sentence, url, "去办", articles.of_norm(place.norm), place.step.who.word
    )


def _together(group: list[Next]) -> Item:
    first = group[0]
    kind, step = first.file.kind, first.place.step
    names = "、".join(one.subject.name for one in group[:NAMED])
    url = address("cases", f"?{urlencode({'state': 'open', 'kind': kind.code})}")
    return Item(
        "case", first.due, f"{kind.title}：{len(group)} 件等“{step.title}”", f"{names}等", url, "看名单", articles.of_norm(first.place.norm),
        step.who.word, number=len(group),
    )
