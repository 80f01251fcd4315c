"""Every address × every role: signed out to the sign-in, an act not held 403, a record outside the scope 404 (M48)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from docx import Document as Word

from shanghui.access.acts import MAY, Act
from shanghui.access.models import AuditEntry, FeedKey, Role, Seat, Unit, User
from shanghui.access.queries import feed_digest
from shanghui.access.scope import whole
from shanghui.cases.models import Ballot, Case, CasePaper, JointPlan
from shanghui.exchange.layouts.models import OwnLayout, Return
from shanghui.exchange.layouts.producing import shipped
from shanghui.exchange.models import ImportRun
from shanghui.exchange.packages.container import pack
from shanghui.exchange.packages.keys import own_card
from shanghui.exchange.packages.models import Correspondent, Submission
from shanghui.exchange.reconciling.models import Comparison
from shanghui.indicators.models import SavedView, Snapshot
from shanghui.ledger.activities.models import Activity, Attachment, Campaign, Invitation, Publication, SignInCode
from shanghui.ledger.activities.models import Visit as ChamberVisit
from shanghui.ledger.activities.signing import digest_of
from shanghui.ledger.organizations.models import Alliance, Coverage, Enterprise, Pairing
from shanghui.ledger.people.models import (
    Affiliation,
    Appointment,
    Correction,
    GuideAssignment,
    MemberStanding,
    Person,
    Transfer,
)
from shanghui.ledger.programs.models import SecretaryProject
from shanghui.reports.draft_queries import check_kept
from shanghui.reports.models import KeptDraft, Report, WordTemplate
from shanghui.rules.models import Finding, PackSwitch
from tests.worked_city import AT, BRANCH, CHAMBER, HALF_YEAR, city, named, neighbour, user

FAR = datetime(2099, 1, 1, tzinfo=UTC)
WITHOUT_A_VISIT = {"login", "logout", "setup", "feed", "record-worker", "record-shell"}


@dataclass(frozen=True)
class Address:
    """A named address with the arguments it takes and the act its view declares."""

    name: str
    arguments: tuple[str, ...]
    act: Act | None


def _addresses(patterns: list[URLPattern | URLResolver] | None = None) -> Iterator[Address]:
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _addresses(pattern.url_patterns)
        else:
            act = getattr(pattern.callback, "act", None) or getattr(getattr(pattern.callback, "view_class", None), "act", None)
            yield Address(str(pattern.name), tuple(pattern.pattern.converters), act)


ADDRESSES = list(_addresses())


def test_every_address_has_a_name_of_its_own_and_an_act() -> None:
    names = [one.name for one in ADDRESSES]

    assert len(names) == len(set(names))
    assert [one.name for one in ADDRESSES if one.act is None and one.name not in WITHOUT_A_VISIT] == []


def _inside() -> dict[str, Any]:
    """A value for every argument, within the city."""
    branch, chamber = named(BRANCH), named(CHAMBER)
    person = Person.objects.filter(affiliations__organization__unit=branch).order_by("pk").first()
    enterprise, _ = Enterprise.objects.get_or_create(name="云泽市长青贸易有限公司", kept_by=chamber)
    report, _ = Report.objects.get_or_create(kind="half-year", unit=city(), as_at=HALF_YEAR, title="总结", made_at=AT)
    return _values(branch, chamber, person, enterprise, report, city())


def _outside() -> dict[str, Any]:
    """The same next door."""
    chamber = named("临江市茶叶商会")
    branch = named("临江市茶叶商会党支部")
    person = Person.objects.get(name="方临江")
    enterprise, _ = Enterprise.objects.get_or_create(name="临江市茶厂", kept_by=chamber)
    report, _ = Report.objects.get_or_create(kind="half-year", unit=neighbour(), as_at=HALF_YEAR, title="总结", made_at=AT)
    return _values(branch, chamber, person, enterprise, report, neighbour())


def _values(branch: Unit, chamber: Unit, person: Person | None, enterprise: Any, report: Report, federation: Unit) -> dict[str, Any]:
    assert person is not None
    activity = Activity.objects.filter(hosts__unit=branch).first()
    if activity is None:
        activity = Activity.objects.create(type="theme_day", held_on=HALF_YEAR, title="主题党日")
        activity.hosts.create(unit=branch)
    run, _ = ImportRun.objects.get_or_create(under=federation, defaults={"created_at": AT})
    seated = _seated(federation)
    entry = AuditEntry.objects.filter(unit=federation, run="").exclude(changes=[]).first()
    coverage = Coverage.objects.filter(organization__unit=branch).first()
    campaign, _ = Campaign.objects.get_or_create(title="四个一", launched_by=federation, valid_from=HALF_YEAR, valid_to=AT.date())
    campaign.targets.get_or_create(unit=branch)
    campaign.items.get_or_create(place=1, title="一次党课", due_on=HALF_YEAR)
    publication, _ = Publication.objects.get_or_create(unit=branch, affairs="party", audience="members", title="公示", valid_from=HALF_YEAR)
    alliance, _ = Alliance.objects.get_or_create(name="产业链党建联盟", kept_by=federation, valid_from=HALF_YEAR)
    alliance.members.get_or_create(unit=federation, valid_from=HALF_YEAR)
    pairing, _ = Pairing.objects.get_or_create(unit=branch, partner="某律师事务所", partner_kind="law_firm", valid_from=HALF_YEAR)
    project, _ = SecretaryProject.objects.get_or_create(unit=branch, year=2022, title="助企服务")
    GuideAssignment.objects.get_or_create(person=person, chamber_id=chamber.pk, valid_from=HALF_YEAR)
    visit, _ = ChamberVisit.objects.get_or_create(chamber_id=chamber.pk, visited_on=HALF_YEAR)
    SignInCode.objects.get_or_create(activity=activity, digest=digest_of(f"token-{branch.pk}"), expires_at=FAR)
    assert entry is not None
    assert coverage is not None
    owner = user(Role.EDITOR) if federation == city() else seated.user
    feed, _ = FeedKey.objects.get_or_create(user=owner, digest=feed_digest(owner.username), made_at=AT)
    return {
        "chamber": chamber.pk, "organization": branch.pk, "person": person.pk, "enterprise": enterprise.pk, "activity": activity.pk,
        "unit": federation.pk, "user": seated.user_id, "seat": seated.pk, "entry": entry.pk, "run": run.pk, "report": report.pk,
        "report_kind": "half-year", "counted": "steps.1",
        "code": "coverage.organization", "kind": "coverage", "fact": coverage.pk, "field": "id_number", "file": 1,
        "problem": 1, "row": 1, "section": "building", "campaign": campaign.pk, "publication": publication.pk,
        "paper": _paper(activity).pk, "feed_key": feed.pk,
        "alliance": alliance.pk, "pairing": pairing.pk, "project": project.pk,
        "period": "2022-06", "rule": "life.theme_day", "finding": _finding(branch).pk, "switch": _switch(federation).pk,
        "pack": "quarterly_class", "norm": "LIFE-05",
        "token": f"token-{branch.pk}", "visit": visit.pk, "invitation": _invitation(branch).pk,
        "transfer": _transfer(person, branch, federation).pk,
        "standing": _standing(person).pk, "state": "floating", "file_kind": "json", "other": person.pk, "correction": _correction(person).pk,
        "guide": person.pk, "appointment": _post(branch, person).pk,
        "case": _case(chamber, federation).pk, "case_kind": "establishment", "step": "survey", "draft": "request",
        "case_file": _case_file(_case(chamber, federation)).pk,
        **_packages(federation), "layout_code": "chamber-ledger", "number": 0, "returned": _return(federation).pk,
        "document": "report.half-year", "template": _template(federation).pk,
        "saved_view": SavedView.objects.get_or_create(unit=federation, name="各县区", defaults={"made_at": AT})[0].pk,
        "checked": (checked := _kept_draft(federation)).pk, "finding_key": check_kept(checked, whole(HALF_YEAR), HALF_YEAR).told[0].key,
        "plan": (plan := _plan(chamber, federation)).pk, "plan_unit": plan.units.get().pk, "group": 1,
        "dissolution": _reshaping("dissolution", branch, federation).pk, "merger": _reshaping("merger", branch, federation).pk,
        "development": (going := _development(branch, federation)).pk, "ward": going.pk, "examination": going.examinations.get().pk,
        "ending": "struck-off",
        **_comparison(federation),
        "election": _election(branch, federation).pk, "posting": _reshaping("secretary_appointment", branch, federation).pk,
    }


def _template(federation: Unit) -> WordTemplate:
    """A version with a file that has no field."""
    found = WordTemplate.objects.filter(unit=federation).first()
    if found is None:
        file = BytesIO()
        Word().save(file)
        stored = default_storage.save("templates/template.docx", ContentFile(file.getvalue()))
        found = WordTemplate.objects.create(
            unit=federation, document="report.half-year", version=1, name="模板.docx", media_type="x", size=1, stored=stored, made_at=AT,
            sha256=hashlib.sha256(file.getvalue()).hexdigest(),
        )
    return found


def _transfer(person: Person, branch: Unit, federation: Unit) -> Transfer:
    """From the branch to the federation's committee."""
    to = federation.federation.committee
    return Transfer.objects.get_or_create(person=person, direction="inside", source_id=branch.pk, target=to, defaults={"sent_on": HALF_YEAR})[0]


