from django.db import migrations, models

from shanghui.kernel.facts import behind_a_door

FIXED = ("id", "at", "by_id", "verb", "unit_id", "subject_table", "subject_id", "run", "undoes")


class Migration(migrations.Migration):
    """Names of people whose time is over can be taken out of the audit; who did what, when and about what never changes."""

    dependencies = [("access", "0004_former_names")]

    operations = [
        migrations.CreateModel(
            name="AuditDoor",
            fields=[("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))],
        ),
        behind_a_door("access_auditentry", "access_auditdoor", FIXED),
    ]
