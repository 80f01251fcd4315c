"""The letters of a development. The 志愿书 is never printed here (DEV-29)."""

from __future__ import annotations

from datetime import date

from shanghui.cases.development_checks import publicity_end
from shanghui.cases.file import File
from shanghui.cases.letters import Letter, gap, known
from shanghui.cases.models import Contact, Meeting, MemberVote
from shanghui.cases.spans import probation_ends
from shanghui.kernel.periods import full_day, months_later
from shanghui.rules.registry import limit

RULES = "《中国共产党发展党员工作细则》"


def consent(file: File) -> Letter:
    """关于确定……为发展对象的请示."""
    began, day = file.on("activist"), file.on("candidate_review")
    return Letter(
        title=f"关于确定{file.person.name}为发展对象的请示", to=_approver(file), issuer=_branch(file), day=day, paragraphs=(
            f"{_who(file)}，{_said(file.on('apply'), '递交入党申请书的时间')}递交入党申请书，{_said(began, '确定为积极分子的时间')}确定为入党积极分子，"
            "经过一年以上培养教育和考察。",
            f"在听取意见的基础上，支部委员会{_said(day, '支委会讨论的时间')}讨论同意，拟确定为发展对象。根据{RULES}有关规定，报请同意后公示。",
            "妥否，请批示。",
        ),
    )


def publicity(file: File) -> Letter:
    """公示: who, since when, where to speak up, until when."""
    detail, ends = file.development, publicity_end(file)
    until = f"{full_day(ends.day)}{ends.mark}" if ends else gap("公示期满的时间")
    person = file.person
    traits = "，".join(one for one in (person.gender, _born(person.birth), person.workplace) if one)
    return Letter(
        title="关于确定发展对象的公示", to="", issuer=_branch(file), day=detail.posted_on, paragraphs=(
            f"经研究并报上级党委同意，拟确定{file.person.name}为发展对象，现予公示。",
            f"{person.name}，{known(traits, '性别、出生年月、工作单位')}，{_said(file.on('apply'), '递交入党申请书的时间')}递交入党申请书，"
            f"{_said(file.on('activist'), '确定为积极分子的时间')}确定为入党积极分子，培养联系人{_contacts(file)}。",
            f"公示时间：{_said(detail.posted_on, '张贴公示的时间')}至{until}（不少于5个工作日）。公示期内，对公示对象有意见的，可以向本支部或者上级党委反映。",
        ),
    )


def admission(file: File) -> Letter:
    """关于接收……为预备党员的请示, with the vote."""
    return Letter(
        title=f"关于接收{file.person.name}为预备党员的请示", to=_approver(file), issuer=_branch(file), day=file.on("report"), paragraphs=(
            f"{_who(file)}，{_said(file.on('candidate'), '确定为发展对象的时间')}确定为发展对象，政治审查合格，"
            f"集中培训{known(_training(file), '培训天数、学时')}，"
            f"{_said(file.on('prereview'), '预审的时间')}经党委预审合格。",
            f"{_said(file.on('meeting'), '党员大会的时间')}支部党员大会讨论表决：{_vote(file, Meeting.ADMISSION)}，同意接收为预备党员。",
            "妥否，请审批。",
        ),
    )


def approval(file: File) -> Letter:
    """关于批准……为预备党员的批复."""
    meeting, ends = file.on("meeting"), _first_end(file)
    return Letter(
        title=f"关于批准{file.person.name}为中共预备党员的批复", to=_branch(file), issuer=_approver(file), day=file.on("approve"),
        number=file.number("approve"), paragraphs=(
            f"你支部{_said(file.on('report'), '上报的时间')}的请示收悉。经党委集体讨论表决，批准{file.person.name}为中共预备党员。",
            f"预备期一年，自{_said(meeting, '党员大会的时间')}支部党员大会通过之日起，至{_said(ends, '预备期满的时间')}止。",
            "此复。",
        ),
    )


def extension(file: File) -> Letter:
    """关于延长……预备期的请示, with the vote (DEV-24)."""
    ended, detail = _first_end(file), file.development
    return Letter(
        title=f"关于延长{file.person.name}预备期的请示", to=_approver(file), issuer=_branch(file), day=file.on("extension_report"), paragraphs=(
            f"{_who(file)}，{_said(file.on('meeting'), '党员大会的时间')}由支部党员大会接收为预备党员，预备期于{_said(ended, '预备期满的时间')}满。",
            f"经支部委员会审查，需要继续考察和教育。{_said(detail.extended_on, '讨论延长的时间')}支部党员大会讨论表决：{_vote(file, Meeting.EXTENSION)}，"
            f"同意延长预备期{detail.extended_months or gap('延长的月数')}个月，至{_said(probation_ends(file), '延长后期满的时间')}止。",
            "妥否，请审批。",
        ),
    )


