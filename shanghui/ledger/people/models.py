"""People, membership records, affiliations, appointments and guide assignments (M06, M10, M14)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from shanghui.access.models import Unit
from shanghui.access.scope import Scope
from shanghui.kernel.facts import Fact, FactQuerySet, holds_on
from shanghui.kernel.sealing import SealedField
from shanghui.ledger.organizations.models import Chamber, PartyOrganization
from shanghui.ledger.people.mergers import Merger as Merger
from shanghui.ledger.people.names import Ending, IsLong, containing
from shanghui.ledger.people.standings import Correction as Correction
from shanghui.ledger.people.standings import CorrectionState as CorrectionState
from shanghui.ledger.people.standings import MemberStanding as MemberStanding
from shanghui.ledger.people.standings import NoticeRead as NoticeRead
from shanghui.ledger.people.standings import NotSame as NotSame
from shanghui.ledger.people.standings import Purpose as Purpose
from shanghui.ledger.people.standings import StandingContact as StandingContact
from shanghui.ledger.people.standings import StandingKind as StandingKind
from shanghui.ledger.people.standings import Way as Way
from shanghui.ledger.people.transfers import Direction as Direction
from shanghui.ledger.people.transfers import Transfer as Transfer
from shanghui.ledger.people.transfers import TransferState as TransferState


class Category(models.TextChoices):
    """The road of a member (domain.md §6)."""

    APPLICANT = "applicant", "入党申请人"
    ACTIVIST = "activist", "入党积极分子"
    CANDIDATE = "candidate", "发展对象"
    PROBATIONARY = "probationary", "预备党员"
    FULL = "full", "正式党员"


MEMBERS = (Category.PROBATIONARY, Category.FULL)


class PersonQuerySet(models.QuerySet["Person"]):
    """Questions about people."""

    def within(self, scope: Scope) -> PersonQuerySet:
        """People kept by a unit within the scope, those affiliated there on its day, and the visitor himself."""
        if scope.everything and scope.node is None:
            return self
        affiliated = Affiliation.objects.filter(scope.reaches("organization_id"), holds_on(scope.day), person_id=OuterRef("pk"))
        inside = scope.reaches("kept_by_id") | Q(Exists(affiliated))
        if scope.user_id is not None and scope.node is None:
            inside |= Q(user_id=scope.user_id)
        return self.filter(inside)

    def kept_within(self, scope: Scope) -> PersonQuerySet:
        """People kept by a unit within the scope: those it may change. Dual life elsewhere shows a person, no more."""
        return self.filter(scope.reaches("kept_by_id"))

    def named(self, text: str) -> models.QuerySet[Person, Any]:
        """Those whose name contains `text` (not empty), found by indexes; a union of their keys, to be asked for in a condition."""
        first, *others = (self.filter(condition).values("pk") for condition in containing(text))
        return first.union(*others, all=True) if others else first

    def without_numbers(self) -> PersonQuerySet:
        """Leaves identity and telephone numbers sealed where the page does not show them."""
        return self.defer("id_number", "id_digest", "phone", "phone_digest")


class Person(models.Model):
    """人员. The identity number is optional, sealed, masked on screen, found by its keyed digest (regulations §8.2)."""

    name = models.CharField("姓名", max_length=40)
    initials = models.CharField("拼音首字母", max_length=60, blank=True)
    gender = models.CharField("性别", max_length=1, blank=True, choices=[("男", "男"), ("女", "女")])
    ethnicity = models.CharField("民族", max_length=20, blank=True)
    birth = models.CharField("出生年月", max_length=10, blank=True)
    education = models.CharField("学历", max_length=20, blank=True)
    id_number = SealedField("公民身份号码", found_by="id_digest", default="", blank=True)
    id_digest = models.BinaryField(default=b"", editable=False, db_index=True)
    phone = SealedField("联系电话", found_by="phone_digest", default="", blank=True)
    phone_digest = models.BinaryField(default=b"", editable=False, db_index=True)
    politics = models.CharField("政治面貌", max_length=20, blank=True)
    workplace = models.CharField("工作单位", max_length=100, blank=True)
    applied_on = models.CharField("递交入党申请书时间", max_length=10, blank=True)
    joined_on = models.CharField("入党时间", max_length=10, blank=True)
    confirmed_on = models.CharField("转正时间", max_length=10, blank=True)
    remark = models.CharField("备注", max_length=300, blank=True)
    kept_by = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="登记单位")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="person", verbose_name="账号"
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = "人员"
        indexes = [
            models.Index(fields=["initials", "id"], name="people_person_by_initials"),
            models.Index(fields=["name", "id"], name="people_person_by_name"),
            models.Index(fields=["kept_by", "initials"], name="people_person_by_keeper"),
            models.Index(Ending("name", start=1), name="people_person_by_ending_1"),
            models.Index(Ending("name", start=2), name="people_person_by_ending_2"),
            models.Index(Ending("name", start=3), name="people_person_by_ending_3"),
            models.Index(fields=["name"], condition=Q(IsLong("name")), name="people_person_by_long_name"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["id_digest"], condition=~Q(id_digest=b""), name="people_person_one_number"),
        ]

    def __str__(self) -> str:
        return self.name


class MembershipRecord(Fact):
    """党籍: a person is in this category over this period; one at a time (database trigger)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    category = models.CharField("类别", max_length=12, choices=Category.choices)
    contacts = models.CharField("培养联系人", max_length=60, blank=True)

    objects = FactQuerySet["MembershipRecord"].as_manager()

    class Meta(Fact.Meta):
        verbose_name = "党籍"
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint("person", condition=Q(valid_to=None), name="people_membership_one_open"),
        ]
        indexes = [models.Index(fields=["person", "category", "valid_from"], name="people_membership_by_person")]


