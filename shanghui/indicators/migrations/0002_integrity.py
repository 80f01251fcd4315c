from django.db import migrations

from shanghui.kernel.facts import append_only


class Migration(migrations.Migration):
    """A snapshot and its figures are never changed."""

    dependencies = [("indicators", "0001_initial")]

    operations = [append_only("indicators_snapshot"), append_only("indicators_snapshotfigure")]
