"""Cases, the steps done in them, and what was typed: the party organization to be, the people, the vote (M05, M08).

Which steps a kind has is declared in `kinds`, never stored; stored is what people did. What was typed stays when a step is
returned, a case withdrawn or reopened.
"""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from shanghui.access.models import Unit
from shanghui.access.scope import Scope
from shanghui.cases.developed import ARCHIVED as ARCHIVED
from shanghui.cases.developed import Contact as Contact
from shanghui.cases.developed import Development as Development
from shanghui.cases.developed import Examination as Examination
from shanghui.cases.developed import Explanation as Explanation
from shanghui.cases.developed import Introducer as Introducer
from shanghui.cases.developed import Meeting as Meeting
from shanghui.cases.developed import MemberVote as MemberVote
from shanghui.cases.developed import Move as Move
from shanghui.cases.planned import JointPlan as JointPlan
from shanghui.cases.planned import Near as Near
from shanghui.cases.planned import PlanState as PlanState
from shanghui.cases.planned import PlanUnit as PlanUnit
from shanghui.ledger.organizations.models import Chamber, Form, OrganizationKind, PartyOrganization
from shanghui.ledger.people.models import AffiliationKind, Method, Person, Post


class State(models.TextChoices):
    """Where a case stands."""

    OPEN = "open", "办理中"
    DONE = "done", "已办结"
    WITHDRAWN = "withdrawn", "已撤回"
    REFUSED = "refused", "未通过"
    LEFT = "left", "已转出"


class CaseQuerySet(models.QuerySet["Case"]):
    """Questions about cases."""

    def within(self, scope: Scope) -> CaseQuerySet:
        """Cases handled by an office within the scope, or about a chamber or party organization within it; a case about a person
        only where a seat that may see people reaches the organization that handles it (M48)."""
        if scope.everything and scope.node is None:
            return self
        return self.filter(self._public(scope) | self._personal(scope))

    def about_people(self, scope: Scope) -> CaseQuerySet:
        """Of those, the cases about a person."""
        rows = self.filter(person__isnull=False)
        return rows if scope.everything and scope.node is None else rows.filter(scope.seeing_people().reaches("organization_id"))

    def _personal(self, scope: Scope) -> Q:
        return Q(person__isnull=False) & scope.seeing_people().reaches("organization_id")

    def _public(self, scope: Scope) -> Q:
        about = CaseChamber.objects.filter(scope.reaches("chamber_id"), case_id=OuterRef("pk"))
        joined = CaseOrganization.objects.filter(scope.reaches("organization_id"), case_id=OuterRef("pk"))
        taking = Design.objects.filter(scope.reaches("target_id"), case_id=OuterRef("pk"))
        own = scope.reaches("office_id") | scope.reaches("organization_id")
        return Q(person=None) & (own | Q(Exists(about)) | Q(Exists(joined)) | Q(Exists(taking)))

    def concerning(self, organization: int) -> CaseQuerySet:
        """Cases about a party organization, those in which it is merged, and those in which it takes something over; not those
        about people whom it develops."""
        joined = CaseOrganization.objects.filter(organization_id=organization, case_id=OuterRef("pk"))
        taking = Design.objects.filter(target_id=organization, case_id=OuterRef("pk"))
        return self.filter(Q(organization_id=organization) | Q(Exists(joined)) | Q(Exists(taking)), person=None)

    def on(self, day: date) -> CaseQuerySet:
        """Cases that were open on `day`."""
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=day), opened_on__lte=day)


class Case(models.Model):
    """One matter worked in steps. `office`: the federation that handles it. `organization`: the party organization it is about,
    the one founded by it, or the one that handles a case about a person. `opened_on`, `closed_on`: days inclusive of the opening,
    exclusive of the closing. `title`: never names a person; `named` does, for those who may see people."""

    kind = models.CharField("事项", max_length=30)
    title = models.CharField("名称", max_length=160)
    office = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="承办单位")
    organization = models.ForeignKey(
        PartyOrganization, models.PROTECT, null=True, blank=True, related_name="cases", verbose_name="党组织"
    )
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="cases", verbose_name="本人")
    state = models.CharField("状态", max_length=9, choices=State.choices, default=State.OPEN)
    opened_on = models.DateField("立项时间")
    closed_on = models.DateField("了结时间", null=True, blank=True)
    closing = models.CharField("了结说明", max_length=300, blank=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="立项人")

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = "办理事项"
        indexes = [models.Index(fields=["state", "opened_on"], name="cases_case_by_state")]

    def __str__(self) -> str:
        return self.title

    @property
    def named(self) -> str:
        """The title, with the name where the case is about a person: only for pages whose rows come from `within`."""
        return f"{self.title.partition('：')[0]}：{self.person.name}" if self.person else self.title


