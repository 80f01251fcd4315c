"""What a chamber did in a year: members that joined and left, what it held, its charter and its term (M02, M28)."""

from __future__ import annotations

from collections.abc import Iterable

from shanghui.access.naming import called_on
from shanghui.kernel.facts import Precision
from shanghui.ledger.organizations.archive import ChamberArchive
from shanghui.ledger.organizations.models import Chamber, ChamberMembership, CharterItem
from shanghui.reports.content import Counted, Paragraph
from shanghui.reports.facts import Facts, Pieces, counted, missing, paragraph, say

NAMES_SHOWN = 20
RECORD = "如已开展，请在“活动”里补记（主办单位选本商会）；也可在本节写一段。"
EVENTS = {
    "presidents_home": "期", "lecture_hall": "期", "training": "期", "theme_education": "次", "volunteering": "次", "donation": "次",
    "visit": "次", "field_march": "次", "joint_learning": "次", "other": "次",
}


def archive(facts: Facts) -> ChamberArchive:
    """Everything known of the chamber; organizations bear the names of the day."""
    known = ChamberArchive(Chamber.objects.select_related("unit").get(pk=facts.unit.pk), facts.day)
    called_on(facts.day, [*(one.organization.unit for one in known.coverages), *(one.unit for one in known.terms)])
    return known


def membership(facts: Facts, known: ChamberArchive) -> tuple[Paragraph, ...]:
    """Declared size, members on the register, who joined and who left in the year."""
    said = []
    if facts.count("chambers.enterprises"):
        said.append(paragraph(facts.sentence("填报会员企业{chambers.enterprises}家"), _registered(known), "。"))
    elif known.members:
        said.append(paragraph("台账登记会员企业", _members(known), "家。"))
    first, last = facts.period.first, facts.period.last
    joined = [one for one in known.memberships if first <= one.valid_from <= last and one.from_precision != Precision.SEEN]
    left = [one for one in known.memberships if one.valid_to and first < one.valid_to <= last]
    for code, verb, rows in (("joined", "新入会", joined), ("left", "退会", left)):
        if rows:
            how_many = counted(code, f"{facts.word}{verb}的企业", "memberships", (one.pk for one in rows))
            said.append(paragraph(f"{facts.word}{verb}", how_many, f"家：{_names(rows)}。"))
    return tuple(said) or (missing("会员企业情况", "台账里没有会员企业。请在商会的页面登记会员数和会员企业。", "chambers", open=True),)


def _registered(known: ChamberArchive) -> Pieces:
    return say("，台账逐家登记", _members(known), "家") if known.members else ()


def _members(known: ChamberArchive) -> Counted:
    return counted("members", "台账登记的会员企业", "memberships", (one.pk for one in known.members))


def _names(rows: Iterable[ChamberMembership]) -> str:
    names = [one.enterprise.name for one in rows]
    more = "等" if len(names) > NAMES_SHOWN else ""
    return f"{'、'.join(names[:NAMES_SHOWN])}{more}"


def events(facts: Facts) -> tuple[Paragraph, ...]:
    """What the chamber itself held."""
    held = facts.sessions(**EVENTS)
    if not held:
        return (missing(f"{facts.word}商会举办的活动", RECORD, "activities", open=True),)
    return (paragraph("举办", held, "。"),)


def party(facts: Facts, known: ChamberArchive) -> tuple[Paragraph, ...]:
    """By which organizations the chamber is covered, and what its charter says."""
    names = [one.unit.name for one in known.organizations]
    advice = "本商会没有党组织覆盖。请在“未覆盖商会”里写明原因和打算。"
    said = [paragraph(f"党组织：{'、'.join(names)}。") if names else missing("党组织组建情况", advice, "coverage")]
    items = [one.get_item_display() for one in known.charter]
    if items:
        whole = "，四项内容齐全" if len(items) == len(CharterItem) else ""
        said.append(paragraph(f"章程已写明：{'、'.join(items)}{whole}。"))
    else:
        said.append(missing("党建入章情况", "台账里没有登记章程的党建内容。请在商会的页面登记。", "chambers", open=True))
    return tuple(said)


def term(facts: Facts, known: ChamberArchive) -> tuple[Paragraph, ...]:
    """The chamber's own term."""
    found = known.term_of(known.chamber.pk)
    if found is None:
        return (missing("本届理事会任期", "台账里没有商会的任期。请在商会的页面登记换届时间。", "chambers", open=True),)
    late = "，任期已满，尚未换届" if found.due_by < facts.day else ""
    until = "".join(f"{int(number)}{word}" for number, word in zip(found.due_on.split("-"), "年月日", strict=False))
    return (paragraph(say(f"本届理事会任期到{until}{late}。")),)
