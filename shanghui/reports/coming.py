"""What lies ahead by name: chambers without a party organization and terms that run out."""

from __future__ import annotations

from shanghui.access.naming import name_on
from shanghui.indicators.queries import stored_rows
from shanghui.indicators.registry import registry
from shanghui.ledger.organizations.models import GapPlan, GapRoute, Term
from shanghui.ledger.organizations.queries import gap_plans
from shanghui.reports.content import Paragraph
from shanghui.reports.facts import Facts, missing, paragraph

NAMES_SHOWN = 20


def coverage_ahead(facts: Facts) -> tuple[Paragraph, ...]:
    """The uncovered chambers by the route chosen for them; those without one are a gap."""
    if not facts.count("chambers.total"):
        return (missing("推进组建的安排", "台账里还没有商会。请先导入或登记，也可在本节写一段。", "chambers", open=True),)
    if not facts.count("coverage.uncovered"):
        return (paragraph("所属商会都有党组织覆盖。"),)
    said = facts.sentence("尚有{coverage.uncovered}家商会没有党组织覆盖")
    if facts.count("coverage.can_build"):
        said += facts.sentence("，其中有3名以上正式党员、应建未建的{coverage.can_build}家")
    return (paragraph(said, "。"), *_by_route(facts))


def _by_route(facts: Facts) -> tuple[Paragraph, ...]:
    names, plans = _uncovered(facts)
    said: list[Paragraph] = []
    for route in GapRoute:
        chosen = [_chamber(names[pk], plans[pk]) for pk in names if pk in plans and plans[pk].route == route.value]
        if chosen:
            said.append(paragraph(f"计划{route.label}：", _listed(chosen), "。"))
    open_names = [name for pk, name in names.items() if pk not in plans or not plans[pk].route]
    if open_names:
        advice = "请在未覆盖商会名单里，逐家填写原因、打算怎么建、经办人和下一步日期。"
        said.append(missing(f"{_listed(open_names)}的未组建原因和组建方式", advice, "coverage"))
    return tuple(said)


def _uncovered(facts: Facts) -> tuple[dict[int, str], dict[int, GapPlan]]:
    indicator = registry.get("coverage.uncovered")
    assert indicator is not None
    chambers = stored_rows(indicator, facts.scope, facts.day)
    names = dict(chambers.order_by("unit__name", "pk").values_list("pk", name_on(facts.day)))
    plans = gap_plans(facts.day).filter(chamber__in=chambers.order_by().values("pk"))
    return names, {plan.chamber_id: plan for plan in plans}


def _chamber(name: str, plan: GapPlan) -> str:
    """«A商会（无党员，王敏经办，下一步9月30日）» with what the plan says."""
    known = (
        plan.get_reason_display(),
        f"{plan.owner}经办" if plan.owner else "",
        f"下一步{plan.next_on.month}月{plan.next_on.day}日" if plan.next_on else "",
    )
    told = "，".join(one for one in known if one)
    return f"{name}（{told}）" if told else name


def terms_ahead(facts: Facts) -> tuple[Paragraph, ...]:
    """Organizations whose term has run out, and those whose term runs out within half a year."""
    said = []
    if facts.count("term.overdue"):
        said.append(
            paragraph(facts.sentence("任期已满、尚未换届的党组织{term.overdue}个："), _ending(facts, "term.overdue"), "。")
        )
    if facts.count("term.due"):
        said.append(paragraph(facts.sentence("半年内任期届满的党组织{term.due}个："), _ending(facts, "term.due"), "。"))
    if not said and facts.count("organizations.total"):
        said.append(paragraph("台账中没有任期已满或半年内届满的党组织。"))
    if not said:
        said.append(missing("换届安排", "台账里没有商会党组织的任期。请在党组织的页面登记任期，也可在本节写一段。", "organizations", open=True))
    return tuple(said)


def _ending(facts: Facts, code: str) -> str:
    indicator = registry.get(code)
    assert indicator is not None
    chosen = stored_rows(indicator, facts.scope, facts.day).order_by().values("pk")
    terms = Term.objects.on(facts.day).filter(unit_id__in=chosen).order_by("due_by", "unit__name")
    return _listed([f"{name}（{_written(due_on)}届满）" for name, due_on in terms.values_list(name_on(facts.day), "due_on")])


def _written(due_on: str) -> str:
    """«2023年1月» for 2023-01, with the precision written."""
    return "".join(f"{int(number)}{word}" for number, word in zip(due_on.split("-"), "年月日", strict=False))


def _listed(names: list[str]) -> str:
    more = "等" if len(names) > NAMES_SHOWN else ""
    return "、".join(names[:NAMES_SHOWN]) + more