class AffiliationKind(models.TextChoices):
    """The one home, the organization that cultivates someone not yet a member, or organizational life elsewhere."""

    HOME = "home", "组织关系"
    CULTIVATED = "cultivated", "培养联系"
    DUAL = "dual", "双重组织生活"


class Affiliation(Fact):
    """组织隶属: a person belongs to a party organization; one at a time, dual life apart (database trigger)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="affiliations")
    organization = models.ForeignKey(PartyOrganization, models.PROTECT, related_name="affiliations")
    kind = models.CharField("隶属", max_length=10, choices=AffiliationKind.choices, default=AffiliationKind.HOME)

    objects = FactQuerySet["Affiliation"].as_manager()

    class Meta(Fact.Meta):
        verbose_name = "组织隶属"
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(
                "person", condition=Q(valid_to=None) & ~Q(kind="dual"), name="people_affiliation_one_open_home"
            ),
            models.UniqueConstraint(
                "person", "organization", condition=Q(valid_to=None, kind="dual"), name="people_affiliation_dual_once"
            ),
        ]
        indexes = [models.Index(fields=["organization", "kind", "valid_from"], name="people_affiliation_by_org")]


class Post(models.TextChoices):
    """Chamber posts and party posts (domain.md §6). `member` ties a person to a chamber without an office."""

    PRESIDENT = "president", "会长"
    EXECUTIVE_VICE_PRESIDENT = "executive_vice_president", "常务副会长"
    VICE_PRESIDENT = "vice_president", "副会长"
    CHIEF_SUPERVISOR = "chief_supervisor", "监事长"
    SUPERVISOR = "supervisor", "监事"
    SECRETARY_GENERAL = "secretary_general", "秘书长"
    DEPUTY_SECRETARY_GENERAL = "deputy_secretary_general", "副秘书长"
    STANDING_DIRECTOR = "standing_director", "常务理事"
    DIRECTOR = "director", "理事"
    STAFF = "staff", "专职工作人员"
    MEMBER = "member", "会员"
    SECRETARY = "secretary", "书记"
    DEPUTY_SECRETARY = "deputy_secretary", "副书记"
    COMMITTEE_MEMBER = "committee_member", "委员"


CHAMBER_POSTS = tuple(Post)[:11]
PARTY_POSTS = (Post.SECRETARY, Post.DEPUTY_SECRETARY, Post.COMMITTEE_MEMBER)
LEADERS = (Post.PRESIDENT, Post.EXECUTIVE_VICE_PRESIDENT, Post.VICE_PRESIDENT)
CHAMBER_LEADERS = (*LEADERS, Post.CHIEF_SUPERVISOR, Post.SECRETARY_GENERAL)
ONE_HOLDER = (Post.PRESIDENT, Post.CHIEF_SUPERVISOR, Post.SECRETARY_GENERAL, Post.SECRETARY)


class Method(models.TextChoices):
    """How a secretary came to the post (M08; COM-12, COM-15)."""

    ELECTED = "elected", "选任"
    HIRED = "hired", "聘任"
    ASSIGNED = "assigned", "上级选派"


class Appointment(Fact):
    """任职: a person holds a post in a chamber or a party organization.

    Who is hired has a contract: `due_by` is its last day as agreed; when the post is left in fact says `valid_to`.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="appointments")
    post = models.CharField("职务", max_length=24, choices=Post.choices)
    title = models.CharField("职务名称", max_length=30, blank=True)
    method = models.CharField("产生方式", max_length=8, choices=Method.choices, blank=True)
    due_by = models.DateField("聘期到", null=True, blank=True)
    approved_by = models.CharField("批准单位", max_length=60, blank=True)
    approval_number = models.CharField("批准文号", max_length=60, blank=True)

    objects = FactQuerySet["Appointment"].as_manager()

    class Meta(Fact.Meta):
        verbose_name = "任职"
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(
                "person", "unit", "post", condition=Q(valid_to=None), name="people_appointment_once_open"
            ),
        ]
        indexes = [models.Index(fields=["unit", "post", "valid_from"], name="people_appointment_by_unit")]


class GuideKind(models.TextChoices):
    """指导员 or 联络员 (M06)."""

    GUIDE = "guide", "指导员"
    LIAISON = "liaison", "联络员"


class GuideAssignment(Fact):
    """A person looks after a chamber (M06): the source of work coverage.

    `due_by`: the last day of the term agreed, with which the fact ends; it stays when the fact is ended earlier.
    `handed_over`: what the one before told whoever takes over.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="assignments")
    chamber = models.ForeignKey(Chamber, models.PROTECT, related_name="assignments")
    kind = models.CharField("类别", max_length=8, choices=GuideKind.choices, default=GuideKind.GUIDE)
    duty = models.CharField("职务", max_length=100, blank=True)
    due_by = models.DateField("聘期到", null=True, blank=True)
    handed_over = models.CharField("移交事项", max_length=300, blank=True)

    objects = FactQuerySet["GuideAssignment"].as_manager()

    class Meta(Fact.Meta):
        verbose_name = "指导员联系"
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(
                "person", "chamber", condition=Q(valid_to=None), name="people_assignment_once_open"
            ),
        ]
        indexes = [models.Index(fields=["chamber", "valid_from"], name="people_assignment_by_chamber")]
