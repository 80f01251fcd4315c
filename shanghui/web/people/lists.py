"""The list of people and its workbook, the 党员名册."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.ledger.organizations.models import PartyOrganization
from shanghui.ledger.people.listing import CATEGORIES, belonging_to, complete, in_category, in_standing, listed_people
from shanghui.ledger.people.models import PersonQuerySet, StandingKind
from shanghui.ledger.people.queries import matching_people
from shanghui.ledger.people.sheets import PERSON_COLUMNS
from shanghui.web.kit.addresses import changed
from shanghui.web.kit.listing import Filter, ListPage, answer_list
from shanghui.web.kit.routes import row_link
from shanghui.web.kit.visits import Visit, found, page

SHOWN = ("name", "branch_name", "category", "gender", "birth", "joined_on", "posts")
SORTABLE = {"name", "birth", "joined_on", "gender"}
"""What a page can be ordered by without computing something for every person first."""
PAGE_COLUMNS = tuple(
    column if column.key in SORTABLE else replace(column, sort="") for column in PERSON_COLUMNS
)


@page(Act.PEOPLE_VIEW)
def people(request: HttpRequest, visit: Visit) -> HttpResponse:
    """People within one's part of the tree by pinyin; `?branch=` for those of one party organization,
    with `life=home` or `dual` for those who belong there, or lead a second organizational life there."""
    rows = listed_people(visit.scope(), visit.day)
    branch, life = branch_asked(request, visit), request.GET.get("life", "")
    if branch is not None:
        rows = belonging_to(rows, branch.pk, visit.day, life)
    if request.GET.get("format") != "xlsx":
        rows = rows.without_numbers()
    context = {"may_change": visit.may(Act.PEOPLE_CHANGE), "branch": branch, "life": life, "without_branch": changed(request.GET, branch=None, life=None)}
    listed = ListPage(
        title="人员", export_title="党员名册", rows=rows, columns=PAGE_COLUMNS, shown=SHOWN, small=("name", "branch_name", "category"),
        link=row_link("person", "person"), unit="人", search=matching_people,
        search_hint="姓名、拼音首字母" + ("、完整的证件号或电话" if visit.sight().finds_numbers else ""),
        filters=_filters(visit), counted=False, actions=_actions(visit, branch),
        complete=partial(complete, day=visit.day), empty_title="还没有人员" if branch is None else "这个党组织名下还没有人员",
        empty_text="导入党员名册，或者逐人登记。", lead="证件号和电话不在这里显示，导出时遮盖；各种席位能看到什么，见“谁能看到什么”。",
        context=context, template="people/people.html",
    )
    return answer_list(request, visit, listed)


def branch_asked(request: HttpRequest, visit: Visit) -> PartyOrganization | None:
    """The organization that `?branch=` names; outside one's part of the tree it does not exist (404)."""
    written = request.GET.get("branch", "")
    if not written.isdecimal() or len(written) > 15:
        return None
    return found(PartyOrganization.objects.within(visit.scope()).select_related("unit"), int(written))


def _filters(visit: Visit) -> tuple[Filter, ...]:
    def by_category(rows: Any, value: str) -> PersonQuerySet:
        return in_category(rows, value, visit.day)

    return (
        Filter("category", "人员类别", CATEGORIES, by_category, "category"),
        Filter("standing", "党员状态", StandingKind.choices, lambda rows, value: in_standing(rows, value, visit.day), "flow"),
        Filter("gender", "性别", (("男", "男"), ("女", "女")), lambda rows, value: rows.filter(gender=value), "gender"),
    )


def _actions(visit: Visit, branch: PartyOrganization | None) -> tuple[tuple[str, str, str], ...]:
    if not visit.may(Act.PEOPLE_CHANGE):
        return ()
    at = f"?branch={branch.pk}" if branch is not None else ""
    several = ((reverse("organization-transfer", kwargs={"organization": branch.pk}), "几个人一起转出", "arrows-exchange"),) if branch else ()
    return ((reverse("person-new") + at, "登记人员", "user-plus"), *several)
