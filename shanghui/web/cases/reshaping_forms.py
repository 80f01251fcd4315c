"""The forms of a merger and a dissolution: which organizations, where each person goes, who covers each chamber."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from shanghui.access.acts import Act
from shanghui.cases.bodies import COVERING, belonging, covered_by
from shanghui.cases.file import File
from shanghui.cases.models import CaseChamber, CasePerson
from shanghui.cases.operations import Heir, Home
from shanghui.ledger.organizations.models import Chamber, PartyOrganization
from shanghui.ledger.organizations.models import Form as Way
from shanghui.ledger.people.models import AffiliationKind, Category, Person
from shanghui.web.kit.fields import PickField, PickManyField
from shanghui.web.kit.forms import Form
from shanghui.web.kit.units import organization_options
from shanghui.web.kit.visits import Visit

LISTED = "homes_options"
"""The one list of suggestions that all fields of the page share."""


class OrganizationsForm(Form):
    """The others of a merger."""

    def __init__(self, *args: Any, file: File, visit: Visit, **options: Any) -> None:
        super().__init__(*args, **options)
        own = file.case.organization_id
        self.fields["organizations"] = PickManyField(
            label="党组织", options=lambda: organization_options(visit, own), required=False,
            help_text="写名称或拼音首字母，从列表里选。立项的党组织不用再选；不要的一个，把那一格清空",
        )


class HomesForm(Form):
    """Where everybody goes, one by one or all to one; who covers each chamber."""

    def __init__(self, *args: Any, file: File, visit: Visit, day: date, **options: Any) -> None:
        super().__init__(*args, **options)
        body = file.case.organization
        assert body is not None
        self.options = organization_options(visit, body.pk)
        placed = {row.person_id: row for row in CasePerson.objects.filter(case=file.case).select_related("person", "target")}
        found = [one for one in belonging(body, day) if one.category and one.kind != AffiliationKind.DUAL]
        seen = set(visible(visit, [one.person.pk for one in found]))
        self.people = [one for one in found if one.person.pk in seen]
        self.kept = [row for pk, row in placed.items() if pk not in seen]
        """Those placed whom the visitor may not see: they stay as they are."""
        self.chambers = covered_by(body, day)
        words = dict(Category.choices)
        self.fields["all_to"] = self._pick("其余的人都转到", "下面没有写的人都转到这里")
        for one in self.people:
            row = placed.get(one.person.pk)
            self.fields[f"to-{one.person.pk}"] = self._pick(f"{one.person.name}（{words[one.category]}）转到", "", row.target_id if row else None)
            self.fields[f"outside-{one.person.pk}"] = forms.CharField(
                label=f"{one.person.name}转到台账以外", max_length=100, required=False, initial=row.outside if row else ""
            )
        heirs = {row.chamber_id: row for row in CaseChamber.objects.filter(case=file.case)}
        for chamber in self.chambers:
            heir = heirs.get(chamber.pk)
            self.fields[f"cover-{chamber.pk}"] = self._pick("以后由谁覆盖", "不填就没有党组织覆盖", heir.target_id if heir else None)
            self.fields[f"form-{chamber.pk}"] = forms.ChoiceField(
                label="覆盖方式", choices=[("", "—"), *((way.value, way.label) for way in COVERING)], required=False,
                initial=heir.form if heir else "",
                error_messages={"invalid_choice": "没有这种覆盖方式。请从列出的方式里选。"},
            )

    def _pick(self, label: str, hint: str, initial: int | None = None) -> PickField:
        field = PickField(
            label=label, options=tuple(self.options), required=False, initial=initial,
            widget=forms.TextInput(attrs={"list": LISTED, "autocomplete": "off"}),
        )
        field.help_text = hint
        return field

    @property
    def lines(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The two fields of each person."""
        return [(self[f"to-{one.person.pk}"], self[f"outside-{one.person.pk}"]) for one in self.people]

    @property
    def covers(self) -> list[tuple[Chamber, forms.BoundField, forms.BoundField]]:
        """Each chamber with its two fields."""
        return [(one, self[f"cover-{one.pk}"], self[f"form-{one.pk}"]) for one in self.chambers]

    def clean(self) -> dict[str, Any]:
        """One place for each person; a form with each cover."""
        cleaned: dict[str, Any] = super().clean() or {}
        for one in self.people:
            if cleaned.get(f"to-{one.person.pk}") and cleaned.get(f"outside-{one.person.pk}"):
                self.add_error(f"to-{one.person.pk}", "台账里的和台账以外的，只能填一个。")
        for chamber in self.chambers:
            target, way = cleaned.get(f"cover-{chamber.pk}"), cleaned.get(f"form-{chamber.pk}")
            if target and not way:
                self.add_error(f"form-{chamber.pk}", "请选覆盖方式。")
            if way and not target and f"cover-{chamber.pk}" not in self.errors:
                self.add_error(f"cover-{chamber.pk}", "请选由哪个党组织覆盖；不覆盖的，把覆盖方式清空。")
        return cleaned

    def homes(self) -> dict[Person, Home]:
        """Where each goes; who is not named goes where all go, or has no place yet and is left out."""
        cleaned = self.cleaned_data
        bodies = self._bodies([cleaned["all_to"], *(cleaned[f"to-{one.person.pk}"] for one in self.people)])
        found: dict[Person, Home] = {
            row.person: Home(AffiliationKind(row.kind), row.target, row.outside) for row in self.kept
        }
        for one in self.people:
            outside = cleaned[f"outside-{one.person.pk}"].strip()
            target = bodies.get(cleaned[f"to-{one.person.pk}"] or (0 if outside else cleaned["all_to"]) or 0)
            if target is not None or outside:
                found[one.person] = Home(one.kind, target, outside)
        return found

    def heirs(self) -> dict[Chamber, Heir]:
        """Who covers each chamber afterwards."""
        cleaned = self.cleaned_data
        bodies = self._bodies([cleaned[f"cover-{one.pk}"] for one in self.chambers])
        return {
            one: Heir(bodies.get(cleaned[f"cover-{one.pk}"] or 0), Way(way) if (way := cleaned[f"form-{one.pk}"]) else "")
            for one in self.chambers
        }

    def _bodies(self, keys: list[Any]) -> dict[int, PartyOrganization]:
        return PartyOrganization.objects.select_related("unit").in_bulk([key for key in keys if key])


def visible(visit: Visit, keys: list[int]) -> list[int]:
    """Of these people those whom the visitor may see."""
    rows = Person.objects.within(visit.scope_today(Act.PEOPLE_VIEW)).filter(pk__in=keys)
    return list(rows.values_list("pk", flat=True))
