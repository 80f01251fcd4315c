from django.db import migrations

from shanghui.kernel.facts import no_overlap


class Migration(migrations.Migration):
    """What the database refuses by itself: overlapping facts of one key, changes to the audit."""

    dependencies = [("organizations", "0001_initial")]

    operations = [
        no_overlap("organizations_chamberstatus", ["chamber_id"]),
        no_overlap("organizations_declaredsize", ["chamber_id"]),
        no_overlap("organizations_organizationperiod", ["organization_id"]),
        no_overlap("organizations_coverage", ["chamber_id", "form"]),
        no_overlap("organizations_charterclause", ["chamber_id", "item"]),
        no_overlap("organizations_gapplan", ["chamber_id"]),
    ]
