"""What summaries say of the period, in paragraphs: coverage, leading, organizational life, training, carriers (M43)."""

from __future__ import annotations

from shanghui.reports.building import building
from shanghui.reports.content import Gap, Paragraph
from shanghui.reports.facts import Facts, Pieces, missing, paragraph, say

FORMS = (
    "单独组建{coverage.own}家", "行业联建{coverage.industry}家", "区域共建{coverage.area}家",
    "功能型党组织覆盖{coverage.functional}家", "临时党组织覆盖{coverage.temporary}家", "挂靠兜底{coverage.attached}家",
)
ALL_FORMS = ("own", "joint", "industry", "area", "functional", "temporary", "attached")
RECORD = "如已开展，请在“活动”里补记；不在台账里的情况，可在本节写一段。"


def covering(facts: Facts) -> tuple[Paragraph, ...]:
    """（一）: both coverages, the organizations, members, and who holds two posts."""
    if not facts.count("chambers.total"):
        return (missing("正常运行的商会", "台账里还没有商会。请在“导入”里导入台账，或在“商会”里逐家登记。", "chambers"),)
    return (organization_coverage(facts), *building(facts), work_coverage(facts), organizations(facts), members(facts), charters(facts))


def organization_coverage(facts: Facts) -> Paragraph:
    """How many chambers are covered, and by which form."""
    said = facts.sentence(
        "所属商会{chambers.total}家，其中{coverage.organization}家有党组织覆盖，党组织覆盖率{coverage.organization:rate}。"
    )
    if facts.count("coverage.organization"):
        said += say("按组建方式分，", _forms(facts), _counted_twice(facts), "。")
    return Paragraph(said)


def _forms(facts: Facts) -> Pieces:
    branches = "（联合党组织{organizations.joint}个）" if facts.count("organizations.joint") else ""
    return facts.present(FORMS[0], "联合组建{coverage.joint}家" + branches, *FORMS[1:])


def _counted_twice(facts: Facts) -> str:
    by_form = sum(facts.count(f"coverage.{form}") for form in ALL_FORMS)
    return "（一家商会有两种组建方式的，分别计入）" if by_form > facts.count("coverage.organization") else ""


def work_coverage(facts: Facts) -> Paragraph:
    """Guides, and work coverage."""
    said: Pieces = ()
    if facts.count("guides.active"):
        said += facts.sentence("选派{guides.active}名党建指导员、联络员联系商会")
        said += facts.sentence("，其中尚未建立党组织的{coverage.guided}家") if facts.count("coverage.guided") else ()
        said += say("。")
    said += facts.sentence("党的工作覆盖{coverage.work}家，工作覆盖率{coverage.work:rate}")
    if facts.count("coverage.blank"):
        said += facts.sentence("；既没有党组织、也没有指导员联系的{coverage.blank}家")
    return Paragraph(say(said, "。"))


def organizations(facts: Facts) -> Paragraph:
    """The organizations by kind, and who holds two posts."""
    if not facts.count("organizations.total"):
        return missing("商会党组织", "台账里没有覆盖商会的党组织。请在“党组织”里登记，或导入党组织台账。", "organizations")
    kinds = facts.present(
        "党委{organizations.committees}个", "党总支{organizations.general}个", "党支部{organizations.branches}个"
    )
    said = say(facts.sentence("现有商会党组织{organizations.total}个"), say("，其中", kinds) if kinds else "", "。")
    if not facts.count("cross.secretaries"):
        return Paragraph(say(said, Gap("党组织书记任职情况", "台账里没有书记任职。请在党组织的页面登记书记。", "organizations")))
    return Paragraph(said + _crossing(facts))


def _crossing(facts: Facts) -> Pieces:
    said = facts.sentence("推行双向进入、交叉任职，在任书记{cross.secretaries}名，")
    if not facts.count("cross.secretary_leader"):
        return say(said, "其中没有会长、副会长担任的。")
    president = "（其中会长{cross.secretary_president}名）" if facts.count("cross.secretary_president") else ""
    general = "、由秘书长担任的{cross.secretary_general}名" if facts.count("cross.secretary_general") else ""
    return say(said, facts.sentence("其中由会长、副会长担任的{cross.secretary_leader}名" + president + general), "。")


def members(facts: Facts) -> Paragraph:
    """The members."""
    if not facts.count("members.total"):
        return missing("党员人数", "台账里没有党员。请导入党员名册，或在“党员”里登记。", "people")
    probationary = "，其中预备党员{members.probationary}名" if facts.count("members.probationary") else ""
    return Paragraph(say(facts.sentence("现有党员{members.total}名" + probationary), "。"))


