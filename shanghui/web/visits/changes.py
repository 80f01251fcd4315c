"""Putting a visit right, and removing one that was entered by mistake."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html

from shanghui.access.acts import Act
from shanghui.access.queries import history_of
from shanghui.ledger.activities import queries
from shanghui.ledger.activities.models import Visit as ChamberVisit
from shanghui.ledger.activities.operations import change_visit, remove_visit
from shanghui.web.kit.answers import answer_form, answer_question
from shanghui.web.kit.visits import Visit, found, page
from shanghui.web.visits.forms import VisitWords


def _row(asking: Visit, pk: int) -> ChamberVisit:
    return found(queries.visits(asking.scope_today()), pk)


@page(Act.VISIT_RECORD)
def visit_change(request: HttpRequest, asking: Visit, visit: int) -> HttpResponse:
    """Other words, another day."""
    row = _row(asking, visit)
    back = reverse("visit", kwargs={"visit": row.pk})
    form = VisitWords(request.POST or None, initial={name: getattr(row, name) for name in VisitWords.base_fields})

    def do(cleaned: dict[str, Any]) -> str:
        change_visit(visit=row, by=asking.user, at=asking.now, **cleaned)
        return back

    crumbs = (("走访", reverse("visits")), (row.chamber.unit.name, back), ("修改", ""))
    return answer_form(request, asking, form, do=do, heading="修改走访记录", back=back, crumbs=crumbs)


@page(Act.VISIT_RECORD)
def visit_remove(request: HttpRequest, asking: Visit, visit: int) -> HttpResponse:
    """Removes a visit, with the reason; it can be undone."""
    row = _row(asking, visit)

    def do(cleaned: dict[str, Any]) -> str:
        table, pk, title = row._meta.db_table, row.pk, str(row)
        remove_visit(visit=row, reason=cleaned["reason"], by=asking.user, at=asking.now)
        entry = history_of(table, [pk]).first()
        assert entry is not None
        undo = reverse("undo", kwargs={"entry": entry.pk})
        messages.success(request, format_html('已删除“{}”。删错了可以<a href="{}">撤销删除</a>。', title, undo))
        return reverse("visits")

    return answer_question(
        request, asking, question=f"删除“{row}”？", do=do, back=reverse("visit", kwargs={"visit": row.pk}), verb="删除", cancel_verb="不删除",
        consequences=["走访记录和商会档案里都不再有这一条。", "删除留有记录，可以撤销。"],
    )
