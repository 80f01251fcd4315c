"""What makes up the to-do, computed from the facts of today: duties and terms by the rules, visits, gaps, probation, imports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.access.models import Unit
from shanghui.access.scope import Scope
from shanghui.exchange.models import ImportRun, RunState
from shanghui.indicators.gaps import uncovered_chambers
from shanghui.indicators.populations import PEOPLE
from shanghui.indicators.queries import population_rows
from shanghui.kernel.partial_dates import last_day, plus_months
from shanghui.ledger.people.models import Category, Correction, CorrectionState
from shanghui.rules.pending import explained
from shanghui.web.home import articles
from shanghui.web.home.asked import campaigns_due
from shanghui.web.home.casework import cases_due
from shanghui.web.home.collecting import dues_unpaid
from shanghui.web.home.duties import duties_due
from shanghui.web.home.inviting import invitations_due
from shanghui.web.home.standings import ALONE, standing_due
from shanghui.web.home.todo import Item
from shanghui.web.home.transferring import transfers_due
from shanghui.web.home.visiting import visits_due
from shanghui.web.home.warding import wards_due
from shanghui.web.kit.visits import Visit

PROBATION_MONTHS = 12
_PROBATION = "支部党员大会及时讨论能否转正；延长过预备期的除外"


def everything_due(visit: Visit) -> list[Item]:
    """Everything the visitor's seats let him do something about."""
    found: list[Item] = []
    if visit.may(Act.DUTY_VIEW):
        settled = explained(visit.scope_today(Act.DUTY_VIEW), visit.today)
        found += [*duties_due(visit, settled), *standing_due(visit, settled), *campaigns_due(visit)]
    if visit.may(Act.CASE_WORK):
        found += cases_due(visit)
    if visit.may(Act.ACTIVITY_CHANGE):
        found += invitations_due(visit)
    if visit.may(Act.VISIT_RECORD):
        found += visits_due(visit)
    if visit.may(Act.LEDGER_CHANGE):
        found += planned_gaps(visit.scope_today(Act.LEDGER_CHANGE), visit.today)
    if visit.may(Act.PEOPLE_VIEW):
        found += probation_ends(visit.scope_today(Act.PEOPLE_VIEW), visit.today)
    if visit.may(Act.PEOPLE_CHANGE):
        found += transfers_due(visit)
        found += corrections_asked(visit.scope_today(Act.PEOPLE_CHANGE))
        found += dues_unpaid(visit)
    found += wards_due(visit)
    if visit.may(Act.IMPORT):
        found += waiting_imports(visit.scope_today(Act.IMPORT))
    return found


def planned_gaps(scope: Scope, today: date) -> Iterator[Item]:
    """Uncovered chambers whose next step is near or past, and those for which nothing is planned. Two queries."""
    rows = uncovered_chambers(scope, today).order_by("next_on", "unit__name", "pk")
    for row in rows.filter(next_on__lte=today + timedelta(days=30))[:30]:
        text = row.note or "未覆盖商会的下一步"
        yield Item(
            "gap", row.next_on, f"{row.unit.name}：到了定下的日期" if row.next_on <= today else f"{row.unit.name}：下一步",
            text, reverse("gap", kwargs={"chamber": row.pk}), "记进展", articles.OWN_PLAN, row.owner,
        )
    bare = list(rows.filter(planned_since=None).values_list("unit__name", flat=True))
    if bare:
        text = "、".join(bare[:3]) + ("等" if len(bare) > 3 else "")
        url = f"{reverse('gaps')}?plan=none"
        yield Item("gap", None, f"{len(bare)} 家未覆盖商会还没有打算", text, url, "逐家安排", articles.build(today), number=len(bare))


def probation_ends(scope: Scope, today: date) -> Iterator[Item]:
    """Probation that ends within 30 days or has ended, by branch; and how many have no date to tell by. Two queries."""
    rows = population_rows(PEOPLE, scope, today).filter(category=Category.PROBATIONARY).order_by()
    due: dict[tuple[int, date], int] = defaultdict(int)
    unknown = 0
    for branch, joined in rows.values_list("home_unit", "joined_on"):
        ends = probation_end(joined)
        if ends is None:
            unknown += 1
        elif ends <= today + timedelta(days=30):
            due[branch, ends] += 1
    yield from _by_branch(due, today)
    if unknown:
        yield Item(
            "member", None, f"{unknown} 名预备党员没有入党日期", "补上入党日期，才算得出转正期限",
            f"{reverse('people')}?category={Category.PROBATIONARY.value}", "补日期", articles.probation(today), number=unknown,
        )


def corrections_asked(scope: Scope) -> Iterator[Item]:
    """What people ask to be put right about themselves. One query."""
    open_now = Correction.objects.within(scope).filter(state=CorrectionState.OPEN)
    for row in open_now.select_related("person__kept_by").defer("person__id_number", "person__phone").order_by("asked_on", "pk")[:30]:
        text = f"{row.asked_on}提出；{row.person.kept_by.name}答复"
        yield Item("correction", None, f"{row.person.name}请求更正{row.field}", text, reverse("correction", kwargs={"correction": row.pk}), "去答复")


def probation_end(joined: str) -> date | None:
    """When a year of probation is surely over: the last day that a partial date may mean. None for no date, or a mere year.

    >>> probation_end("2021-07-11"), probation_end("2021-07"), probation_end("2021")
    (datetime.date(2022, 7, 11), datetime.date(2022, 7, 31), None)
    """
    return last_day(plus_months(joined, PROBATION_MONTHS)) if len(joined) >= 7 else None


def _by_branch(due: dict[tuple[int, date], int], today: date) -> Iterator[Item]:
    """One item a branch; those overdue in many branches as one."""
    branches: dict[int, list[tuple[date, int]]] = defaultdict(list)
    for (branch, ends), count in due.items():
        branches[branch].append((ends, count))
    late = {branch: min(listed)[0] for branch, listed in branches.items() if min(listed)[0] < today}
    if len(late) > ALONE:
        yield _probations_together([branches.pop(branch) for branch in late], today)
    names = dict(Unit.objects.filter(pk__in=branches).values_list("pk", "name")) if branches else {}
    for branch, listed in branches.items():
        first, count = min(listed)[0], sum(number for _, number in listed)
        over = "预备期已满" if first < today else "预备期将满"
        url = f"{reverse('people')}?branch={branch}&category={Category.PROBATIONARY.value}"
        yield Item("member", first, f"{names[branch]} {count} 名预备党员{over}", _PROBATION, url, "看名单", articles.probation(today), number=count)


def _probations_together(listed: list[list[tuple[date, int]]], today: date) -> Item:
    first, count = min(min(ends)[0] for ends in listed), sum(number for ends in listed for day, number in ends if day < today)
    text = f"涉及 {len(listed)} 个党组织，按入党时间先后排列；{_PROBATION}"
    url = f"{reverse('people')}?category={Category.PROBATIONARY.value}&sort=joined_on"
    return Item("member", first, f"{count} 名预备党员预备期已满", text, url, "逐个看", articles.probation(today), number=count)


def waiting_imports(scope: Scope) -> Iterator[Item]:
    """Imports read and not yet confirmed. Two queries."""
    runs = ImportRun.objects.within(scope).filter(state=RunState.PROPOSED).select_related("by").prefetch_related("files")
    for run in runs.order_by("-pk")[:ALONE]:
        names = "、".join(file.name for file in run.files.all())
        url = reverse("import", kwargs={"run": run.pk})
        who = run.by.display_name if run.by else ""
        yield Item("import", None, f"导入“{names}”等您确认", "还没有写入台账", url, "去确认", None, who)