def charters(facts: Facts) -> Paragraph:
    """Charters with all four items."""
    if facts.count("charter.complete"):
        return Paragraph(facts.sentence("章程写全党建四项内容的商会{charter.complete}家，占{charter.complete:rate}。"))
    return missing(
        "党建入章情况", "没有一家商会登记齐章程里的四项党建内容。请在商会的页面登记；也可在本节写一段。", "chambers", open=True
    )


def leading(facts: Facts) -> tuple[Paragraph, ...]:
    """（二）: 会长之家, 民企大讲堂, theme education."""
    said = facts.sessions(presidents_home="期", lecture_hall="期", theme_education="次")
    if not said and not campaigns(facts):
        return (missing(f"{facts.word}会长之家、民企大讲堂、主题教育开展情况", RECORD, "activities", open=True),)
    return (paragraph("举办", said, "。"), *campaigns(facts)) if said else campaigns(facts)


def campaigns(facts: Facts) -> tuple[Paragraph, ...]:
    """Campaigns that run on the day, and what of them was done; nothing where none runs."""
    if not facts.count("campaign.running") or facts.figures["campaign.done"].denominator == 0:
        return ()
    done = "要求各党组织完成的{campaign.done:denominator}项已完成{campaign.done}项，完成率{campaign.done:rate}。"
    return (Paragraph(facts.sentence("正在开展专题活动{campaign.running}个，" + done)),)


def living(facts: Facts) -> tuple[Paragraph, ...]:
    """（三）: the three meetings and one class, and who is on the way into the party."""
    held = facts.present(
        "支部党员大会{activities.general_meeting}次", "支委会{activities.committee_meeting}次",
        "党小组会{activities.group_meeting}次", "党课{activities.party_class}次", "主题党日{activities.theme_day}次",
        "组织生活会{activities.life_meeting}次", "民主评议党员{activities.review}次", "谈心谈话{activities.talk}次",
    )
    first = (
        Paragraph(say(facts.hosts, "开展", held, "。", _duties_met(facts)))
        if held
        else missing(f"{facts.word}“三会一课”、主题党日开展情况", RECORD, "activities", open=True)
    )
    coming = facts.present(
        "入党申请人{members.applicants}名", "入党积极分子{members.activists}名", "发展对象{members.candidates}名",
        "预备党员{members.probationary}名",
    )
    return (first, paragraph("做好发展党员工作，现有", coming, "。")) if coming else (first,)


def _duties_met(facts: Facts) -> Pieces:
    """How many of the organization-periods of the year that ended by the day were met; nothing where none was owed or met."""
    if not facts.count("life.meetings"):
        return ()
    since = f"{facts.day.year}年1月至{facts.day.month}月" if facts.day.month > 1 else f"{facts.day.year}年1月"
    said = facts.sentence(
        f"{since}“三会一课”、主题党日应开{{life.meetings:denominator}}次，已开{{life.meetings}}次，完成率{{life.meetings:rate}}"
    )
    said += facts.sentence("，上级同意免除{life.excused}次") if facts.count("life.excused") else ()
    return say(said, "（几个支部合开的，各支部分别计算）。" if facts.hosts else "。")


def training(facts: Facts) -> tuple[Paragraph, ...]:
    """（四）: training courses, joint exercises, learning together."""
    said = facts.sessions(training="期", field_march="次", joint_learning="次")
    if not said:
        return (missing(f"{facts.word}业务培训、党建拉练、联学共建开展情况", RECORD, "activities", open=True),)
    return (paragraph("组织", said, "。", _secretaries_trained(facts)),)


def _secretaries_trained(facts: Facts) -> Pieces:
    if not facts.count("training.secretary"):
        return ()
    return facts.sentence("本年已有{training.secretary}名支部书记参加集中培训，占{training.secretary:rate}。")


def carriers(facts: Facts) -> tuple[Paragraph, ...]:
    """（五）: promises and plates, volunteering, donations, visits."""
    said: list[Paragraph] = []
    if facts.count("promises.signed"):
        plates = "，{promises.plates}户授牌亮牌" if facts.count("promises.plates") else ""
        said.append(Paragraph(say(facts.sentence("{promises.signed}户经营户签订诚信经营承诺书" + plates), "。")))
    sessions = facts.sessions(volunteering="次", donation="次", visit="次")
    if sessions:
        said.append(paragraph("开展", sessions, "。"))
    if not said:
        said.append(missing(f"{facts.word}亮牌承诺、志愿服务、公益捐赠等活动情况", RECORD, "activities", open=True))
    return tuple(said)


def plans_gap(coming: str) -> Paragraph:
    """The blank for what is planned."""
    return missing(
        f"{coming}组织生活、教育培训、活动载体的安排", "台账里没有计划。请在本节写一段，重新生成时会保留。", "text", open=True
    )
