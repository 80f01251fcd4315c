"""The parts of a development on its page: what stands in each in lines, what is missing, where it is filled in."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from shanghui.cases.development_checks import publicity_end
from shanghui.cases.file import File
from shanghui.cases.models import ARCHIVED, Contact, Development, Examination, Introducer, Meeting, MemberVote
from shanghui.kernel.periods import full_day, last_day

DEVELOPMENT_FORMS = {
    "contacts": ("培养联系人", "development-contacts"), "examinations": ("培养考察", "development-examinations"),
    "posted": ("公示", "development-posted"), "introducers": ("入党介绍人", "development-introducers"),
    "training": ("集中培训", "development-training"), "leaving": ("离开单位的时间", "development-leaving"),
    "approver": ("审批的党委", "development-approver"), "admission": ("接收表决", "development-admission"),
    "extended": ("延长预备期", "development-extended"), "confirmation": ("转正表决", "development-confirmation"),
    "archived": ("归档材料", "development-archived"),
}
"""{what a step asks: (the word, the address of its form)}."""
ADDED = ("examinations", "leaving", "extended")
"""The parts that say what happened, where it did."""
VOTES = {"admission": Meeting.ADMISSION, "confirmation": Meeting.CONFIRMATION, "extended": Meeting.EXTENSION}


def missing_in(file: File, asked: Collection[str]) -> dict[str, tuple[str, ...]]:
    """By part what is not filled in yet."""
    if file.case.person_id is None:
        return {}
    detail, votes = file.development, _votes(file)
    facts = {
        "contacts": Contact.objects.filter(case=file.case, valid_to=None).exists(), "introducers": Introducer.objects.filter(case=file.case).exists(),
        "posted": detail.posted_on, "training": detail.training_days or detail.training_hours, "approver": detail.approver_id,
        "admission": Meeting.ADMISSION in votes, "confirmation": Meeting.CONFIRMATION in votes, "examinations": file.examined,
        "archived": all(getattr(detail, name) for name in ARCHIVED), "leaving": True, "extended": True,
    }
    return {part: () if known else (DEVELOPMENT_FORMS[part][0],) for part, known in facts.items() if part in asked}


def is_said(file: File, part: str) -> bool:
    """Whether what happens once at most is said already."""
    return bool({"extended": file.development.extended_months, "leaving": file.development.leaving_on}.get(part))


def words_in(file: File, part: str) -> list[str]:
    """What stands in a part, in lines."""
    return _WORDS[part](file) if part in _WORDS else _vote_words(file, part)


def _votes(file: File) -> dict[str, MemberVote]:
    return {one.meeting: one for one in MemberVote.objects.filter(case=file.case)}


def _vote_words(file: File, part: str) -> list[str]:
    vote, lines = _votes(file).get(VOTES[part]), []
    if part == "extended":
        detail = file.development
        lines = [f"{full_day(detail.extended_on)}党员大会决定延长{detail.extended_months}个月。"] if detail.extended_on else ["没有延长。只能延长一次。"]
    if vote is None:
        return lines or ["开完会再填。"]
    written = f"，会前书面意见 {vote.written} 份（赞成 {vote.written_yes} 份）" if vote.written else ""
    return [
        *lines, f"应到会有表决权 {vote.expected} 人，实到 {vote.present} 人{written}。",
        f"会上赞成 {vote.yes} 票，反对 {vote.no} 票，弃权 {vote.abstained} 票{f'，无效 {vote.invalid} 票' if vote.invalid else ''}。",
        f"赞成共 {vote.yes + vote.written_yes} 票，要超过应到会 {vote.expected} 人的一半（{vote.expected // 2 + 1} 票）。",
    ]


def _contacts(file: File) -> list[str]:
    rows = Contact.objects.filter(case=file.case).select_related("person")
    return [f"{one.person.name}：{_lasting(one)}{f'，{one.reason}' if one.reason else ''}" for one in rows] or ["还没有指定。"]


def _lasting(one: Contact) -> str:
    last = last_day(one.valid_to)
    return f"{full_day(one.valid_from)}{f'至{full_day(last)}' if last else '起'}"


def _examinations(file: File) -> list[str]:
    rows = Examination.objects.filter(case=file.case)
    return [
        "，".join(text for text in (full_day(one.on), one.who, f"材料放在{one.kept_at}" if one.kept_at else "") if text) for one in rows
    ] or ["还没有登记。"]


def _introducers(file: File) -> list[str]:
    rows = Introducer.objects.filter(case=file.case).select_related("person")
    return ["、".join(one.person.name for one in rows) or "还没有确定。"]


def _posted(file: File) -> list[str]:
    detail, ends = file.development, publicity_end(file)
    if detail.posted_on is None:
        return ["还没有公示。"]
    places = "、".join(one for one in (detail.posted_at, detail.posted_inflow) if one)
    found = [f"{full_day(detail.posted_on)}张贴{f'，{places}' if places else ''}。"]
    return [*found, f"满5个工作日是{full_day(ends.day)}{ends.mark}，下一个工作日可以决定。"] if ends else found


def _training(file: File) -> list[str]:
    pairs = ((file.development.training_days, "天"), (file.development.training_hours, "学时"))
    return ["、".join(f"{number} {unit}" for number, unit in pairs if number) or "还没有填。"]


def _leaving(file: File) -> list[str]:
    day = file.development.leaving_on
    return [f"预计{full_day(day)}离开现单位。" if day else "没有要离开现单位的情况。"]


def _approver(file: File) -> list[str]:
    approver = file.development.approver
    return [approver.unit.name if approver else "还没有填。"]


def _archived(file: File) -> list[str]:
    titles: dict[str, Any] = {one.name: one.verbose_name for one in Development._meta.concrete_fields}
    return [f"{'已' if getattr(file.development, name) else '未'}归档：{titles[name]}" for name in ARCHIVED]


_WORDS = {
    "contacts": _contacts, "examinations": _examinations, "introducers": _introducers, "posted": _posted, "training": _training,
    "leaving": _leaving, "approver": _approver, "archived": _archived,
}
