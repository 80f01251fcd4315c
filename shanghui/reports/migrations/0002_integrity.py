from django.db import migrations

SQLITE = """
CREATE TRIGGER reports_report_frozen_{when} BEFORE {event} ON reports_report
WHEN OLD.snapshot_id IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'reports_report is frozen'); END
"""

POSTGRES = """
CREATE FUNCTION reports_report_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'reports_report is frozen' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER reports_report_frozen BEFORE UPDATE OR DELETE ON reports_report
FOR EACH ROW WHEN (OLD.snapshot_id IS NOT NULL) EXECUTE FUNCTION reports_report_frozen();
"""


def create(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(POSTGRES)
        return
    for when, event in (("update", "UPDATE"), ("delete", "DELETE")):
        editor.execute(SQLITE.format(when=when, event=event))


def drop(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP TRIGGER reports_report_frozen ON reports_report; DROP FUNCTION reports_report_frozen();")
        return
    for when in ("update", "delete"):
        editor.execute(f"DROP TRIGGER reports_report_frozen_{when}")


class Migration(migrations.Migration):
    """A frozen report is never changed or removed."""

    dependencies = [("reports", "0001_initial"), ("indicators", "0002_integrity")]

    operations = [migrations.RunPython(create, drop)]
