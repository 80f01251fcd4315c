"""The brief on one page: coverage, people, what was held, what needs attention."""

from __future__ import annotations

from datetime import date, timedelta

from shanghui.reports.content import Paragraph, Part, Section, chinese_day
from shanghui.reports.facts import Facts, missing, paragraph
from shanghui.reports.registry import ReportKind, report_kind
from shanghui.reports.telling import members, organization_coverage, organizations, work_coverage

HELD = (
    "支部党员大会{activities.general_meeting}次", "支委会{activities.committee_meeting}次", "党课{activities.party_class}次",
    "主题党日{activities.theme_day}次", "会长之家{activities.presidents_home}期", "民企大讲堂{activities.lecture_hall}期",
    "业务培训{activities.training}期", "党建拉练{activities.field_march}次", "志愿服务{activities.volunteering}次",
)
ATTENTION = (
    "没有党组织覆盖的商会{coverage.uncovered}家", "其中应建未建的{coverage.can_build}家", "既没有党组织、也没有指导员联系的商会{coverage.blank}家",
    "任期已满、尚未换届的党组织{term.overdue}个", "半年内任期届满的党组织{term.due}个", "本年组织生活逾期{life.overdue}期",
    "逾期没有回执的介绍信{transfer.letters_overdue}件", "立项超过6个月没有办完的事项{cases.open_over_6}件",
)


@report_kind
class Brief(ReportKind):
    """Four short parts; set so that it fits one page."""

    code = "brief"
    title = "一页纸简报"
    about = "给领导看的一页：覆盖、队伍、活动、需要关注的事。"
    one_page = True

    def default_day(self, today: date) -> date:
        """The end of the last month that is over."""
        return today.replace(day=1) - timedelta(days=1)

    def title_of(self, facts: Facts) -> tuple[str, ...]:
        """What, of whom."""
        return (f"{facts.called}商会党建简报",)

    def opening(self, facts: Facts) -> tuple[Paragraph, ...]:
        """The day."""
        return (paragraph(f"数据截至{chinese_day(facts.day)}，活动为{facts.period.title}到当日。"),)

    def parts(self, facts: Facts) -> tuple[Part, ...]:
        """Coverage, people, what was held, what needs attention."""
        return (
            Part("两个覆盖", (Section("cover", "", _covering(facts)),)),
            Part("组织和队伍", (Section("teams", "", (organizations(facts), members(facts))),)),
            Part("组织生活和活动", (Section("life", "", (_held(facts),)),)),
            Part("需要关注", (Section("attention", "", (_attention(facts),)),)),
        )

    def notes(self, facts: Facts) -> tuple[str, ...]:
        """None: the page has no room; the definitions stand beside the draft."""
        return ()


def _covering(facts: Facts) -> tuple[Paragraph, ...]:
    if not facts.count("chambers.total"):
        return (missing("正常运行的商会", "台账里还没有商会。请在“导入”里导入台账，或在“商会”里逐家登记。", "chambers"),)
    return organization_coverage(facts), work_coverage(facts)


def _held(facts: Facts) -> Paragraph:
    held = facts.present(*HELD)
    if not held:
        return missing(f"{facts.word}组织生活和活动情况", "如已开展，请在“活动”里补记；也可在本节写一段。", "activities", open=True)
    return paragraph("开展", held, "。")


def _attention(facts: Facts) -> Paragraph:
    found = facts.present(*ATTENTION)
    return paragraph(found, "。") if found else paragraph("台账里没有需要提醒的事。")
