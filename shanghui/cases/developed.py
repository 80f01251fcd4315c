"""What only a case of developing a member has (M15): contacts, introducers, half-yearly examinations, votes, publicity, extension.

Of papers it is kept that they are done, when, by whom and where they lie; never what thought reports, political review or talks say.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from shanghui.kernel.facts import Fact, FactQuerySet
from shanghui.ledger.organizations.models import PartyOrganization
from shanghui.ledger.people.models import Person

ARCHIVED = (
    "archived_form", "archived_application", "archived_cultivation", "archived_review", "archived_probation", "archived_request",
)
"""The six papers of the file after 转正 (DEV-28), as columns of Development."""


class Development(models.Model):
    """The details of one development. `approver`: the committee with the right to approve (DEV-19). `mobile`: somebody who lives
    elsewhere is made public in both places (DEV-10). `posted_on`: the day of posting, which does not count. `leaving_on`: when he
    is expected to leave his unit (DEV-15). `extended_…`: probation extended once, by the meeting of that day (DEV-24)."""

    case = models.OneToOneField("cases.Case", models.CASCADE, primary_key=True, related_name="development")
    approver = models.ForeignKey(
        PartyOrganization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审批的党委"
    )
    mobile = models.BooleanField("流动人员", default=False)
    posted_on = models.DateField("张贴公示的时间", null=True, blank=True)
    posted_at = models.CharField("公示地点", max_length=100, blank=True)
    posted_inflow = models.CharField("流入地公示地点", max_length=100, blank=True)
    training_days = models.PositiveSmallIntegerField("培训天数", null=True, blank=True)
    training_hours = models.PositiveSmallIntegerField("培训学时", null=True, blank=True)
    leaving_on = models.DateField("预计离开现单位的时间", null=True, blank=True)
    extended_on = models.DateField("决定延长的党员大会", null=True, blank=True)
    extended_months = models.PositiveSmallIntegerField("延长预备期（月）", null=True, blank=True)
    archived_form = models.BooleanField("入党志愿书", default=False)
    archived_application = models.BooleanField("入党申请书", default=False)
    archived_cultivation = models.BooleanField("入党积极分子培养考察登记表", default=False)
    archived_review = models.BooleanField("政治审查材料", default=False)
    archived_probation = models.BooleanField("预备党员教育考察登记表", default=False)
    archived_request = models.BooleanField("转正申请书", default=False)

    class Meta:
        verbose_name = "发展党员"


class Contact(Fact):
    """培养联系人: a full member looks after the candidate over this period; replaced when unable (DEV-05)."""

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="contacts")
    person = models.ForeignKey(Person, models.PROTECT, related_name="wards")
    reason = models.CharField("更换原因", max_length=100, blank=True)

    objects = FactQuerySet["Contact"].as_manager()

    class Meta(Fact.Meta):
        verbose_name = "培养联系人"
        ordering = ["valid_from", "pk"]
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint("case", "person", condition=Q(valid_to=None), name="cases_contact_once_open"),
        ]


class Introducer(models.Model):
    """入党介绍人: two full members (DEV-11)."""

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="introducers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "入党介绍人"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint("case", "person", name="cases_introducer_once")]


class Examination(models.Model):
    """The branch examined an activist (DEV-06): when, who did it, where the form lies."""

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="examinations")
    on = models.DateField("考察时间")
    who = models.CharField("由谁考察", max_length=40, blank=True)
    kept_at = models.CharField("材料存放处", max_length=100, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="登记人")

    class Meta:
        verbose_name = "培养考察"
        ordering = ["on", "pk"]
        constraints = [models.UniqueConstraint("case", "on", name="cases_examination_once_a_day")]


class Meeting(models.TextChoices):
    """What a meeting of members votes on."""

    ADMISSION = "admission", "接收为预备党员"
    EXTENSION = "extension", "延长预备期"
    CONFIRMATION = "confirmation", "按期转为正式党员"


class MemberVote(models.Model):
    """The secret ballot of a meeting of members on one person (DEV-17). `written`: opinions handed in before the meeting by those
    who could not come, of them `written_yes` in favour."""

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="votes")
    meeting = models.CharField("表决事项", max_length=12, choices=Meeting.choices)
    expected = models.PositiveSmallIntegerField("应到会有表决权人数")
    present = models.PositiveSmallIntegerField("实到会有表决权人数")
    yes = models.PositiveSmallIntegerField("赞成票")
    no = models.PositiveSmallIntegerField("反对票", default=0)
    abstained = models.PositiveSmallIntegerField("弃权票", default=0)
    invalid = models.PositiveSmallIntegerField("无效票", default=0)
    written = models.PositiveSmallIntegerField("会前书面意见", default=0)
    written_yes = models.PositiveSmallIntegerField("书面意见中赞成", default=0)

    class Meta:
        verbose_name = "党员大会表决"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint("case", "meeting", name="cases_member_vote_once")]


class Explanation(models.Model):
    """Why something is done otherwise than it 一般 is, or than a text not read again says; it lifts that one check."""

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="explanations")
    norm = models.CharField("依据", max_length=20)
    reason = models.CharField("情况说明", max_length=300)

    class Meta:
        verbose_name = "情况说明"
        ordering = ["norm"]
        constraints = [models.UniqueConstraint("case", "norm", name="cases_explanation_once")]


class Move(models.Model):
    """The candidate went to another organization in mid-course; the time of cultivation goes on (DEV-08)."""

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="moves")
    on = models.DateField("转入时间")
    source = models.ForeignKey(PartyOrganization, models.PROTECT, related_name="+", verbose_name="转出党组织")
    target = models.ForeignKey(PartyOrganization, models.PROTECT, related_name="+", verbose_name="转入党组织")

    class Meta:
        verbose_name = "发展中转移"
        ordering = ["on", "pk"]
