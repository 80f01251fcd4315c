"""换届延期的限度 (COM-10)."""

from __future__ import annotations

from collections.abc import Iterator

from shanghui.kernel.periods import full_day, months_later
from shanghui.rules.models import Excuse
from shanghui.rules.picture import Picture
from shanghui.rules.registry import limit
from shanghui.rules.standing import Stand, check
from shanghui.rules.states import State


@check(
    "term.extended_too_long", "换届延期超过1年", norm="COM-10", concerns="经上级同意延期换届的党支部、党总支、党委",
    settled_by="按期换届并登记新一届任期；延到的日期登记错了的，更正",
)
def extended_too_long(picture: Picture) -> Iterator[Stand]:
    """延期换届虽经上级批准，一般也不超过1年。"""
    years = limit("COM-10", "years")
    electing = {body.unit: body for body in picture.bodies if body.elects}
    given = Excuse.objects.filter(
        unit_id__in=picture.rows.values("pk"), rule="term.organization", given_on__lte=picture.day, until__isnull=False
    )
    for unit, due, until in given.order_by("unit__name", "pk").values_list("unit_id", "first", "until"):
        body = electing.get(unit)
        if body is None or body.due_by != due or until is None:
            continue
        latest = months_later(due, 12 * years)
        if until > latest:
            message = f"换届从{full_day(due)}延到{full_day(until)}，超过{years}年。请在{full_day(latest)}前换届，或者向上级说明。"
            yield Stand(unit, body.name, State.DUE, due, message, latest)
