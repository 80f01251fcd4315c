"""Sealing again with the active key what older keys sealed: in batches, and from where it stopped when it is interrupted.

A value and the digest by which it is found are renewed in one update, so that the number of the key in front of the value tells of both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models.functions import Substr

from shanghui.kernel import bulk
from shanghui.kernel.sealing import SealedField, digest, keyring

BATCH = 2000


def sealed_columns() -> list[tuple[type[models.Model], SealedField]]:
    """Every sealed column of the installation."""
    return [
        (model, field) for model in apps.get_models(include_auto_created=True) for field in model._meta.concrete_fields
        if isinstance(field, SealedField)
    ]


def left_over(model: type[models.Model], field: SealedField) -> models.QuerySet[Any]:
    """The rows whose value was sealed by another key than the active one (the key's number is the first byte)."""
    number = Substr(field.attname, 1, 1, output_field=models.BinaryField())
    return model._base_manager.annotate(_sealed_by=number).exclude(_sealed_by__in=[b"", bytes([keyring().active])]).order_by("pk")


def reseal(batch: int = BATCH) -> Iterator[tuple[str, int]]:
    """Seals what is left over, and renews its digests; tells (table.column, rows) after each batch, which is a transaction of its own."""
    for model, field in sealed_columns():
        after: Any = None
        while True:
            done, after = _one_batch(model, field, batch, after)
            if not done:
                break
            yield field.context(), done


@transaction.atomic
def _one_batch(model: type[models.Model], field: SealedField, batch: int, after: Any) -> tuple[int, Any]:
    waiting = left_over(model, field) if after is None else left_over(model, field).filter(pk__gt=after)
    rows = list(waiting.select_for_update().values_list(field.attname, "pk")[:batch])
    if not rows:
        return 0, after
    _renew(model, field, rows)
    return len(rows), rows[-1][1]


def _renew(model: type[models.Model], field: SealedField, rows: Sequence[tuple[str, Any]]) -> None:
    """Writes these values (each with its key) sealed by the active key, and their digests."""
    values, keys = bulk.prepared(field, [value for value, _ in rows]), [pk for _, pk in rows]
    if not field.found_by:
        bulk.update(model, [field.attname], zip(values, keys, strict=True))
        return
    found_by = [digest(value) for value, _ in rows]
    bulk.update(model, [field.attname, field.found_by], zip(values, found_by, keys, strict=True))


def renew_strays(batch: int = BATCH) -> int:
    """Compares every digest with its value and renews those that differ: what a process wrote while the keys were changed.

    Reads everything; returns how many rows were renewed. To be done once, before old keys are dropped.
    """
    renewed = 0
    for model, field in sealed_columns():
        rows = model._base_manager.order_by("pk").values_list(field.attname, "pk", field.found_by or "pk")
        after: Any = None
        while some := list((rows if after is None else rows.filter(pk__gt=after))[:batch]):
            after = some[-1][1]
            strays = [(value, pk) for value, pk, found_by in some if field.found_by and bytes(found_by) != digest(value)]
            if strays:
                with transaction.atomic():
                    _renew(model, field, strays)
                renewed += len(strays)
    return renewed
