"""Full identity and telephone numbers: asked for with a reason, noted, shown once (M48)."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.ledger.people.models import Person
from shanghui.ledger.people.operations import SEALED, reveal
from shanghui.web.kit.forms import ReasonForm
from shanghui.web.kit.visits import Visit, found, page, show


@page(Act.PEOPLE_REVEAL)
def person_reveal(request: HttpRequest, visit: Visit, person: int, field: str) -> HttpResponse:
    """Asks why; then shows the number on this one answer, which no browser keeps. Reading it again asks again."""
    row = found(Person.objects.within(visit.scope_today()).select_related("kept_by"), person)
    if field not in SEALED:
        raise Http404
    back, title = reverse("person", kwargs={"person": row.pk}), SEALED[field]
    if not getattr(row, field):
        messages.info(request, f"{row.name}还没有登记{title}。")
        return redirect(back)
    form = ReasonForm(request.POST or None)
    context = {"row": row, "title": title, "back": back}
    if form.is_valid():
        value = reveal(person=row, field=field, reason=form.cleaned_data["reason"], by=visit.user, at=visit.now)
        return _uncached(show(request, "people/number.html", visit, context | {"value": value}))
    asked = {
        "question": f"查看{row.name}的完整{title}？", "form": form, "verb": "查看", "cancel_url": back, "cancel_verb": "不看了",
        "consequences": ["只在下一页显示一次。", "谁、什么时候、为什么查看，会留下记录，本人也看得到。"],
    }
    return show(request, "kit/confirm.html", visit, asked, status=422 if request.method == "POST" else 200)


def _uncached(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store, private, max-age=0"
    response["Referrer-Policy"] = "no-referrer"
    return response
