"""The three reports of an annual meeting: president, chief supervisor, party organization (M28)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from shanghui.access.models import UnitKind
from shanghui.reports import account, yearly
from shanghui.reports.content import YEAR, Paragraph, Part, Section, chinese_day
from shanghui.reports.facts import Facts, missing, paragraph
from shanghui.reports.registry import ReportKind, report_kind
from shanghui.reports.telling import carriers, leading, living, training


class MeetingReport(ReportKind):
    """What the three have in common: the year, the title, the opening, the plans left open."""

    group = "年会的三个报告"
    span = YEAR
    name: ClassVar[str]

    def default_day(self, today: date) -> date:
        """The end of the last year that is over."""
        return date(today.year - 1, 12, 31)

    def title_of(self, facts: Facts) -> tuple[str, ...]:
        """Who, then what."""
        return facts.called, f"{facts.day.year}年{self.name}"

    def opening(self, facts: Facts) -> tuple[Paragraph, ...]:
        """To whom, and the day."""
        return (paragraph("各位代表："), paragraph(f"现将{facts.day.year}年工作情况报告如下，请予审议。数据截至{chinese_day(facts.day)}。"))

    def notes(self, facts: Facts) -> tuple[str, ...]:
        """Of which days."""
        since, until = chinese_day(facts.period.first), chinese_day(facts.day)
        return (f"数据截至{until}，由台账中当日有效的记录算出；活动为{since}至{until}的次数。",)


def _open(code: str, what: str, advice: str) -> Section:
    return Section(code, "", (missing(what, advice, "text", open=True),))


@report_kind
class PresidentReport(MeetingReport):
    """会长工作报告: members, events, party building, what comes."""

    code = "meeting-president"
    title = "会长工作报告"
    about = "商会年会用：会员、活动、党建和章程，下一年打算由会长写。"
    units = (UnitKind.CHAMBER,)
    name = "理事会工作报告"

    def parts(self, facts: Facts) -> tuple[Part, ...]:
        """Four sections of what was done, then the plans."""
        known = yearly.archive(facts)
        done = (
            Section("members", "会员发展", yearly.membership(facts, known)), Section("events", "服务和活动", yearly.events(facts)),
            Section("party", "党的建设", yearly.party(facts, known)), Section("term", "规范运行", yearly.term(facts, known)),
        )
        plans = _open("work-ahead", f"{facts.coming}工作打算", "请会长写，重新生成时会保留。")
        return Part(f"{facts.word}工作情况", done), Part(f"{facts.coming}工作打算", (plans,))


@report_kind
class SupervisorReport(MeetingReport):
    """监事会工作报告: what the ledger knows of rules kept; what was supervised is left open."""

    code = "meeting-supervisors"
    title = "监事长工作报告"
    about = "商会年会用：章程、换届、公开的活动照台账写，财务审查和监督意见由监事会写。"
    units = (UnitKind.CHAMBER,)
    name = "监事会工作报告"

    def parts(self, facts: Facts) -> tuple[Part, ...]:
        """Rules kept, accounts, opinions, plans."""
        known = yearly.archive(facts)
        kept = (
            Section("charter", "章程和党建要求", yearly.party(facts, known)), Section("term", "按期换届", yearly.term(facts, known)),
            Section("events", "活动开展", yearly.events(facts)),
        )
        accounts = _open("accounts", f"{facts.day.year}年财务收支审查情况", "台账不记商会的账。请监事会照审查结果写。")
        opinion = _open("opinion", "对理事会工作的监督意见", "请监事会写，重新生成时会保留。")
        plans = _open("work-ahead", f"{facts.coming}监督工作打算", "请监事会写，重新生成时会保留。")
        return (
            Part("规范运行情况", kept), Part("财务收支情况", (accounts,)), Part("监督意见", (opinion,)), Part(f"{facts.coming}工作打算", (plans,)),
        )


@report_kind
class PartyReport(MeetingReport):
    """党组织工作报告: of the organization that covers the chamber."""

    code = "meeting-party"
    title = "党组织工作报告"
    about = "商会年会用：由覆盖商会的党组织报告一年的组织生活、队伍和作用发挥。"
    units = (UnitKind.ORGANIZATION,)
    name = "党组织工作报告"

    def parts(self, facts: Facts) -> tuple[Part, ...]:
        """Four sections of what was done, then the plans."""
        done = (
            Section("setting", "组织和队伍", account.setting(facts)),
            Section("life", "组织生活", (living(facts)[0], *account.attended(facts))),
            Section("leading", "政治引领和教育培训", (*leading(facts), *training(facts))),
            Section("carriers", "作用发挥", (*account.project(facts), *carriers(facts))),
        )
        plans = _open("work-ahead", f"{facts.coming}党建工作打算", "请党组织写，重新生成时会保留。")
        return Part(f"{facts.word}工作情况", done), Part(f"{facts.coming}工作打算", (plans,))
