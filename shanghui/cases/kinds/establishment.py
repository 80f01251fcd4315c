"""Setting up a party organization: alone, jointly, by industry or area, functional or temporary (M03, M05; 支部工作条例 §4–§8)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from shanghui.access.models import User
from shanghui.cases import papers, proposals, result_papers
from shanghui.cases.bodies import members_listed, name_faults, size_faults, upper_faults
from shanghui.cases.candidates import Contest, candidate_faults, teller_faults
from shanghui.cases.charter_paper import charter
from shanghui.cases.coming import coming, leaving_faults
from shanghui.cases.counting import DUAL_LIFE, form_of, full_by_chamber, full_listed
from shanghui.cases.electing import member_names, term_ends, term_months_of
from shanghui.cases.file import File
from shanghui.cases.founding_chambers import chamber_consequences, settle_chambers
from shanghui.cases.held import held_faults
from shanghui.cases.models import CasePerson, Nominee
from shanghui.cases.registry import Asked, Kind, Limit, Paper, Step, Track, Who, declare
from shanghui.cases.tallying import BY_COMMITTEE, by_committee, posts_held, tally
from shanghui.cases.voting import meeting_faults, plenary_faults
from shanghui.kernel.periods import full_day
from shanghui.ledger.organizations.models import Coverage, Form, OrganizationKind, OrganizationPeriod, PartyOrganization
from shanghui.ledger.organizations.operations import found_organization, set_term
from shanghui.ledger.people.models import AffiliationKind, Method, Post
from shanghui.ledger.people.operations import affiliate, appoint
from shanghui.rules.registry import limit

TOGETHER = (Form.JOINT, Form.INDUSTRY, Form.AREA)
WITHOUT_ELECTION = (Form.TEMPORARY,)
ATTACHED_ELSEWHERE = "挂靠的不另建党组织。请另立“由已有党组织覆盖”的事项。"


def _elects(file: File) -> bool:
    return form_of(file) not in WITHOUT_ELECTION


def _appoints(file: File) -> bool:
    return not _elects(file)


def _has_committee(file: File) -> bool:
    return _elects(file) and file.ballot.committee


def _moving(file: File) -> bool:
    return bool(file.moving)


def _covered(file: File, on: date) -> list[str]:
    """A chamber that is covered by that form already."""
    form = form_of(file)
    rows = Coverage.objects.on(on).filter(chamber__in=[one.pk for one in file.chambers], form=form)
    return [
        f"“{row.chamber.unit.name}”已由“{row.organization.unit.name}”以“{row.get_form_display()}”覆盖，不能再建一个。请把它去掉，或者先结束原来的覆盖。"
        for row in rows.select_related("chamber__unit", "organization__unit")
    ]


def _numbers(file: File, on: date) -> list[str]:
    """Enough full members for the form, counted from the ledger (ORG-01, ORG-03)."""
    form, least = form_of(file), limit("ORG-01", "full_members")
    if form == Form.ATTACHED:
        return [ATTACHED_ELSEWHERE]
    full = full_listed(file, on, with_dual=form in DUAL_LIFE)
    faults = []
    if full < least:
        faults.append(
            f"{full_day(on)}编入的正式党员有{full}名，不足{least}名，不能成立党支部（预备党员不计入）。"
            + ("请与其他商会联合组建，或者由区域党组织覆盖。" if form == Form.OWN else "请再联合几家，或者核对编入的党员。")
        )
    if form in TOGETHER and len(file.chambers) < 2:
        faults.append("联合组建至少要有两家商会。只有一家的，请改为单独组建。")
    if form == Form.OWN and len(file.chambers) > 1:
        faults.append("单独组建只能是一家商会。几家一起建的，请改为联合组建。")
    return [*faults, *_sized(file, on), *_able_alone(file, on)]


def _sized(file: File, on: date) -> list[str]:
    """A general branch or committee needs its members, or the reason and the approval (ORG-11)."""
    return size_faults(file.design.kind, members_listed(file, on), file.design.grounds)


def _able_alone(file: File, on: date) -> list[str]:
    """A chamber with three full members of its own builds alone, unless the reason is written (ORG-01)."""
    if form_of(file) not in TOGETHER or file.design.grounds:
        return []
    return _grounds_wanted(file, on)


def _needs_grounds(file: File) -> bool:
    return bool(_sized(file, file.day)) or (len(file.chambers) > 1 and bool(_grounds_wanted(file, file.day)))


def _grounds_wanted(file: File, on: date) -> list[str]:
    counts, least = full_by_chamber(file.chambers, on), limit("ORG-01", "full_members")
    able = [one.unit.name for one in file.chambers if counts.get(one.pk, 0) >= least]
    many = limit("ORG-03", "units")
    faults = [f"{'、'.join(able)}有{least}名以上正式党员，应当单独组建。确需联合的，请在方案里写明理由。"] if able else []
    if len(file.chambers) > many:
        faults.append(f"联合党支部一般不超过{many}个单位，现有{len(file.chambers)}个。确需这样建的，请在方案里写明理由。")
    return faults


def _designed(file: File, on: date) -> list[str]:
    missing = [word for word, value in (("党组织名称", file.design.name), ("上级党组织", file.design.upper_id)) if not value]
    twin = OrganizationPeriod.objects.on(on).filter(organization__unit__name=file.design.name).exists()
    return [
        *([f"请先在“组建方案”里填写{'、'.join(missing)}。"] if missing else []),
        *upper_faults(file.design.upper, on), *name_faults(file.design.name, file.design.kind),
        *([f"已经有党组织叫“{file.design.name}”。请在“组建方案”里换一个名称。"] if twin else []),
    ]


def _may_ask(file: File, on: date) -> list[str]:
    return [*_designed(file, on), *_covered(file, on), *_numbers(file, on), *leaving_faults(file, on)]


def _contest(file: File) -> Contest:
    """A branch has rules of its own; a 党委 or 党总支 always has a committee."""
    return Contest(branch=file.design.kind == OrganizationKind.BRANCH)


def _may_meet(file: File, on: date) -> list[str]:
    nominees = list(Nominee.objects.filter(case=file.case).select_related("person"))
    full = full_listed(file, on, with_dual=form_of(file) in DUAL_LIFE)
    contest, tellers = _contest(file), teller_faults(file.ballot, member_names(file))
    candidates = candidate_faults(file, nominees, full, on, contest)
    return [*_may_ask(file, on), *candidates, *tellers, *meeting_faults(file, nominees, full, on, contest)]


def _may_sit(file: File, on: date) -> list[str]:
    return plenary_faults(file, list(Nominee.objects.filter(case=file.case).select_related("person")), on, _contest(file))


def _as_held(file: File, on: date) -> list[str]:
    """Once more what the meetings were refused for, as at their days."""
    return held_faults(file, {"meeting": _may_meet, "plenary": _may_sit})


def _may_appoint(file: File, on: date) -> list[str]:
    named = Nominee.objects.filter(case=file.case, post=Post.SECRETARY).exists()
    return [*_may_ask(file, on), *([] if named else ["请先填写上级指定的书记。"])]


def founded_on(file: File) -> date | None:
    """The day of the founding: the meeting, or the appointment of a temporary branch's leaders."""
    return file.on("meeting") or file.on("appointment")


