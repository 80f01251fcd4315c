from django.db import migrations

from shanghui.kernel.facts import no_overlap


class Migration(migrations.Migration):
    """What the database refuses by itself: overlapping facts of one key, changes to the audit."""

    dependencies = [("people", "0001_initial")]

    operations = [
        no_overlap("people_membershiprecord", ["person_id"]),
        no_overlap("people_affiliation", ["person_id"], only="{row}.kind <> 'dual'"),
    ]
