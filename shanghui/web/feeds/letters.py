"""What a weekly letter would say, from the same to-do. Nothing is sent: the page shows it as it would be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from shanghui.access.acts import Act
from shanghui.access.queries import subjects_changed
from shanghui.ledger.activities.models import Activity
from shanghui.web.feeds.subjects import planned_meetings
from shanghui.web.home.due import everything_due
from shanghui.web.home.todo import Item, Todo
from shanghui.web.kit.days import days_left, spoken_day
from shanghui.web.kit.links import address
from shanghui.web.kit.visits import Visit, page, show

SHOWN, DAYS, WEEK = 10, 30, 7
TOLD = (("late", "已逾期"), ("week", "7 天内到期"), ("month", "30 天内到期"))
COUNTED = {
    "organizations_chamber": "家商会", "organizations_partyorganization": "个党组织", "people_person": "名人员",
    "organizations_enterprise": "家会员企业",
}
"""Of what it is told how many records changed: the records, never who did it."""


@dataclass(frozen=True)
class Line:
    """One thing: when, what, by which article, where one goes."""

    when: str
    title: str
    source: str = ""
    url: str = ""


@dataclass(frozen=True)
class Part:
    """A heading with its lines; `more`: how many are left to the work table."""

    title: str
    lines: tuple[Line, ...]
    more: int = 0


@dataclass(frozen=True)
class Letter:
    """Subject, first sentence, parts."""

    subject: str
    opening: str
    parts: tuple[Part, ...]


@page(Act.SIGNED_IN, methods=("GET",))
def digest(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The letter of this week to the visitor, as it would be seen and as plain text."""
    made = letter(visit)
    home = request.build_absolute_uri(address("home"))
    plain = render_to_string("feeds/letter.txt", {"letter": made, "home": home, "origin": request.build_absolute_uri("/").rstrip("/")})
    return show(request, "feeds/digest.html", visit, {"letter": made, "home": home, "plain": plain.strip()})


def letter(visit: Visit) -> Letter:
    """What there is to say today. A fixed number of queries."""
    todo = Todo(everything_due(visit), visit.today)
    buckets = {bucket.key: bucket.items for bucket in todo.buckets}
    parts = [_part(title, [_task(item, visit) for item in buckets.get(key, ())]) for key, title in TOLD]
    parts += [_part("已安排的活动", list(_meetings(visit))), _part("上周的变化", list(_changes(visit)))]
    subject = f"{spoken_day(visit.today, visit.today)}：{todo.sentence.rstrip('。')}"
    return Letter(subject, f"{visit.user.display_name}，您好。{todo.sentence}", tuple(part for part in parts if part.lines))


def _part(title: str, lines: list[Line]) -> Part:
    return Part(title, tuple(lines[:SHOWN]), max(0, len(lines) - SHOWN))


def _task(item: Item, visit: Visit) -> Line:
    assert item.due is not None
    source = f"{item.article.title}{item.article.text}" if item.article else ""
    return Line(f"{spoken_day(item.due, visit.today)}（{days_left(item.due, visit.today)}）", item.title, source, item.url)


def _meetings(visit: Visit) -> Iterator[Line]:
    if not visit.may(Act.LEDGER_VIEW):
        return
    for one in planned_meetings(visit, visit.today, visit.today + timedelta(days=DAYS)):
        at = f" {one.begins:%H:%M}" if one.begins else ""
        hosts = "、".join(sorted(host.unit.name for host in one.hosts.all()))
        yield Line(
            f"{spoken_day(one.held_on, visit.today)}{at}", f"{one.get_type_display()} · {hosts}", one.place,
            address("activity", activity=one.pk),
        )


def _changes(visit: Visit) -> Iterator[Line]:
    """Numbers alone: what was held, and how many records changed. Two queries."""
    if visit.may(Act.LEDGER_VIEW):
        last = visit.today - timedelta(days=1)
        rows = Activity.objects.within(visit.scope_today(Act.LEDGER_VIEW)).held(visit.today - timedelta(days=WEEK), last)
        held = rows.count()
        if held:
            yield Line("", f"开了 {held} 场活动")
    if visit.may(Act.AUDIT_VIEW):
        since = visit.now - timedelta(days=WEEK)
        changed = dict(subjects_changed(visit.scope_today(Act.AUDIT_VIEW), since))
        said = "，".join(f"{changed[table]} {word}" for table, word in COUNTED.items() if changed.get(table))
        if said:
            yield Line("", f"{said}的台账有登记或修改")
