"""Members who take part in the life of a second organization, by that organization (M09)."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.ledger.people.ledgers import dual_list
from shanghui.ledger.people.models import Person
from shanghui.ledger.people.queries import matching_people
from shanghui.ledger.people.sheets import DUAL_COLUMNS
from shanghui.web.kit.listing import Filter, ListPage, answer_list
from shanghui.web.kit.visits import Visit, page

BRANCHES = 300


@page(Act.PEOPLE_VIEW)
def dual_life(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Who, where besides his home, since when; as at the day."""
    rows = dual_list(visit.scope(), visit.day)
    branches = rows.order_by("organization__unit__name").values_list("organization_id", "organization__unit__name").distinct()
    choices = [(str(pk), name) for pk, name in branches[:BRANCHES]]

    def matching(text: str) -> Q:
        people = Person.objects.filter(matching_people(text, by_number=False)).values("pk")
        return Q(person__in=people) | Q(organization__unit__name__contains=text.strip())

    listed = ListPage(
        title="双重组织生活", export_title="双重组织生活名册", rows=rows, columns=DUAL_COLUMNS, unit="人次",
        shown=("organization", "name", "category", "home_name", "valid_from"), small=("organization", "name"),
        link=lambda row: reverse("person", kwargs={"person": row.person_id}), search=matching, search_hint="姓名、拼音首字母、党组织名称",
        filters=(Filter("organization", "参加哪里的生活", choices, lambda found, value: found.filter(organization_id=int(value))),),
        lead="组织关系在一处，另在一处参加组织生活的党员。只计入组织关系所在的党组织，不重复计数。",
        empty_title="这一天没有登记双重组织生活", empty_text="在人员页“登记隶属”里选“双重组织生活”。",
    )
    return answer_list(request, visit, listed)
