"""双向培养: chamber leaders who are on the road, to be developed; members who hold no post in a chamber, to be brought forward (M15)."""

from __future__ import annotations

from functools import partial

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.kernel.columns import Column, label
from shanghui.kernel.facts import holds_on
from shanghui.ledger.people.listing import complete, listed_people
from shanghui.ledger.people.models import (
    CHAMBER_LEADERS,
    CHAMBER_POSTS,
    MEMBERS,
    Affiliation,
    AffiliationKind,
    Appointment,
    Category,
    MembershipRecord,
    PersonQuerySet,
    Post,
)
from shanghui.ledger.people.queries import matching_people
from shanghui.web.kit.listing import ListPage, answer_list
from shanghui.web.kit.routes import row_link
from shanghui.web.kit.visits import Visit, page

ON_THE_ROAD = (Category.APPLICANT, Category.ACTIVIST, Category.CANDIDATE)
OFFICES = tuple(post for post in CHAMBER_POSTS if post not in (Post.STAFF, Post.MEMBER))
COLUMNS = (
    Column("name", "姓名", lambda row: row.name, sort="initials", about="name", width=12),
    label("category", "人员类别", Category.choices, sort="", about="category", width=14),
    Column("branch_name", "党组织", lambda row: row.branch_name or "", about="affiliation", width=34),
    Column("posts", "职务", lambda row: row.posts, about="office", width=40),
    Column("workplace", "工作单位", lambda row: row.workplace, about="workplace", width=30),
    Column("applied_on", "递交申请", lambda row: row.applied_on, about="applied_on", width=12),
    Column("joined_on", "入党时间", lambda row: row.joined_on, about="joined_on", width=12),
)


def _leaders(visit: Visit) -> PersonQuerySet:
    """Who leads a chamber and is applicant, activist or candidate, as at the day."""
    held = Appointment.objects.filter(holds_on(visit.day), person_id=OuterRef("pk"), post__in=CHAMBER_LEADERS)
    road = MembershipRecord.objects.on(visit.day).filter(person_id=OuterRef("pk"), category__in=ON_THE_ROAD)
    return listed_people(visit.scope(), visit.day).filter(Exists(held), Exists(road)).without_numbers()


def _members(visit: Visit) -> PersonQuerySet:
    """Members at home here who hold no office in any chamber, as at the day."""
    held = Appointment.objects.filter(holds_on(visit.day), person_id=OuterRef("pk"), post__in=OFFICES)
    member = MembershipRecord.objects.on(visit.day).filter(person_id=OuterRef("pk"), category__in=MEMBERS)
    home = Affiliation.objects.on(visit.day).filter(person_id=OuterRef("pk"), kind=AffiliationKind.HOME)
    return listed_people(visit.scope(), visit.day).filter(~Exists(held), Exists(member), Exists(home)).without_numbers()


def _answer(request: HttpRequest, visit: Visit, title: str, rows: PersonQuerySet, lead: str, other: tuple[str, str, str], shown: str) -> HttpResponse:
    listed = ListPage(
        title=title, rows=rows, columns=COLUMNS, shown=("name", "category", "branch_name", "posts", shown), small=("name", "posts"),
        link=row_link("person", "person"), unit="人", search=matching_people, search_hint="姓名、拼音首字母", counted=False,
        complete=partial(complete, day=visit.day), lead=lead, actions=(other, (reverse("developments"), "发展党员", "list-check")),
        empty_title="现在没有这样的人",
    )
    return answer_list(request, visit, listed)


@page(Act.PEOPLE_VIEW)
def leaders(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Who is to become a member: leaders of chambers on the road."""
    return _answer(
        request, visit, "双向培养：商会骨干中的发展对象", _leaders(visit),
        "把骨干培养成党员：在商会担任会长、副会长、监事长、秘书长，已经申请入党、正在培养的。",
        (reverse("two-way-members"), "看没有商会职务的党员", "users"), "applied_on",
    )


@page(Act.PEOPLE_VIEW)
def members(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Who is to be brought forward: members without an office in a chamber."""
    return _answer(
        request, visit, "双向培养：没有商会职务的党员", _members(visit), "把党员培养成骨干：组织关系在这里、还没有在商会担任理事以上职务的党员。",
        (reverse("two-way-leaders"), "看商会骨干中的发展对象", "users"), "joined_on",
    )
