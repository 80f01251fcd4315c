"""述职报告: a branch's account of the year, from its own facts (M28)."""

from __future__ import annotations

from datetime import date

from shanghui.access.models import UnitKind
from shanghui.reports import account
from shanghui.reports.content import YEAR, Paragraph, Part, Section, chinese_day
from shanghui.reports.facts import Facts, missing, paragraph
from shanghui.reports.registry import ReportKind, report_kind
from shanghui.reports.telling import carriers, leading, living, training


@report_kind
class BranchAccount(ReportKind):
    """What was done in the year, what is wrong, what comes; figures are those of the organization alone."""

    code = "branch-account"
    title = "述职报告"
    about = "书记抓基层党建述职：本党组织一年的组织生活、队伍、发展党员和没有做到的。"
    group = "一个党组织"
    units = (UnitKind.ORGANIZATION,)
    span = YEAR

    def default_day(self, today: date) -> date:
        """The end of the last year that is over."""
        return date(today.year - 1, 12, 31)

    def title_of(self, facts: Facts) -> tuple[str, ...]:
        """Who, then what."""
        return facts.called, f"{facts.day.year}年抓基层党建工作述职报告"

    def opening(self, facts: Facts) -> tuple[Paragraph, ...]:
        """What it is, and the day."""
        return (paragraph(f"现将{facts.day.year}年抓基层党建工作情况述职如下，数据截至{chinese_day(facts.day)}。"),)

    def parts(self, facts: Facts) -> tuple[Part, ...]:
        """Done in five sections; wrong; to come."""
        done = (
            Section("setting", "组织设置和队伍", account.setting(facts)),
            Section("life", "组织生活", (living(facts)[0], *account.attended(facts))),
            Section("development", "发展党员", account.developing(facts)),
            Section("training", "教育培训和政治引领", (*training(facts), *leading(facts))),
            Section("carriers", "作用发挥", (*account.project(facts), *carriers(facts))),
        )
        next_year = f"{facts.coming}抓基层党建的打算"
        plans = missing(next_year, "请书记写：几件事、谁来办、何时办成。重新生成时会保留。", "text", open=True)
        return (
            Part("履行职责情况", done), Part("存在的问题", (Section("wrong", "", account.open_matters(facts)),)),
            Part("下一步打算", (Section("work-ahead", "", (plans,)),)),
        )

    def notes(self, facts: Facts) -> tuple[str, ...]:
        """Of which days, and that nobody is named."""
        since = chinese_day(facts.period.first)
        return (
            f"数据截至{chinese_day(facts.day)}，由本党组织在台账中当日有效的记录算出；活动为{since}起的次数。",
            "到会人次由签到名册合计，不列个人。",
        )
