"""What one may ask about templates: which is in force for a unit on a day, which a visitor sees, the bytes of one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date

from django.core.files.storage import default_storage
from django.db.models import Q

from shanghui.access.models import Axis, Reach, Unit
from shanghui.access.scope import Scope
from shanghui.kernel.facts import holds_on
from shanghui.kernel.refusals import Refused
from shanghui.reports.word_templates.models import TemplateUse, WordTemplate, WordTemplateQuerySet


class Damaged(Refused):
    """A template's file is gone, or is not the one that was uploaded."""


def in_force(document: str, unit: Unit | int, day: date) -> WordTemplate | None:
    """The template that holds for a unit on a day: its own, otherwise the nearest above it; None: the one of the platform."""
    return uses_in_force([document], unit, day).get(document, None)


def uses_in_force(documents: Iterable[str], unit: Unit | int, day: date) -> dict[str, WordTemplate]:
    """The same for many kinds of document at once. Two questions, one where there is no template."""
    pk = unit.pk if isinstance(unit, Unit) else unit
    above = Reach.objects.filter(holds_on(day), axis=Axis.SUPERVISION, below_id=pk)
    uses = TemplateUse.objects.on(day).filter(document__in=list(documents), unit__in=above.values("above_id"))
    found = list(uses.select_related("template__unit", "template__made_by"))
    depths = dict(above.filter(above_id__in={one.unit_id for one in found}).values_list("above_id", "depth")) if found else {}
    nearest = sorted(found, key=lambda one: -depths[one.unit_id])
    return {one.document: one.template for one in nearest}


def visible(scope: Scope) -> WordTemplateQuerySet:
    """Templates of units within the scope, and those of units above it, which hold for it too; the latest first."""
    above = Reach.objects.filter(holds_on(scope.day), axis=Axis.SUPERVISION, below_id__in=scope.roots).values("above_id")
    rows = WordTemplate.objects.filter(scope.condition("unit_id") | Q(unit__in=above))
    return rows.select_related("unit", "made_by").order_by("-made_at", "-pk")


def file_of(template: WordTemplate) -> bytes:
    """The file as it was uploaded. Raises Damaged."""
    if default_storage.exists(template.stored):
        with default_storage.open(template.stored) as file:
            content: bytes = file.read()
        if hashlib.sha256(content).hexdigest() == template.sha256:
            return content
    raise Damaged(f"模板“{template.name}”（第{template.version}版）的文件不在了，或者被改动过。请停用它，改用系统自带的，或者重新上传。")
