"""People one looks after as 培养联系人: the next examination in one's own to-do, unless the step of the case stands there already (M15, M42)."""

from __future__ import annotations

from collections.abc import Iterator

from shanghui.access.acts import Act
from shanghui.cases.models import Case
from shanghui.rules.registry import norm_on
from shanghui.web.developments.own import Ward, has_wards, wards_of
from shanghui.web.home import articles
from shanghui.web.home.todo import Item
from shanghui.web.kit.links import address
from shanghui.web.kit.visits import Visit

EXAMINED = "DEV-06"


def wards_to_examine(visit: Visit) -> list[Ward]:
    """Those whose next examination the visitor sees to as contact alone. One question where there are none, eleven otherwise."""
    if not has_wards(visit):
        return []
    own = [one for one in wards_of(visit) if one.examination is not None]
    if not own or not visit.may(Act.CASE_WORK):
        return own
    rows = Case.objects.within(visit.scope_today(Act.CASE_WORK)).filter(pk__in=[one.file.case.pk for one in own])
    worked_on = set(rows.values_list("pk", flat=True))
    return [one for one in own if one.file.case.pk not in worked_on or not one.is_examination]


def wards_due(visit: Visit) -> Iterator[Item]:
    """One item a ward."""
    article = articles.of_norm(norm_on(EXAMINED, visit.today))
    for one in wards_to_examine(visit):
        yield Item(
            "member", one.examination, f"{one.file.person.name}：培养考察", "您是培养联系人：考察了就登记哪天、由谁，不写内容",
            address("ward", ward=one.file.case.pk), "登记考察", article,
        )
