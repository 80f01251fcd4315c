"""Elections of a branch of the worked city with eighteen full members, whose term is due on 31 October 2022."""

from __future__ import annotations

from datetime import date

from shanghui.cases.counting import members_at
from shanghui.cases.models import Case
from shanghui.cases.operations import Candidate, Leader, do_step, open_case, put_ballot, put_nominees, put_plenary
from shanghui.ledger.organizations.models import Form, OrganizationKind, PartyOrganization
from shanghui.ledger.organizations.operations import found_organization
from shanghui.ledger.people.models import AffiliationKind, Category, Person, Post
from shanghui.ledger.people.operations import affiliate, appoint, register_person, set_category
from tests.cases.somewhere import approver, submitter
from tests.worked_city import AT, BRANCH, SINCE, city

OPENED, MET, TODAY = date(2022, 7, 1), date(2022, 9, 20), date(2022, 11, 30)
DUE = date(2022, 10, 31)
LARGE, SMALL = BRANCH, "云泽市餐饮业商会党支部"
FULL, SEATS = 18, 3


def branch(name: str = LARGE) -> PartyOrganization:
    """A party organization of the worked city."""
    return PartyOrganization.objects.select_related("unit").get(unit__name=name)


def full_members(body: PartyOrganization, day: date = OPENED) -> list[Person]:
    """Its full members, in the order of their names."""
    return [one.person for one in members_at(body.pk, day) if one.category == Category.FULL]


def new_branch(full: int, form: Form = Form.OWN, name: str = "云泽市新设党支部") -> PartyOrganization:
    """A branch founded with so many full members, the first of them its secretary."""
    body = found_organization(
        name=name, kind=OrganizationKind.BRANCH, form=form, under=city(), since=SINCE, by=None, at=AT, party_parent=city().federation.committee,
    )
    people = [register_person(kept_by=body.unit, by=None, at=AT, name=f"丁{number}") for number in range(full)]
    for one in people:
        set_category(person=one, category=Category.FULL, since=SINCE, by=None, at=AT)
        affiliate(person=one, organization=body, kind=AffiliationKind.HOME, since=SINCE, by=None, at=AT)
    if people:
        appoint(person=people[0], unit=body.unit, post=Post.SECRETARY, since=SINCE, by=None, at=AT)
    return body


def opened(body: PartyOrganization | None = None, on: date = OPENED, kind: str = "election") -> Case:
    """A case about a party organization."""
    return open_case(kind=kind, office=city(), on=on, by=submitter(), at=AT, organization=body or branch())


def step(case: Case, code: str, on: date, number: str = "", note: str = "") -> None:
    """Does a step; with a number it is what the upper level decided."""
    do_step(case=case, step=code, on=on, by=approver() if number else submitter(), at=AT, today=TODAY, number=number, note=note)


def candidates(
    case: Case, members: int = SEATS + 1, votes: tuple[int | None, ...] = (), people: list[Person] | None = None
) -> list[Person]:
    """So many candidates for the committee (these, or the first by name), the first of them for secretary; `votes` in their order."""
    assert case.organization is not None
    people = people or full_members(case.organization)[:members]
    rows = [Candidate(one, Post.COMMITTEE_MEMBER, votes=votes[place] if votes else None) for place, one in enumerate(people)]
    put_nominees(case=case, nominees=[*rows, Candidate(people[0], Post.SECRETARY)], by=submitter(), at=AT)
    return people


def to_agreed(case: Case, seats: int = SEATS, people: list[Person] | None = None) -> list[Person]:
    """Through request, approval, candidates, and the agreement of the upper level on them."""
    put_ballot(case=case, by=submitter(), at=AT, committee=True, seats=seats)
    step(case, "remind", date(2022, 7, 1))
    step(case, "request", date(2022, 7, 20))
    step(case, "approve", date(2022, 8, 1), number="云商党〔2022〕20号")
    people = candidates(case, -(-seats * 6 // 5), people=people)
    step(case, "nominate", date(2022, 8, 20))
    step(case, "submit", date(2022, 8, 22))
    step(case, "agree", date(2022, 9, 1), number="云商党〔2022〕21号")
    return people


def counted(
    case: Case, present: int = FULL, expected: int = FULL, votes: tuple[int | None, ...] = (17, 16, 15, 4),
    people: list[Person] | None = None,
) -> None:
    """What the meeting counted; the last two by name, no candidates, are teller and counter."""
    assert case.organization is not None
    named = candidates(case, len(votes), votes, people)
    others = [one.name for one in full_members(case.organization) if one not in named]
    put_ballot(
        case=case, by=submitter(), at=AT, expected=expected, present=present, issued=present, collected=present, chair="某某",
        teller=others[-1], counter=others[-2],
    )


def sat(case: Case, present: int = SEATS, votes: int = SEATS, who: Person | None = None) -> None:
    """What the plenary session counted."""
    assert case.organization is not None
    secretary = who or full_members(case.organization)[0]
    put_plenary(case=case, present=present, leaders=[Leader(secretary, Post.SECRETARY, votes)], by=submitter(), at=AT)


def elected(case: Case, on: date = MET) -> Case:
    """Through every step to the end."""
    to_agreed(case)
    counted(case)
    step(case, "meeting", on)
    sat(case)
    step(case, "plenary", on)
    step(case, "result", date(2022, 9, 22))
    step(case, "result_approve", date(2022, 10, 8), number="云商党〔2022〕25号")
    case.refresh_from_db()
    return case
