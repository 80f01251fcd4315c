"""情况专报: a briefing of one matter, which the user chooses; each is a kind of its own and lists by name (M43)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from shanghui.access.models import UnitKind
from shanghui.reports import matters
from shanghui.reports.content import HALF_YEAR, Block, Paragraph, Part, Section, chinese_day
from shanghui.reports.facts import Facts, missing, paragraph
from shanghui.reports.registry import ReportKind, registry


@dataclass(frozen=True)
class Matter:
    """One matter: its figures, and the lists that go with them (heading, what it lists)."""

    code: str
    title: str
    about: str
    figures: tuple[str, ...]
    lists: tuple[tuple[str, Callable[[Facts], tuple[Block, ...]]], ...] = ()


class Briefing(ReportKind):
    """The figures of one matter, its lists, and what is proposed."""

    group = "情况专报"
    units = (UnitKind.FEDERATION,)
    span = HALF_YEAR

    def __init__(self, matter: Matter) -> None:
        self.matter = matter
        self.code, self.title, self.about = f"matter-{matter.code}", f"{matter.title}专报", matter.about  # type: ignore[misc]

    def default_day(self, today: date) -> date:
        """Today: a briefing tells how things stand."""
        return today

    def title_of(self, facts: Facts) -> tuple[str, ...]:
        """Who, then what."""
        return facts.issuer, f"关于{self.matter.title}的专报"

    def opening(self, facts: Facts) -> tuple[Paragraph, ...]:
        """The day."""
        return (paragraph(f"现将{facts.called}{self.matter.title}报告如下，数据截至{chinese_day(facts.day)}。"),)

    def parts(self, facts: Facts) -> tuple[Part, ...]:
        """Figures, lists, proposals."""
        lists = [Section(f"list-{place}", heading, told(facts)) for place, (heading, told) in enumerate(self.matter.lists, 1)]
        figures = Section("figures", "", (matters.figures_table(facts, self.matter.figures),))
        wanted = missing("分析和建议", "请写：为什么这样、打算怎么办。重新生成时会保留。", "text", open=True)
        found = [Part("基本情况", (figures,))]
        if len(lists) == 1:
            found.append(Part(lists[0].heading, (replace(lists[0], heading=""),)))
        elif lists:
            found.append(Part("具体名单", tuple(lists)))
        return (*found, Part("分析和建议", (Section("proposal", "", (wanted,)),)))

    def notes(self, facts: Facts) -> tuple[str, ...]:
        """The definitions of all its figures."""
        return tuple(facts.definition(facts.figure(code).indicator.code) for code in self.matter.figures)


MATTERS = (
    Matter(
        "coverage", "“两个覆盖”情况", "覆盖率、组建方式和没有覆盖的商会名单。",
        ("chambers.total", "coverage.organization", "coverage.work", "coverage.own", "coverage.joint", "coverage.shared", "coverage.other",
         "coverage.uncovered", "coverage.can_build", "coverage.blank"), (("没有党组织覆盖的商会", matters.uncovered),),
    ),
    Matter(
        "uncovered", "未组建党组织商会情况", "没有党组织的商会逐家的原因、打算和下一步。",
        ("coverage.uncovered", "coverage.can_build", "coverage.guided", "coverage.blank", "cases.open_building"),
        (("没有党组织覆盖的商会", matters.uncovered),),
    ),
    Matter(
        "guides", "党建工作指导员选派情况", "指导员人数、联系几家、还有哪些空白商会。",
        ("guides.active", "guides.load_small", "guides.load_medium", "guides.load_large", "coverage.guided", "coverage.blank"),
        (("空白商会", matters.without_guide),),
    ),
    Matter(
        "elections", "党组织换届情况", "任期已满和半年内届满的党组织名单。",
        ("organizations.total", "term.overdue", "term.due", "cases.open_elections", "cases.done_elections"),
        (("任期已满和半年内届满的党组织", matters.elections),),
    ),
    Matter(
        "life", "组织生活开展情况", "三会一课、主题党日应开、已开、逾期。",
        ("life.meetings", "life.general_meeting", "life.committee_meeting", "life.party_class", "life.theme_day", "life.overdue", "life.excused",
         "life.unknown"), (("有逾期的党组织", matters.overdue_life),),
    ),
    Matter(
        "development", "发展党员工作情况", "申请人、积极分子、发展对象、预备党员各多少，哪些环节拖久了；不写姓名。",
        ("members.total", "members.applicants", "members.activists", "members.candidates", "members.probationary", "development.open",
         "development.long", "development.probation_over"),
    ),
    Matter(
        "activities", "活动开展情况", "本半年各类活动的次数，培训、会长之家等逐次列出。", ("activities.total", "training.secretary"),
        (("各类活动", matters.held),),
    ),
    Matter(
        "two-posts", "交叉任职情况", "书记由会长、副会长、秘书长担任的各多少，班子互相任职多少。",
        ("cross.secretaries", "cross.secretary_president", "cross.secretary_leader", "cross.secretary_general", "cross.secretary_inside",
         "cross.officers", "cross.officers_in_chamber", "cross.leaders_members"),
    ),
)
for _matter in MATTERS:
    registry.add(f"matter-{_matter.code}", Briefing(_matter))
