"""The form of the chambers that a case is about: which, and who leads."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse

from shanghui.access.acts import Act
from shanghui.cases.bodies import covered_by
from shanghui.cases.file import File, file_of
from shanghui.cases.operations import put_chambers
from shanghui.cases.registry import CHAMBERS
from shanghui.ledger.organizations.models import Chamber
from shanghui.web.cases.page import case_within
from shanghui.web.cases.shutting import shut_out
from shanghui.web.cases.steps import address_of_case, crumbs
from shanghui.web.kit.answers import answer_form
from shanghui.web.kit.fields import Option, PickManyField
from shanghui.web.kit.forms import Form
from shanghui.web.kit.units import chamber_options
from shanghui.web.kit.visits import Visit, page


class ChambersForm(Form):
    """The chambers in their order; who leads may be chosen instead of typing them anew."""

    def __init__(self, *args: Any, file: File, visit: Visit, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["chambers"] = PickManyField(
            label="商会", options=lambda: _options(file, visit), help_text="写名称或拼音首字母，从列表里选。不要的一家，把那一格清空",
            error_messages={"required": "至少要有一家商会。整件事不办了，请撤回。"},
        )
        if len(file.chambers) > 1 and file.kind.about == CHAMBERS:
            self.fields["lead"] = forms.TypedChoiceField(
                label="牵头商会", coerce=int, choices=[(one.pk, one.unit.name) for one in file.chambers], widget=forms.RadioSelect,
                help_text="请示以牵头商会的名义报送",
            )

    def clean(self) -> dict[str, Any]:
        """Who leads is one of those that stay."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("lead") and "chambers" in cleaned and cleaned["lead"] not in cleaned["chambers"]:
            self.add_error("lead", "牵头的商会要在列出的商会里。请另选一家牵头。")
        return cleaned


def _options(file: File, visit: Visit) -> list[Option]:
    """Chambers of one's own part of the tree, and those that stand in the case already."""
    options = chamber_options(visit)
    known = {one.value for one in options}
    return [*options, *(Option(one.pk, one.unit.name) for one in file.chambers if one.pk not in known)]


@page(Act.CASE_WORK)
def case_chambers(request: HttpRequest, visit: Visit, case: int) -> HttpResponse:
    """Adds, removes, reorders the chambers of a case; 404 where its kind asks for none. Where none were chosen yet for a party
    organization, those it covers stand in the form."""
    file = file_of(case_within(visit, case), visit.today)
    if file.kind.about != CHAMBERS and not file.kind.asks("chambers"):
        raise Http404
    if (back := shut_out(request, file, "chambers")) is not None:
        return back
    body = file.case.organization
    standing = file.chambers or (covered_by(body, visit.today) if body else ())
    initial = {"chambers": [one.pk for one in standing], "lead": file.chambers[0].pk if file.chambers else None}
    form = ChambersForm(request.POST or None, file=file, visit=visit, initial=initial)

    def do(cleaned: dict[str, Any]) -> str:
        lead = cleaned.get("lead") or cleaned["chambers"][0]
        order = [lead, *(one for one in cleaned["chambers"] if one != lead)]
        rows = Chamber.objects.select_related("unit").in_bulk(order)
        put_chambers(case=file.case, chambers=[rows[pk] for pk in order], by=visit.user, at=visit.now)
        return address_of_case(case)

    return answer_form(
        request, visit, form, do=do, heading="涉及的商会", lead=file.case.title, back=address_of_case(case),
        crumbs=crumbs(file, "涉及的商会"), done="涉及的商会已保存。",
        notes=["改了商会以后，请再看一遍组建方案和编入的党员。"] if file.done else (),
    )