def _consequences(file: File) -> list[str]:
    since, form, upper = founded_on(file), form_of(file), file.design.upper
    day = full_day(since) if since else "成立大会那一天"
    people = CasePerson.objects.filter(case=file.case).count()
    return [
        f"自{day}起有党组织“{file.design.name or '（未定名）'}”（{Form(form).label}），隶属“{upper.unit.name if upper else '（未定）'}”",
        f"自{day}起覆盖{len(file.chambers)}家商会：{'、'.join(one.unit.name for one in file.chambers)}",
        f"自{day}起编入{people}名党员，登记当选或者任命的书记、委员",
        *chamber_consequences(file),
    ]


def _by_name(file: File) -> list[str]:
    since = founded_on(file)
    return [one.sentence(f"自{full_day(since)}起" if since else "自成立之日起") for one in coming(file, since or file.day)]


def _finish(file: File, by: User | None, at: datetime) -> PartyOrganization:
    """Organization, coverage, affiliations, posts and term, all from the founding; a chamber in founding or 换届 is normal from its own."""
    since, design, form = founded_on(file), file.design, form_of(file)
    assert since is not None
    founded = found_organization(
        name=design.name, kind=OrganizationKind(design.kind), form=form, under=file.case.office, since=since, by=by, at=at,
        party_parent=design.upper, covers=file.chambers, approved_on=(file.on("approve") or since).isoformat(),
        approval_number=file.number("approve"),
    )
    for row in CasePerson.objects.filter(case=file.case).select_related("person"):
        affiliate(person=row.person, organization=founded, kind=AffiliationKind(row.kind), since=since, by=by, at=at)
    _take_up(file, founded, since, by, at)
    settle_chambers(file, by, at)
    if _elects(file):
        due = term_ends(since, term_months_of(founded, since))
        set_term(unit=founded.unit, since=since, due_on=due.isoformat(), due_by=due, subject=founded, by=by, at=at)
    return founded


def _take_up(file: File, founded: PartyOrganization, since: date, by: User | None, at: datetime) -> None:
    """Who was elected, secretary and deputy with the approval of the upper level (ELE-07); or everybody it named."""
    nominees, elects = list(Nominee.objects.filter(case=file.case).select_related("person")), _elects(file)
    held = posts_held(tally(file, nominees, since)) if elects else [(one, one.title) for one in nominees]
    number = file.number("result_approve" if elects else "approve")
    upper = file.design.upper.unit.name[:60] if file.design.upper else ""
    for one, title in held:
        began = file.on("plenary") or since if by_committee(file.ballot, one) else since
        approved = not elects or one.post in BY_COMMITTEE
        appoint(
            person=one.person, unit=founded.unit, post=Post(one.post), since=began, by=by, at=at, title=title,
            method=Method.ELECTED if elects else Method.ASSIGNED, approved_by=upper if approved else "",
            approval_number=number if approved else "",
        )


