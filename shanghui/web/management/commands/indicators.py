"""`indicators [--on DATE] [--under CODE] [--by-child]`: every figure as at a day (M41)."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from shanghui.access.models import Axis, UnitKind
from shanghui.access.queries import children_of
from shanghui.indicators.queries import Figures, figures, matrix, none_of
from shanghui.web.management.commands._base import ChineseCommand, a_day, federation, scope_under, today


class Command(ChineseCommand):
    """All indicators of a node, or of each node directly below it too."""

    help = "算出全部指标"

    def arguments(self, parser: ArgumentParser) -> None:
        """[--on DATE] [--under CODE] [--by-child]."""
        parser.add_argument("--on", type=a_day, metavar="DATE", help="截至哪一天，默认今天")
        parser.add_argument("--under", metavar="CODE")
        parser.add_argument("--by-child", action="store_true", help="逐个列出下级工商联")

    def act(self, **options: Any) -> tuple[Any, str, int]:
        """A list of figures with both counts."""
        day = options["on"] or today()
        scope = scope_under(options["under"], day)
        listed = [_figure(one, options["under"]) for one in figures(scope, day).values()]
        if options["by_child"] and options["under"]:
            table = matrix(scope, day)
            below = children_of(federation(options["under"]), axis=Axis.SUPERVISION, day=day)
            for child in below.filter(kind=UnitKind.FEDERATION):
                found: Figures = none_of() | table.get(child.pk, {})
                listed += [_figure(one, child.code or child.name) for one in found.values()]
        words = [f"{one['title']}：{one['text']}" for one in listed]
        return listed, "\n".join(words), 0


def _figure(one: Any, under: str | None) -> dict[str, Any]:
    share = one.rate is not None
    value = None if one.value is None else round(float(one.value), 6) if share else one.value
    return {
        "code": one.indicator.code, "title": one.indicator.title, "value": value, "numerator": one.numerator,
        "denominator": one.denominator, "unit": one.indicator.unit, "under": under, "text": one.text,
        "definition": one.indicator.definition,
    }
