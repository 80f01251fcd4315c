"""What stands in the way of a step of a development, each with its article; read as at the day of the step (M15; regulations §3)."""

from __future__ import annotations

from datetime import date

from shanghui.cases.development_bodies import approver_faults, belongs_on, body_faults, full_among
from shanghui.cases.explaining import Fault, standing
from shanghui.cases.file import File
from shanghui.cases.models import ARCHIVED, Contact, Introducer, Meeting, MemberVote
from shanghui.cases.spans import half_years, next_examination, probation_ends
from shanghui.kernel.partial_dates import first_day, last_day
from shanghui.kernel.periods import full_day, months_later
from shanghui.kernel.working_days import Reckoned, after_working_days
from shanghui.ledger.people.models import Person
from shanghui.rules.majorities import enough, passed
from shanghui.rules.registry import limit, norm_on


def present_faults(file: File, on: date) -> list[str]:
    """The person is still here: who has left, or whose relation went elsewhere, goes no further."""
    person, body = file.person, file.case.organization
    assert body is not None
    if wrong := body_faults(body, on, person):
        return wrong
    held = belongs_on(person, on)
    if held is not None and held.organization_id != body.pk:
        return [f"{person.name}的{held.get_kind_display()}在“{held.organization.unit.name}”。请先把这件事转到那里。"]
    if held is None and file.on("activist") is not None:
        return [f"{person.name}在{full_day(on)}已经不在“{body.unit.name}”。已经离开、去世的，请把这件事结束或者撤回。"]
    return []


def age_faults(person: Person, on: date) -> list[str]:
    """Eighteen on the day of application (DEV-01); where the birthday is not known well enough, that is said."""
    years = limit("DEV-01", "years")
    if not person.birth:
        return [f"台账里没有{person.name}的出生年月，看不出申请时满没满{years}岁。请先补上。"]
    if months_later(first_day(person.birth), 12 * years) > on:
        return standing_age(person, on)
    if months_later(last_day(person.birth), 12 * years) > on:
        return [f"{person.name}的出生年月只知道是{person.birth}，看不出申请时满没满{years}岁。请把出生日期补到日。"]
    return []


def standing_age(person: Person, on: date) -> list[str]:
    """The sentence for somebody too young, or not born yet."""
    years = limit("DEV-01", "years")
    norm = norm_on("DEV-01", on)
    source = f"（{norm.source}）" if norm else ""
    return [f"{person.name}在{full_day(on)}不满{years}岁，不能申请入党{source}。请核对出生日期和申请时间。"]


def may_apply(file: File, on: date) -> list[str]:
    """Age and place of application."""
    return [*age_faults(file.person, on), *present_faults(file, on)]


def may_go_on(file: File, on: date) -> list[str]:
    """Nothing but that the person is here."""
    return present_faults(file, on)


def may_name_contacts(file: File, on: date) -> list[str]:
    """One or two full members, not himself (DEV-05)."""
    return [*present_faults(file, on), *contact_faults(file, on)]


def contact_faults(file: File, on: date) -> list[str]:
    """Who looks after the candidate on the day."""
    rows = [one for one in Contact.objects.filter(case=file.case).select_related("person") if one.valid_to is None or one.valid_to > on]
    least, most = limit("DEV-05", "least"), limit("DEV-05", "most")
    if not least <= len(rows) <= most:
        return [f"培养联系人要{least}至{most}名正式党员，现有{len(rows)}名。请先填写培养联系人。"]
    full = full_among([one.person_id for one in rows], on)
    names = [one.person.name for one in rows if one.person_id not in full]
    return [f"{'、'.join(names)}在{full_day(on)}不是正式党员，不能作培养联系人。请更换。"] if names else []


def may_conclude_cultivation(file: File, on: date) -> list[str]:
    """An examination within the last half year; half years without one are explained (DEV-06)."""
    start, months = file.on("activist"), limit("DEV-06", "months")
    recent = [one for one in file.examined if months_later(one, months) >= on >= one]
    found = [] if recent or start is None else ["最近半年没有考察的登记，请先登记一次培养考察。"]
    missed = [last for _, last, done in half_years(file, on) if not done]
    fault = Fault("DEV-06", f"到{'、'.join(full_day(one) for one in missed)}为止的半年没有考察登记，应当每半年考察一次", liftable=True)
    return [*present_faults(file, on), *found, *(standing(file, [fault], on) if missed else [])]


def may_decide_candidate(file: File, on: date) -> list[str]:
    """After consent and publicity where the version of the day asks for them (DEV-10)."""
    wrong = present_faults(file, on)
    ends = publicity_end(file)
    if not is_public(on):
        return wrong
    if ends is None:
        return [*wrong, "请先填写公示：哪天张贴、贴在哪里。"]
    days = limit_on("DEV-10", "working_days", on)
    if on <= ends.day:
        first = after_working_days(ends.day, 1)
        wrong.append(f"公示满{days}个工作日是{full_day(ends.day)}{ends.mark}，{full_day(first.day)}才能决定。请核对日期。")
    return wrong


