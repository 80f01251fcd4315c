"""The worked city: its own workbook through the importer, accounts for each role, and what happened since (domain.md §5)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from importlib.resources import files

from django.db import transaction

from shanghui.access.models import Role, Unit, User
from shanghui.access.operations import grant
from shanghui.access.queries import unit_with_code
from shanghui.exchange.operations import apply_plan, propose, upload
from shanghui.exchange.recognition import SourceFile
from shanghui.kernel.periods import first_day_after, months_later
from shanghui.ledger.activities.models import ActivityType
from shanghui.ledger.activities.operations import record_activity
from shanghui.ledger.organizations.models import Chamber, GapReason, GapRoute, PartyOrganization, Term
from shanghui.ledger.organizations.operations import open_federation, plan_gap, set_term
from shanghui.ledger.people.models import Affiliation, GuideAssignment, Person
from shanghui.web.demonstration.accounts import begin, open_account, remember
from shanghui.web.demonstration.attached import attach_members
from shanghui.web.demonstration.developments import open_developments
from shanghui.web.demonstration.dues import collect_dues
from shanghui.web.demonstration.meetings import hold_meetings, hold_yearly, windows
from shanghui.web.demonstration.reviews import HELD, review_members
from shanghui.web.demonstration.transfers import SENT, send_some

NAME, CODE, COMMITTEE = "云泽市工商联", "990200", "云泽市商会行业党委"
AS_AT = date(2022, 6, 30)
FILE = "云泽市直属商会党建工作台账（2022年6月30日）.xlsx"
ACCOUNTS = (
    ("wangmin", "王敏", Role.EDITOR, ""), ("chenlei", "陈蕾", Role.EDITOR, ""), ("lizhuo", "李卓", Role.READER, ""),
    ("admin", "管理员", Role.ADMINISTRATOR, ""),
    ("shuji", "龙泽兴", Role.SECRETARY, "云泽市汽配机电商会党支部"), ("zhidaoyuan", "郭丽静", Role.GUIDE, "云泽市印刷包装商会"),
    ("dangyuan", "钟桂燕", Role.MEMBER, "云泽市汽配机电商会党支部"),
)
"""(account, name, role, unit; "" for the city's federation). Of the two editors each approves what the other reported."""
TERM_MONTHS = 36
DUES_FROM = 3
"""Months after the ledger's day from which two whole months of dues lie behind it."""


def load(*, at: datetime, today: date) -> str:
    """Fills an empty installation in one transaction; returns the password of the demonstration accounts.

    Raises Refused when the installation is not empty.
    """
    password = begin()
    with transaction.atomic():
        open_federation(name=NAME, code=CODE, committee_name=COMMITTEE, by=None, at=at)
        city = unit_with_code(CODE)
        assert city is not None
        content = (files("shanghui.web.demonstration") / "city_ledger.xlsx").read_bytes()
        run = upload(files=[SourceFile(FILE, content)], under=city, by=None, at=at)
        apply_plan(run=run, made=propose(run=run, today=today), at=at, skip_errors=False)
        editor = _accounts(city, password, at=at, today=today)
        _terms(editor, at=at, today=today)
        attach_members(by=editor, at=at)
        _gaps(editor, at=at, today=today)
        open_developments(city, by=editor, at=at, today=today)
        for window in windows(today):
            until = min(today, date(window.last_year, 12, 31))
            hold_meetings(city, window, by=editor, at=at, until=until)
            hold_yearly(city, window.last_year, until=until)
        _activities(editor, at=at, today=today)
        if today > first_day_after(AS_AT + SENT):
            send_some(editor, at=at, on=today - SENT)
        if today > months_later(AS_AT, DUES_FROM):
            collect_dues(by=User.objects.get(username="shuji"), at=at, today=today)
        if date(AS_AT.year, 12, 31) < today > date(today.year, *HELD):
            review_members(by=User.objects.get(username="shuji"), at=at, today=today)
    remember(password)
    return password


def _accounts(city: Unit, password: str, *, at: datetime, today: date) -> User:
    made: dict[Role, User] = {}
    for username, display_name, role, where in ACCOUNTS:
        unit = Unit.objects.get(name=where) if where else city
        user = open_account(username, display_name, role, unit, password=password, since=AS_AT, at=at)
        if role in (Role.MEMBER, Role.SECRETARY):
            _as_person(user, unit)
        if role == Role.GUIDE:
            _as_guide(user, at=at)
        made.setdefault(role, user)
    return made[Role.EDITOR]


def _as_person(user: User, branch: Unit) -> None:
    here = Affiliation.objects.filter(organization__unit=branch).values("person_id")
    Person.objects.filter(pk__in=here, name=user.display_name, user=None).update(user=user)


def _as_guide(user: User, *, at: datetime) -> None:
    """The guide's account is hers, with a seat on each of her chambers."""
    person = Person.objects.filter(name=user.display_name, assignments__isnull=False).distinct().get()
    Person.objects.filter(pk=person.pk).update(user=user)
    held = set(user.seats.values_list("unit_id", flat=True))
    for one in GuideAssignment.objects.filter(person=person).exclude(chamber__in=held).select_related("chamber__unit"):
        grant(user=user, role=Role.GUIDE, unit=one.chamber.unit, since=AS_AT, by=None, at=at)


def _terms(by: User, *, at: datetime, today: date) -> None:
    """Terms that ended since 2022 were followed by elections in time, all but the first one's."""
    ended = Term.objects.filter(valid_to=None, due_by__lt=today, unit__organization__isnull=False).order_by("due_by", "pk")
    for term in ended.select_related("unit")[1:]:
        while term.due_by < today:
            since = first_day_after(term.due_by)
            due = months_later(term.due_by, TERM_MONTHS)
            term = set_term(
                unit=term.unit, since=since, due_on=due.isoformat(), due_by=due, by=by, at=at,
                subject=PartyOrganization.objects.get(unit=term.unit),
            )


_PLANS = (
    ("云泽市印刷包装商会", GapReason.TOO_FEW, GapRoute.JOINT, "王敏", 12, "与同街道的商会商量联合组建"),
    ("云泽市女企业家商会", GapReason.ELSEWHERE, GapRoute.OWN, "王敏", -3, "党员组织关系在社区，正在核实"),
    ("云泽市广东商会", GapReason.PREPARING, GapRoute.OWN, "李卓", 25, "与商会换届同步筹备"),
)


def _gaps(by: User, *, at: datetime, today: date) -> None:
    for name, reason, route, owner, days, text in _PLANS:
        plan_gap(
            chamber=Chamber.objects.get(unit__name=name), since=today, by=by, at=at, reason=reason, route=route, owner=owner,
            next_on=today + timedelta(days=days), note=text,
        )


def _activities(by: User, *, at: datetime, today: date) -> None:
    hosts = [Unit.objects.get(name="云泽市汽配机电商会党支部"), Unit.objects.get(name="云泽市再生资源行业商会党支部")]
    for days, kind, title, units, present in (
        (5, ActivityType.JOINT_LEARNING, "走进绿色工厂", hosts, 27), (18, ActivityType.VOLUNTEERING, "社区义诊和家电维修", hosts[:1], 16),
        (33, ActivityType.PARTY_CLASS, "支部书记讲党课", hosts[1:], 15),
    ):
        record_activity(
            type=kind, held_on=today - timedelta(days=days), title=title, hosts=units, by=by, at=at, present=present,
            minutes="按计划开展，会后把需要办的事分到人。",
        )
