"""One's own road, and the people one looks after as 培养联系人: on the telephone, without votes (M15)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.cases.file import File, files
from shanghui.cases.models import Case, Contact, State
from shanghui.cases.operations import examine
from shanghui.cases.progress import Place, next_places, places
from shanghui.cases.spans import next_examination, probation_ends
from shanghui.cases.stages import stage_of
from shanghui.web.developments.forms import ExaminationForm
from shanghui.web.kit.answers import answer_form
from shanghui.web.kit.visits import Visit, page, show


@dataclass(frozen=True)
class Ward:
    """Somebody whom the visitor looks after: where he stands, what comes next, when the next examination is due."""

    file: File
    stage: str
    next: Place | None
    examination: date | None

    @property
    def last(self) -> date | None:
        """The day of the latest examination."""
        return max(self.file.examined, default=None)

    @property
    def is_examination(self) -> bool:
        """Whether the next step is the examinations themselves."""
        return self.examination is not None and self.next is not None and self.next.step.code == "cultivation"


def wards_of(visit: Visit) -> list[Ward]:
    """Those of open cases in which the visitor is contact today. Ten questions at most."""
    mine = Contact.objects.on(visit.today).filter(person__user=visit.user).values("case_id")
    found = files(Case.objects.filter(pk__in=mine, state=State.OPEN).order_by("person__initials", "pk"), visit.today)
    return [
        Ward(
            file, stage_of(file), next(iter(next_places(file)), None),
            next_examination(file) if file.on("cultivation") is None else None,
        )
        for file in found
    ]


def has_road(visit: Visit) -> bool:
    """Whether the visitor has a development of his own to look at. One question."""
    return Case.objects.filter(person__user=visit.user).exclude(state=State.WITHDRAWN).exists()


def has_wards(visit: Visit) -> bool:
    """Whether the visitor looks after somebody today. One question."""
    return Contact.objects.on(visit.today).filter(person__user=visit.user, case__state=State.OPEN).exists()


@page(Act.SIGNED_IN, methods=("GET",))
def wards(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Everybody one looks after."""
    return show(request, "developments/wards.html", visit, {"wards": wards_of(visit)})


@page(Act.SIGNED_IN)
def ward(request: HttpRequest, visit: Visit, ward: int) -> HttpResponse:
    """One of them: an examination that took place is registered; 404 for anybody else's."""
    found = next((one for one in wards_of(visit) if one.file.case.pk == ward), None)
    if found is None:
        raise Http404
    form = ExaminationForm(request.POST or None, initial={"on": visit.today, "who": "培养联系人"})

    def do(cleaned: dict[str, Any]) -> str:
        examine(case=found.file.case, by=visit.user, at=visit.now, today=visit.today, **cleaned)
        return reverse("wards")

    return answer_form(
        request, visit, form, do=do, heading=f"{found.file.person.name}：登记培养考察", back=reverse("wards"), verb="登记", done="考察已登记。",
        notes=["只登记考察了、哪天、由谁、材料放在哪里，不写考察内容。"], template="developments/ward.html", context={"ward": found},
    )


@page(Act.SIGNED_IN, methods=("GET",))
def my_development(request: HttpRequest, visit: Visit) -> HttpResponse:
    """One's own road: steps and dates, no votes and no reasons. Also after it is done; nothing of a case that was withdrawn."""
    mine = Case.objects.filter(person__user=visit.user, person__isnull=False).exclude(state=State.WITHDRAWN)
    last = mine.order_by("-opened_on", "-pk").values_list("pk", flat=True).first()
    file = next(iter(files(Case.objects.filter(pk=last), visit.today)), None) if last is not None else None
    if file is None:
        return show(request, "developments/mine.html", visit, {"file": None})
    contacts = Contact.objects.on(visit.today).filter(case=file.case).values_list("person__name", flat=True)
    shown = {
        "file": file, "places": places(file), "next": next(iter(next_places(file)), None), "stage": stage_of(file),
        "contacts": list(contacts), "ends": probation_ends(file),
    }
    return show(request, "developments/mine.html", visit, shown)
