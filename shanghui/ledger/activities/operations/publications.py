"""Publishing, changing and ending a notice, each with its audit entry (M22)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from shanghui.access.audit import Journal
from shanghui.access.models import Unit, User
from shanghui.kernel.refusals import Refused
from shanghui.ledger.activities.models import Affairs, Audience, Publication
from shanghui.ledger.organizations.operations.facts import end


@transaction.atomic
def publish(
    *, unit: Unit, affairs: Affairs, audience: Audience, title: str, since: date, until: date | None, by: User | None, at: datetime,
    body: str = "", place: str = "",
) -> Publication:
    """A notice of a unit from `since`; `until` is the first day on which it is no longer shown (None: no end is set).

    Raises Refused for an end before the beginning, nothing to read, the same notice twice.
    """
    made = Publication(
        unit=unit, affairs=affairs, audience=audience, title=title, body=body, place=place, valid_from=since, valid_to=until
    )
    _refuse_impossible(made)
    journal = Journal(by=by, at=at, verb="公开")
    journal.create(made)
    journal.close(made, unit)
    return made


@transaction.atomic
def change_publication(*, publication: Publication, by: User | None, at: datetime, **values: Any) -> bool:
    """Puts a notice right; says whether anything changed. Raises Refused as `publish` does."""
    stands = {field.attname: getattr(publication, field.attname) for field in Publication._meta.concrete_fields}
    _refuse_impossible(Publication(**(stands | values)))
    journal = Journal(by=by, at=at, verb="修改公开内容")
    changed = journal.change(publication, **values)
    journal.close(publication, publication.unit)
    return changed


@transaction.atomic
def end_publication(*, publication: Publication, on: date, reason: str, by: User | None, at: datetime) -> None:
    """Ends a notice: from `on` it is no longer shown. Raises Refused."""
    journal = Journal(by=by, at=at, verb="结束公开", reason=reason)
    end(journal, publication, on)
    journal.close(publication, publication.unit)


def _refuse_impossible(asked: Publication) -> None:
    if asked.valid_to is not None and asked.valid_to <= asked.valid_from:
        raise Refused("结束日期早于开始日期。请核对。")
    if not asked.body.strip() and not asked.place.strip():
        raise Refused("正文和公开地点至少写一项：要么内容在这里看，要么写明在哪里看。")
    twins = Publication.objects.filter(unit_id=asked.unit_id, title=asked.title, valid_from=asked.valid_from)
    if twins.exclude(pk=asked.pk).exists():
        raise Refused(f"自 {asked.valid_from} 起的“{asked.title}”已经公开过。请在原来那一条上修改。")
