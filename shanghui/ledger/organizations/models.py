"""Federations, chambers, enterprises, party organizations, coverage, terms, charters (M01–M04, M08, M11)."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from shanghui.access.models import Unit
from shanghui.access.scope import Scope
from shanghui.kernel.facts import Fact, FactQuerySet, Row, holds_on
from shanghui.ledger.organizations.dual import Plate as Plate
from shanghui.ledger.organizations.dual import TerritorialGuidance as TerritorialGuidance
from shanghui.ledger.organizations.joint import Alliance as Alliance
from shanghui.ledger.organizations.joint import AllianceMember as AllianceMember
from shanghui.ledger.organizations.joint import Pairing as Pairing
from shanghui.ledger.organizations.joint import PartnerKind as PartnerKind


class ChamberKind(models.TextChoices):
    """Kinds of chamber (domain.md §6)."""

    INDUSTRY = "industry", "行业"
    HOMETOWN = "hometown", "异地"
    TOWNSHIP = "township", "乡镇"
    SUBDISTRICT = "subdistrict", "街道"
    PARK = "park", "园区"
    MARKET = "market", "市场"
    VILLAGE = "village", "村社区"
    BUILDING = "building", "楼宇"
    OTHER = "other", "其他"


class Status(models.TextChoices):
    """What state a chamber is in; normal and in re-election count as in operation."""

    PREPARING = "preparing", "筹备"
    NORMAL = "normal", "正常"
    REELECTING = "reelecting", "换届中"
    CLOSED = "closed", "注销"


IN_OPERATION = (Status.NORMAL, Status.REELECTING)


class OrganizationKind(models.TextChoices):
    """Kinds of party organization (domain.md §6)."""

    COMMITTEE = "committee", "党委"
    GENERAL_BRANCH = "general_branch", "党总支"
    BRANCH = "branch", "党支部"
    GROUP = "group", "党小组"


class Form(models.TextChoices):
    """Forms of establishment 组建方式 (M03)."""

    OWN = "own", "单独组建"
    JOINT = "joint", "联合组建"
    INDUSTRY = "industry", "行业联建"
    AREA = "area", "区域共建"
    FUNCTIONAL = "functional", "功能型"
    TEMPORARY = "temporary", "临时"
    ATTACHED = "attached", "挂靠"


class Rank(models.TextChoices):
    """What an enterprise is in its chamber."""

    PRESIDENT = "president", "会长单位"
    EXECUTIVE = "executive", "常务副会长单位"
    VICE_PRESIDENT = "vice_president", "副会长单位"
    STANDING = "standing", "常务理事单位"
    DIRECTOR = "director", "理事单位"
    MEMBER = "member", "会员单位"


class CharterItem(models.TextChoices):
    """The four items of 党建入章 (M11)."""

    LEADERSHIP = "leadership", "坚持党的领导"
    ORGANIZATION = "organization", "设立党组织"
    ROLE = "role", "党组织作用"
    FUNDING = "funding", "党建经费"


class Scoped(models.QuerySet[Row]):
    """Records that extend a unit: narrowed by the unit they are."""

    def within(self, scope: Scope) -> Scoped[Row]:
        """The records within the scope."""
        return self.filter(scope.condition("unit_id"))


class Federation(models.Model):
    """工商联; its code (Unit.code) is the GB/T 2260 code. `committee` is its leading party committee."""

    unit = models.OneToOneField(Unit, models.PROTECT, primary_key=True, related_name="federation")
    committee = models.ForeignKey(
        "PartyOrganization", models.PROTECT, null=True, related_name="+", verbose_name="党建领导机构"
    )

    objects = Scoped["Federation"].as_manager()

    class Meta:
        verbose_name = "工商联"

    def __str__(self) -> str:
        return self.unit.name


class ChamberQuerySet(Scoped["Chamber"]):
    """Questions about chambers."""

    def within(self, scope: Scope) -> ChamberQuerySet:
        """Chambers within the scope, and those covered on its day by an organization on which a seat is held."""
        inside = scope.condition("unit_id")
        if scope.everything or scope.node is not None:
            return self.filter(inside)
        covered = Coverage.objects.filter(
            scope.condition("organization__unit_id"), holds_on(scope.day), organization__unit_id__in=scope.roots
        )
        return self.filter(inside | Q(pk__in=covered.values("chamber_id")))

    def in_operation(self, day: date) -> ChamberQuerySet:
        """Chambers that are normal or in re-election on `day`: the denominator of both coverages."""
        periods = ChamberStatus.objects.filter(holds_on(day), status__in=IN_OPERATION)
        return self.filter(pk__in=periods.values("chamber_id"))


class Chamber(models.Model):
    """商会 (M02). What changes over time (status, coverage, posts, size, charter) stands in facts of its own."""

    unit = models.OneToOneField(Unit, models.PROTECT, primary_key=True, related_name="chamber")
    kind = models.CharField("商会类别", max_length=12, choices=ChamberKind.choices, default=ChamberKind.OTHER)
    credit_code = models.CharField("统一社会信用代码", max_length=18, blank=True, db_index=True)
    founded_on = models.CharField("成立时间", max_length=10, blank=True)
    region_code = models.CharField("所在地（GB/T 2260）", max_length=12, blank=True, db_index=True)
    region_name = models.CharField("所属县（市、区）", max_length=40, blank=True)
    industry_code = models.CharField("行业（GB/T 4754）", max_length=5, blank=True)
    origin = models.CharField("异地商会来源地", max_length=40, blank=True)
    supervisor = models.CharField("业务主管单位", max_length=60, blank=True)
    address = models.CharField("地址", max_length=120, blank=True)
    longitude = models.DecimalField("经度", max_digits=9, decimal_places=6, null=True, blank=True)
    latitude = models.DecimalField("纬度", max_digits=9, decimal_places=6, null=True, blank=True)
    remark = models.CharField("备注", max_length=300, blank=True)

    objects = ChamberQuerySet.as_manager()

    class Meta:
        verbose_name = "商会"
        constraints = [
            models.UniqueConstraint("credit_code", condition=~Q(credit_code=""), name="organizations_chamber_code_once")
        ]

    def __str__(self) -> str:
        return self.unit.name


class ChamberStatus(Fact):
    """A chamber's state over a period; many per chamber, one at a time (database trigger)."""

    chamber = models.ForeignKey(Chamber, models.PROTECT, related_name="statuses")
    status = models.CharField("状态", max_length=10, choices=Status.choices)

    objects = FactQuerySet["ChamberStatus"].as_manager()

    class Meta(Fact.Meta):
        verbose_name = "商会状态"
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint("chamber", condition=Q(valid_to=None), name="organizations_status_one_open"),
        ]


