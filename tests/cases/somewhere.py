"""Chambers with a few full members attached, for the tests of cases."""

from __future__ import annotations

from datetime import date

from shanghui.access.models import Role, User
from shanghui.cases.models import Ballot, Case
from shanghui.cases.operations import Candidate, design, do_step, open_case, put_ballot, put_nominees, put_people
from shanghui.ledger.organizations.models import Chamber, Form
from shanghui.ledger.people.models import AffiliationKind, Category, Person, Post
from shanghui.ledger.people.operations import appoint, register_person, set_category
from tests.worked_city import AT, SINCE, city, seat, user

OPENED = date(2022, 7, 1)
TODAY = date(2022, 9, 30)
SIX = ("云泽市印刷包装商会", "云泽市软件和信息服务业商会", "云泽市广东商会", "云泽市随州商会", "云泽市电脑城商会", "云泽市女企业家商会")
NAME = "云泽市印刷包装等商会联合党支部"


def chamber(name: str) -> Chamber:
    """A chamber of the worked city."""
    return Chamber.objects.select_related("unit").get(unit__name=name)


def member(name: str, where: Chamber, category: Category = Category.FULL) -> Person:
    """A member attached to a chamber, whose relation is nowhere in the ledger."""
    person = register_person(kept_by=where.unit, by=None, at=AT, name=name)
    set_category(person=person, category=category, since=SINCE, by=None, at=AT)
    appoint(person=person, unit=where.unit, post=Post.MEMBER, since=SINCE, by=None, at=AT)
    return person


def submitter() -> User:
    """Who reports a request."""
    return user(Role.EDITOR)


def approver() -> User:
    """A second editor of the office, who registers what was decided above."""
    return User.objects.filter(username="approver").first() or seat(Role.EDITOR, city(), "approver")


def joint_case(full: tuple[int, ...] = (2, 1), form: Form = Form.JOINT) -> Case:
    """A case of a joint branch: so many full members at each of the first chambers of SIX; designed, with a candidate."""
    where = [chamber(name) for name in SIX[: len(full)]]
    people = [member(f"甲{place}{number}", one) for place, (one, count) in enumerate(zip(where, full, strict=True)) for number in range(count)]
    case = open_case(kind="establishment", office=city(), on=OPENED, by=submitter(), at=AT, chambers=where)
    committee = named_committee()
    design(case=case, by=submitter(), at=AT, name=NAME, form=form, upper=committee)
    put_people(case=case, people=dict.fromkeys(people, AffiliationKind.HOME), by=submitter(), at=AT)
    if people:
        put_nominees(case=case, nominees=[Candidate(people[0], Post.SECRETARY)], by=submitter(), at=AT)
    return case


def named_committee():  # type: ignore[no-untyped-def]
    """The leading party committee of the city."""
    return city().federation.committee


def step(case: Case, code: str, on: date, by: User | None = None, number: str = "") -> None:
    """Does a step."""
    do_step(case=case, step=code, on=on, by=by or submitter(), at=AT, today=TODAY, number=number)


def counted(case: Case, expected: int, present: int, votes: int) -> Ballot:
    """A meeting that elected the secretary; two of those listed, no candidates, are teller and counter."""
    named = case.nominees.values("person")
    free = list(case.people.exclude(person__in=named).order_by("person_id").values_list("person__name", flat=True))
    put_nominees(
        case=case, nominees=[Candidate(one.person, Post(one.post), votes=votes) for one in case.nominees.all()], by=submitter(), at=AT
    )
    return put_ballot(
        case=case, by=submitter(), at=AT, expected=expected, present=present, issued=present, collected=present, chair="某某",
        teller=free[0], counter=free[1],
    )


def to_approval(case: Case) -> None:
    """Through survey, preparation, request and approval."""
    step(case, "survey", date(2022, 7, 2))
    step(case, "prepare", date(2022, 7, 5))
    step(case, "request", date(2022, 7, 8))
    step(case, "approve", date(2022, 7, 20), by=approver(), number="云工商党〔2022〕8号")


def founded(case: Case, on: date = date(2022, 8, 15)) -> Case:
    """Through every step to the end."""
    to_approval(case)
    counted(case, 3, 3, 3)
    step(case, "meeting", on)
    step(case, "result", date(2022, 8, 16))
    step(case, "result_approve", date(2022, 8, 20), by=approver(), number="云工商党〔2022〕9号")
    case.refresh_from_db()
    return case
