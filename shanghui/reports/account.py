"""What an account of one party organization says of its year: whom it covers, attendance in all, what stays open (M28)."""

from __future__ import annotations

from shanghui.access.naming import name_on
from shanghui.kernel.rates import Rate
from shanghui.ledger.activities.models import Activity, Attendance, Presence
from shanghui.ledger.organizations.models import Coverage, Form, OrganizationKind, PartyOrganization, Term
from shanghui.ledger.organizations.queries import described
from shanghui.ledger.people.models import GuideAssignment
from shanghui.ledger.programs.models import SecretaryProject
from shanghui.reports.content import Paragraph
from shanghui.reports.facts import Facts, Pieces, counted, joined, missing, paragraph, say
from shanghui.rules.models import Finding, FindingState
from shanghui.rules.queries import catalogue

NAMES_SHOWN = 20


def setting(facts: Facts) -> tuple[Paragraph, ...]:
    """Kind and form, the chambers covered and how many guides look after them, members, the term."""
    organization = PartyOrganization.objects.select_related("unit").get(pk=facts.unit.pk)
    covered = Coverage.objects.on(facts.day).filter(organization=organization).order_by("chamber__unit__name")
    names = dict(covered.values_list("chamber_id", name_on(facts.day, "chamber_id", "chamber__unit__name")))
    period = described(organization, facts.day)
    said = [paragraph(f"{facts.called}是{_described(period.kind, period.form) if period else '党组织'}，", _covers(names), "。")]
    guiding = GuideAssignment.objects.on(facts.day).filter(chamber__in=covered.order_by().values("chamber_id"))
    if guides := sorted(set(guiding.values_list("person_id", flat=True))):
        said.append(paragraph("上级派", counted("guides", "联系所覆盖商会的指导员、联络员", "guides", guides), "名指导员、联络员联系所覆盖的商会。"))
    return (*said, _members(facts), _term(facts))


def _described(kind: str, form: str) -> str:
    words = OrganizationKind(kind).label
    return f"{Form(form).label}的{words}" if form else words


def _covers(names: dict[int, str]) -> Pieces:
    if not names:
        return say("没有覆盖商会")
    more = "等" if len(names) > NAMES_SHOWN else ""
    listed = "、".join(list(names.values())[:NAMES_SHOWN])
    return say("覆盖商会", counted("covered", "覆盖的商会", "chambers", names), f"家：{listed}{more}")


def _members(facts: Facts) -> Paragraph:
    if not facts.count("members.total"):
        return missing("党员人数", "台账里没有党员。请在“人员”里登记，或请办公室导入党员名册。", "people")
    parts = facts.present("正式党员{members.full}名", "预备党员{members.probationary}名")
    floating = facts.present("流动党员{members.floating}名")
    return paragraph(facts.sentence("现有党员{members.total}名"), "，其中" if parts else "", parts, "。", floating, "。" if floating else "")


def _term(facts: Facts) -> Paragraph:
    term = Term.objects.on(facts.day).filter(unit=facts.unit).first()
    if term is None:
        return missing("本届任期", "台账里没有任期。请在党组织的页面登记任期。", "organizations", open=True)
    until = "".join(f"{int(number)}{word}" for number, word in zip(term.due_on.split("-"), "年月日", strict=False))
    late = "，任期已满，尚未换届" if term.due_by < facts.day else ""
    return paragraph(f"本届任期到{until}{late}。")


def attended(facts: Facts) -> tuple[Paragraph, ...]:
    """How many came in all, where a roster was kept: no one is named, and no meeting singled out."""
    rows = Attendance.objects.exclude(state=Presence.OBSERVER).filter(
        unit=facts.unit, activity__in=Activity.objects.held(facts.period.first, facts.period.last).order_by().values("pk")
    )
    listed = list(rows.order_by("pk").values_list("pk", "activity_id", "state"))
    if not listed:
        return ()
    meetings = counted("attended.meetings", "有签到名册的活动", "activities", sorted({activity for _, activity, _ in listed}))
    expected = counted("attended.expected", "应到的人次", "attendances", (pk for pk, _, _ in listed))
    came = counted("attended.came", "到会的人次", "attendances", (pk for pk, _, state in listed if state == Presence.PRESENT))
    share = Rate(len(came.keys), len(expected.keys)).short_percent()
    return (paragraph("有签到名册的活动", meetings, "次，应到", expected, "人次，到会", came, f"人次，到会率{share}。"),)


def developing(facts: Facts) -> tuple[Paragraph, ...]:
    """How many are on the way into the party, by stage; no names."""
    coming = facts.present(
        "入党申请人{members.applicants}名", "入党积极分子{members.activists}名", "发展对象{members.candidates}名", "预备党员{members.probationary}名"
    )
    going = facts.present("正在按流程办理发展党员{development.open}名", "预备期满还没有讨论转正的{development.probation_over}名")
    if not coming and not going:
        return (missing("发展党员工作情况", "台账里没有申请人、积极分子和发展对象。有的请登记；也可在本节写一段。", "people", open=True),)
    said = [paragraph("现有", coming, "。")] if coming else []
    return (*said, *([paragraph(going, "。")] if going else []))


def project(facts: Facts) -> tuple[Paragraph, ...]:
    """The secretary's project of the year."""
    row = SecretaryProject.objects.filter(unit=facts.unit, year=facts.day.year).first()
    if row is None:
        return ()
    goal = f"，目标是{row.goal.rstrip('。')}" if row.goal else ""
    done = row.closed_on is not None and row.closed_on <= facts.day
    result = f"已结项：{row.result.rstrip('。') or '没有写结果'}" if done else "正在实施"
    return (paragraph(f"本年书记项目“{row.title}”{goal}，{result}。"),)


def open_matters(facts: Facts) -> tuple[Paragraph, ...]:
    """What the rules found and nobody has settled, by rule, with how often."""
    rows = Finding.objects.filter(unit=facts.unit, since__lte=facts.day).exclude(state=FindingState.FIXED, fixed_on__lte=facts.day)
    titles = {rule.code: rule.title for rule in catalogue()}
    found: dict[str, list[int]] = {}
    for pk, code in rows.order_by("pk").values_list("pk", "rule"):
        found.setdefault(titles.get(code, "其他"), []).append(pk)
    late = facts.present("本年组织生活逾期{life.overdue}期", "专题活动事项逾期{campaign.late}项")
    said = [paragraph(late, "。")] if late else []
    if found:
        listed = joined(
            say(f"“{title}”", counted(f"findings.{place}", f"{title}，尚未解决", "findings", keys), "项")
            for place, (title, keys) in enumerate(sorted(found.items()), start=1)
        )
        said.append(paragraph("平台提醒、尚未解决的：", listed, "。"))
    said.append(missing("存在的问题和原因", "请书记照实写：台账只知道没有开、没有办的，不知道为什么。", "text", open=True))
    return tuple(said)
