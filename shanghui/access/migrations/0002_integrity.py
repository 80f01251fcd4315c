from django.db import migrations

from shanghui.kernel.facts import append_only, no_overlap


class Migration(migrations.Migration):
    """What the database refuses by itself: overlapping facts of one key, changes to the audit."""

    dependencies = [("access", "0001_initial")]

    operations = [
        no_overlap("access_link", ["child_id", "axis"]),
        append_only("access_auditentry"),
    ]