def may_end_publicity(file: File, on: date) -> list[str]:
    """Posted after the consent, in every place, for so many full working days (DEV-10)."""
    detail, ends = file.development, publicity_end(file)
    wrong = present_faults(file, on)
    if ends is None or detail.posted_on is None:
        return [*wrong, "请先填写公示：哪天张贴、贴在哪里。"]
    consent = file.on("candidate_consent")
    if consent is not None and detail.posted_on < consent:
        wrong.append(f"公示（{full_day(detail.posted_on)}张贴）要在上级党委同意（{full_day(consent)}）以后。请核对日期。")
    if not detail.posted_at:
        wrong.append("请填写公示地点（单位或者居住地）。")
    if detail.mobile and not detail.posted_inflow:
        wrong.append("流动人员在流出地和流入地都要公示，请填写流入地的公示地点。")
    if on < ends.day:
        days = limit_on("DEV-10", "working_days", on)
        wrong.append(f"{full_day(detail.posted_on)}张贴，满{days}个工作日是{full_day(ends.day)}{ends.mark}。请核对日期。")
    return wrong


def publicity_end(file: File) -> Reckoned | None:
    """The last of the full working days after posting; None while nothing is posted, or nothing is asked on that day."""
    posted = file.development.posted_on
    if posted is None or not is_public(posted):
        return None
    return after_working_days(posted, limit_on("DEV-10", "working_days", posted))


def is_public(on: date) -> bool:
    """Whether the version in force on the day asks for consent and publicity."""
    norm = norm_on("DEV-10", on)
    return norm is not None and "working_days" in norm.limits


def limit_on(code: str, name: str, on: date) -> int:
    """A number of a norm in the version in force on the day. Raises LookupError where it has none."""
    norm = norm_on(code, on)
    if norm is None or name not in norm.limits:
        raise LookupError(f"{code}.{name}")
    return norm.limits[name]


def may_name_introducers(file: File, on: date) -> list[str]:
    """Two full members, not himself (DEV-11)."""
    return [*present_faults(file, on), *introducer_faults(file, on)]


def introducer_faults(file: File, on: date) -> list[str]:
    """Who introduces the candidate, as at the day."""
    rows, many = list(Introducer.objects.filter(case=file.case).select_related("person")), limit("DEV-11", "introducers")
    if len(rows) != many:
        return [f"入党介绍人正好{many}名正式党员，现有{len(rows)}名。请先填写入党介绍人。"]
    full = full_among([one.person_id for one in rows], on)
    names = [one.person.name for one in rows if one.person_id not in full]
    return [f"{'、'.join(names)}在{full_day(on)}不是正式党员，不能作入党介绍人。请换人。"] if names else []


def may_end_training(file: File, on: date) -> list[str]:
    """Enough days or enough hours (DEV-13)."""
    detail, days, hours = file.development, limit("DEV-13", "days"), limit("DEV-13", "hours")
    wrong = present_faults(file, on)
    if detail.training_days is None and detail.training_hours is None:
        return [*wrong, "请先填写集中培训的天数或者学时。"]
    if (detail.training_days or 0) < days and (detail.training_hours or 0) < hours:
        found = f"{detail.training_days or 0}天、{detail.training_hours or 0}学时"
        wrong += standing(file, [Fault("DEV-13", f"集中培训不少于{days}天或者{hours}学时，现有{found}")], on)
    return wrong


def may_review(file: File, on: date) -> list[str]:
    """Who leaves the unit within three months is 一般 not admitted (DEV-15)."""
    leaving, months = file.development.leaving_on, limit("DEV-15", "months")
    wrong = [*present_faults(file, on), *introducer_faults(file, on)]
    if leaving is not None and leaving <= months_later(on, months):
        fault = Fault("DEV-15", f"{file.person.name}预计{full_day(leaving)}离开现单位，{months}个月内将离开的，一般不办理接收")
        wrong += standing(file, [fault], on)
    return wrong


def may_prereview(file: File, on: date) -> list[str]:
    """By a committee that may approve (DEV-14, DEV-19)."""
    return [*present_faults(file, on), *approver_faults(file.development.approver, on)]


def may_admit(file: File, on: date) -> list[str]:
    """Within a month of the committee's review, with enough present and enough in favour (DEV-16, DEV-17)."""
    reviewed, norm = file.on("prereview"), norm_on("DEV-16", on)
    wrong = [*present_faults(file, on), *introducer_faults(file, on)]
    if reviewed is not None and norm is not None and "months" in norm.limits:
        start = max(reviewed, norm.since)
        last = months_later(start, norm.limits["months"])
        if on > last:
            wrong.append(
                f"预审（{full_day(reviewed)}）合格后{norm.limits['months']}个月内，最迟{full_day(last)}提交党员大会（{norm.source}）。请退回“党委预审”重新预审。"
            )
    return [*wrong, *vote_faults(file, Meeting.ADMISSION, on)]


