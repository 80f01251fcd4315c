"""What a visitor asked the calendar for: where, which year, which duty, whose name; and the verdicts that answer it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from shanghui.rules.duties import Duty
from shanghui.rules.months import Window
from shanghui.rules.verdicts import Assessment, assess
from shanghui.web.figures.nodes import Node, asked_node
from shanghui.web.kit.visits import Visit

FIRST_YEAR = 2000


@dataclass(frozen=True)
class Asked:
    """`everything`: the verdicts of all duties; `chosen`: of the duty and the name asked for."""

    node: Node
    year: int
    code: str
    text: str
    everything: Assessment
    chosen: Assessment

    @property
    def duties(self) -> list[Duty]:
        """The duties asked of somebody here in this year, in the order of their norms."""
        found = {line.duty.code: line.duty for line in self.everything.lines}
        return sorted(found.values(), key=lambda duty: (duty.norm.partition("-")[0] != "LIFE", duty.norm, duty.code))


def read(request: HttpRequest, visit: Visit) -> Asked:
    """Reads the address. One assessment, whatever was asked."""
    node, year = asked_node(request, visit), year_of(request, visit.day)
    code, text = request.GET.get("duty", ""), request.GET.get("q", "").strip()[:60]
    everything = assess(node.scope, visit.day, Window(year, year), planned=True)
    chosen = [line for line in everything.lines if (not code or line.duty.code == code) and text in line.roll.name]
    return Asked(node, year, code, text, everything, Assessment(visit.day, everything.window, chosen))


def year_of(request: HttpRequest, day: date) -> int:
    """`?year=`, from 2000 to the year after the day's; the day's own where it is missing or makes no sense."""
    written = request.GET.get("year", "")
    year = int(written) if written.isdecimal() and len(written) == 4 else day.year
    return year if FIRST_YEAR <= year <= day.year + 1 else day.year
