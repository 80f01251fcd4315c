"""The grades of a review: written and read by name by the branch and its office, counted for others; never a ranking (M18)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.kernel.columns import Column, attribute
from shanghui.kernel.records import Records
from shanghui.kernel.refusals import Refused
from shanghui.ledger.activities.models import (
    Activity,
    ActivityHost,
    ActivityType,
    Attendance,
    Grade,
    Presence,
    ReviewGrade,
)
from shanghui.ledger.activities.operations.reviews import is_review, set_grades
from shanghui.rules.registry import norm_on
from shanghui.web.activities.roster import seen_units
from shanghui.web.kit.listing import Filter, ListPage, answer_list
from shanghui.web.kit.visits import Visit, found, page, show

FEW = 5
"""Fewer people than that are not told apart by grade to whoever may not see each (regulations §8.6)."""
YEARS = 5


@page(Act.PEOPLE_CHANGE)
def activity_grades(request: HttpRequest, visit: Visit, activity: int) -> HttpResponse:
    """Everybody on the roster with his grade, in the order of names."""
    row = found(Activity.objects.within(visit.scope_today(Act.PEOPLE_CHANGE)), activity)
    if not is_review(row):
        if request.method == "POST":
            raise Http404
        messages.info(request, "只有民主评议党员登记评定意见。")
        return redirect("activity", activity=row.pk)
    lines = _roster(visit, row)
    standing = dict(ReviewGrade.objects.filter(activity=row).values_list("person_id", "grade"))
    error = ""
    if request.method == "POST":
        standing = {one.person_id: request.POST.get(f"grade-{one.person_id}", "") for one in lines}
        try:
            changed = set_grades(activity=row, grades=standing, by=visit.user, at=visit.now)
        except Refused as refusal:
            error = str(refusal)
        else:
            messages.success(request, f"已登记，改动 {changed} 人。" if changed else "没有改动。")
            return redirect("activity", activity=row.pk)
    context = {
        "row": row, "lines": [(one, standing.get(one.person_id, "")) for one in lines], "choices": Grade.choices, "error": error,
        "norm": norm_on("LIFE-07", row.held_on),
    }
    return show(request, "activities/grades.html", visit, context, status=422 if error else 200)


def _roster(visit: Visit, row: Activity) -> list[Attendance]:
    """Whom the visitor may see of the roster."""
    seen = seen_units(visit, list(row.hosts.values_list("unit_id", flat=True)))
    rows = row.attendances.filter(unit__in=seen).exclude(state=Presence.OBSERVER).select_related("person")
    return list(rows.defer("person__id_number", "person__phone").order_by("person__initials", "person_id"))


@dataclass
class OfReview:
    """One review of one branch: how many took part, and how many were given which grade."""

    pk: str
    activity: int
    name: str
    held_on: Any
    roster: int = 0
    present: int = 0
    grades: Counter[str] = field(default_factory=Counter)
    whole: bool = False

    def count(self, grade: str) -> int | str:
        """How many, or that they are too few to be told apart."""
        return self.grades[grade] if self.whole or not self.grades or self.grades.total() >= FEW else "人数少，不分列"


def _counted(grade: str) -> Callable[[OfReview], int | str]:
    return lambda one: one.count(grade)


COLUMNS = (
    attribute("name", "党组织", width=34), attribute("held_on", "评议日期"), attribute("roster", "应参加", numeric=True),
    attribute("present", "参加", numeric=True),
    *(Column(grade.value, grade.label, _counted(grade.value), numeric=True) for grade in Grade),
)


@page(Act.PEOPLE_VIEW, methods=("GET",))
def reviews(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The reviews of a year by branch, in the order of names."""
    years = [(str(year), f"{year} 年") for year in range(visit.today.year, visit.today.year - YEARS, -1)]
    asked = request.GET.get("year", "")
    year = int(asked) if asked in dict(years) else visit.today.year
    listed = ListPage(
        title="民主评议党员", export_title=f"{year}年民主评议党员", rows=Records(_reviews(visit, year)), columns=COLUMNS, unit="次",
        shown=[column.key for column in COLUMNS], small=("name", "held_on", "present"), dated=False,
        link=lambda one: reverse("activity", kwargs={"activity": one.activity}), search=lambda text: Q(name__contains=text), search_hint="党组织名称",
        filters=(Filter("year", "年度", years, lambda rows, value: rows, usual=years[0][0]),),
        lead=f"{year} 年。只列人数，不排名；每个人的等次由本人、书记和办公室经办看。",
        empty_title="这一年还没有民主评议", empty_text="把活动登记为“民主评议党员”，补齐到会名单以后，在活动页面登记评定意见。",
    )
    return answer_list(request, visit, listed)


def _reviews(visit: Visit, year: int) -> list[OfReview]:
    """Three questions."""
    scope = visit.scope_today()
    held = Q(activity__type=ActivityType.REVIEW) | Q(activity__aspects__type=ActivityType.REVIEW)
    hosts = ActivityHost.objects.filter(scope.condition("unit_id"), held, activity__held_on__year=year, activity__planned=False)
    named = hosts.order_by("unit__name", "activity__held_on", "pk").distinct().values_list("activity_id", "unit_id", "unit__name", "activity__held_on")
    whole = visit.may(Act.PEOPLE_CHANGE)
    found = {(activity, unit): OfReview(f"{activity}/{unit}", activity, name, on, whole=whole) for activity, unit, name, on in named}
    keys = {activity for activity, _ in found}
    states: dict[tuple[int, int], Counter[str]] = defaultdict(Counter)
    came = Attendance.objects.filter(activity__in=keys, unit__isnull=False).exclude(state=Presence.OBSERVER)
    for activity, unit, state in came.values_list("activity_id", "unit_id", "state"):
        states[activity, unit][state] += 1
    for activity, unit, grade in ReviewGrade.objects.filter(activity__in=keys).values_list("activity_id", "unit_id", "grade"):
        if (activity, unit) in found:
            found[activity, unit].grades[grade] += 1
    for key, one in found.items():
        one.roster, one.present = states[key].total(), states[key][Presence.PRESENT]
    return list(found.values())
