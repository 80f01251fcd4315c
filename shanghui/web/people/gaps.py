"""What is missing in the register, by branch and by person, with the one step that mends it. No score, no order of merit (M14)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.kernel.columns import Column, attribute, label
from shanghui.ledger.people.models import Category
from shanghui.ledger.people.queries import matching_people
from shanghui.ledger.people.register import gaps_by_branch, incomplete, missing_in
from shanghui.web.kit.listing import Filter, ListPage, answer_list
from shanghui.web.kit.routes import row_link
from shanghui.web.kit.visits import Visit, page
from shanghui.web.people.lists import branch_asked
from shanghui.web.people.pages import STEPS

NOWHERE = "none"


def _items(row: Any) -> str:
    found = missing_in(row)
    return f"缺 {len(found)} 项：{'、'.join(one.title for one in found)}"


COLUMNS = (
    Column("name", "姓名", lambda row: row.name, sort="initials"), attribute("branch_name", "所在党组织", width=34),
    label("category", "人员类别", Category.choices), Column("missing", "缺什么", _items, sort="-", width=50),
)


@dataclass(frozen=True)
class Step:
    """One step that fills some of what is missing."""

    url: str
    titles: str


def _steps(row: Any) -> list[Step]:
    """The steps that mend a row: mostly one."""
    by_step: dict[str, list[str]] = {}
    lacking = missing_in(row)
    row.lacks = len(lacking)
    for one in lacking:
        by_step.setdefault(one.step, []).append(one.title)
    return [Step(reverse(STEPS[step], kwargs={"person": row.pk}), "、".join(titles)) for step, titles in by_step.items()]


@page(Act.PEOPLE_VIEW)
def people_missing(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Who lacks what, as at the day; above it how many by branch. `?branch=` one branch, `branch=none` those without."""
    rows = incomplete(visit.scope(), visit.day)
    nowhere = request.GET.get("branch") == NOWHERE
    branch = None if nowhere else branch_asked(request, visit)
    if branch is not None or nowhere:
        rows = rows.filter(branch_pk=branch.pk if branch is not None else None)
    may_change = visit.may(Act.PEOPLE_CHANGE)
    asked = request.GET.get("format") == "xlsx"
    context = {
        "branch": branch, "nowhere": nowhere, "branches": () if asked or branch is not None or nowhere else gaps_by_branch(visit.scope(), visit.day),
    }
    listed = ListPage(
        title="资料不全", export_title="资料不全的人员", rows=rows, columns=COLUMNS, shown=tuple(one.key for one in COLUMNS), unit="人",
        link=row_link("person", "person"), search=matching_people, search_hint="姓名、拼音首字母", counted=True,
        filters=(Filter("category", "人员类别", Category.choices, lambda found, value: found.filter(category=value)),),
        lead="每一类人员该有的资料，缺哪一项、到哪里补。不打分、不排名。", empty_title="资料都齐了",
        empty_text="这一范围里登记了类别的人，该有的资料都有。", context=context, template="people/missing.html",
        more=lambda row: _steps(row) if may_change else (),
    )
    return answer_list(request, visit, listed)
