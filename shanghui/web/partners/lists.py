"""The three lists: alliances, pairings, projects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.kernel.facts import holds_on
from shanghui.kernel.periods import last_day, months_later
from shanghui.ledger.organizations.models import Alliance, AllianceMember, Pairing, PartnerKind
from shanghui.ledger.organizations.sheets import ALLIANCE_COLUMNS, PAIRING_COLUMNS
from shanghui.ledger.programs.models import SecretaryProject
from shanghui.ledger.programs.sheets import PROJECT_COLUMNS
from shanghui.web.kit.days import days_left
from shanghui.web.kit.listing import Filter, ListPage, answer_list
from shanghui.web.kit.routes import row_link
from shanghui.web.kit.visits import Visit, page

TABS = (("partners", "党建联盟"), ("pairings", "结对共建"), ("projects", "书记项目"))
WARNED = 3
"""So many months before its end a pairing is warned of."""


def _shared(here: str, visit: Visit, new: str, word: str, act: Act, empty: str) -> dict[str, Any]:
    """What the three lists have in common."""
    may, address = visit.may(act), reverse(new)
    return {
        "title": dict(TABS)[here], "template": "partners/list.html", "actions": ((address, word, "plus"),) if may else (),
        "empty_title": f"还没有{dict(TABS)[here]}", "empty_text": empty, "empty_action": (address, word) if may else None,
        "context": {"tabs_here": [(reverse(name), title, name == here) for name, title in TABS]},
    }


@page(Act.LEDGER_VIEW, methods=("GET",))
def partners(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Alliances kept within one's part of the tree, or to which a unit of it belongs."""

    def complete(rows: Sequence[Any]) -> None:
        found: dict[int, list[AllianceMember]] = defaultdict(list)
        members = AllianceMember.objects.on(visit.day).filter(alliance__in=[row.pk for row in rows])
        for one in members.select_related("unit").order_by("unit__name"):
            found[one.alliance_id].append(one)
        for row in rows:
            row.member_names = "、".join(one.unit.name for one in found[row.pk])
            row.chair_name = "、".join(one.unit.name for one in found[row.pk] if one.is_chair)

    listed = ListPage(
        rows=Alliance.objects.within(visit.scope()).select_related("kept_by").order_by("valid_to", "name", "pk"), columns=ALLIANCE_COLUMNS,
        shown=("name", "member_names", "chair_name", "valid_from"), small=("name", "member_names"), unit="个", complete=complete,
        link=row_link("alliance", "alliance"), search=lambda text: Q(name__contains=text), search_hint="联盟名称",
        lead="几家商会、党组织共同开展党建的联盟，成员和轮值都有起止日期。",
        **_shared("partners", visit, "alliance-new", "成立联盟", Act.LEDGER_CHANGE, "几家一起开展的活动，登记一次，各家都算。"),
    )
    return answer_list(request, visit, listed)


def term_in_words(row: Pairing, day: date) -> str:
    """«长期», «还有 20 天到期», «2022-06-30 到期», «» while the end is far."""
    last = last_day(row.valid_to)
    if last is None:
        return "长期"
    if last < day:
        return f"{last} 已到期"
    return f"{days_left(last, day)}到期" if last <= months_later(day, WARNED) else "有效"


@page(Act.LEDGER_VIEW, methods=("GET",))
def pairings(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Pairings of party organizations, those that end soon said in words."""

    def complete(rows: Sequence[Any]) -> None:
        for row in rows:
            row.term = term_in_words(row, visit.day)

    soon = months_later(visit.day, WARNED) + timedelta(days=1)
    states = {
        "now": holds_on(visit.day), "soon": Q(valid_to__gt=visit.day, valid_to__lte=soon), "over": Q(valid_to__lte=visit.day),
    }
    words = (("now", "正在结对"), ("soon", "三个月内到期"), ("over", "已到期"))
    listed = ListPage(
        rows=Pairing.objects.within(visit.scope()).select_related("unit").order_by("unit__name", "partner", "pk"), columns=PAIRING_COLUMNS,
        shown=("partner", "unit", "partner_kind", "valid_from", "last", "term"), small=("partner", "term"), unit="对", complete=complete,
        link=row_link("pairing", "pairing"), search=lambda text: Q(partner__contains=text) | Q(unit__name__contains=text),
        search_hint="结对单位、党组织", lead="党组织与机关、银行、高校、村等结对；协议三个月内到期的写明还有几天。",
        filters=(Filter("kind", "类别", PartnerKind.choices, lambda rows, value: rows.filter(partner_kind=value)),
                 Filter("state", "期限", words, lambda rows, value: rows.filter(states[value]))),
        **_shared("pairings", visit, "pairing-new", "登记结对", Act.ACTIVITY_CHANGE, "与谁结对、协议到哪天，快到期时会提醒。"),
    )
    return answer_list(request, visit, listed)


@page(Act.LEDGER_VIEW, methods=("GET",))
def projects(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Secretaries' projects, the newest year first."""
    years = [(str(year), f"{year}年") for year in range(visit.today.year + 1, visit.today.year - 6, -1)]
    states = {"open": Q(closed_on=None), "closed": Q(closed_on__isnull=False)}
    listed = ListPage(
        rows=SecretaryProject.objects.within(visit.scope()).select_related("unit").order_by("-year", "unit__name", "pk"), columns=PROJECT_COLUMNS,
        shown=("title", "year", "unit", "closed_on"), small=("title", "unit"), unit="个", dated=False,
        link=row_link("project", "project"), search=lambda text: Q(title__contains=text) | Q(unit__name__contains=text),
        search_hint="项目、党组织", lead="每个党组织每年一个；做了哪些活动，从登记的活动里来。",
        filters=(Filter("year", "年度", years, lambda rows, value: rows.filter(year=int(value))),
                 Filter("state", "进度", (("open", "没有结项"), ("closed", "已结项")), lambda rows, value: rows.filter(states[value]))),
        **_shared("projects", visit, "project-new", "立项", Act.ACTIVITY_CHANGE, "年初立项，年底写明结果。"),
    )
    return answer_list(request, visit, listed)
