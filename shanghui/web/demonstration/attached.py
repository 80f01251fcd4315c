"""Members attached to the chambers that no party organization covers: their relation is elsewhere, so that no figure counts them."""

from __future__ import annotations

from datetime import date, datetime

from shanghui.access.models import User
from shanghui.ledger.organizations.models import Chamber
from shanghui.ledger.people.models import Category, Post
from shanghui.ledger.people.operations import appoint, register_person, set_category

SINCE = date(2020, 3, 1)
ELSEWHERE = "组织关系在居住地社区"
MEMBERS = (
    ("云泽市印刷包装商会", ("纪怀安", 2008), ("禹淑琴", 2014)), ("云泽市软件和信息服务业商会", ("阮承志", 2011)),
    ("云泽市广东商会", ("麦启明", 2005), ("岑玉莹", 2016)), ("云泽市随州商会", ("桂树林", 2009)), ("云泽市电脑城商会", ("祁向东", 2013)),
    ("云泽市女企业家商会", ("虞秀英", 2007), ("臧红梅", 2015)),
)
"""(chamber, (name, full member since the year) …): fewer than three at each, so that they can only build together."""


def attach_members(*, by: User, at: datetime) -> None:
    """Registers them with their chambers. They have no affiliation in the ledger: members are counted by where their relation is."""
    for name, *people in MEMBERS:
        chamber = Chamber.objects.select_related("unit").get(unit__name=name)
        for called, year in people:
            person = register_person(kept_by=chamber.unit, by=by, at=at, name=called, remark=ELSEWHERE)
            set_category(person=person, category=Category.FULL, since=date(year, 7, 1), by=by, at=at)
            appoint(person=person, unit=chamber.unit, post=Post.MEMBER, since=SINCE, by=by, at=at)
