"""指导员聘期将满 (SOC-12)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q

from shanghui.kernel.periods import full_day
from shanghui.ledger.people.models import GuideAssignment
from shanghui.rules.picture import Picture
from shanghui.rules.registry import limit
from shanghui.rules.standing import Stand, check
from shanghui.rules.states import State


@check(
    "work.guide_term", "指导员聘期将满", norm="SOC-12-DAYS", concerns="没有党组织覆盖、由指导员或者联络员联系的商会",
    settled_by="续聘、移交给别人或者另派；建了党组织的登记覆盖",
)
def guide_term(picture: Picture) -> Iterator[Stand]:
    """没有党组织的商会，指导员、联络员的聘期满前30天提示续聘或者移交，免得工作覆盖中断。已经接上的不提示。"""
    terms = _terms(picture)
    for chamber in picture.bare:
        ends = _ends(terms.get(chamber.unit, []), picture.day)
        if ends is not None and ends <= picture.day + timedelta(days=limit("SOC-12-DAYS", "days")):
            message = f"指导员、联络员的聘期到{full_day(ends)}满，满后没有人联系。请续聘、移交或者另派。"
            yield Stand(chamber.unit, chamber.name, State.DUE, ends, message, ends)


Term = tuple[date, date | None]
"""The first day of an assignment and the last of its term."""


def _terms(picture: Picture) -> dict[int, list[Term]]:
    """The assignments of the chambers within the picture that hold on the day, or begin later. One question."""
    rows = GuideAssignment.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=picture.day), chamber_id__in=picture.chambers.order_by().values("pk")
    )
    found: dict[int, list[Term]] = defaultdict(list)
    for chamber, since, due in rows.order_by("valid_from", "pk").values_list("chamber_id", "valid_from", "due_by"):
        found[chamber].append((since, due))
    return found


def _ends(terms: list[Term], day: date) -> date | None:
    """The last day up to which one term follows another without a hole; None when nobody is there or no end was agreed."""
    last = day - timedelta(days=1)
    for since, due in terms:
        if since > last + timedelta(days=1):
            break
        if due is None:
            return None
        last = max(last, due)
    return last if last >= day else None
