"""Facts over time: what holds from a day until the first day on which it no longer holds (architecture, decision 2)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Q

Row = TypeVar("Row", bound=models.Model)


class Precision(models.TextChoices):
    """How exactly the beginning of a fact is known."""

    DAY = "day", "到日"
    MONTH = "month", "到月"
    YEAR = "year", "到年"
    SEEN = "seen", "不晚于"


def holds_on(day: date, prefix: str = "") -> Q:
    """The condition «holds on `day`» for a fact reached through `prefix` (such as "coverages__")."""
    open_or_later = Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": day})
    return Q(**{f"{prefix}valid_from__lte": day}) & open_or_later


def may_have_begun(day: date) -> Q:
    """The condition «had begun by `day`, or may have»: what is known to hold «not later than» a later day may have held before."""
    return Q(valid_from__lte=day) | Q(from_precision=Precision.SEEN)


class FactQuerySet(models.QuerySet[Row]):
    """Questions about facts as at a day."""

    def on(self, day: date) -> FactQuerySet[Row]:
        """The facts that hold on `day`."""
        return self.filter(holds_on(day))

    def open(self) -> FactQuerySet[Row]:
        """The facts that have no end yet (some may begin in the future)."""
        return self.filter(valid_to__isnull=True)


class Fact(models.Model):
    """`valid_from` is the first day, `valid_to` the first day on which it no longer holds (empty: still true)."""

    valid_from = models.DateField("起")
    valid_to = models.DateField("止", null=True, blank=True)
    from_precision = models.CharField("起始精度", max_length=5, choices=Precision.choices, default=Precision.DAY)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=models.F("valid_from")),
                name="%(app_label)s_%(class)s_ends_after_it_begins",
                violation_error_message="结束日期不能早于开始日期",
            )
        ]


_SQLITE = """
CREATE TRIGGER {table}_no_overlap_{when} BEFORE {event} ON {table}
WHEN {guard} EXISTS (SELECT 1 FROM {table} o WHERE o.id <> NEW.id AND {same}
  AND (NEW.valid_to IS NULL OR o.valid_from < NEW.valid_to)
  AND (o.valid_to IS NULL OR o.valid_to > NEW.valid_from))
BEGIN SELECT RAISE(ABORT, '{table} overlaps'); END
"""

_POSTGRES = """
CREATE FUNCTION {table}_no_overlap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF {guard} EXISTS (SELECT 1 FROM {table} o WHERE o.id <> NEW.id AND {same}
    AND (NEW.valid_to IS NULL OR o.valid_from < NEW.valid_to)
    AND (o.valid_to IS NULL OR o.valid_to > NEW.valid_from)) THEN
    RAISE EXCEPTION '{table} overlaps' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER {table}_no_overlap BEFORE INSERT OR UPDATE ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_no_overlap();
"""


def no_overlap(table: str, same: Sequence[str], only: str = "") -> migrations.RunPython:
    """A migration step: the database refuses two facts of one key that hold on the same day.

    `same`: the columns of the key; `only`: an SQL condition on NEW (and repeated for the other row with `o.`)
    such as "{row}.kind = 'home'", to which the rule is confined.
    """
    guard = f"{only.format(row='NEW')} AND " if only else ""
    condition = " AND ".join(f"o.{column} = NEW.{column}" for column in same)
    if only:
        condition += f" AND {only.format(row='o')}"

    def create(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "postgresql":
            editor.execute(_POSTGRES.format(table=table, same=condition, guard=guard))
            return
        for when, event in (("insert", "INSERT"), ("update", "UPDATE")):
            editor.execute(_SQLITE.format(table=table, same=condition, guard=guard, when=when, event=event))

    def drop(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "postgresql":
            editor.execute(f"DROP TRIGGER {table}_no_overlap ON {table}; DROP FUNCTION {table}_no_overlap();")
            return
        for when in ("insert", "update"):
            editor.execute(f"DROP TRIGGER {table}_no_overlap_{when}")

    return migrations.RunPython(create, drop)


def append_only(table: str) -> migrations.RunPython:
    """A migration step: rows of `table` can be added, never changed or removed."""

    def create(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "postgresql":
            editor.execute(
                f"CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ "
                f"BEGIN RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$; "
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {table}_append_only();"
            )
            return
        for event in ("UPDATE", "DELETE"):
            editor.execute(
                f"CREATE TRIGGER {table}_append_only_{event.lower()} BEFORE {event} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )

    def drop(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "postgresql":
            editor.execute(f"DROP TRIGGER {table}_append_only ON {table}; DROP FUNCTION {table}_append_only();")
            return
        for event in ("update", "delete"):
            editor.execute(f"DROP TRIGGER {table}_append_only_{event}")

    return migrations.RunPython(create, drop)


def column_values(row: models.Model) -> dict[str, Any]:
    """The concrete columns of a row as {attname: value}, without its primary key."""
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key}


_DOOR_SQLITE = """
CREATE TRIGGER {table}_append_only_update BEFORE UPDATE ON {table}
WHEN NOT EXISTS (SELECT 1 FROM {door}) OR {differing}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""

_DOOR_POSTGRES = """
CREATE OR REPLACE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF EXISTS (SELECT 1 FROM {door}) AND NOT ({differing}) THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""


def behind_a_door(table: str, door: str, fixed: Sequence[str]) -> migrations.RunPython:
    """A migration step after `append_only`: while the table `door` has a row, columns of `table` but for `fixed` can be changed.

    Rows can still never be removed. Whoever opens the door puts the row in and takes it out in one transaction.
    """
    same = " OR ".join(f"NEW.{column} {{differs}} OLD.{column}" for column in fixed)

    def create(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "postgresql":
            differing = same.format(differs="IS DISTINCT FROM")
            editor.execute(_DOOR_POSTGRES.format(table=table, door=door, differing=differing))
            return
        editor.execute(f"DROP TRIGGER {table}_append_only_update")
        editor.execute(_DOOR_SQLITE.format(table=table, door=door, differing=same.format(differs="IS NOT")))

    return migrations.RunPython(create, migrations.RunPython.noop)
