"""The rows behind the journal put back as they were: what was made goes, what went comes back, what was revised is as before."""

from __future__ import annotations

import base64
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.models import Q

from shanghui.access.audit import Change
from shanghui.access.closure import own_reaches, rebuild_reaches
from shanghui.access.models import Axis, Link, Reach, Unit
from shanghui.kernel.refusals import Refused

CHUNK = 500


class CannotUndo(Refused):
    """Why a change cannot be taken back, in words for the office."""


class Moved:
    """The changes of an act by what became of the rows: made, deleted or revised; `keys`: all of them by table."""

    def __init__(self, changes: Sequence[Change]) -> None:
        """`changes`: in the order in which they were made; each list here begins with the latest."""
        self.keys: dict[str, set[Any]] = defaultdict(set)
        self.created: dict[str, list[Any]] = defaultdict(list)
        self.deleted: dict[str, list[tuple[Any, dict[str, Any]]]] = defaultdict(list)
        self.revised: dict[tuple[str, tuple[str, ...]], list[tuple[Any, dict[str, Any]]]] = defaultdict(list)
        for table, pk, before, after in reversed(changes):
            self.keys[table].add(pk)
            if before is None:
                self.created[table].append(pk)
            elif after is None:
                self.deleted[table].append((pk, before))
            else:
                self.revised[table, tuple(before)].append((pk, before))


def _models() -> dict[str, type[models.Model]]:
    return {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}


def _by_dependency(tables: Iterable[str]) -> list[type[models.Model]]:
    """The models of these tables, those that point to others before those pointed to."""
    wanted = {_models()[table] for table in tables}
    ordered: list[type[models.Model]] = []

    def visit(model: type[models.Model]) -> None:
        if model in ordered:
            return
        for relation in model._meta.related_objects:
            if relation.related_model in wanted and relation.related_model is not model:
                visit(relation.related_model)
        ordered.append(model)

    for model in sorted(wanted, key=lambda model: model._meta.db_table):
        visit(model)
    return ordered


def _together(pks: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """The keys as conditions {lookup: value}, few of them: unbroken runs of numbers as ranges (what an import made is one),
    the rest as lists."""
    alone: list[Any] = []
    different = set(pks)
    if len(different) >= CHUNK and max(different) - min(different) == len(different) - 1:
        yield {"gte": min(different), "lte": max(different)}
        return
    for _, run in groupby(enumerate(sorted(different)), key=lambda each: each[1] - each[0]):
        keys = [pk for _, pk in run]
        if len(keys) >= CHUNK:
            yield {"gte": keys[0], "lte": keys[-1]}
        else:
            alone += keys
    for start in range(0, len(alone), CHUNK):
        yield {"in": alone[start : start + CHUNK]}


def _where(name: str, keys: dict[str, Any]) -> Q:
    return Q(**{f"{name}__{lookup}": value for lookup, value in keys.items()})


def delete_created(created: Mapping[str, Sequence[Any]]) -> None:
    """Deletes the rows that were made ({table: keys}). Raises CannotUndo when another record needs one of them."""
    for model in _by_dependency(created):
        for keys in _together(created[model._meta.db_table]):
            _refuse_when_depended_on(model, keys)
            if model is Unit:
                Reach.objects.filter(_where("above_id", keys))._raw_delete(using="default")
                Reach.objects.filter(_where("below_id", keys))._raw_delete(using="default")
            model._base_manager.filter(_where("pk", keys))._raw_delete(using="default")


def _refuse_when_depended_on(model: type[models.Model], keys: dict[str, Any]) -> None:
    for relation in model._meta.related_objects:
        field = relation.field
        if relation.related_model is Reach or not getattr(field, "db_constraint", True):
            continue
        holder = relation.related_model
        if holder._base_manager.filter(_where(field.attname, keys)).exists():
            raise CannotUndo(
                f"不能撤销：后来登记的“{holder._meta.verbose_name}”还要用到这些“{model._meta.verbose_name}”。"
                "请先撤销或结束那些记录。"
            )


def _stored(field: models.Field[Any, Any], value: Any) -> Any:
    """The inverse of audit.plain: what the column held."""
    if isinstance(value, dict):
        return base64.b64decode(value.get("sealed") or value.get("bytes") or "")
    return field.get_db_prep_save(field.to_python(value), connection)


def restore_deleted(deleted: Mapping[str, Sequence[tuple[Any, dict[str, Any]]]]) -> None:
    """Inserts again what was deleted ({table: key and columns})."""
    for model in reversed(_by_dependency(deleted)):
        for pk, before in deleted[model._meta.db_table]:
            _write(model, "INSERT", list(before), [(pk, before)])
        if model is Unit:
            Reach.objects.bulk_create(own_reaches(pk for pk, _ in deleted[model._meta.db_table]))


def restore_revised(revised: Mapping[tuple[str, tuple[str, ...]], Sequence[tuple[Any, dict[str, Any]]]]) -> None:
    """Writes what the columns held before ({(table, columns): key and columns})."""
    for (table, columns), rows in revised.items():
        _write(_models()[table], "UPDATE", list(columns), rows)


def _write(
    model: type[models.Model], statement: str, names: list[str], rows: Sequence[tuple[Any, dict[str, Any]]]
) -> None:
    fields = {f.attname: f for f in model._meta.concrete_fields}
    names = [name for name in names if name in fields]  # a column that there is no more is not put back
    if not names:
        raise CannotUndo("不能撤销：这一步是在旧版本里做的，那时的登记方式和现在不同。请直接在记录上修改。")
    quote = connection.ops.quote_name
    table, key = quote(model._meta.db_table), quote(str(model._meta.pk.column))
    columns = [quote(str(fields[name].column)) for name in names]
    if not names:
        return
    values = [[*(_stored(fields[name], before[name]) for name in names), pk] for pk, before in rows]
    if statement == "UPDATE":
        sql = f"UPDATE {table} SET {', '.join(f'{column} = %s' for column in columns)} WHERE {key} = %s"  # noqa: S608
    else:
        sql = f"INSERT INTO {table} ({', '.join([*columns, key])}) VALUES ({', '.join(['%s'] * (len(columns) + 1))})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(sql, values)


def mend_closure(links: Sequence[Change]) -> None:
    """The closure of the units whose links moved."""
    touched = {values["child_id"] for link in links for values in link[2:] if values and "child_id" in values}
    touched |= set(Link.objects.filter(pk__in=[link[1] for link in links]).values_list("child_id", flat=True))
    remaining = list(Unit.objects.filter(pk__in=touched).values_list("pk", flat=True))
    if remaining:
        for axis in Axis:
            rebuild_reaches(axis, remaining)