class CaseChamber(models.Model):
    """A chamber that a case is about. `place` 0 is the lead of a joint branch (牵头商会).

    `target`, `form`: which party organization covers it afterwards, and how, where its own is dissolved.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="chambers")
    chamber = models.ForeignKey(Chamber, models.PROTECT, related_name="cases")
    place = models.PositiveSmallIntegerField("次序")
    target = models.ForeignKey(
        PartyOrganization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="改由覆盖"
    )
    form = models.CharField("覆盖方式", max_length=10, choices=Form.choices, blank=True)

    class Meta:
        verbose_name = "事项涉及的商会"
        ordering = ["place", "pk"]
        constraints = [models.UniqueConstraint("case", "chamber", name="cases_chamber_once")]


class CaseOrganization(models.Model):
    """A party organization that a case is about beside its own: the others in a merger."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="organizations")
    organization = models.ForeignKey(PartyOrganization, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "事项涉及的党组织"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint("case", "organization", name="cases_organization_once")]


class StepRecord(models.Model):
    """A step was done, or skipped with a reason. Returned later, it no longer counts and stays on record with the reason.

    `on`: the day it was done, which a paper names; `at`: when it was entered. `kept_at`: where its papers lie. `due`: the last day
    it had, by the norm in force then; `waited`: of a step that decides on another, how many days after it.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="records")
    step = models.CharField("步骤", max_length=30)
    skipped = models.BooleanField("略过", default=False)
    on = models.DateField("办理时间")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="经办")
    at = models.DateTimeField("登记时间")
    number = models.CharField("文号", max_length=60, blank=True)
    note = models.CharField("说明", max_length=300, blank=True)
    kept_at = models.CharField("材料存放处", max_length=100, blank=True)
    due = models.DateField("最迟", null=True, blank=True)
    waited = models.PositiveIntegerField("历时（天）", null=True, blank=True)
    returned_on = models.DateField("退回时间", null=True, blank=True)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="退回人"
    )
    return_reason = models.CharField("退回原因", max_length=300, blank=True)

    class Meta:
        verbose_name = "办理步骤"
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint("case", "step", condition=Q(returned_on=None), name="cases_step_done_once"),
        ]


class Design(models.Model):
    """What is to be set up or changed (M03, M05): typed once, used by every paper and by the ledger at the end.

    `change_on`: the day from which a change, merger or dissolution holds, where that is not the day of a step. `target`: the
    standing organization that covers or takes in. `direct`: the upper level decides without a request (ORG-08).
    """

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="design")
    name = models.CharField("党组织名称", max_length=100, blank=True)
    kind = models.CharField("类型", max_length=14, choices=OrganizationKind.choices, default=OrganizationKind.BRANCH)
    form = models.CharField("组建方式", max_length=10, choices=Form.choices, blank=True)
    upper = models.ForeignKey(
        PartyOrganization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="上级党组织"
    )
    grounds = models.CharField("理由", max_length=500, blank=True)
    change_on = models.DateField("生效时间", null=True, blank=True)
    target = models.ForeignKey(
        PartyOrganization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="接收的党组织"
    )
    direct = models.BooleanField("由上级直接决定", default=False)

    class Meta:
        verbose_name = "组建方案"


class CasePerson(models.Model):
    """Somebody who will belong to the organization a case founds, and how.

    Where an organization is dissolved: the member goes to `target`, or to a place that the ledger does not hold (`outside`).
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="people")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField("隶属", max_length=10, choices=AffiliationKind.choices, default=AffiliationKind.HOME)
    target = models.ForeignKey(
        PartyOrganization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="转往的党组织"
    )
    outside = models.CharField("转往台账以外的党组织", max_length=100, blank=True)

    class Meta:
        verbose_name = "编入党员"
        constraints = [models.UniqueConstraint("case", "person", name="cases_person_once")]


