"""补选: vacant posts are filled at a meeting, or by the committee; the term stays (COM-12, COM-13)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from shanghui.cases.file import file_of
from shanghui.cases.models import Case, State
from shanghui.cases.operations import Candidate, Leader, put_ballot, put_nominees, put_plenary
from shanghui.cases.progress import places
from shanghui.kernel.refusals import Refused
from shanghui.ledger.organizations.models import PartyOrganization, Term
from shanghui.ledger.organizations.operations import end_fact
from shanghui.ledger.organizations.queries import declared_committee
from shanghui.ledger.people.models import Appointment, Method, Person, Post
from shanghui.ledger.people.operations import appoint
from tests.cases.elections import DUE, LARGE, MET, OPENED, SMALL, TODAY, branch, full_members, opened, step
from tests.worked_city import AT

pytestmark = pytest.mark.django_db
LEFT = date(2022, 7, 10)
MEMBER, SECRETARY = Post.COMMITTEE_MEMBER, Post.SECRETARY


def vacated(name: str, post: Post) -> Person:
    """Somebody leaves the post; who he is."""
    held = Appointment.objects.on(OPENED).filter(unit=branch(name).unit, post=post).select_related("person", "unit").first()
    assert held is not None
    end_fact(fact=held, subject=held.person, unit=held.unit, on=LEFT, by=None, at=AT, reason="调离")
    return held.person


def outside(body: PartyOrganization, count: int, *, but: Person) -> list[Person]:
    """Full members who hold no post."""
    held = set(Appointment.objects.on(OPENED).filter(unit=body.unit).values_list("person_id", flat=True))
    return [one for one in full_members(body) if one.pk not in held and one != but][:count]


def to_agreed(case: Case, nominees: list[Candidate], **ballot: object) -> None:
    """Through request, approval and the agreement on the candidates."""
    put_ballot(case=case, by=None, at=AT, **ballot)
    step(case, "request", date(2022, 7, 20))
    step(case, "approve", date(2022, 8, 1), number="20号")
    put_nominees(case=case, nominees=nominees, by=None, at=AT)
    step(case, "nominate", date(2022, 8, 20))
    step(case, "submit", date(2022, 8, 22))
    step(case, "agree", date(2022, 9, 1), number="21号")


def ended(case: Case) -> Case:
    """Reports the result and has it approved."""
    step(case, "result", date(2022, 9, 22))
    step(case, "result_approve", date(2022, 10, 8), number="25号")
    case.refresh_from_db()
    return case


def counted(case: Case, full: int) -> None:
    assert case.organization is not None
    named = case.nominees.values_list("person_id", flat=True)
    teller, counter = [one.name for one in full_members(case.organization) if one.pk not in named][-2:]
    put_ballot(case=case, by=None, at=AT, expected=full, present=full, issued=full, collected=full, teller=teller, counter=counter)


def test_a_branch_without_a_committee_elects_its_secretary_at_a_meeting_and_the_term_stays() -> None:
    gone = vacated(SMALL, SECRETARY)
    before = list(Term.objects.filter(unit=branch(SMALL).unit).values_list("valid_from", "valid_to", "due_by"))
    [new] = outside(branch(SMALL), 1, but=gone)
    case = opened(branch(SMALL), kind="by_election")
    to_agreed(case, [Candidate(new, SECRETARY)])
    put_nominees(case=case, nominees=[Candidate(new, SECRETARY, votes=6)], by=None, at=AT)
    counted(case, 6)
    step(case, "meeting", MET)

    assert [one.step.code for one in places(file_of(case, MET))][-3:] == ["meeting", "result", "result_approve"]
    assert ended(case).state == State.DONE
    held = Appointment.objects.get(unit=branch(SMALL).unit, post=SECRETARY, valid_to=None)
    assert (held.person, held.valid_from, held.method, held.approval_number) == (new, MET, Method.ELECTED, "25号")
    assert list(Term.objects.filter(unit=branch(SMALL).unit).values_list("valid_from", "valid_to", "due_by")) == before


def test_a_vacant_seat_on_the_committee_is_filled_at_a_meeting_with_two_candidates() -> None:
    gone = vacated(LARGE, MEMBER)
    one, two = outside(branch(), 2, but=gone)
    case = opened(kind="by_election")
    to_agreed(case, [Candidate(one, MEMBER, "宣传委员"), Candidate(two, MEMBER)], committee=True, seats=1)
    put_nominees(case=case, nominees=[Candidate(one, MEMBER, "宣传委员", 12), Candidate(two, MEMBER, "", 6)], by=None, at=AT)
    counted(case, 18)
    step(case, "meeting", MET)

    assert "plenary" not in [place.step.code for place in places(file_of(case, MET))]
    assert ended(case).state == State.DONE
    held = Appointment.objects.get(unit=branch().unit, person=one)
    assert (held.post, held.title, held.valid_from, held.approval_number) == (MEMBER, "宣传委员", MET, "")
    assert Term.objects.get(unit=branch().unit, valid_to=None).due_by == DUE
    assert declared_committee(branch(), MET) == 3


def test_the_committee_elects_one_of_its_members_secretary_without_a_meeting() -> None:
    vacated(LARGE, SECRETARY)
    new = Appointment.objects.on(MET).filter(unit=branch().unit, post=MEMBER).select_related("person")[0].person
    case = opened(kind="by_election")
    to_agreed(case, [Candidate(new, SECRETARY)], committee=True)
    put_plenary(case=case, present=2, leaders=[Leader(new, SECRETARY, 2)], by=None, at=AT)

    assert "meeting" not in [place.step.code for place in places(file_of(case, MET))]
    step(case, "plenary", MET)
    ended(case)
    held = Appointment.objects.filter(unit=branch().unit, person=new).order_by("valid_from")
    assert [(one.post, one.valid_from, one.valid_to) for one in held][1:] == [(SECRETARY, MET, None)]
    assert held[0].valid_to == MET


@pytest.mark.parametrize(("name", "ballot", "words"), [
    (SMALL, {"committee": True, "seats": 1}, "台账里没有设委员会"), (LARGE, {"committee": False}, "台账里设有委员会"),
    (LARGE, {"committee": True, "seats": 2}, "委员会共3名，现有2名，出缺1名，不能补选2名"),
])
def test_what_is_filled_fits_the_committee_there_is(name: str, ballot: dict[str, object], words: str) -> None:
    vacated(name, SECRETARY)
    case = opened(branch(name), kind="by_election")
    put_ballot(case=case, by=None, at=AT, **ballot)

    with pytest.raises(Refused, match=words):
        step(case, "request", date(2022, 7, 20))


def holder(name: str, post: Post, on: date = OPENED) -> Appointment:
    """Who holds the post."""
    return Appointment.objects.on(on).select_related("person").filter(unit=branch(name).unit, post=post)[0]


@pytest.mark.parametrize(("name", "due"), [(SMALL, "2024年10月31日"), (LARGE, "2022年10月31日")])
def test_where_every_post_is_held_no_by_election_is_opened_and_it_is_said_by_whom_and_until_when(name: str, due: str) -> None:
    with pytest.raises(Refused, match="没有出缺的职务，不用补选") as refusal:
        opened(branch(name), kind="by_election")

    assert f"书记{holder(name, SECRETARY).person.name}" in str(refusal.value)
    assert f"本届任期到{due}" in str(refusal.value)
    assert "已经不任的，请先登记任职结束" in str(refusal.value)
    assert not Case.objects.exists()


def test_a_deputy_of_this_term_who_left_is_a_vacancy_and_one_of_an_earlier_term_is_none() -> None:
    body = branch(SMALL)
    [one] = outside(body, 1, but=holder(SMALL, SECRETARY).person)
    began = Term.objects.get(unit=body.unit, valid_to=None).valid_from
    held = appoint(person=one, unit=body.unit, post=Post.DEPUTY_SECRETARY, since=began - timedelta(days=400), by=None, at=AT)
    Appointment.objects.filter(pk=held.pk).update(valid_to=began)
    with pytest.raises(Refused, match="没有出缺的职务"):
        opened(body, kind="by_election")

    Appointment.objects.filter(pk=held.pk).update(valid_to=began + timedelta(days=1))
    assert opened(body, kind="by_election").state == State.OPEN


def test_a_post_that_is_to_become_vacant_can_be_prepared_and_is_asked_for_once_it_is() -> None:
    gone = vacated(SMALL, SECRETARY)
    case = opened(branch(SMALL), kind="by_election")

    with pytest.raises(Refused, match=f"书记{gone.name}（到2022年7月9日为止）.*到期以后再请示"):
        step(case, "request", LEFT - timedelta(days=1))
    step(case, "request", LEFT)


def test_a_post_filled_otherwise_meanwhile_stops_the_by_election_before_it_is_approved() -> None:
    gone = vacated(SMALL, SECRETARY)
    case = opened(branch(SMALL), kind="by_election")
    step(case, "request", date(2022, 7, 20))
    [sent] = outside(branch(SMALL), 1, but=gone)
    appoint(person=sent, unit=branch(SMALL).unit, post=SECRETARY, since=date(2022, 7, 25), by=None, at=AT)

    with pytest.raises(Refused, match=f"没有出缺的职务，不用补选：书记{sent.name}"):
        step(case, "approve", date(2022, 8, 1), number="20号")


def test_a_post_with_a_holder_is_not_filled_beside_one_that_is_vacant() -> None:
    gone = vacated(LARGE, MEMBER)
    held = holder(LARGE, SECRETARY)
    case = opened(kind="by_election")
    put_ballot(case=case, by=None, at=AT, committee=True)
    step(case, "request", date(2022, 7, 20))
    step(case, "approve", date(2022, 8, 1), number="20号")
    put_nominees(case=case, nominees=[Candidate(outside(branch(), 1, but=gone)[0], SECRETARY)], by=None, at=AT)

    with pytest.raises(Refused, match=f"书记现在是{held.person.name}，没有出缺"):
        step(case, "nominate", date(2022, 8, 20))


def test_somebody_on_the_committee_is_not_elected_to_it_again() -> None:
    gone = vacated(LARGE, MEMBER)
    sitting = Appointment.objects.on(MET).get(unit=branch().unit, post=MEMBER).person
    case = opened(kind="by_election")
    put_ballot(case=case, by=None, at=AT, committee=True, seats=1)
    step(case, "request", date(2022, 7, 20))
    step(case, "approve", date(2022, 8, 1), number="20号")
    rows = [Candidate(one, MEMBER) for one in (sitting, *outside(branch(), 1, but=gone))]
    put_nominees(case=case, nominees=rows, by=None, at=AT)

    with pytest.raises(Refused, match=f"{sitting.name}已经在委员会里"):
        step(case, "nominate", date(2022, 8, 20))


def test_one_vacant_seat_needs_two_candidates() -> None:
    gone = vacated(LARGE, MEMBER)
    case = opened(kind="by_election")
    put_ballot(case=case, by=None, at=AT, committee=True, seats=1)
    step(case, "request", date(2022, 7, 20))
    step(case, "approve", date(2022, 8, 1), number="20号")
    put_nominees(case=case, nominees=[Candidate(outside(branch(), 1, but=gone)[0], MEMBER)], by=None, at=AT)

    with pytest.raises(Refused, match="应选委员1名，候选人至少要2名"):
        step(case, "nominate", date(2022, 8, 20))


def test_another_post_filled_since_is_no_hindrance_and_the_same_one_is() -> None:
    gone = vacated(SMALL, SECRETARY)
    new, deputy = outside(branch(SMALL), 2, but=gone)
    appoint(person=deputy, unit=branch(SMALL).unit, post=Post.DEPUTY_SECRETARY, since=date(2022, 10, 1), by=None, at=AT)
    case = opened(branch(SMALL), kind="by_election")
    to_agreed(case, [Candidate(new, SECRETARY)])
    put_nominees(case=case, nominees=[Candidate(new, SECRETARY, votes=6)], by=None, at=AT)
    counted(case, 6)
    appoint(person=new, unit=branch(SMALL).unit, post=SECRETARY, since=MET, by=None, at=AT)

    with pytest.raises(Refused, match="已经登记过这次选举结果的，请先撤销那条任职"):
        step(case, "meeting", MET)
    Appointment.objects.filter(person=new, post=SECRETARY).delete()
    step(case, "meeting", MET)


@pytest.mark.parametrize(("name", "post", "word"), [(SMALL, SECRETARY, "书记"), (LARGE, SECRETARY, "书记"), (LARGE, MEMBER, "委员")])
def test_the_request_names_what_is_vacant_before_anybody_is_proposed(name: str, post: Post, word: str) -> None:
    vacated(name, post)
    case = opened(branch(name), kind="by_election")

    letter = file_of(case, LEFT).kind.paper("request").write(file_of(case, LEFT))  # type: ignore[union-attr]

    assert letter.title == f"关于{name}补选{word}的请示"


def test_the_papers_name_what_is_filled_who_left_and_the_term_that_stays() -> None:
    gone = vacated(SMALL, SECRETARY)
    case = opened(branch(SMALL), kind="by_election")
    to_agreed(case, [Candidate(outside(branch(SMALL), 1, but=gone)[0], SECRETARY)])

    file = file_of(case, TODAY)
    letter = file.kind.paper("request").write(file)  # type: ignore[union-attr]
    assert letter.title == f"关于{SMALL}补选书记的请示"
    assert letter.to == "云泽市商会行业党委"
    assert f"书记{gone.name}自2022年7月10日起不再任职" in letter.paragraphs[0]
    assert "任期与本届相同，到2024年10月31日届满" in letter.paragraphs[2]
    assert (LEFT - timedelta(days=1)).isoformat() == "2022-07-09"
