from django.db import migrations

from shanghui.kernel.facts import no_overlap


class Migration(migrations.Migration):
    dependencies = [("activities", "0002_full_activity")]
    operations = [no_overlap("activities_codesignin", ["unit_id"])]
