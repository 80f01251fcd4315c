"""Units and their dated links, users, seats, and the append-only audit (M01, M48; architecture, decision 1)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from shanghui.kernel.facts import Fact, FactQuerySet


class Axis(models.TextChoices):
    """The three lines along which a unit has a parent."""

    SUPERVISION = "supervision", "业务主管"
    PARTY = "party", "党组织隶属"
    TERRITORY = "territory", "属地"


class UnitKind(models.TextChoices):
    """What a unit is; the record that extends it one to one lives in the ledger."""

    FEDERATION = "federation", "工商联"
    CHAMBER = "chamber", "商会"
    ORGANIZATION = "organization", "党组织"


class Unit(models.Model):
    """Anything a seat can be given on. `code` is the office's own or the GB/T 2260 code; empty where there is none."""

    kind = models.CharField("类别", max_length=12, choices=UnitKind.choices)
    code = models.CharField("代码", max_length=20, blank=True)
    name = models.CharField("名称", max_length=100)
    short_name = models.CharField("简称", max_length=60, blank=True)
    initials = models.CharField("拼音首字母", max_length=60, blank=True, db_index=True)

    class Meta:
        verbose_name = "单位"
        constraints = [
            models.UniqueConstraint("kind", "code", condition=~Q(code=""), name="access_unit_code_once"),
        ]
        indexes = [models.Index(fields=["kind", "name"], name="access_unit_by_name")]

    def __str__(self) -> str:
        return self.name


class FormerName(Fact):
    """What a unit was called before (M01): `Unit.name` is what it is called now. A unit that was never renamed has none."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="former_names")
    name = models.CharField("曾用名称", max_length=100)

    objects = FactQuerySet["FormerName"].as_manager()

    class Meta(Fact.Meta):
        verbose_name = "曾用名称"
        constraints = [
            *Fact.Meta.constraints,
            models.CheckConstraint(condition=Q(valid_to__isnull=False), name="access_formername_is_over"),
        ]
        indexes = [models.Index(fields=["unit", "valid_to"], name="access_formername_of_unit")]


class Link(Fact):
    """`child` stands below `parent` on one axis; at most one parent at a time (database trigger)."""

    axis = models.CharField("关系", max_length=11, choices=Axis.choices)
    child = models.ForeignKey(Unit, models.PROTECT, related_name="parent_links")
    parent = models.ForeignKey(Unit, models.PROTECT, related_name="child_links")

    objects = FactQuerySet["Link"].as_manager()

    class Meta(Fact.Meta):
        verbose_name = "上级关系"
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint("child", "axis", condition=Q(valid_to=None), name="access_link_one_open_parent"),
            models.CheckConstraint(condition=~Q(child=models.F("parent")), name="access_link_not_to_itself"),
        ]
        indexes = [models.Index(fields=["parent", "axis"], name="access_link_children")]


class Reach(Fact):
    """The dated closure of the links: `above` reaches `below` on these days. Kept by access.operations alone.

    Every unit reaches itself on every axis (depth 0). Answers «the subtree of N as at D» with one indexed question.
    """

    axis = models.CharField(max_length=11, choices=Axis.choices)
    above = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    below = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    depth = models.PositiveSmallIntegerField()

    objects = FactQuerySet["Reach"].as_manager()

    class Meta(Fact.Meta):
        indexes = [
            models.Index(fields=["above", "axis", "below"], name="access_reach_down"),
            models.Index(fields=["below", "axis"], name="access_reach_up"),
        ]


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username__iexact=username or "")


class User(AbstractBaseUser):
    """An account. What it may do follows from its seats, never from a flag."""

    username = models.CharField("登录名", max_length=40, unique=True)
    display_name = models.CharField("姓名", max_length=40)
    is_active = models.BooleanField("可登录", default=True)
    must_change_password = models.BooleanField("下次登录须改密码", default=False)
    large_type = models.BooleanField("大字", default=False)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = "用户"

    def __str__(self) -> str:
        return self.display_name

    def has_perms(self, *args: Any) -> bool:
        """Nothing is decided by Django's permissions; see access.acts."""
        return False


class Role(models.TextChoices):
    """The six roles (M48)."""

    ADMINISTRATOR = "administrator", "系统管理员"
    EDITOR = "editor", "办公室经办"
    READER = "reader", "办公室查看"
    SECRETARY = "secretary", "党支部、商会书记"
    GUIDE = "guide", "指导员、联络员"
    MEMBER = "member", "党员"


class Seat(Fact):
    """`user` serves `unit` and what is below it in `role` on these days."""

    user = models.ForeignKey(User, models.PROTECT, related_name="seats")
    role = models.CharField("角色", max_length=13, choices=Role.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="seats")
    granted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = FactQuerySet["Seat"].as_manager()

    class Meta(Fact.Meta):
        verbose_name = "席位"
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(
                "user", "role", "unit", condition=Q(valid_to=None), name="access_seat_once_open"
            ),
        ]


class AuditEntry(models.Model):
    """One act that changed or fully revealed something. Rows are only ever added (database trigger).

    `changes` lists [table, primary key, columns before or null, columns after or null]; sealed columns stay sealed.
    `run` groups what is undone as one.
    """

    at = models.DateTimeField("时间", db_index=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="经办")
    verb = models.CharField("动作", max_length=40)
    unit = models.ForeignKey(
        Unit, models.DO_NOTHING, null=True, db_constraint=False, related_name="+", verbose_name="所属单位"
    )
    subject_table = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    subject_title = models.CharField("对象", max_length=120)
    reason = models.CharField("说明", max_length=300, blank=True)
    run = models.CharField("批次", max_length=40, blank=True, db_index=True)
    undoes = models.BigIntegerField("撤销了", null=True)
    changes = models.JSONField("变化", default=list)

    class Meta:
        verbose_name = "操作记录"
        indexes = [
            models.Index(fields=["subject_table", "subject_id", "id"], name="access_audit_of_subject"),
            models.Index(fields=["unit", "id"], name="access_audit_of_unit"),
        ]


class AuditDoor(models.Model):
    """A row here lets the database change titles and changes of audit entries; see access.erasing, which alone puts one in."""


class FeedKey(models.Model):
    """A secret address of a user's calendar feed. Only its digest is kept; revoked, it answers nothing."""

    user = models.ForeignKey(User, models.CASCADE, related_name="feed_keys")
    digest = models.CharField("摘要", max_length=64, unique=True)
    made_at = models.DateTimeField("生成时间")
    revoked_at = models.DateTimeField("停用时间", null=True, blank=True)

    class Meta:
        verbose_name = "日历订阅"
