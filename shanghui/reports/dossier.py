"""One chamber's archive on paper: basic facts, coverage, officers, the course of events, activities, cases (M02, M43).

Officers are named, for posts are public; members without a post never are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from shanghui.access.naming import called_on, former_names
from shanghui.cases.models import Case
from shanghui.cases.queries import cases_of_chamber
from shanghui.kernel.code_tables import industry_name
from shanghui.kernel.facts import Fact, Precision
from shanghui.kernel.periods import last_day
from shanghui.ledger.activities.models import Activity
from shanghui.ledger.organizations.archive import ChamberArchive, holds
from shanghui.ledger.organizations.models import CharterItem
from shanghui.ledger.people.leadership import appointments_in, assignments_to, leaders
from shanghui.ledger.people.models import Post
from shanghui.reports.content import Block, Counted, Table
from shanghui.reports.facts import Facts, Pieces, missing, paragraph, say
from shanghui.reports.presences import presences

MOST = 100
_LENGTHS = {Precision.YEAR: 4, Precision.MONTH: 7}


def _grid(title: str, heads: tuple[str, ...], rows: Iterable[tuple[str | Pieces, ...]], wide: tuple[int, ...]) -> Table:
    return Table(title, heads, tuple(tuple(say(cell or "—") for cell in row) for row in rows), wide)


def since(fact: Fact) -> str:
    """The beginning as far as it is known; «不晚于» where it was only seen."""
    written = fact.valid_from.isoformat()
    if fact.from_precision == Precision.SEEN:
        return f"不晚于{written}"
    return written[: _LENGTHS.get(Precision(fact.from_precision), 10)]


def _until(fact: Fact, day: date) -> str:
    last = last_day(fact.valid_to)
    return last.isoformat() if last and last < day else "至今"


def basics(facts: Facts, known: ChamberArchive) -> tuple[Block, ...]:
    """The register's columns that are filled in; what is not is one blank."""
    row, status = known.chamber, known.status
    told = {
        "名称": facts.called, "类别": row.get_kind_display(), "统一社会信用代码": row.credit_code, "成立时间": row.founded_on,
        "状态": status.get_status_display() if status else "", "所在县（市、区）": row.region_name, "行业": industry_name(row.industry_code),
        "来源地": row.origin, "业务主管单位": row.supervisor, "地址": row.address, "会员企业": _size(known),
        "章程党建内容": _charter(known), "理事会任期": _term(known),
    }
    wanted = ("统一社会信用代码", "成立时间", "所在县（市、区）", "业务主管单位", "会员企业", "章程党建内容", "理事会任期")
    lacking = [name for name in wanted if not told[name]]
    table = _grid("", ("项目", "内容"), [(name, text) for name, text in told.items() if text], (1, 3))
    blank = [missing("、".join(lacking), "请在商会的页面补登记。", "chambers")] if lacking else []
    return (table, *blank)


def _size(known: ChamberArchive) -> str | Pieces:
    """The declared number: it was entered at the chamber."""
    if not known.size:
        return ""
    return say(Counted("size", "填报的会员企业数", str(known.size.enterprises), "chambers", (known.chamber.pk,)), "家")


def _charter(known: ChamberArchive) -> str:
    items = [one.get_item_display() for one in known.charter]
    return f"{'、'.join(items)}{'（四项齐全）' if len(items) == len(CharterItem) else ''}" if items else ""


def _term(known: ChamberArchive) -> str:
    term = known.term_of(known.chamber.pk)
    return f"到{term.due_on}" if term else ""


def coverage(known: ChamberArchive) -> tuple[Block, ...]:
    """Every coverage until the day, the latest first."""
    begun = [one for one in reversed(known.coverages) if one.valid_from <= known.day]
    if not begun:
        return (missing("党组织组建情况", "本商会没有党组织覆盖过。请在“未覆盖商会”里写明原因和打算。", "coverage"),)
    rows = [(one.organization.unit.name, one.get_form_display(), since(one), _until(one, known.day)) for one in begun]
    return (_grid("", ("党组织", "组建方式", "自", "至"), rows, (5, 3, 3, 3)),)