def extension_approved(file: File) -> Letter:
    """关于同意延长……预备期的批复."""
    months = file.development.extended_months or gap("延长的月数")
    return Letter(
        title=f"关于同意延长{file.person.name}预备期的批复", to=_branch(file), issuer=_approver(file), day=file.on("extension_approval"),
        number=file.number("extension_approval"), paragraphs=(
            f"你支部{_said(file.on('extension_report'), '上报的时间')}的请示收悉。经党委讨论表决，同意延长{file.person.name}的预备期{months}个月，"
            f"自{_said(_first_end(file), '预备期满的时间')}至{_said(probation_ends(file), '延长后期满的时间')}。",
            "请加强教育考察，延长期满及时讨论其能否转为正式党员。",
            "此复。",
        ),
    )


def confirmation(file: File) -> Letter:
    """关于……按期转正的请示."""
    return Letter(
        title=f"关于{file.person.name}转为正式党员的请示", to=_approver(file), issuer=_branch(file), day=file.on("confirmation_report"),
        paragraphs=(
            f"{file.person.name}{_said(file.on('meeting'), '党员大会的时间')}由支部党员大会接收为预备党员，"
            f"{_extended(file)}预备期于{_said(probation_ends(file), '预备期满的时间')}满。"
            f"本人{_said(file.on('confirmation_request'), '提出转正申请的时间')}书面提出转正申请。",
            f"{_said(file.on('confirmation_meeting'), '讨论转正的时间')}支部党员大会讨论表决：{_vote(file, Meeting.CONFIRMATION)}，同意转为正式党员。",
            "妥否，请审批。",
        ),
    )


def confirmed(file: File) -> Letter:
    """关于批准……转为正式党员的批复."""
    return Letter(
        title=f"关于批准{file.person.name}转为中共正式党员的批复", to=_branch(file), issuer=_approver(file), day=file.on("confirm"),
        number=file.number("confirm"), paragraphs=(
            f"你支部{_said(file.on('confirmation_report'), '上报的时间')}的请示收悉。{_extended(file)}经党委讨论表决，批准{file.person.name}转为中共正式党员，"
            f"党龄自{_said(probation_ends(file), '预备期满的时间')}算起。",
            "此复。",
        ),
    )


def _first_end(file: File) -> date | None:
    """When probation ends, or ended, without the extension."""
    meeting = file.on("meeting")
    return months_later(meeting, limit("DEV-23", "months")) if meeting else None


def _said(day: date | None, name: str) -> str:
    return full_day(day) if day else gap(name)


def _born(birth: str) -> str:
    """Year and month of birth; the day is nobody's business on a public notice."""
    year, _, rest = birth.partition("-")
    return f"{int(year)}年{f'{int(rest[:2])}月' if rest else ''}出生" if year else ""


def _branch(file: File) -> str:
    return file.case.organization.unit.name if file.case.organization else ""


def _approver(file: File, name: str = "审批的党委") -> str:
    approver = file.development.approver
    return known(approver.unit.name, "") if approver else (gap(name) if name else "")


def _who(file: File) -> str:
    person = file.person
    return "，".join(one for one in (person.name, person.gender, person.workplace) if one)


def _training(file: File) -> str:
    detail = file.development
    parts = [f"{number}{unit}" for number, unit in ((detail.training_days, "天"), (detail.training_hours, "学时")) if number]
    return "、".join(parts)


def _contacts(file: File) -> str:
    names = [one.person.name for one in Contact.objects.filter(case=file.case, valid_to=None).select_related("person")]
    return known("、".join(names), "培养联系人")


def _extended(file: File) -> str:
    """The one extension of probation (DEV-24); "" without one."""
    detail = file.development
    if not detail.extended_months:
        return ""
    approved = file.on("extension_approval")
    said = f"{_said(detail.extended_on, '讨论延长的时间')}支部党员大会决定延长预备期{detail.extended_months}个月，"
    return said + (f"{full_day(approved)}经党委批准，" if approved else "")


def _vote(file: File, meeting: Meeting) -> str:
    vote = MemberVote.objects.filter(case=file.case, meeting=meeting).first()
    if vote is None:
        return gap("党员大会表决")
    written = f"（其中书面意见{vote.written_yes}份）" if vote.written_yes else ""
    return (
        f"应到会有表决权的党员{vote.expected}名，实到会{vote.present}名，赞成{vote.yes + vote.written_yes}票{written}，"
        f"反对{vote.no}票，弃权{vote.abstained}票"
    )
