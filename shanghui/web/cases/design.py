"""The form of what is to be set up or changed: what its kind asks, with what can be proposed from the ledger."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse

from shanghui.access.acts import Act
from shanghui.cases.file import File, file_of
from shanghui.cases.models import Design
from shanghui.cases.operations import design
from shanghui.cases.operations.contents import APPROVED
from shanghui.cases.operations.locks import APPROVAL
from shanghui.cases.registry import Asked
from shanghui.ledger.organizations.models import Form as Way
from shanghui.ledger.organizations.models import OrganizationKind, PartyOrganization
from shanghui.web.cases.page import case_within
from shanghui.web.cases.shutting import shut_out
from shanghui.web.cases.steps import address_of_case, crumbs
from shanghui.web.kit.answers import answer_form
from shanghui.web.kit.fields import Option, PickField
from shanghui.web.kit.forms import DayField, Form
from shanghui.web.kit.units import organization_options
from shanghui.web.kit.visits import Visit, page

BODIES = ("upper", "target")
"""Columns that name a party organization."""


class DesignForm(Form):
    """What a kind of case asks of the design, and nothing else."""

    def __init__(self, *args: Any, asked: Asked, file: File, visit: Visit, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in shown_columns(asked, file):
            label = asked.labels.get(name, str(Design._meta.get_field(name).verbose_name))  # type: ignore[union-attr]
            traits: dict[str, Any] = {"label": label, "required": name not in asked.optional}
            self.fields[name] = _field(name, traits, asked, file, visit)
            if name in asked.hints:
                self.fields[name].help_text = asked.hints[name]
            if "required" in self.fields[name].error_messages:
                ask = "请选" if name in ("kind", "form", *BODIES) else "请填"
                self.fields[name].error_messages["required"] = f"{ask}{label}。"


def shown_columns(asked: Asked, file: File) -> list[str]:
    """The columns that the form shows for this case; after the approval without those that stand in it."""
    standing = APPROVED if file.is_designed and APPROVAL in file.done else ()
    shown = [name for name in asked.columns if name not in asked.when or getattr(file.design, name) or asked.when[name](file)]
    return [name for name in shown if name not in standing]


def _field(name: str, traits: dict[str, Any], asked: Asked, file: File, visit: Visit) -> forms.Field:
    if name == "kind":
        chosen = [one for one in OrganizationKind.choices if one[0] != OrganizationKind.GROUP]
        return forms.ChoiceField(choices=chosen, widget=forms.RadioSelect, **traits)
    if name == "form":
        ways = [(one.value, one.label) for one in asked.forms(file)]
        return forms.ChoiceField(choices=ways, widget=forms.RadioSelect, error_messages={"invalid_choice": _unlawful(file)}, **traits)
    if name in BODIES:
        return PickField(options=lambda: _bodies(file, visit), **traits)
    if name == "direct":
        return forms.BooleanField(**traits)
    if name == "change_on":
        return DayField(**traits)
    longest = Design._meta.get_field(name).max_length  # type: ignore[union-attr]
    widget = forms.Textarea(attrs={"rows": 3}) if name == "grounds" else None
    return forms.CharField(max_length=longest, widget=widget, **traits)


def _unlawful(file: File) -> str:
    count = len(file.chambers)
    return f"{count}家商会不能用这种组建方式。请从列出的方式里选。" if count else "没有这种组建方式。请从列出的方式里选。"


def _bodies(file: File, visit: Visit) -> list[Option]:
    """Organizations of one's own part of the tree, and those that stand or are proposed there already."""
    options = organization_options(visit)
    known = {one.value for one in options}
    asked = [file.design.upper_id, file.design.target_id, file.kind.design.proposed(file).get("upper")]
    others = PartyOrganization.objects.filter(pk__in=[one for one in asked if one and one not in known]).select_related("unit")
    return [*options, *(Option(one.pk, one.unit.name) for one in others)]


@page(Act.CASE_WORK)
def case_design(request: HttpRequest, visit: Visit, case: int) -> HttpResponse:
    """Fills in the design of a case; 404 where its kind asks for none."""
    file = file_of(case_within(visit, case), visit.today)
    asked = file.kind.design
    if not asked.columns:
        raise Http404
    if (back := shut_out(request, file, "design")) is not None:
        return back
    form = DesignForm(request.POST or None, asked=asked, file=file, visit=visit, initial=_initial(asked, file))

    def do(cleaned: dict[str, Any]) -> str:
        values = dict(cleaned)
        for name in BODIES:
            if name in values:
                values[name] = PartyOrganization.objects.filter(pk=values[name] or 0).first()
        design(case=file.case, by=visit.user, at=visit.now, **values)
        return address_of_case(case)

    return answer_form(
        request, visit, form, do=do, heading=asked.title, lead=file.case.title, back=address_of_case(case),
        crumbs=crumbs(file, asked.title), done=f"{asked.title}已保存。", notes=_notes(file),
    )


def _initial(asked: Asked, file: File) -> dict[str, Any]:
    """What was typed; where nothing was, what is proposed. A way that is lawful no longer is not chosen again."""
    proposed = asked.proposed(file)
    typed = {name: getattr(file.design, f"{name}_id" if name in BODIES else name) for name in asked.columns}
    initial: dict[str, Any] = {
        name: value if value and (file.is_designed or name != "kind") else proposed.get(name) for name, value in typed.items()
    }
    if initial.get("form") and Way(initial["form"]) not in asked.forms(file):
        initial["form"] = proposed.get("form")
    return initial


def _notes(file: File) -> list[str]:
    proposed = file.kind.design.proposed(file).get("name", "")
    differs = proposed and file.is_designed and file.design.name != proposed
    if file.is_designed and APPROVAL in file.done:
        return ["已经批复，批复里写明的不再改，这里只列可以补充的。要改，请先把批复退回，写明原因。"]
    return [f"按涉及的商会，名称可以是：{proposed}。"] if differs else []

