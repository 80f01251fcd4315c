from django.db import migrations

from shanghui.kernel.facts import no_overlap


class Migration(migrations.Migration):
    dependencies = [("rules", "0001_initial")]
    operations = [no_overlap("rules_packswitch", ["unit_id", "pack"])]
