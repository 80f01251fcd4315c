"""发展党员: from the application to the full member, five stages and twenty-five steps, two more where probation is extended (M15; regulations §3).

The national chart was drawn for 2014; since the revision of 2026 the consent of the upper level and the publicity stand before the
decision on the 发展对象. Each step is judged by the version in force on its day.
"""

from __future__ import annotations

from collections.abc import Sequence

from shanghui.cases import development_checks as checks
from shanghui.cases import development_papers as papers
from shanghui.cases import development_writing as writing
from shanghui.cases.file import File
from shanghui.cases.registry import EXAMINATION, PERSON, PROBATION, Ending, Kind, Limit, Paper, Step, Who, declare
from shanghui.ledger.people.models import Category, MembershipRecord

APPLYING, ACTIVIST, CANDIDATE = "一、申请入党", "二、入党积极分子", "三、发展对象"
ADMITTING, PROBATIONARY = "四、接收预备党员", "五、教育考察和转正"


def _public(file: File) -> bool:
    """Whether consent and publicity come before the decision: by the version on the day it was decided, or of today."""
    return checks.is_public(file.on("candidate") or file.day)


def _filed(file: File) -> bool:
    return not _public(file)


def _is_extended(file: File) -> bool:
    """Whether a meeting extended probation: only then the committee is asked to approve it."""
    return bool(file.development.extended_months)


def _refuses(file: File) -> Sequence[str]:
    """A full member is not developed; too young, or from an organization that may not."""
    person, day = file.person, file.case.opened_on
    if MembershipRecord.objects.filter(person=person, category=Category.FULL, valid_to=None).exists():
        return [f"{person.name}已经是正式党员，不用办理发展党员。"]
    return checks.may_apply(file, day)


def _before_meeting(file: File) -> bool:
    return file.on("activist") is not None and file.on("meeting") is None


def _not_admitted(file: File) -> bool:
    return file.on("meeting") is None


def _at_meeting(file: File) -> bool:
    return file.on("form") is not None and file.on("meeting") is None


def _at_committee(file: File) -> bool:
    return file.on("report") is not None and file.on("approve") is None


def _in_probation(file: File) -> bool:
    return file.on("approve") is not None and file.on("confirm") is None


ENDINGS = (
    Ending("struck-off", "不再列为积极分子、发展对象", "经考察不再培养，或者本人提出、离开、去世的。台账里的培养到这一天为止。", _before_meeting, "DEV-08",
           writing.strike_off),
    Ending("moved-away", "转到平台以外的党组织", "还不是预备党员、到平台以外去的。材料转交对方，时间连续计算；台账里的培养到这一天为止。请写转到哪里。",
           _not_admitted, "DEV-08", writing.move_away, leaves=True),
    Ending("meeting", "党员大会没有通过", "表决没有超过应到会的一半。台账不变，可以继续培养，以后重新办理。", _at_meeting, "DEV-17"),
    Ending("committee", "党委没有批准", "党委审批没有批准。台账不变，可以继续培养。", _at_committee, "DEV-21"),
    Ending("cancelled", "取消预备党员资格", "预备期满不履行党员义务、不具备党员条件，经党员大会讨论、党委批准。党籍和组织关系到这一天为止。", _in_probation,
           "DEV-24", writing.cancel),
)

