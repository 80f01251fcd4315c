from django.db import migrations

from shanghui.kernel.facts import no_overlap


class Migration(migrations.Migration):
    """The database refuses two territorial bodies of one day, and one plate twice."""

    dependencies = [("organizations", "0004_dual")]

    operations = [
        no_overlap("organizations_territorialguidance", ["organization_id"]),
        no_overlap("organizations_plate", ["organization_id", "name"]),
    ]
