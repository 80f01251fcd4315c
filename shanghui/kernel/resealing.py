"""Sealing again with the active key what older keys sealed: in batches, and from where it stopped when it is interrupted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models.functions import Substr

from shanghui.kernel import bulk
from shanghui.kernel.sealing import SealedField, keyring

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
    """Seals what is left over; tells (table.column, rows) after each batch, which is a transaction of its own."""
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
    values = bulk.prepared(field, [value for value, _ in rows])
    bulk.update(model, [field.attname], zip(values, (pk for _, pk in rows), strict=True))
    return len(rows), rows[-1][1]