def officers(known: ChamberArchive) -> tuple[Block, ...]:
    """Who holds an office in the chamber, in its organizations, and who guides it, on the day."""
    units = [known.chamber.pk, *(one.pk for one in known.organizations)]
    appointments = appointments_in(units)
    called_on(known.day, [one.unit for one in appointments])
    rows = []
    for leader in leaders(appointments, known.day, tells_members=False):
        for one in (*leader.chamber_posts, *leader.party_posts):
            where = "商会" if one.unit_id == known.chamber.pk else one.unit.name
            rows.append((one.title or Post(one.post).label, leader.person.name, where, since(one)))
    rows += [
        (f"党建工作{one.get_kind_display()}", one.person.name, "上级选派", since(one))
        for one in assignments_to(known.chamber.pk) if holds(one, known.day)
    ]
    if not rows:
        return (missing("班子成员", "台账里没有会长、秘书长、书记等任职。请在商会和党组织的页面登记。", "chambers"),)
    return (_grid("", ("职务", "姓名", "单位", "自"), rows, (3, 2, 5, 4)),)


def course(known: ChamberArchive) -> tuple[Block, ...]:
    """What happened, the latest first."""
    happened = [one for one in sorted(_happened(known), reverse=True) if one[0][:10] <= known.day.isoformat()]
    if not happened:
        return (missing("大事记", "台账里没有成立、组建、换届等时间。请在商会的页面登记。", "chambers", open=True),)
    return (_grid("", ("时间", "事项"), happened[:MOST], (1, 4)),)


def _happened(known: ChamberArchive) -> Iterator[tuple[str, str]]:
    chamber = known.chamber
    if chamber.founded_on:
        yield chamber.founded_on, "商会成立"
    for name in former_names([chamber.pk]):
        if name.valid_to:
            yield name.valid_to.isoformat(), f"不再称“{name.name}”"
    for status in known.statuses[1 if chamber.founded_on else 0:]:
        yield status.valid_from.isoformat(), f"状态：{status.get_status_display()}"
    for one in known.coverages:
        if one.from_precision != Precision.SEEN:
            yield since(one), f"由“{one.organization.unit.name}”覆盖（{one.get_form_display()}）"
        if one.valid_to:
            yield one.valid_to.isoformat(), f"“{one.organization.unit.name}”的覆盖结束"
    for clause in known.clauses:
        if clause.from_precision != Precision.SEEN:
            yield since(clause), f"章程写明“{clause.get_item_display()}”"
    for term in known.terms:
        if term.from_precision != Precision.SEEN:
            yield since(term), f"“{term.unit.name}”本届任期开始，到{term.due_on}"


def activities(facts: Facts, known: ChamberArchive) -> tuple[Block, ...]:
    """What the chamber and the organizations that cover it held, the latest first."""
    units = [known.chamber.pk, *(one.pk for one in known.organizations)]
    held = Activity.objects.filter(hosts__unit__in=units, held_on__lte=facts.day, planned=False).distinct().order_by("-held_on", "-pk")
    listed = list(held[: MOST + 1])
    if not listed:
        return (missing("活动", "台账里没有商会和所在党组织的活动。如已开展，请在“活动”里补记。", "activities"),)
    came = presences(listed[:MOST])
    rows = [(one.held_on.isoformat(), one.get_type_display(), one.title, came.get(one.pk, "")) for one in listed[:MOST]]
    table = _grid("", ("时间", "类别", "名称", "参加人数"), rows, (3, 3, 6, 2))
    return (table, *([paragraph(f"只列最近{MOST}次，其余在平台上看。")] if len(listed) > MOST else []))


def cases(facts: Facts) -> tuple[Block, ...]:
    """Cases about the chamber, until the day; none of them names a person."""
    found = cases_of_chamber(facts.unit.pk, facts.scope).filter(opened_on__lte=facts.day, person=None)
    rows = [(one.opened_on.isoformat(), one.title, _state(one, facts.day)) for one in found]
    return (_grid("", ("立项", "事项", "情况"), rows, (2, 6, 3)),) if rows else (paragraph("没有办理事项。"),)


def _state(case: Case, day: date) -> str:
    if case.closed_on is None or case.closed_on > day:
        return "办理中"
    return f"{case.get_state_display()}（{case.closed_on.isoformat()}）"
