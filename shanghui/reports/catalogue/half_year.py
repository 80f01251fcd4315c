"""The half-year summary: what was done, in five sections, and what comes next."""

from __future__ import annotations

from datetime import date, timedelta

from shanghui.reports.coming import coverage_ahead, terms_ahead
from shanghui.reports.content import Paragraph, Part, Section, chinese_day
from shanghui.reports.facts import Facts, paragraph
from shanghui.reports.registry import ReportKind, report_kind
from shanghui.reports.telling import carriers, covering, leading, living, plans_gap, training


@report_kind
class HalfYear(ReportKind):
    """Two parts: the half year's work in five sections, and the arrangements for the next half year."""

    code = "half-year"
    title = "半年工作总结"
    about = "上半年或下半年的工作情况和下一个半年的安排，照上级要的五个方面写。"

    def default_day(self, today: date) -> date:
        """The end of the last half year that is over."""
        first = date(today.year, 1 if today.month <= 6 else 7, 1)
        return first - timedelta(days=1)

    def title_of(self, facts: Facts) -> tuple[str, ...]:
        """Who, then what."""
        return facts.issuer, f"{facts.period.title}商会党建工作总结"

    def opening(self, facts: Facts) -> tuple[Paragraph, ...]:
        """One sentence that claims nothing but the as-at day."""
        return (
            paragraph(
                f"现将{facts.period.title}商会党建工作情况和{facts.coming}工作安排总结如下，数据截至{chinese_day(facts.day)}。"
            ),
        )

    def parts(self, facts: Facts) -> tuple[Part, ...]:
        """上半年工作情况 in five sections, 下半年工作安排 in three."""
        done = (
            Section("cover", "推进组建，提升覆盖", covering(facts)),
            Section("politics", "强化政治建设，提升引领", leading(facts)),
            Section("life", "落实组织生活，促进规范", living(facts)),
            Section("training", "加强培训，提升实效", training(facts)),
            Section("carriers", "创新载体，促进融合", carriers(facts)),
        )
        ahead = (
            Section("coverage-ahead", "推进组建，提高“两个覆盖”质量", coverage_ahead(facts)),
            Section("terms-ahead", "按期换届，健全组织", terms_ahead(facts)),
            Section("work-ahead", "组织生活、教育培训和活动载体", (plans_gap(facts.coming),)),
        )
        return Part(f"{facts.word}工作情况", done), Part(f"{facts.coming}工作安排", ahead)

    def notes(self, facts: Facts) -> tuple[str, ...]:
        """The as-at line and the definitions of the two coverages and of members."""
        since, until = chinese_day(facts.period.first), chinese_day(facts.period.last)
        codes = ("coverage.organization", "coverage.work", "members.total", "cross.secretary_leader")
        return (
            f"数据截至{until}，由台账中当日有效的记录算出；活动次数为{since}至{until}。",
            *(facts.definition(code) for code in codes),
        )