def _plan(chamber: Unit, federation: Unit) -> JointPlan:
    found, _ = JointPlan.objects.get_or_create(office=federation, as_at=HALF_YEAR, state="ready", defaults={"made_at": AT})
    found.units.get_or_create(chamber_id=chamber.pk, full=1, region="990200001", group=1, lead=True)
    return found


def _return(federation: Unit) -> Return:
    found = Return.objects.filter(unit=federation).first()
    if found is None:
        stored = default_storage.save("returns/return.xlsx", ContentFile(b"return"))
        snapshot = Snapshot.objects.create(unit=federation, as_at=HALF_YEAR, taken_at=AT)
        found = Return.objects.create(
            unit=federation, code="chamber-ledger", title="台账", as_at=HALF_YEAR, rows=0, filled=0, asked=0, blank=0, snapshot=snapshot, made_at=AT,
            size=6, sha256="0" * 64, stored=stored,
        )
        layout = shipped()["chamber-ledger"]
        OwnLayout.objects.create(unit=federation, code=layout.code, title=layout.title, document=layout.document(), made_at=AT)
    return found


def _comparison(federation: Unit) -> dict[str, int]:
    """A comparison of the federation's, with an act of accepting."""
    found = Comparison.objects.filter(unit=federation).first()
    if found is None:
        layout = shipped()["members-national"]
        found = Comparison.objects.create(
            unit=federation, code=layout.code, title=layout.title, document=layout.document(), subject="people", as_at=HALF_YEAR, state="open",
            name="党员.xlsx", sha256="0" * 64, size=1, made_at=AT, counts={"same": 1, "theirs": 1, "ours": 1},
        )
        found.acceptances.create(since=HALF_YEAR, at=AT)
    return {"comparison": found.pk, "acceptance": found.acceptances.get().pk}


