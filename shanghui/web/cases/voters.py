"""Who elects: the full members of the ledger, without those who have no right and those set aside with consent (ELE-02, ELE-17)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from shanghui.access.acts import Act
from shanghui.cases.counting import at_hand
from shanghui.cases.file import File
from shanghui.cases.models import Ground, SetAside
from shanghui.cases.operations import set_aside
from shanghui.ledger.people.models import Category, Person
from shanghui.rules.registry import limit
from shanghui.web.cases.asking import asked_within, person_options
from shanghui.web.cases.shutting import shut_out
from shanghui.web.cases.steps import address_of_case, crumbs
from shanghui.web.kit.answers import answer_form
from shanghui.web.kit.fields import ManyPicker, PickManyField
from shanghui.web.kit.forms import Form
from shanghui.web.kit.visits import Visit, page

PLACES = 2
"""So many can be named besides those who stand there; more after saving."""


class VotersForm(Form):
    """The full members who are not among those who should attend. Which of the cases it is stays on paper."""

    no_right = PickManyField(
        label=Ground.NO_RIGHT.label, required=False, help_text="留党察看期间没有选举权；被留置、逮捕的由党组织中止权利。这里不写是哪一种",
    )
    consented = PickManyField(
        label=Ground.CONSENTED.label, required=False,
        help_text="不能表达意志、自费出国半年以上、被留置羁押服刑、长期卧床、应转未转组织关系半年以上。这里不写是哪一种",
    )
    consent = forms.CharField(label="上级同意的文件", max_length=100, required=False, help_text="有经同意不计入的才填，写名称或者文号")

    def __init__(self, *args: Any, full: list[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        self.full = full
        for name in ("no_right", "consented"):
            field = self.fields[name]
            assert isinstance(field, PickManyField)
            assert isinstance(field.widget, ManyPicker)
            field.widget.places = PLACES
            field.offer(person_options(full))

    def clean(self) -> dict[str, Any]:
        """Nobody stands in both lists; consent is a paper."""
        cleaned: dict[str, Any] = super().clean() or {}
        twice = set(cleaned.get("no_right") or ()) & set(cleaned.get("consented") or ())
        names = "、".join(one.name for one in self.full if one.pk in twice)
        if names:
            self.add_error("consented", f"{names}两处都写了。请只留一处。")
        if cleaned.get("consented") and not cleaned.get("consent"):
            self.add_error("consent", "请写明上级同意的文件。没有同意的，计入应到会人数。")
        return cleaned

    def grounds(self) -> dict[Person, Ground]:
        """Who is set aside, and why."""
        rows = {one.pk: one for one in self.full}
        chosen = [(Ground.NO_RIGHT, pk) for pk in self.cleaned_data["no_right"]]
        chosen += [(Ground.CONSENTED, pk) for pk in self.cleaned_data["consented"]]
        return {rows[pk]: ground for ground, pk in chosen if pk in rows}


@page(Act.CASE_WORK)
def case_voters(request: HttpRequest, visit: Visit, election: int) -> HttpResponse:
    """Who votes, who does not and why; the numbers come from the ledger of today."""
    file = asked_within(visit, election, "voters")
    if (back := shut_out(request, file, "voters")) is not None:
        return back
    here = at_hand(file)
    full = [one.person for one in here if one.category == Category.FULL]
    form = VotersForm(request.POST or None, full=full, initial=_standing(file))

    def do(cleaned: dict[str, Any]) -> str:
        set_aside(case=file.case, people=form.grounds(), consent=cleaned["consent"], by=visit.user, at=visit.now)
        return address_of_case(election)

    apart = SetAside.objects.filter(case=file.case).count()
    expected = len(full) - apart
    shown = {
        "file": file, "full": len(full), "apart": apart, "expected": expected, "fewest": _fewest(expected),
        "without": [one.person.name for one in here if one.category != Category.FULL] if visit.may(Act.PEOPLE_VIEW) else [],
        "probationary": len(here) - len(full),
    }
    return answer_form(
        request, visit, form, do=do, heading="选举人", lead=file.case.title, back=address_of_case(election), crumbs=crumbs(file, "选举人"),
        done="选举人已保存。", template="cases/voters.html", context=shown,
    )


def _standing(file: File) -> dict[str, Any]:
    rows = list(SetAside.objects.filter(case=file.case).values_list("person_id", "ground"))
    return {
        "no_right": [pk for pk, ground in rows if ground == Ground.NO_RIGHT], "consent": file.ballot.excluded_consent,
        "consented": [pk for pk, ground in rows if ground == Ground.CONSENTED],
    }


def _fewest(expected: int) -> int:
    return -(-expected * limit("ELE-08", "numerator") // limit("ELE-08", "denominator"))
