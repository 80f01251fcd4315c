"""流动党员 becomes a fact with its beginning; the box that said it for all days goes.

Since when nobody wrote: it holds «not later than» the day since which the person is at home where he is, so that no figure as
at a day since then moves.
"""

from datetime import date

from django.db import migrations

WRITTEN = '原来登记为流动党员，没有写从什么时候起'
BEFORE_ALL = date(1900, 1, 1)


def to_facts(apps, schema_editor):
    """One fact for everybody who was marked; it ended with the membership of who is no member any more."""
    alias = schema_editor.connection.alias
    people, facts, homes, records = (
        apps.get_model('people', name).objects.using(alias)
        for name in ('Person', 'MemberStanding', 'Affiliation', 'MembershipRecord')
    )
    marked = people.filter(floating=True)
    since = dict(homes.filter(person__in=marked).exclude(kind='dual').order_by('valid_from').values_list('person_id', 'valid_from'))
    until = dict(records.filter(person__in=marked).order_by('valid_from').values_list('person_id', 'valid_to'))
    made = []
    for pk in marked.order_by('pk').values_list('pk', flat=True):
        start, end = since.get(pk, BEFORE_ALL), until.get(pk)
        made.append(facts.model(
            person_id=pk, kind='floating', valid_from=start, from_precision='seen', reason=WRITTEN,
            valid_to=end if end is None or end > start else None,
        ))
    facts.bulk_create(made, batch_size=1000)


def to_marks(apps, schema_editor):
    """Marks whoever is away now; beginnings and places are lost."""
    alias = schema_editor.connection.alias
    facts = apps.get_model('people', 'MemberStanding').objects.using(alias).filter(kind='floating')
    apps.get_model('people', 'Person').objects.using(alias).filter(pk__in=facts.filter(valid_to=None).values('person_id')).update(floating=True)
    facts.delete()


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0008_standings'),
    ]

    operations = [
        migrations.RunPython(to_facts, to_marks),
        migrations.RemoveField(model_name='person', name='floating'),
    ]
