"""Which posts of a party organization nobody holds: a by-election fills these and no others (COM-12; 支部工作条例 §21)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from shanghui.cases.electing import in_office, organization_of
from shanghui.cases.file import File
from shanghui.kernel.periods import full_day, last_day
from shanghui.ledger.organizations.models import Term
from shanghui.ledger.organizations.queries import declared_committee
from shanghui.ledger.people.models import Appointment, Post
from shanghui.rules.registry import limit

RANKED = (Post.SECRETARY, Post.DEPUTY_SECRETARY, Post.COMMITTEE_MEMBER)
"""The order in which posts are named."""


def none_vacant(file: File, on: date, *, coming: bool = False) -> list[str]:
    """Why there is nothing to fill on `on`: who holds which post, until when, and what to do. `coming`: a post whose end is on record
    counts as vacant. Four questions."""
    held = [one for one in in_office(file, on) if not (coming and one.valid_to is not None)]
    if _is_any_vacant(file, held, on):
        return []
    due = file.until or file.due_by
    term = f"（本届任期到{full_day(due)}）" if due else ""
    wait = "任职还没有到期的，到期以后再请示。" if any(one.valid_to for one in held) else ""
    return [
        f"“{organization_of(file).unit.name}”在{full_day(on)}没有出缺的职务，不用补选：{_in_words(held)}{term}。{wait}已经不任的，请先登记任职结束；"
        "原任没有登记过的，请先补登他的任职和结束时间。任期将满的，请办换届选举。"
    ]


def vacant_posts(file: File, on: date) -> list[Post]:
    """Which posts nobody holds on `on`, as far as the ledger tells. Four questions."""
    held = in_office(file, on)
    posts, people, declared = {one.post for one in held}, {one.person_id for one in held}, declared_committee(organization_of(file), on)
    found = [] if Post.SECRETARY in posts else [Post.SECRETARY]
    found += [Post.DEPUTY_SECRETARY] if Post.DEPUTY_SECRETARY not in posts and _had_deputy(file, on) else []
    return [*found, *([Post.COMMITTEE_MEMBER] if len(people) + len(found) < declared >= limit("COM-02", "members_from") else [])]


def _is_any_vacant(file: File, held: Sequence[Appointment], on: date) -> bool:
    """There is no secretary; a deputy of this term has left and has no successor; the committee has fewer than are on record for it.
    Where nobody knows how many the committee has, that cannot be told."""
    posts, people = {one.post for one in held}, {one.person_id for one in held}
    if Post.SECRETARY not in posts or (Post.DEPUTY_SECRETARY not in posts and _had_deputy(file, on)):
        return True
    declared = declared_committee(organization_of(file), on)
    if declared >= limit("COM-02", "members_from"):
        return len(people) < declared
    return Post.COMMITTEE_MEMBER in posts


def _had_deputy(file: File, on: date) -> bool:
    """Whether somebody was deputy within the present term, or ever where no term is known."""
    term = Term.objects.on(on).filter(unit=organization_of(file).unit).first()
    began = Q() if term is None else Q(valid_to=None) | Q(valid_to__gt=term.valid_from)
    rows = Appointment.objects.filter(began, unit=organization_of(file).unit, post=Post.DEPUTY_SECRETARY, valid_from__lte=on)
    return rows.exists()


def _in_words(held: Sequence[Appointment]) -> str:
    """«书记张三，副书记李四（到2022年9月30日为止）»."""
    ordered = sorted(held, key=lambda one: RANKED.index(Post(one.post)))
    ends = [(one, last_day(one.valid_to)) for one in ordered]
    return "，".join(f"{one.get_post_display()}{one.person.name}{f'（到{full_day(end)}为止）' if end else ''}" for one, end in ends)