def _refuses(file: File) -> Sequence[str]:
    return _covered(file, file.case.opened_on)


def _warns(file: File) -> list[str]:
    """Chambers that another form covers already: both will stand side by side (M03). One question."""
    rows = Coverage.objects.on(file.day).filter(chamber__in=[one.pk for one in file.chambers]).exclude(form=form_of(file))
    return [
        f"“{row.chamber.unit.name}”现由“{row.organization.unit.name}”以“{row.get_form_display()}”覆盖，办完以后两种方式并存。"
        "不要并存的，先结束原来的覆盖，或者另立“改变组建方式”。"
        for row in rows.select_related("chamber__unit", "organization__unit")
    ]


DESIGN = Asked(
    columns=("name", "kind", "form", "upper", "grounds"), forms=proposals.lawful_forms, proposed=proposals.design,
    when={"grounds": _needs_grounds},
    hints={
        "kind": "有正式党员3名以上的建党支部",
        "grounds": "有3名以上正式党员的商会不单独组建、联合超过5个单位的，写明为什么",
    },
)

declare(Kind(
    code="establishment", title="组建党组织",
    sentence="从摸底到成立：单独、联合、行业、区域、功能型、临时党组织。商会正在筹备或者换届的，两条线同时筹备、同时上报、同时审批、同时成立。",
    about="chambers", design=DESIGN, finish=_finish, consequences=_consequences, by_name=_by_name, refuses=_refuses, warns=_warns,
    pairs=(
        ("筹备", "chamber_prepare", "prepare"), ("上报", "chamber_submit", "request"), ("审批", "chamber_approve", "approve"),
        ("成立", "chamber_found", "meeting"),
    ),
    papers=(
        Paper("charter", "党建入章核对和建议条款", charter), Paper("request", "关于成立党组织的请示", papers.request),
        Paper("reply", "关于成立党组织的批复", papers.reply),
        Paper("members", "委员选举结果报告（报备案）", result_papers.members, _has_committee),
        Paper("leaders", "书记、副书记选举结果的请示（报批准）", result_papers.leaders, _elects),
        Paper("result_reply", "关于选举结果的批复", result_papers.confirmed, _elects),
    ),
    steps=(
        Step("survey", "摸底", "核对商会的党员，定下组建方式。人数取自台账，不用填。", Who.OFFICE, asks=("people",), norm="ORG-01"),
        Step("chamber_prepare", "商会筹备", "商会成立或者换届的筹备开始。", track=Track.CHAMBER, applies=_moving),
        Step("prepare", "筹备", "起草组建方案：名称、上级党组织、书记人选。", after=("survey",), asks=("design", "nominees"), papers=("charter",)),
        Step("chamber_submit", "商会上报", "商会向业务主管单位报送成立或者换届的材料。", track=Track.CHAMBER, after=("chamber_prepare",), applies=_moving),
        Step(
            "request", "请示", "向上级党组织报送成立党组织的请示。", after=("prepare",), papers=("request",), refuses=_may_ask,
            norm="ORG-06",
        ),
        Step("chamber_approve", "商会获批", "业务主管单位同意商会成立或者换届。", Who.OFFICE, track=Track.CHAMBER, after=("chamber_submit",), applies=_moving),
        Step(
            "approve", "批复", "上级党组织研究决定并批复。", Who.APPROVER, after=("request",), approves="request", papers=("reply",),
            numbered=True, latest=Limit("ORG-06", "months", "request"), refuses=_may_ask,
        ),
        Step(
            "chamber_found", "商会成立大会", "商会召开成立大会或者换届大会。", track=Track.CHAMBER, after=("chamber_approve",), applies=_moving,
            skippable=True,
        ),
        Step(
            "meeting", "成立大会", "召开党员大会，选举书记、委员。党组织自这一天起成立。", after=("approve",), asks=("ballot", "nominees", "again"),
            refuses=_may_meet, applies=_elects, norm="ELE-08",
        ),
        Step(
            "appointment", "上级指定班子", "临时党支部的书记、委员由批准的党组织指定。党组织自这一天起成立。", Who.APPROVER, after=("approve",),
            asks=("nominees",), refuses=_may_appoint, applies=_appoints, norm="ORG-09",
        ),
        Step(
            "plenary", "第一次全体会议", "委员会的全体委员开会，等额选举书记、副书记。", after=("meeting",), asks=("plenary",), refuses=_may_sit,
            applies=_has_committee, norm="ELE-06",
        ),
        Step(
            "result", "选举结果报告", "委员报备案，书记、副书记报批准。", after=("meeting", "plenary"), papers=("members", "leaders"), applies=_elects,
            norm="ELE-07",
        ),
        Step(
            "result_approve", "批准选举结果", "上级党组织批准书记、副书记。", Who.APPROVER, after=("result",), approves="result",
            numbered=True, papers=("result_reply",), refuses=_as_held, applies=_elects, norm="ELE-07",
        ),
    ),
))
