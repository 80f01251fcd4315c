"""The summary of a year: the facts of the half-year report over twelve months, beside the counts of the year before."""

from __future__ import annotations

from datetime import date

from shanghui.reports.catalogue.half_year import HalfYear
from shanghui.reports.compared import beside_the_year_before
from shanghui.reports.content import YEAR, Paragraph, Part, Section, chinese_day
from shanghui.reports.facts import Facts, paragraph
from shanghui.reports.registry import report_kind


@report_kind
class Annual(HalfYear):
    """As the half-year report, told of the year, with a section of counts beside those of the year before."""

    code = "annual"
    title = "全年工作总结"
    about = "一年的组建、组织生活、培训和活动，与上年同一天的数并列，不排名。"
    span = YEAR

    def default_day(self, today: date) -> date:
        """The end of the last year that is over."""
        return date(today.year - 1, 12, 31)

    def title_of(self, facts: Facts) -> tuple[str, ...]:
        """Who, then what."""
        return facts.issuer, f"{facts.day.year}年商会党建工作总结"

    def opening(self, facts: Facts) -> tuple[Paragraph, ...]:
        """One sentence that claims nothing but the as-at day."""
        said = f"现将{facts.day.year}年商会党建工作情况和{facts.coming}工作安排总结如下，数据截至{chinese_day(facts.day)}。"
        return (paragraph(said),)

    def parts(self, facts: Facts) -> tuple[Part, ...]:
        """What was done, with one section more, and what comes."""
        done, ahead = super().parts(facts)
        compared = Section("year-before", "与上年对照", beside_the_year_before(facts))
        return Part(done.heading, (*done.sections, compared)), ahead
