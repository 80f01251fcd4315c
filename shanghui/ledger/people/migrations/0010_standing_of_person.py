"""The person goes into the index of states by kind: without statistics (a table just filled by an import) SQLite otherwise reads
every floating member for each person asked about."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0009_floating")]

    operations = [
        migrations.RemoveIndex(model_name="memberstanding", name="people_standing_by_kind"),
        migrations.AddIndex(
            model_name="memberstanding",
            index=models.Index(fields=["kind", "person", "valid_from"], name="people_standing_by_kind"),
        ),
    ]
