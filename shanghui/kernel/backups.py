"""One file with all data and attachments, verified when written and again before it is restored.

A zip: `manifest.json` (migrations, rows and SHA-256 of each part, which sealing keys), `tables/<table>.jsonl`,
`files/…`. Sealed columns stay sealed; the keys are kept apart and never lie in it.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from shanghui.kernel.refusals import Refused
from shanghui.kernel.sealing import digests

BATCH = 2000
OURS = "shanghui."


def tables() -> list[type[models.Model]]:
    """The models whose rows are kept: ours, none of the sessions, attempts and background jobs."""
    kept = [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith(OURS)]
    return sorted(kept, key=lambda model: model._meta.db_table)


def _migrations() -> list[str]:
    applied = MigrationRecorder(connection).applied_migrations()
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith(OURS)}
    return sorted(f"{app}.{name}" for app, name in applied if app in ours)


def _fingerprints() -> list[str]:
    """Tells whether two installations have the same keys, and nothing about them; the first is that of the keys in use."""
    return [found.hex() for found in digests("shanghui.backup")]


def save(target: Path) -> dict[str, Any]:
    """Writes the file and reads it back; returns its manifest. Raises Refused when it cannot be written whole."""
    parts: dict[str, dict[str, Any]] = {}
    with transaction.atomic(), zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for model in tables():
            name = f"tables/{model._meta.db_table}.jsonl"
            parts[name] = _add(archive, name, _lines(model))
        for path in sorted(Path(settings.MEDIA_ROOT).rglob("*")):
            if path.is_file():
                name = f"files/{path.relative_to(settings.MEDIA_ROOT).as_posix()}"
                parts[name] = _add(archive, name, iter([path.read_bytes()]))
        manifest = {"migrations": _migrations(), "keys": _fingerprints()[0], "parts": parts}
        archive.writestr("manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1))
    target.chmod(0o600)
    verify(target)
    return manifest


def _add(archive: zipfile.ZipFile, name: str, chunks: Iterator[bytes]) -> dict[str, Any]:
    sha, count = hashlib.sha256(), 0
    with archive.open(name, "w", force_zip64=True) as part:
        for chunk in chunks:
            count += 1
            sha.update(chunk)
            part.write(chunk)
    return {"rows": count, "sha256": sha.hexdigest()}


def _lines(model: type[models.Model]) -> Iterator[bytes]:
    fields = model._meta.concrete_fields
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    order = quote(str(model._meta.pk.column))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {quote(model._meta.db_table)} ORDER BY {order}")  # noqa: S608
        while rows := cursor.fetchmany(BATCH):
            for row in rows:
                values = [_plain(field, value) for field, value in zip(fields, row, strict=True)]
                yield json.dumps(values, ensure_ascii=False).encode() + b"\n"


def _plain(field: models.Field[Any, Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(field, models.BinaryField):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(field, models.DateTimeField):
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
    if isinstance(field, models.JSONField):
        return json.loads(value) if isinstance(value, str) else value
    if isinstance(field, models.BooleanField):
        return bool(value)
    return value.isoformat() if isinstance(value, date) else value


def verify(source: Path) -> dict[str, Any]:
    """Reads every part and compares its sum. Raises Refused for a file that is none, or is damaged."""
    try:
        with zipfile.ZipFile(source) as archive:
            manifest: dict[str, Any] = json.loads(archive.read("manifest.json"))
            for name, said in manifest["parts"].items():
                if _sum(archive, name) != said["sha256"]:
                    raise Refused(f"备份文件已损坏（{name}）。请换一份备份。")
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as broken:
        raise Refused(f"“{source.name}”不是完好的备份文件。请核对文件，或换一份备份。") from broken
    return manifest


def _sum(archive: zipfile.ZipFile, name: str) -> str:
    sha = hashlib.sha256()
    with archive.open(name) as part:
        while chunk := part.read(1 << 20):
            sha.update(chunk)
    return sha.hexdigest()


def load(source: Path) -> dict[str, Any]:
    """Fills an empty installation from the file, all or nothing; returns the manifest. Raises Refused."""
    manifest = verify(source)
    if manifest["migrations"] != _migrations():
        raise Refused("备份来自另一个版本的程序。请先装上做备份时的版本，恢复后再升级。")
    if manifest["keys"] not in _fingerprints():
        raise Refused("密钥文件不是做备份时的那一份，恢复后号码打不开。请先放回当时的 sealing_keys.json。")
    if any(model._base_manager.exists() for model in tables()):
        raise Refused("这里已经有数据了。备份只能恢复到空的数据文件夹或空的数据库里。")
    with transaction.atomic(), zipfile.ZipFile(source) as archive:
        for model in tables():
            _fill(model, archive)
        for statement in connection.ops.sequence_reset_sql(_no_style(), tables()):
            with connection.cursor() as cursor:
                cursor.execute(statement)
        for name in manifest["parts"]:
            if name.startswith("files/"):
                _unpack(archive, name)
    return manifest


def _no_style() -> Any:
    from django.core.management.color import no_style

    return no_style()


def _fill(model: type[models.Model], archive: zipfile.ZipFile) -> None:
    fields = model._meta.concrete_fields
    quote = connection.ops.quote_name
    columns, marks = ", ".join(quote(str(field.column)) for field in fields), ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})"  # noqa: S608
    waiting: list[list[Any]] = []
    with archive.open(f"tables/{model._meta.db_table}.jsonl") as part, connection.cursor() as cursor:
        for line in io.TextIOWrapper(part, encoding="utf-8"):
            values = zip(fields, json.loads(line), strict=True)
            waiting.append([_stored(field, value) for field, value in values])
            if len(waiting) == BATCH:
                cursor.executemany(sql, waiting)
                waiting = []
        if waiting:
            cursor.executemany(sql, waiting)


def _stored(field: models.Field[Any, Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(field, models.BinaryField):
        return base64.b64decode(value)
    if isinstance(field, models.DateTimeField):
        return field.get_db_prep_save(datetime.fromisoformat(value), connection)
    if isinstance(field, models.JSONField):
        return field.get_db_prep_save(value, connection)
    return date.fromisoformat(value) if isinstance(field, models.DateField) and connection.vendor != "sqlite" else value


def _unpack(archive: zipfile.ZipFile, name: str) -> None:
    root = Path(settings.MEDIA_ROOT).resolve()
    target = (root / name.removeprefix("files/")).resolve()
    if not target.is_relative_to(root):
        raise Refused("备份文件里有不该有的路径，没有恢复。请换一份备份。")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(archive.read(name))
    target.chmod(0o600)
