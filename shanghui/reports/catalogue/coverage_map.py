"""The coverage map: bars over the tree, readable in black and white, with the table of their counts (M04, M43)."""

from __future__ import annotations

from datetime import date

from shanghui.reports.coming import coverage_ahead
from shanghui.reports.content import Paragraph, Part, Section, chinese_day
from shanghui.reports.facts import Facts, paragraph
from shanghui.reports.registry import ReportKind, report_kind
from shanghui.reports.spread import spread


@report_kind
class CoverageMap(ReportKind):
    """The chart, its table, and what is open."""

    code = "coverage-map"
    title = "覆盖图"
    about = "下一级各单位“两个覆盖”的条形图，黑白打印也能分清，下面附数。"

    def default_day(self, today: date) -> date:
        """Today."""
        return today

    def title_of(self, facts: Facts) -> tuple[str, ...]:
        """Of whom."""
        return (f"{facts.called}商会“两个覆盖”图",)

    def opening(self, facts: Facts) -> tuple[Paragraph, ...]:
        """The day, and how the bars are to be read."""
        return (paragraph(f"数据截至{chinese_day(facts.day)}。每一条代表一个单位的全部商会，一样长；段里的数是家数。"),)

    def parts(self, facts: Facts) -> tuple[Part, ...]:
        """The chart; the chambers without a party organization."""
        return Part("覆盖情况", (Section("spread", "", spread(facts)),)), Part("没有覆盖的商会", (Section("coverage-ahead", "", coverage_ahead(facts)),))

    def notes(self, facts: Facts) -> tuple[str, ...]:
        """The definitions."""
        return tuple(facts.definition(code) for code in ("coverage.organization", "coverage.own", "coverage.guided", "coverage.blank"))
