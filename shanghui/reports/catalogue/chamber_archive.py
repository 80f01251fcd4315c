"""One chamber's archive as a paper: what its page on the platform shows, as at a day (M02, M43)."""

from __future__ import annotations

from datetime import date

from shanghui.access.models import UnitKind
from shanghui.reports import dossier, yearly
from shanghui.reports.content import Paragraph, Part, Section, chinese_day
from shanghui.reports.facts import Facts, paragraph
from shanghui.reports.registry import ReportKind, report_kind


@report_kind
class ChamberArchivePaper(ReportKind):
    """Six parts, each a table."""

    code = "chamber-archive"
    title = "商会档案"
    about = "一家商会的基本情况、党组织、班子、大事记、活动和办理事项，可存成 PDF 归档。"
    group = "一家商会"
    units = (UnitKind.CHAMBER,)

    def default_day(self, today: date) -> date:
        """Today."""
        return today

    def title_of(self, facts: Facts) -> tuple[str, ...]:
        """Whose."""
        return (f"{facts.called}档案",)

    def opening(self, facts: Facts) -> tuple[Paragraph, ...]:
        """The day."""
        return (paragraph(f"据台账截至{chinese_day(facts.day)}的记录。"),)

    def parts(self, facts: Facts) -> tuple[Part, ...]:
        """The tables."""
        known = yearly.archive(facts)
        return (
            Part("基本情况", (Section("basics", "", dossier.basics(facts, known)),)),
            Part("党组织", (Section("coverage", "", dossier.coverage(known)),)),
            Part("班子", (Section("officers", "", dossier.officers(known)),)),
            Part("大事记", (Section("course", "", dossier.course(known)),)),
            Part("活动", (Section("activities", "", dossier.activities(facts, known)),)),
            Part("办理事项", (Section("cases", "", dossier.cases(facts)),)),
        )

    def notes(self, facts: Facts) -> tuple[str, ...]:
        """How days are written."""
        return ("只写到年、月的，是台账只记到年、月；“不晚于”是当日已经如此，何时开始没有记载。",)
