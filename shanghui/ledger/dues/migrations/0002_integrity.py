from django.db import migrations

from shanghui.kernel.facts import no_overlap


class Migration(migrations.Migration):
    """What the database refuses by itself: two bases of one person, or two settings of one office, on one day."""

    dependencies = [("dues", "0001_dues")]

    operations = [no_overlap("dues_duesbase", ["person_id"]), no_overlap("dues_duessetting", ["unit_id"])]