def _packages(federation: Unit) -> dict[str, int]:
    """One who reports for the federation, a package of his that came, and one of ours that went up."""
    lower = Correspondent.objects.filter(unit=federation).first()
    if lower is None:
        key = Ed25519PrivateKey.generate()
        card = own_card("", "")
        lower = Correspondent.objects.create(
            name="下级", signing=key.public_key().public_bytes_raw().hex(), sealing=card.sealing, unit=federation, since=HALF_YEAR
        )
        upper = Correspondent.objects.create(name="上级", signing=f"{federation.pk:064x}", sealing=card.sealing, since=HALF_YEAR)
        content = pack({"manifest.json": {"definitions": {}}, "figures.json": {"nodes": [{}]}}, key)
        stored = default_storage.save("packages/received.shpkg", ContentFile(content))
        snapshot = Snapshot.objects.create(unit=federation, as_at=HALF_YEAR, taken_at=AT)
        snapshot.figures.create(code="coverage.organization", title="党组织覆盖率", unit_of_count="家", numerator=34, denominator=40)
        about = {"unit": federation, "as_at": HALF_YEAR, "rows": "none", "version": 1, "made_at": AT, "size": 1, "sha256": "0" * 64, "stored": stored}
        lower.packages.create(**about, package=f"received-{federation.pk}", snapshot=snapshot, received_at=AT, state="accepted")
        upper.submissions.create(**about, package=f"sent-{federation.pk}", state="sent")
    submission = Submission.objects.get(unit=federation)
    return {"correspondent": lower.pk, "received": lower.packages.get().pk, "submission": submission.pk}