declare(Kind(
    code="development", title="发展党员",
    sentence="从递交入党申请书到转为正式党员，五个阶段、二十五步，每一步的时限、票数和依据都在里面；党籍随办理写入台账，不用另外登记。",
    about=PERSON, finish=writing.finish, consequences=writing.consequences, refuses=_refuses, warns=checks.warnings, makes_branch=False,
    endings=ENDINGS,
    papers=(
        Paper("consent", "关于确定发展对象的请示", papers.consent, applies=_public),
        Paper("publicity", "关于确定发展对象的公示", papers.publicity, applies=_public),
        Paper("admission", "关于审批预备党员的请示", papers.admission), Paper("approval", "关于批准预备党员的批复", papers.approval),
        Paper("extension", "关于延长预备期的请示", papers.extension, applies=_is_extended),
        Paper("extension_approved", "关于同意延长预备期的批复", papers.extension_approved, applies=_is_extended),
        Paper("confirmation", "关于预备党员转正的请示", papers.confirmation), Paper("confirmed", "关于批准转正的批复", papers.confirmed),
    ),
    steps=(
        Step(
            "apply", "递交入党申请书", "本人向所在单位党组织递交入党申请书；没有党组织的，向居住地等的党组织提出。", Who.BRANCH, refuses=checks.may_apply,
            norm="DEV-01", stage=APPLYING, ordinal=1, on_paper="入党申请书", writes=writing.apply,
        ),
        Step(
            "talk", "派人谈话", "收到申请书后派人同申请人谈话。这里只登记谈了、哪天谈的，不录谈话内容。", Who.BRANCH, after=("apply",),
            latest=Limit("DEV-03", "months", of="apply"), refuses=checks.may_go_on, norm="DEV-03", stage=APPLYING, ordinal=2,
            on_paper="谈话登记",
        ),
        Step(
            "activist", "确定入党积极分子", "党员推荐、群团推优，支委会（不设支委会的由党员大会）研究决定。", Who.BRANCH, after=("talk",),
            refuses=checks.may_go_on, norm="DEV-04", stage=ACTIVIST, ordinal=3, on_paper="推荐材料、会议记录",
            writes=writing.become(Category.ACTIVIST), proposed=writing.proposed(Category.ACTIVIST),
        ),
        Step(
            "activist_filing", "积极分子备案", "报上级党委备案。", Who.BRANCH, after=("activist",), refuses=checks.may_go_on, norm="DEV-04",
            stage=ACTIVIST, ordinal=4, on_paper="备案表",
        ),
        Step(
            "contacts", "指定培养联系人", "指定一至两名正式党员作培养联系人；以后要更换的，随时在“培养联系人”里换。", Who.BRANCH, after=("activist",),
            asks=("contacts",), refuses=checks.may_name_contacts, norm="DEV-05", stage=ACTIVIST, ordinal=5,
        ),
        Step(
            "cultivation", "培养教育考察", "每半年考察一次，逐次登记；满一年、准备列为发展对象时，办结这一步。", Who.BRANCH, after=("contacts",),
            asks=("examinations", "contacts"), latest=Limit("DEV-06", "", of=EXAMINATION), earliest=Limit("DEV-09", "months", of="activist"),
            refuses=checks.may_conclude_cultivation, norm="DEV-06", stage=ACTIVIST, ordinal=6, on_paper="入党积极分子培养考察登记表",
        ),
        Step(
            "candidate_review", "听取意见、支委会讨论", "听取党小组、培养联系人、党员和群众意见，支委会讨论同意。", Who.BRANCH,
            after=("activist_filing", "cultivation"), earliest=Limit("DEV-09", "months", of="activist"), refuses=checks.may_go_on,
            papers=("consent",), norm="DEV-09", stage=CANDIDATE, ordinal=7, on_paper="征求意见材料、会议记录",
        ),
        Step(
            "candidate_consent", "上级党委同意", "报上级党委，同意以后才能公示。", Who.APPROVER, after=("candidate_review",), applies=_public,
            refuses=checks.may_go_on, papers=("consent",), norm="DEV-10", stage=CANDIDATE, ordinal=8, on_paper="上级党委意见",
        ),
        Step(
            "publicity", "公示", "在单位或者居住地公示不少于5个工作日，张贴当天不算；流动人员在流出地、流入地都要公示。办理时间填公示期满的那一天。",
            Who.BRANCH, after=("candidate_consent",), applies=_public, asks=("posted",), refuses=checks.may_end_publicity,
            papers=("publicity",), norm="DEV-10", stage=CANDIDATE, ordinal=8, on_paper="公示和公示结果",
        ),
        Step(
            "candidate", "确定发展对象", "满一年、程序走完，确定为发展对象。", Who.BRANCH, after=("candidate_review", "candidate_consent", "publicity"),
            earliest=Limit("DEV-09", "months", of="activist"), refuses=checks.may_decide_candidate, norm="DEV-10", stage=CANDIDATE, ordinal=7,
            on_paper="会议记录", writes=writing.become(Category.CANDIDATE), proposed=writing.proposed(Category.CANDIDATE),
        ),
        Step(
            "candidate_filing", "发展对象备案", "报上级党委备案（2014年的细则）。", Who.BRANCH, after=("candidate",), applies=_filed,
            refuses=checks.may_go_on, norm="DEV-10", stage=CANDIDATE, ordinal=8, on_paper="备案表",
        ),
        Step(
            "introducers", "确定入党介绍人", "两名正式党员作入党介绍人，一般由培养联系人担任。", Who.BRANCH, after=("candidate",),
            asks=("introducers",), refuses=checks.may_name_introducers, norm="DEV-11", stage=CANDIDATE, ordinal=9,
        ),
        Step(
            "political_review", "政治审查", "谈话、查阅档案、函调外调，形成结论性材料。这里只登记哪天审查完、材料放在哪里。", Who.BRANCH, after=("candidate",),
            refuses=checks.may_go_on, norm="DEV-12", stage=CANDIDATE, ordinal=10, on_paper="政治审查结论性材料",
        ),
        Step(
            "training", "集中培训", "基层党委或者县级党委组织部门集中培训，不少于3天或者24学时。办理时间填培训结束的那一天。", Who.BRANCH,
            after=("candidate",), asks=("training",), refuses=checks.may_end_training, norm="DEV-13", stage=CANDIDATE, ordinal=11,
            on_paper="培训证明",
        ),
        Step(
            "branch_review", "支委会审查", "支委会对发展对象严格审查，集体讨论认为合格，报党委预审。", Who.BRANCH,
            after=("candidate_filing", "introducers", "political_review", "training"), asks=("leaving",), refuses=checks.may_review,
            norm="DEV-14", stage=ADMITTING, ordinal=12, on_paper="会议记录",
        ),
        Step(
            "prereview", "党委预审", "具有审批权限的党委预审，书面通知结果。", Who.APPROVER, after=("branch_review",), asks=("approver",),
            refuses=checks.may_prereview, norm="DEV-14", stage=ADMITTING, ordinal=13, on_paper="预审结果通知",
        ),
        Step(
            "form", "填写入党志愿书", "在入党介绍人指导下填写。志愿书由省级党委组织部门统一印制，平台不印。", Who.BRANCH, after=("prereview",),
            refuses=checks.may_go_on, norm="DEV-29", stage=ADMITTING, ordinal=14, on_paper="入党志愿书",
        ),
        Step(
            "meeting", "党员大会接收", "支部党员大会讨论，无记名投票，逐个表决。办理时间就是党员大会那一天，预备期从这一天算起。", Who.BRANCH,
            after=("form",), asks=("admission", "introducers"), latest=Limit("DEV-16", "months", of="prereview"), refuses=checks.may_admit,
            norm="DEV-17", stage=ADMITTING, ordinal=15, on_paper="会议记录、决议、选票",
        ),
        Step(
            "report", "报党委审批", "决议写入志愿书，连同材料报党委。办理时间填党委收到的那一天，审批时限从这一天算起。", Who.BRANCH,
            after=("meeting",), refuses=checks.may_go_on, papers=("admission",), norm="DEV-18", stage=ADMITTING, ordinal=15,
            on_paper="决议、志愿书",
        ),
        Step(
            "committee_talk", "党委派人谈话", "党委审批前，指派党委委员或者组织员谈话，意见写入志愿书。这里不录谈话内容。", Who.APPROVER, after=("report",),
            refuses=checks.may_go_on, norm="DEV-20", stage=ADMITTING, ordinal=16, on_paper="入党志愿书",
        ),
        Step(
            "approve", "党委审批", "党委集体讨论、逐个表决。批准后，预备期从党员大会通过之日算起。", Who.APPROVER, after=("committee_talk",),
            approves="report", numbered=True, asks=("approver",), latest=Limit("DEV-21", "months", of="report"), refuses=checks.may_approve,
            papers=("approval",), norm="DEV-21", stage=ADMITTING, ordinal=17, on_paper="批复、志愿书", writes=writing.admit,
            proposed=writing.proposed(Category.PROBATIONARY),
        ),
        Step(
            "admission_filing", "再上一级备案", "报上级党委组织部门备案。", Who.APPROVER, after=("approve",), refuses=checks.may_go_on, norm="DEV-21",
            stage=ADMITTING, ordinal=18, on_paper="备案表",
        ),
        Step(
            "placed", "编入党支部、党小组", "及时编入支部和小组，参加组织生活。", Who.BRANCH, after=("approve",), refuses=checks.may_go_on, norm="DEV-23",
            stage=PROBATIONARY, ordinal=19,
        ),
        Step(
            "oath", "入党宣誓", "面向党旗宣誓，由党委或者党支部组织。", Who.BRANCH, after=("approve",), latest=Limit("DEV-22", "months", of="approve"),
            refuses=checks.may_swear, norm="DEV-22", stage=PROBATIONARY, ordinal=20,
        ),
        Step(
            "probation", "继续教育考察", "预备期内继续教育考察，登记表放在支部。期满办结这一步。", Who.BRANCH, after=("placed",),
            asks=("extended",), refuses=checks.may_go_on, norm="DEV-24", stage=PROBATIONARY, ordinal=21, on_paper="预备党员教育考察登记表",
        ),
        Step(
            "confirmation_request", "提出转正申请", "本人书面提出转正申请。", Who.BRANCH, after=("approve",), refuses=checks.may_go_on, norm="DEV-25",
            stage=PROBATIONARY, ordinal=22, on_paper="转正申请书",
        ),
        Step(
            "extension_report", "延长预备期报党委", "党员大会决定延长的，报有审批权限的党委批准。办理时间填党委收到的那一天。", Who.BRANCH, after=("approve",),
            applies=_is_extended, refuses=checks.may_report_extension, papers=("extension",), norm="DEV-24", stage=PROBATIONARY, ordinal=23,
            on_paper="决议、志愿书",
        ),
        Step(
            "extension_approval", "党委批准延长预备期", "党委讨论、表决后批准。延长的时间从原来的预备期满之日算起。", Who.APPROVER, after=("extension_report",),
            applies=_is_extended, approves="extension_report", numbered=True, refuses=checks.may_approve_confirmation,
            papers=("extension_approved",), norm="DEV-24", stage=PROBATIONARY, ordinal=23, on_paper="批复、志愿书",
        ),
        Step(
            "confirmation_meeting", "党员大会讨论转正", "听取意见、支委会审查后，支部党员大会讨论，无记名投票。需要继续考察的，先登记延长。", Who.BRANCH,
            after=("admission_filing", "oath", "probation", "confirmation_request", "extension_approval"), asks=("confirmation", "extended"),
            earliest=Limit("DEV-23", "", of=PROBATION), latest=Limit("DEV-24-REMIND", "months", of=PROBATION), refuses=checks.may_confirm,
            norm="DEV-25", stage=PROBATIONARY, ordinal=23, on_paper="会议记录、决议、选票",
        ),
        Step(
            "confirmation_report", "转正报党委审批", "办理时间填党委收到的那一天。", Who.BRANCH, after=("confirmation_meeting",), refuses=checks.may_go_on,
            papers=("confirmation",), norm="DEV-25", stage=PROBATIONARY, ordinal=23, on_paper="决议、志愿书",
        ),
        Step(
            "confirm", "党委审批转正", "党委讨论、表决后批准。党龄从预备期满之日算起。", Who.APPROVER, after=("confirmation_report",),
            approves="confirmation_report", numbered=True, latest=Limit("DEV-25", "months", of="confirmation_report"),
            refuses=checks.may_approve_confirmation, papers=("confirmed",), norm="DEV-25", stage=PROBATIONARY, ordinal=24,
            on_paper="批复、志愿书", writes=writing.confirm,
        ),
        Step(
            "archive", "材料归档", "六种材料及时存入本人人事档案；没有人事档案的，建立党员档案。", Who.BRANCH, after=("confirm",), asks=("archived",),
            refuses=checks.may_archive, norm="DEV-28", stage=PROBATIONARY, ordinal=25, on_paper="档案",
        ),
    ),
))
