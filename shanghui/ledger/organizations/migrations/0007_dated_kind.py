from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import OuterRef, Subquery

from shanghui.kernel.facts import no_overlap

KINDS = [("committee", "党委"), ("general_branch", "党总支"), ("branch", "党支部"), ("group", "党小组")]
ALONE = no_overlap("organizations_organizationperiod", ["organization_id"])


def date_them(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """What an organization was said to be, without a day, it has been in all its periods so far."""
    period, organization = (apps.get_model("organizations", name) for name in ("OrganizationPeriod", "PartyOrganization"))
    of = organization.objects.filter(pk=OuterRef("organization_id"))
    period.objects.update(kind=Subquery(of.values("kind")), committee_members=Subquery(of.values("committee_members")))


def undate_them(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """The latest period says what the organization is."""
    period, organization = (apps.get_model("organizations", name) for name in ("OrganizationPeriod", "PartyOrganization"))
    latest = period.objects.filter(organization_id=OuterRef("pk")).order_by("-valid_from")
    there = organization.objects.filter(pk__in=period.objects.values("organization_id"))
    there.update(kind=Subquery(latest.values("kind")[:1]), committee_members=Subquery(latest.values("committee_members")[:1]))


class Migration(migrations.Migration):
    """Kind and number of committee members hold from a day. SQLite makes the table anew, and with it the triggers are gone."""

    dependencies = [("organizations", "0006_coordinates")]

    operations = [
        migrations.RunPython(ALONE.reverse_code, ALONE.code),
        migrations.AddField(
            "organizationperiod", "kind",
            models.CharField(choices=KINDS, default="branch", max_length=14, verbose_name="类型"),
        ),
        migrations.AddField(
            "organizationperiod", "committee_members",
            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="委员数"),
        ),
        migrations.RunPython(date_them, undate_them),
        migrations.RemoveField("partyorganization", "kind"),
        migrations.RemoveField("partyorganization", "committee_members"),
        migrations.RunPython(ALONE.code, ALONE.reverse_code),
    ]