def _kept_draft(federation: Unit) -> KeptDraft:
    found = KeptDraft.objects.filter(unit=federation).first()
    if found is None:
        stored = default_storage.save("drafts/draft.txt", ContentFile("党员362人，其中正式党员331人、预备党员32人。".encode()))
        found = KeptDraft.objects.create(
            unit=federation, name="稿.txt", media_type="text/plain", size=7, sha256="0" * 64, stored=stored, made_at=AT
        )
    return found


def _case(chamber: Unit, federation: Unit) -> Case:
    found = Case.objects.filter(chambers__chamber_id=chamber.pk).first()
    if found is None:
        found = Case.objects.create(kind="establishment", title="组建党组织", office=federation, opened_on=HALF_YEAR)
        found.chambers.create(chamber_id=chamber.pk, place=0)
    return found


def _standing(person: Person) -> MemberStanding:
    found, _ = MemberStanding.objects.get_or_create(person=person, kind="floating", valid_from=HALF_YEAR)
    return found


def _correction(person: Person) -> Correction:
    found, _ = Correction.objects.get_or_create(person=person, field="学历", defaults={"asked_on": HALF_YEAR})
    return found


def _reshaping(kind: str, branch: Unit, federation: Unit) -> Case:
    values = {"title": kind, "office": federation, "opened_on": HALF_YEAR}
    return Case.objects.get_or_create(kind=kind, organization_id=branch.pk, defaults=values)[0]


def _development(branch: Unit, federation: Unit) -> Case:
    """Of an activist; within the city the secretary is the contact."""
    found = Case.objects.filter(kind="development", organization_id=branch.pk).first()
    if found is None:
        people = [Person.objects.create(name=name, kept_by=branch) for name in ("甲申请", "乙联系")]
        Affiliation.objects.create(person=people[0], organization_id=branch.pk, kind="cultivated", valid_from=HALF_YEAR)
        found = Case.objects.create(
            kind="development", title="发展党员", office=federation, organization_id=branch.pk, person=people[0], opened_on=HALF_YEAR
        )
        for step in ("apply", "talk", "activist", "activist_filing", "contacts"):
            found.records.create(step=step, on=HALF_YEAR, at=AT)
        found.contacts.create(person=people[1], valid_from=HALF_YEAR)
        found.examinations.create(on=date(2022, 12, 1))
    if federation == city() and not Person.objects.filter(user=user(Role.SECRETARY)).exists():
        Person.objects.filter(name="乙联系", kept_by=branch).update(user=user(Role.SECRETARY))
    return found


def _election(branch: Unit, federation: Unit) -> Case:
    found = _reshaping("election", branch, federation)
    Ballot.objects.get_or_create(case=found, defaults={"committee": True, "seats": 3})
    return found


def _post(branch: Unit, person: Person) -> Appointment:
    held, _ = Appointment.objects.get_or_create(
        unit=branch, post="committee_member", person=person, method="hired", valid_from=HALF_YEAR, due_by=date(2099, 1, 1)
    )
    return held


def _case_file(case: Case) -> CasePaper:
    found = case.papers.first()
    if found is None:
        stored = default_storage.save("papers/request.txt", ContentFile(b"request"))
        found = case.papers.create(name="请示.txt", media_type="text/plain", size=7, sha256="0" * 64, stored=stored)
    return found


def _paper(activity: Activity) -> Attachment:
    found = activity.attachments.first()
    if found is None:
        stored = default_storage.save("attachments/notice.txt", ContentFile(b"notice"))
        found = activity.attachments.create(name="通知.txt", media_type="text/plain", size=6, sha256="0" * 64, stored=stored)
    return found


