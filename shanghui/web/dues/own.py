"""One's own dues: from what they are reckoned, month by month, and what has not been paid. Nobody else reads this page."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse

from shanghui.access.acts import Act
from shanghui.kernel.periods import months_later
from shanghui.ledger.dues.arrears import arrears
from shanghui.ledger.dues.models import BaseKind, DuesBase, DuesPayment
from shanghui.ledger.dues.months import month_of, months_from
from shanghui.ledger.dues.queries import owing, publications_of
from shanghui.ledger.people.models import Person
from shanghui.rules.dues import NORMS, UNPAID, WARNED
from shanghui.rules.registry import norm_on
from shanghui.web.dues.asked import home_of
from shanghui.web.kit.visits import Visit, page, show

SHOWN = 12


@page(Act.SIGNED_IN, methods=("GET",))
def my_dues(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The last twelve months, and those paid in advance."""
    row = Person.objects.filter(user=visit.user).without_numbers().first()
    if row is None:
        return show(request, "dues/own.html", visit, {"row": None})
    base = DuesBase.objects.on(visit.today).filter(person=row).first()
    behind = arrears([row.pk], visit.today).get(row.pk)
    home = home_of(row, visit.today)
    context = {
        "row": row, "base": base, "lines": _months(row, visit.today), "behind": behind, "is_warned": behind is not None and behind.count >= WARNED[0],
        "is_limit": behind is not None and behind.count >= WARNED[-1], "norm": norm_on(UNPAID, visit.today),
        "rate_norm": norm_on(NORMS[BaseKind(base.kind)], visit.today) if base else None, "published": list(publications_of(home)[:3]) if home else [],
    }
    return show(request, "dues/own.html", visit, context)


def _months(row: Person, today: date) -> list[tuple[date, DuesPayment | DuesBase | None, DuesPayment | None]]:
    """(month, what asks it, the payment), the newest first. Fourteen questions: one says for each month whether anything was owed."""
    last = month_of(today)
    paid = {one.month: one for one in DuesPayment.objects.filter(person=row).select_related("organization__unit")}
    bases = list(DuesBase.objects.filter(person=row).defer("amount"))
    months = months_from(months_later(last, 1 - SHOWN), last) + sorted(month for month in paid if month > last)
    found: list[tuple[date, DuesPayment | DuesBase | None, DuesPayment | None]] = []
    for month in reversed(months):
        payment = paid.get(month)
        base = next((one for one in bases if one.valid_from <= month and (one.valid_to is None or month < one.valid_to)), None)
        if payment is not None or (base is not None and owing(month).filter(person=row).exists()):
            found.append((month, payment or base, payment))
    return found