class DeclaredSize(Fact):
    """How many member enterprises a chamber declares (会员企业数)."""

    chamber = models.ForeignKey(Chamber, models.PROTECT, related_name="sizes")
    enterprises = models.PositiveIntegerField("会员企业数")

    objects = FactQuerySet["DeclaredSize"].as_manager()

    class Meta(Fact.Meta):
        verbose_name = "会员企业数"
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint("chamber", condition=Q(valid_to=None), name="organizations_size_one_open"),
        ]


class Enterprise(models.Model):
    """会员企业, kept by a unit (the chamber or federation that entered it)."""

    name = models.CharField("企业名称", max_length=100)
    credit_code = models.CharField("统一社会信用代码", max_length=18, blank=True, db_index=True)
    initials = models.CharField("拼音首字母", max_length=60, blank=True, db_index=True)
    industry_code = models.CharField("行业（GB/T 4754）", max_length=5, blank=True)
    region_code = models.CharField("所在地（GB/T 2260）", max_length=12, blank=True)
    representative = models.CharField("法定代表人", max_length=40, blank=True)
    kept_by = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="登记单位")

    objects = models.Manager["Enterprise"]()

    class Meta:
        verbose_name = "会员企业"
        constraints = [
            models.UniqueConstraint(
                "credit_code", condition=~Q(credit_code=""), name="organizations_enterprise_code_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class ChamberMembership(Fact):
    """An enterprise is a member of a chamber."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="memberships")
    chamber = models.ForeignKey(Chamber, models.PROTECT, related_name="memberships")
    rank = models.CharField("会员级别", max_length=14, choices=Rank.choices, default=Rank.MEMBER)

    objects = FactQuerySet["ChamberMembership"].as_manager()

    class Meta(Fact.Meta):
        verbose_name = "入会记录"
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(
                "enterprise", "chamber", condition=Q(valid_to=None), name="organizations_membership_one_open"
            ),
        ]


class OrganizationQuerySet(Scoped["PartyOrganization"]):
    """Questions about party organizations."""

    def within(self, scope: Scope) -> OrganizationQuerySet:
        """Organizations within the scope, and those that cover, on its day, a chamber on which a seat is held."""
        inside = scope.condition("unit_id")
        if scope.everything or scope.node is not None:
            return self.filter(inside)
        covering = Coverage.objects.filter(holds_on(scope.day), chamber__unit_id__in=scope.roots)
        return self.filter(inside | Q(pk__in=covering.values("organization_id")))

    def in_being(self, day: date) -> OrganizationQuerySet:
        """Organizations that exist on `day`."""
        return self.filter(pk__in=OrganizationPeriod.objects.filter(holds_on(day)).values("organization_id"))


class PartyOrganization(models.Model):
    """党组织 (M03). Its parent on the party line is a Link of its unit; being, kind and form stand in OrganizationPeriod."""

    unit = models.OneToOneField(Unit, models.PROTECT, primary_key=True, related_name="organization")
    approved_on = models.CharField("批准成立时间", max_length=10, blank=True)
    approval_number = models.CharField("批复文号", max_length=60, blank=True)
    remark = models.CharField("备注", max_length=300, blank=True)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = "党组织"

    def __str__(self) -> str:
        return self.unit.name


class OrganizationPeriod(Fact):
    """A party organization exists, of this kind and form, with this many members on its committee as it says, over this
    period; one at a time (database trigger). What follows without a break is the same being."""

    organization = models.ForeignKey(PartyOrganization, models.PROTECT, related_name="periods")
    kind = models.CharField("类型", max_length=14, choices=OrganizationKind.choices, default=OrganizationKind.BRANCH)
    form = models.CharField("组建方式", max_length=10, choices=Form.choices, blank=True)
    committee_members = models.PositiveSmallIntegerField("委员数", null=True, blank=True)

    objects = FactQuerySet["OrganizationPeriod"].as_manager()

    class Meta(Fact.Meta):
        verbose_name = "党组织存续"
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint("organization", condition=Q(valid_to=None), name="organizations_period_one_open"),
        ]


class Coverage(Fact):
    """A party organization covers a chamber, by a form; one at a time of each form (database trigger, M03)."""

    chamber = models.ForeignKey(Chamber, models.PROTECT, related_name="coverages")
    organization = models.ForeignKey(PartyOrganization, models.PROTECT, related_name="coverages")
    form = models.CharField("组建方式", max_length=10, choices=Form.choices)

    objects = FactQuerySet["Coverage"].as_manager()

    class Meta(Fact.Meta):
        verbose_name = "覆盖"
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(
                "chamber", "form", condition=Q(valid_to=None), name="organizations_coverage_one_open_per_form"
            ),
        ]
        indexes = [models.Index(fields=["organization", "valid_from"], name="organizations_coverage_by_org")]


class Term(Fact):
    """A term of office (M08): from `valid_from`; planned to end at `due_on` (as written, 2025 or 2025-03 or a day)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="terms")
    due_on = models.CharField("届满时间", max_length=10)
    due_by = models.DateField("届满日", db_index=True)

    objects = FactQuerySet["Term"].as_manager()

    class Meta(Fact.Meta):
        verbose_name = "任期"
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint("unit", condition=Q(valid_to=None), name="organizations_term_one_open"),
        ]