def _invitation(branch: Unit) -> Invitation:
    held, _ = Activity.objects.get_or_create(type="joint_learning", held_on=HALF_YEAR, title=f"联学{branch.pk}")
    held.hosts.get_or_create(unit=city() if branch == named(BRANCH) else neighbour())
    return Invitation.objects.get_or_create(activity=held, unit=branch, answered_on=None, defaults={"invited_on": HALF_YEAR})[0]


def _finding(branch: Unit) -> Finding:
    first = date(2022, 5, 1)
    found, _ = Finding.objects.get_or_create(
        unit=branch, rule="life.theme_day", first=first, defaults={"message": "2022年5月没有主题党日的记录", "since": HALF_YEAR}
    )
    return found


def _switch(federation: Unit) -> PackSwitch:
    found, _ = PackSwitch.objects.get_or_create(unit=federation, pack="size_decides", valid_from=date(2022, 1, 1))
    return found


def _seated(federation: Unit) -> Seat:
    found = Seat.objects.filter(unit=federation, role=Role.READER).first()
    if found is None:
        account, _ = User.objects.get_or_create(username="next-door", display_name="邻")
        found = Seat.objects.create(user=account, unit=federation, role=Role.READER, valid_from=HALF_YEAR)
    return found


def _address(one: Address, values: dict[str, Any]) -> str:
    return reverse(one.name, kwargs={argument: values[argument] for argument in one.arguments})


VISITED = [one for one in ADDRESSES if one.act is not None]
NO_RECORDS = {"number", "code", "kind", "field", "section", "pack", "norm", "token", "case_kind", "file_kind", "layout_code", "document", "report_kind"}
OF_RECORDS = [one for one in VISITED if set(one.arguments) - NO_RECORDS]
"""A token lets in by itself whoever is on the roster: tests/web/test_signing.py."""


@pytest.mark.django_db
@pytest.mark.parametrize("one", VISITED, ids=lambda one: one.name)
def test_signed_out_leads_to_the_sign_in(one: Address) -> None:
    answer = Client().get(_address(one, _inside()))

    assert answer.status_code in (302, 405)
    assert answer.status_code == 405 or answer["Location"].startswith("/login/")


@pytest.mark.django_db
@pytest.mark.parametrize("one", VISITED, ids=lambda one: one.name)
@pytest.mark.parametrize("role", list(Role))
def test_an_act_that_is_not_held_is_403_and_one_held_is_answered(
    one: Address, role: Role, as_role: Callable[[Role], Client]
) -> None:
    held = one.act == Act.SIGNED_IN or one.act in MAY[role]
    client, address = as_role(role), _address(one, _inside())

    for answer in (client.get(address), client.post(address)):
        if held:
            assert answer.status_code in (200, 302, 404, 405, 409, 410, 422), answer.status_code
        else:
            assert answer.status_code in (403, 405)


@pytest.mark.django_db
@pytest.mark.parametrize("one", OF_RECORDS, ids=lambda one: one.name)
@pytest.mark.parametrize("role", list(Role))
def test_a_record_outside_does_not_exist(one: Address, role: Role, as_role: Callable[[Role], Client]) -> None:
    if one.act not in MAY[role] and one.act != Act.SIGNED_IN:
        return
    before = AuditEntry.objects.count()
    client, address = as_role(role), _address(one, _outside())

    for answer in (client.get(address), client.post(address, {"reason": "试"})):
        assert answer.status_code in (404, 405), one.name
    assert AuditEntry.objects.count() == before


@pytest.mark.django_db
@pytest.mark.parametrize("one", OF_RECORDS, ids=lambda one: one.name)
def test_a_record_inside_is_there_for_whoever_may(one: Address, as_role: Callable[[Role], Client]) -> None:
    allowed = [role for role in (Role.EDITOR, Role.ADMINISTRATOR, Role.SECRETARY) if one.act == Act.SIGNED_IN or one.act in MAY[role]]

    statuses = {as_role(role).get(_address(one, _inside())).status_code for role in allowed}

    assert statuses & {200, 302, 405}, (one.name, statuses)


def test_nobody_is_let_in_by_a_user_without_seats() -> None:
    assert MAY[Role.MEMBER] == frozenset()


@pytest.mark.django_db
def test_the_users_of_the_worked_city_are_those_of_the_roles() -> None:
    assert {user(role).username for role in Role} == {role.value for role in Role}
