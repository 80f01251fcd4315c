"""The database keeps an identity number once. Data that holds one twice is left as it is, and the people are named."""

from django.core.management.base import CommandError
from django.db import migrations, models
from django.db.models import Count

_NAMED = 20


def refuse_twice(apps, schema_editor):
    """Stops the update while two people have one number: which of them is right, only the office knows."""
    people = apps.get_model('people', 'Person').objects.using(schema_editor.connection.alias).exclude(id_digest=b'')
    twice = people.values('id_digest').annotate(held=Count('pk')).filter(held__gt=1).values_list('id_digest', flat=True)
    groups = {}
    for key, name, digest in people.filter(id_digest__in=[bytes(one) for one in twice[:_NAMED]]).order_by('pk').values_list('pk', 'name', 'id_digest'):
        groups.setdefault(bytes(digest), []).append(f'{name}（人员页面 /people/{key}/）')
    if groups:
        named = '；'.join('、'.join(group) for group in groups.values())
        raise CommandError(
            f'有公民身份号码同时登记在几个人名下：{named}。数据没有改动，更新没有做。'
            '请先用更新前的版本打开这些页面，核对后改正号码，或者撤销重复的登记，再更新。'
        )


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_membership_by_person'),
    ]

    operations = [
        migrations.RunPython(refuse_twice, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.UniqueConstraint(fields=('id_digest',), condition=models.Q(('id_digest', b''), _negated=True), name='people_person_one_number'),
        ),
    ]
