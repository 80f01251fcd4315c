"""What the briefings of one matter list by name: chambers and organizations, never people (M43)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from shanghui.access.naming import name_on
from shanghui.indicators.queries import rows as rows_of
from shanghui.indicators.queries import stored_rows
from shanghui.indicators.registry import registry
from shanghui.ledger.activities.models import ActivityType
from shanghui.ledger.organizations.models import Term
from shanghui.ledger.organizations.queries import gap_plans
from shanghui.ledger.people.models import GuideAssignment
from shanghui.reports.content import Block, Number, Table, chinese_day
from shanghui.reports.facts import Facts, Pieces, missing, paragraph, say
from shanghui.reports.presences import presences

MOST = 200
"""Rows of a list in a report; more are opened from the figure."""


def figures_table(facts: Facts, codes: Sequence[str]) -> Table:
    """Each figure with its unit; of a rate both counts and the share."""
    rows = []
    for code in codes:
        figure = facts.figure(code)
        title = figure.indicator.title
        name = title if title.endswith("率") else f"{title}（{figure.indicator.unit}）"
        rows.append((say(name), _shown(facts, code)))
    return Table("", ("项目", "数"), tuple(rows), (3, 2))


def _shown(facts: Facts, code: str) -> Pieces:
    """«34/40，85%»; «—» of a rate that has nothing to be a share of; «28»."""
    figure = facts.figure(code)
    if figure.rate is None:
        return (facts.number(code),)
    if not figure.denominator:
        return say("—")
    return say(facts.number(code), "/", facts.number(code, "denominator"), "，", facts.number(code, "rate"))


def _table(title: str, heads: tuple[str, ...], rows: Sequence[tuple[str | Pieces, ...]], wide: tuple[int, ...], none: str) -> tuple[Block, ...]:
    """The rows as a table, or a sentence where there are none; a long list says that it is not whole."""
    if not rows:
        return (paragraph(none),)
    table = Table(title, heads, tuple(tuple(say(cell or "—") for cell in row) for row in rows[:MOST]), wide)
    more = (paragraph(f"名单较长，这里列出前{MOST}行，其余点开上面的数看。"),) if len(rows) > MOST else ()
    return (table, *more)


def _chambers(facts: Facts, code: str) -> dict[int, str]:
    indicator = registry.get(code)
    assert indicator is not None
    found = stored_rows(indicator, facts.scope, facts.day).order_by("unit__name", "pk")
    return dict(found.values_list("pk", name_on(facts.day)))


def uncovered(facts: Facts) -> tuple[Block, ...]:
    """Chambers without a party organization: why, which way, when next."""
    names = _chambers(facts, "coverage.uncovered")
    plans = {plan.chamber_id: plan for plan in gap_plans(facts.day).filter(chamber__in=list(names))}
    guided = set(GuideAssignment.objects.on(facts.day).filter(chamber__in=list(names)).values_list("chamber_id", flat=True))
    listed = []
    for pk, name in names.items():
        plan = plans.get(pk)
        known = (plan.get_reason_display(), plan.get_route_display(), plan.next_on.isoformat() if plan.next_on else "") if plan else ("", "", "")
        listed.append((name, *known, "有" if pk in guided else "没有"))
    heads = ("商会", "未组建原因", "打算怎么建", "下一步日期", "指导员")
    return _table("", heads, listed, (57, 30, 26, 26, 17), "所属商会都有党组织覆盖。")


def without_guide(facts: Facts) -> tuple[Block, ...]:
    """Chambers with neither a party organization nor a guide."""
    names = _chambers(facts, "coverage.blank")
    return _table("既没有党组织、也没有指导员联系的商会", ("商会",), [(name,) for name in names.values()], (1,), "没有空白商会。")


def elections(facts: Facts) -> tuple[Block, ...]:
    """Organizations whose term has run out or runs out within half a year."""
    listed = []
    for code, state in (("term.overdue", "已满"), ("term.due", "半年内届满")):
        indicator = registry.get(code)
        assert indicator is not None
        chosen = stored_rows(indicator, facts.scope, facts.day).order_by().values("pk")
        terms = Term.objects.on(facts.day).filter(unit_id__in=chosen).order_by("due_by", "unit__name")
        listed += [(name, due_on, state) for name, due_on in terms.values_list(name_on(facts.day), "due_on")]
    return _table("", ("党组织", "届满时间", "情况"), listed, (6, 3, 3), "没有任期已满或半年内届满的党组织。")


def overdue_life(facts: Facts) -> tuple[Block, ...]:
    """Organizations with periods overdue this year, in the order of their names: no ranking."""
    indicator = registry.get("life.overdue")
    assert indicator is not None
    found = list(rows_of(indicator, facts.scope, facts.day))
    counts, names = Counter(one.unit for one in found), {one.unit: str(one.name) for one in found}

    def cell(unit: int) -> Pieces:
        return (Number(indicator.code, indicator.title, "numerator", str(counts[unit]), counts[unit], None, under=unit),)

    listed = [(name, cell(unit)) for unit, name in sorted(names.items(), key=lambda one: (one[1], one[0]))]
    return _table("本年有逾期的党组织（按名称排列）", ("党组织", "逾期期数"), listed, (5, 2), "没有逾期的党组织。")


def held(facts: Facts) -> tuple[Block, ...]:
    """What was held in the period, by type, then one by one, the earliest first."""
    kinds = [kind for kind in ActivityType if facts.count(f"activities.{kind.value}")]
    if not kinds:
        advice = "如已开展，请在“活动”里补记；也可在本节写一段。"
        return (missing(f"{facts.word}活动", advice, "activities", open=True),)
    rows = tuple((say(kind.label), say(facts.number(f"activities.{kind.value}"))) for kind in kinds)
    return (Table(f"{facts.period.title}的活动", ("类别", "次数"), rows, (3, 1)), *_one_by_one(facts))


def _one_by_one(facts: Facts) -> tuple[Block, ...]:
    """Those that are not the monthly life of branches: there are few of them and each has a title worth reading."""
    told = [one for kind in TOLD for one in facts.held.get(kind.value, [])]
    told.sort(key=lambda one: (one.held_on, one.pk))
    came = presences(told[:MOST])
    listed = [(chinese_day(one.held_on), one.get_type_display(), one.title, came.get(one.pk, "")) for one in told]
    return _table("活动和培训", ("时间", "类别", "名称", "参加人数"), listed, (11, 7, 14, 6), "没有培训、会长之家、民企大讲堂等活动。")


TOLD = (
    ActivityType.THEME_EDUCATION, ActivityType.TRAINING, ActivityType.PRESIDENTS_HOME, ActivityType.LECTURE_HALL, ActivityType.FIELD_MARCH,
    ActivityType.JOINT_LEARNING, ActivityType.VOLUNTEERING, ActivityType.DONATION,
)