def vote_faults(file: File, meeting: Meeting, on: date) -> list[str]:
    """Whether the meeting could vote and what it decided, by the version in force on the day; each count with its denominator."""
    vote, norm = MemberVote.objects.filter(case=file.case, meeting=meeting).first(), norm_on("DEV-17", on)
    if vote is None:
        return [f"请先填写党员大会的表决：{meeting.label}。"]
    found = []
    if norm is not None and enough(vote.present, vote.expected, norm) is False:
        found.append(Fault("DEV-17", f"应到会有表决权{vote.expected}人，实到{vote.present}人，到会要超过一半，会议不能表决"))
    elif norm is not None and passed(vote.yes + vote.written_yes, vote.present, vote.expected, norm) is False:
        words = f"赞成{vote.yes + vote.written_yes}票（会上{vote.yes}票、书面{vote.written_yes}份）"
        found.append(Fault("DEV-17", f"没有通过：{words}，要超过应到会有表决权{vote.expected}人的一半。表决没有通过的，请用“没有通过、取消资格”登记"))
    return standing(file, found, on)


def may_approve(file: File, on: date) -> list[str]:
    """By a committee with the right, within three months, six at most with a reason (DEV-19, DEV-21)."""
    reported = file.on("report")
    wrong = [*present_faults(file, on), *approver_faults(file.development.approver, on)]
    if reported is None:
        return wrong
    usual, most = (months_later(reported, limit("DEV-21", name)) for name in ("months", "most_months"))
    if on > most:
        norm = norm_on("DEV-21", on)
        source = f"（{norm.source}）" if norm else ""
        many = limit("DEV-21", "most_months")
        wrong.append(
            f"报党委（{full_day(reported)}）以后不得超过{many}个月，最迟{full_day(most)}审批{source}。请重新召开党员大会、重新上报。"
        )
    elif on > usual:
        fault = Fault("DEV-21", f"报党委（{full_day(reported)}）以后一般{limit('DEV-21', 'months')}个月内审批，最迟{full_day(usual)}", liftable=True)
        wrong += standing(file, [fault], on)
    return wrong


def may_swear(file: File, on: date) -> list[str]:
    """一般 within a month of the approval, in the version that says so (DEV-22)."""
    approved, norm = file.on("approve"), norm_on("DEV-22", on)
    wrong = present_faults(file, on)
    if approved is None or norm is None or "months" not in norm.limits:
        return wrong
    last = months_later(max(approved, norm.since), norm.limits["months"])
    fault = Fault("DEV-22", f"宣誓一般在批准后{norm.limits['months']}个月内，最迟{full_day(last)}")
    return [*wrong, *(standing(file, [fault], on) if on > last else [])]


def may_confirm(file: File, on: date) -> list[str]:
    """The vote on 转正 (DEV-25); the end of probation is the earliest day of the step."""
    return [*present_faults(file, on), *vote_faults(file, Meeting.CONFIRMATION, on)]


def may_report_extension(file: File, on: date) -> list[str]:
    """After the meeting that decided on it (DEV-24)."""
    met = file.development.extended_on
    late = [f"决定延长的党员大会在{full_day(met)}，报党委不能早于这一天。请核对日期。"] if met is not None and on < met else []
    return [*present_faults(file, on), *late]


def may_approve_confirmation(file: File, on: date) -> list[str]:
    """By a committee with the right."""
    return [*present_faults(file, on), *approver_faults(file.development.approver, on)]


def may_archive(file: File, on: date) -> list[str]:
    """The six papers are in the file (DEV-28)."""
    missing = [str(file.development._meta.get_field(name).verbose_name) for name in ARCHIVED if not getattr(file.development, name)]  # type: ignore[union-attr]
    return [f"归档材料还差：{'、'.join(missing)}。请先核对材料，逐项打勾。"] if missing else []


def warnings(file: File) -> list[str]:
    """What is worth a look: half years without an examination, contacts missing, probation that ends, discipline of introducers."""
    day, found = file.day, []
    missed = [last for _, last, done in half_years(file, day) if not done]
    if missed and "cultivation" not in file.done:
        found.append(f"到{'、'.join(full_day(one) for one in missed[-3:])}为止的半年没有考察登记。")
    if file.on("contacts") is not None and file.on("meeting") is None:
        found += contact_faults(file, day)
    due = next_examination(file)
    if due is not None and due < day and "cultivation" not in file.done and due not in missed:
        found.append(f"下一次培养考察最迟{full_day(due)}，已经过了。")
    if "introducers" not in file.done and file.on("candidate") is not None:
        found.append("受警告、严重警告、撤职处分在影响期内的不宜作入党介绍人，留党察看没有恢复权利的不能作。请核对。")
    ends = probation_ends(file)
    if ends is not None and ends <= day and file.on("confirmation_meeting") is None:
        found.append(f"预备期已于{full_day(ends)}满，要及时召开党员大会讨论转正。")
    held = belongs_on(file.person, day)
    if held is None and file.on("approve") is not None:
        found.append("台账里没有本人的组织关系，请核对。")
    return found


