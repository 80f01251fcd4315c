"""What 换届 and 补选 of a party organization share: who elects, who is proposed, what is refused, who leaves and who takes up a post."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from shanghui.access.models import Axis, User
from shanghui.access.queries import parent_of
from shanghui.cases.candidates import Contest, candidate_faults, teller_faults
from shanghui.cases.counting import at_hand, voters
from shanghui.cases.file import File
from shanghui.cases.models import CasePerson, Nominee, SetAside
from shanghui.cases.registry import CHAMBERS
from shanghui.cases.tallying import BY_COMMITTEE, posts_held, tally
from shanghui.cases.voting import meeting_faults, plenary_faults, warnings
from shanghui.kernel.facts import Precision
from shanghui.kernel.periods import full_day, months_later
from shanghui.ledger.organizations.models import (
    ChamberKind,
    Coverage,
    OrganizationKind,
    OrganizationPeriod,
    PartyOrganization,
)
from shanghui.ledger.organizations.operations import end_fact
from shanghui.ledger.organizations.powers import powers_of
from shanghui.ledger.organizations.queries import kind_on
from shanghui.ledger.people.models import PARTY_POSTS, Appointment, Category, MembershipRecord, Method, Post
from shanghui.ledger.people.operations import appoint
from shanghui.rules.registry import limit

ELECTION = "election"
"""The kind that elects for a new term."""
BY_ELECTION = "by_election"
"""The kind that fills vacant posts only, within the present term (COM-12)."""


def organization_of(file: File) -> PartyOrganization:
    """The party organization that elects. Raises LookupError for a case without one."""
    if file.case.organization is None:
        raise LookupError(file.case.pk)
    return file.case.organization


def is_branch(file: File, day: date) -> bool:
    """Whether it is a branch on `day`. One question."""
    return kind_on(organization_of(file), day) == OrganizationKind.BRANCH


def upper_of(file: File, day: date) -> str:
    """The name of the organization above on the party line, or ""."""
    above = parent_of(organization_of(file).unit, axis=Axis.PARTY, day=day)
    return above.name if above else ""


def nominees(file: File) -> list[Nominee]:
    """The candidates with their people."""
    return list(Nominee.objects.filter(case=file.case).select_related("person"))


def in_office(file: File, day: date, *posts: Post) -> list[Appointment]:
    """Who holds a party post in the organization on `day`."""
    rows = Appointment.objects.on(day).filter(unit=organization_of(file).unit, post__in=posts or PARTY_POSTS)
    return list(rows.select_related("person", "unit").order_by("pk"))


def contest_of(file: File, on: date) -> Contest:
    """What the election on `on` is about. In a by-election those on the committee the day before stay."""
    aside = tuple(SetAside.objects.filter(case=file.case).select_related("person"))
    filling = file.kind.code == BY_ELECTION
    staying = {one.person_id for one in in_office(file, on - timedelta(days=1))} if filling else set()
    return Contest(is_branch(file, on), filling, frozenset(staying), aside)


def term_months_of(organization: PartyOrganization, day: date) -> int:
    """How long its next term lasts (COM-05 to COM-07); one that covers chambers of villages alone has the term of villages."""
    kind = kind_on(organization, day)
    if kind == OrganizationKind.COMMITTEE:
        return 12 * limit("COM-07", "years")
    norm = "COM-06" if kind == OrganizationKind.GENERAL_BRANCH else "COM-05"
    kinds = set(Coverage.objects.on(day).filter(organization=organization).values_list("chamber__kind", flat=True))
    return 12 * limit(norm, "village_years" if kinds == {ChamberKind.VILLAGE} else "years")


def term_ends(since: date, months: int) -> date:
    """The last day of a term of so many months that begins on `since`: from 10 November to 9 November."""
    same = months_later(since, months)
    return same - timedelta(days=1) if same.day == since.day else same


def may_elect(file: File, on: date) -> list[str]:
    """Why the organization holds no election at all: not in being, a form or kind without one (ORG-09)."""
    body = organization_of(file)
    period = OrganizationPeriod.objects.on(on).filter(organization=body).first()
    if period is None:
        return [f"“{body.unit.name}”在{full_day(on)}不存在，不能选举。请核对日期；已经撤销的，请撤回这件事。"]
    if period.kind == OrganizationKind.GROUP:
        return ["党小组不设委员会、没有任期，组长由支部指定或者党小组推荐，不用立项。"]
    if not powers_of(period.form).holds_elections:
        return [f"“{body.unit.name}”是{period.get_form_display()}党组织，没有换届选举，书记、委员由批准的党组织指派。请改用“上级任命、聘任书记”。"]
    return []


def may_propose(file: File, on: date) -> list[str]:
    """Why the election cannot be held with these candidates: from the ledger and by the articles."""
    rows, contest, here = nominees(file), contest_of(file, on), {one.person.pk for one in at_hand(file)}
    if not rows:
        return ["请先填写候选人。"]
    strangers = dict.fromkeys(one.person.name for one in rows if one.person_id not in here)
    faults = [f"{name}的组织关系不在“{organization_of(file).unit.name}”，不能作候选人。请先转接组织关系，或者换人。" for name in strangers]
    return [*may_elect(file, on), *faults, *candidate_faults(file, rows, voters(file, on), on, contest)]


def member_names(file: File) -> set[str]:
    """The names of those who elect: the members listed in a founding, those at home in the organization otherwise. One question."""
    if file.kind.about == CHAMBERS:
        return set(CasePerson.objects.filter(case=file.case).values_list("person__name", flat=True))
    return {one.person.name for one in at_hand(file)}


def may_meet(file: File, on: date) -> list[str]:
    """Why the meeting cannot have elected so on `on`."""
    counted = meeting_faults(file, nominees(file), voters(file, on), on, contest_of(file, on))
    strangers = teller_faults(file.ballot, member_names(file))
    return [*may_propose(file, on), *_written_already(file, on), *strangers, *counted]


def may_sit(file: File, on: date) -> list[str]:
    """Why the first plenary session cannot have elected so."""
    return [*_written_already(file, on), *plenary_faults(file, nominees(file), on, contest_of(file, on))]


def worth_a_look(file: File) -> list[str]:
    """Two readings that differ, an unusual size, a secretary who is a member for less than a year (COM-14)."""
    rows, on = nominees(file), file.on("meeting") or file.day
    found = warnings(file, rows, on, contest_of(file, on), voters(file, on) if file.ballot.congress else 0)
    chosen = {one.person_id: one.person.name for one in rows if one.post == Post.SECRETARY}
    return found + young_members(chosen, on)


def young_members(people: dict[int, str], on: date) -> list[str]:
    """Of people who are to be secretary those who are full members for less than a year on `on` (COM-14). One question."""
    years = limit("COM-14", "years")
    records = MembershipRecord.objects.on(on).filter(person_id__in=people, category=Category.FULL)
    young = [one for one in records if one.from_precision != Precision.SEEN and on < months_later(one.valid_from, 12 * years)]
    return [
        f"{people[one.person_id]}{full_day(one.valid_from)}转正，到{full_day(on)}不满{years}年。书记一般应当有{years}年以上党龄，请核对。"
        for one in young
    ]


def elected_on(file: File, post: str) -> date | None:
    """From when somebody elected to this post holds it: the meeting, or the plenary session that elects to it (ELE-06)."""
    sat = file.on("plenary") if file.ballot.committee and post in BY_COMMITTEE else None
    return sat or file.on("meeting")


def leave(rows: Iterable[Appointment], file: File, reason: str, by: User | None, at: datetime) -> None:
    """Ends these posts with the day their successors begin."""
    for one in rows:
        on = elected_on(file, one.post)
        assert on is not None
        end_fact(fact=one, subject=one.person, unit=one.unit, on=on, by=by, at=at, reason=reason)


def take_up(file: File, by: User | None, at: datetime) -> list[Appointment]:
    """Those elected take up their posts, secretary and deputies with the approval of the upper level (ELE-07)."""
    on = file.on("meeting") or file.on("plenary")
    assert on is not None
    upper, unit = upper_of(file, on)[:60], organization_of(file).unit
    made = []
    for one, title in posts_held(tally(file, nominees(file), on, contest_of(file, on).staying)):
        approved = one.post in BY_COMMITTEE
        since = elected_on(file, one.post)
        assert since is not None
        made.append(appoint(
            person=one.person, unit=unit, post=Post(one.post), since=since, by=by, at=at, title=title, method=Method.ELECTED,
            approved_by=upper if approved else "", approval_number=file.number("result_approve") if approved else "",
        ))
    return made


def leaving(file: File, *posts: Post) -> list[Appointment]:
    """Who holds these posts on the day their successors begin."""
    rows = Appointment.objects.filter(unit=organization_of(file).unit, post__in=posts)
    return [one for one in rows.select_related("person", "unit") if _still(one, elected_on(file, one.post))]


def _still(one: Appointment, on: date | None) -> bool:
    return on is not None and (one.valid_to is None or one.valid_to > on)


def leave_other_posts(file: File, made: Iterable[Appointment], by: User | None, at: datetime) -> None:
    """Who becomes secretary or deputy leaves the other post he had in the organization: he stands under one alone."""
    for new in made:
        others = Appointment.objects.on(new.valid_from).filter(person=new.person, unit=new.unit, post__in=PARTY_POSTS).exclude(pk=new.pk)
        for one in others.select_related("person", "unit"):
            end_fact(fact=one, subject=one.person, unit=one.unit, on=new.valid_from, by=by, at=at, reason=f"改任{new.get_post_display()}")


def _written_already(file: File, on: date) -> list[str]:
    """Posts that begin on the day or later: the result was entered by hand, or the day is wrong. In a by-election those of its
    candidates alone, because other posts may have been filled since."""
    later = Appointment.objects.filter(unit=organization_of(file).unit, post__in=PARTY_POSTS, valid_from__gte=on)
    if file.kind.code == BY_ELECTION:
        later = later.filter(post__in=file.proposed, person__in=Nominee.objects.filter(case=file.case).values("person_id"))
    return [
        f"台账里已有{one.person.name}任{one.get_post_display()}，自{full_day(one.valid_from)}起，不早于{full_day(on)}。"
        "已经登记过这次选举结果的，请先撤销那条任职；日期填错了的，请改日期。"
        for one in later.select_related("person").order_by("pk")[:1]
    ]