class CharterClause(Fact):
    """One of the four items stands in a chamber's charter (M11)."""

    chamber = models.ForeignKey(Chamber, models.PROTECT, related_name="clauses")
    item = models.CharField("入章内容", max_length=12, choices=CharterItem.choices)
    document = models.CharField("章程文件", max_length=120, blank=True)

    objects = FactQuerySet["CharterClause"].as_manager()

    class Meta(Fact.Meta):
        verbose_name = "党建入章"
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(
                "chamber", "item", condition=Q(valid_to=None), name="organizations_clause_one_open"
            ),
        ]


class GapReason(models.TextChoices):
    """Why a chamber is not covered (M04)."""

    NO_MEMBER = "no_member", "无党员"
    TOO_FEW = "too_few", "不足3名"
    ELSEWHERE = "elsewhere", "组织关系未转"
    PREPARING = "preparing", "筹备或换届中"
    OTHER = "other", "其他"


class GapRoute(models.TextChoices):
    """Which way is chosen for an uncovered chamber."""

    OWN = "own", "单独组建"
    JOINT = "joint", "联合组建"
    AREA = "area", "区域共建"
    FUNCTIONAL = "functional", "功能型党组织"
    ATTACHED = "attached", "挂靠兜底"
    GUIDE = "guide", "先派指导员"


class GapPlan(Fact):
    """How the office works an uncovered chamber: reason, route, owner, next date (M04). Ended when it changes."""

    chamber = models.ForeignKey(Chamber, models.PROTECT, related_name="gap_plans")
    reason = models.CharField("原因", max_length=10, choices=GapReason.choices, blank=True)
    route = models.CharField("打算怎么建", max_length=10, choices=GapRoute.choices, blank=True)
    owner = models.CharField("经办人", max_length=40, blank=True)
    next_on = models.DateField("下一步日期", null=True, blank=True)
    note = models.CharField("记事", max_length=300, blank=True)

    objects = FactQuerySet["GapPlan"].as_manager()

    class Meta(Fact.Meta):
        verbose_name = "未覆盖商会办理"
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint("chamber", condition=Q(valid_to=None), name="organizations_gap_one_open"),
        ]