class Ballot(models.Model):
    """An election within a case (M08): how many are to be elected, who may vote, what was counted.

    `congress`: by delegates (党员代表大会), how many there are, and by which paper the upper level agreed (ELE-01); those who should
    attend are then delegates. `committee`: whether a committee is elected, which then elects the secretary (ELE-06). `excluded`: taken off those who should
    attend, with the consent of the upper level in `excluded_consent` (ELE-17). `again_…`: the ballot held once more for what the
    first left open, the last one where there were several. `fewer_seats`: to how many seats the meeting cut down what was left
    open, and how many agreed (ELE-14). `plenary_present`: members at the first plenary session, which elects the secretary.
    """

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="ballot")
    method = models.CharField("产生方式", max_length=8, choices=Method.choices, default=Method.ELECTED)
    committee = models.BooleanField("设委员会", default=False)
    congress = models.BooleanField("召开党员代表大会", default=False)
    congress_consent = models.CharField("上级批准召开代表大会的文件", max_length=100, blank=True)
    delegates = models.PositiveSmallIntegerField("代表总数", null=True, blank=True)
    seats = models.PositiveSmallIntegerField("应选委员数", null=True, blank=True)
    expected = models.PositiveSmallIntegerField("应到会有选举权人数", null=True, blank=True)
    excluded = models.PositiveSmallIntegerField("不计入应到会人数", default=0)
    excluded_consent = models.CharField("上级同意的文件", max_length=100, blank=True)
    present = models.PositiveSmallIntegerField("实到会有选举权人数", null=True, blank=True)
    issued = models.PositiveSmallIntegerField("发出选票", null=True, blank=True)
    collected = models.PositiveSmallIntegerField("收回选票", null=True, blank=True)
    invalid = models.PositiveSmallIntegerField("无效票", null=True, blank=True)
    teller = models.CharField("监票人", max_length=40, blank=True)
    counter = models.CharField("计票人", max_length=40, blank=True)
    chair = models.CharField("主持人", max_length=40, blank=True)
    again_present = models.PositiveSmallIntegerField("再次投票时实到会人数", null=True, blank=True)
    again_issued = models.PositiveSmallIntegerField("再次投票发出选票", null=True, blank=True)
    again_collected = models.PositiveSmallIntegerField("再次投票收回选票", null=True, blank=True)
    again_invalid = models.PositiveSmallIntegerField("再次投票无效票", null=True, blank=True)
    fewer_seats = models.PositiveSmallIntegerField("减少后的委员名额", null=True, blank=True)
    fewer_agreed = models.PositiveSmallIntegerField("同意减少名额的人数", null=True, blank=True)
    plenary_present = models.PositiveSmallIntegerField("到会委员", null=True, blank=True)

    class Meta:
        verbose_name = "选举"


class Ground(models.TextChoices):
    """Why a full member is not among those who should attend. Which of the cases it is stands on paper only (regulations §8.2)."""

    NO_RIGHT = "no_right", "没有选举权，或者权利已经中止"
    CONSENTED = "consented", "经上级同意、党员大会通过，不计入应到会人数"


class SetAside(models.Model):
    """A full member who is not among those who should attend an election (ELE-02, ELE-17)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="set_aside")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    ground = models.CharField("原因", max_length=10, choices=Ground.choices)

    class Meta:
        verbose_name = "不计入应到会人数"
        constraints = [models.UniqueConstraint("case", "person", name="cases_set_aside_once")]


class Entry(models.TextChoices):
    """How somebody came on the list: proposed beforehand, written in by voters (ELE-10), proposed for the ballot held once more."""

    PROPOSED = "proposed", "候选人"
    WRITTEN = "written", "另选的人"
    AGAIN = "again", "再次投票的候选人"


class Nominee(models.Model):
    """A candidate for one post, or somebody appointed to it; the votes counted, and whether elected.

    `votes_again`: those of the ballot held once more, where he was on it (ELE-14).
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="nominees")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    post = models.CharField("职务", max_length=24, choices=Post.choices)
    title = models.CharField("分工", max_length=30, blank=True)
    votes = models.PositiveSmallIntegerField("赞成票", null=True, blank=True)
    entry = models.CharField("提名", max_length=8, choices=Entry.choices, default=Entry.PROPOSED)
    votes_again = models.PositiveSmallIntegerField("再次投票赞成票", null=True, blank=True)
    elected = models.BooleanField("当选", null=True)

    class Meta:
        verbose_name = "人选"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint("case", "person", "post", name="cases_nominee_once")]


class Posting(models.Model):
    """Somebody whom the upper level appoints, sends or hires (COM-12, COM-15). From when is the day he takes up the post.

    `due_by`: the last day of the contract of somebody hired. `approved_by`: who decided, as written in the decision.
    """

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="posting")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="人选")
    post = models.CharField("职务", max_length=24, choices=Post.choices, default=Post.SECRETARY)
    method = models.CharField("产生方式", max_length=8, choices=Method.choices, default=Method.ASSIGNED)
    due_by = models.DateField("聘期到", null=True, blank=True)
    approved_by = models.CharField("批准单位", max_length=60, blank=True)
    grounds = models.CharField("理由", max_length=300, blank=True)

    class Meta:
        verbose_name = "上级任命"


class CasePaper(models.Model):
    """A paper kept with a case (the signed request, the approval with its seal). `stored`: its place in the file storage."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="papers")
    step = models.CharField("步骤", max_length=30, blank=True)
    name = models.CharField("文件名", max_length=200)
    media_type = models.CharField("类型", max_length=100)
    size = models.PositiveIntegerField("字节")
    sha256 = models.CharField("SHA-256", max_length=64)
    stored = models.CharField("存放处", max_length=200)

    class Meta:
        verbose_name = "事项文件"
        ordering = ["pk"]
