"""What units are called, and were called on an earlier day: `Unit.name` is of now, earlier names stand in FormerName."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import CharField, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from shanghui.access.audit import Journal
from shanghui.access.models import FormerName, Unit
from shanghui.kernel.periods import EPOCH
from shanghui.kernel.pinyin import initials
from shanghui.kernel.refusals import Refused


def name_on(day: date, unit: str = "unit_id", now: str = "unit__name") -> Coalesce:
    """What a unit was called on `day`, as a column of a query; `unit` and `now`: where its key and its present name stand."""
    before = FormerName.objects.on(day).filter(unit_id=OuterRef(unit)).values("name")
    return Coalesce(Subquery(before[:1]), F(now), output_field=CharField())


def names_on(day: date, units: Iterable[int]) -> dict[int, str]:
    """Of these units those that had another name on `day`, with that name. One question."""
    return dict(FormerName.objects.on(day).filter(unit_id__in=list(units)).values_list("unit_id", "name"))


def former_names(units: Iterable[int]) -> list[FormerName]:
    """What these units were called before, the oldest first."""
    return list(FormerName.objects.filter(unit_id__in=list(units)).order_by("valid_from", "pk"))


def called_on(day: date, units: Iterable[Unit]) -> None:
    """Lets units at hand, which nobody will save, bear the names of `day`. One question."""
    listed = list(units)
    names = names_on(day, {one.pk for one in listed})
    for one in listed:
        one.name = names.get(one.pk, one.name)


def call(journal: Journal, unit: Unit, name: str, *, since: date | None, short_name: str | None = None) -> bool:
    """The unit is called `name` from `since` on; None puts right how the present name is written. Says whether anything changed.

    Nobody records a name ahead of its day: `Unit.name` is of now. Raises Refused where the present name began later.
    """
    short = unit.short_name if short_name is None else short_name
    if name != unit.name and since is not None:
        _remember(journal, unit, since)
    return journal.change(unit, name=name, short_name=short, initials=initials(short or name))


def _remember(journal: Journal, unit: Unit, since: date) -> None:
    last = unit.former_names.order_by("-valid_to").first()
    began = last.valid_to if last and last.valid_to else EPOCH
    if since < began:
        raise Refused(f"“{unit.name}”这个名称自{began}起用，改名的日期须在其后。只是写错了的，请选更正。")
    if since > began:
        journal.create(FormerName(unit=unit, name=unit.name, valid_from=began, valid_to=since))
