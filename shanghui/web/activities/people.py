"""Naming people in the form of an activity: by name, among those whom the visitor may see; suggestions as one types."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from shanghui.access.acts import Act
from shanghui.access.scope import Scope
from shanghui.ledger.people.queries import is_number, matching_people, people
from shanghui.web.kit.fields import ManyPicker, Option, Picker, PickField
from shanghui.web.kit.visits import Visit, page, show

MOST = 20
HINT = "写姓名，从列表里选"


class Circle:
    """The people among whom one names: within a scope, with the branch of a day."""

    def __init__(self, scope: Scope, day: date) -> None:
        self.scope, self.day = scope, day

    def options(self, rows: Any) -> list[Option]:
        """Name and branch of these people."""
        listed = rows.order_by("initials", "pk").values_list("pk", "name", "branch_name")[:MOST]
        return [Option(pk, f"{name}（{branch}）" if branch else name, (name,)) for pk, name, branch in listed]

    def known(self, keys: Iterable[int]) -> dict[int, str]:
        """The words for those of these people whom one may see."""
        wanted = [key for key in keys if key]
        rows = people(self.scope, self.day).filter(pk__in=wanted) if wanted else None
        return {one.value: one.words for one in self.options(rows)} if rows is not None else {}

    def named(self, typed: str) -> list[Option]:
        """Those whose name is typed, with or without the branch."""
        return self.options(people(self.scope, self.day).filter(name=typed.split("（")[0].strip()))

    def suggested(self, typed: str) -> list[Option]:
        """Those who answer to what is being typed; never by a number."""
        typed = typed.split("（")[0].strip()
        if not typed or is_number(typed):
            return []
        return self.options(people(self.scope, self.day).filter(matching_people(typed)))


def circle_of(visit: Visit) -> Circle:
    """Everybody the visitor may see."""
    return Circle(visit.scope_today(Act.PEOPLE_VIEW), visit.today)


class PersonField(PickField):
    """One person."""

    def __init__(self, *, widget: forms.Widget | None = None, **more: Any) -> None:
        traits: dict[str, Any] = {"required": False, "help_text": HINT} | more
        super().__init__(widget=widget or Picker(fetched_from="activity-people"), **traits)
        self.circle: Circle | None = None
        self.words: dict[int, str] = {}

    def prepare_value(self, value: Any) -> Any:
        """Name and branch; what was typed stays."""
        return self.words.get(value, "") if isinstance(value, int) else value

    def meant(self, typed: str) -> Any:
        """The one who is named."""
        assert self.circle is not None
        named = self.circle.named(typed)
        exact = [one for one in named if one.words == typed] or named
        if len(exact) == 1:
            return exact[0].value
        if not exact:
            raise forms.ValidationError(f"您的范围里没有“{typed}”。请从列表里选，或者先登记这个人。", code="unknown")
        raise forms.ValidationError(f"叫“{typed}”的有几位：{'、'.join(one.words for one in exact[:5])}。请从列表里选。", code="ambiguous")


class FetchedMany(ManyPicker):
    """Several text fields whose suggestions are fetched as one types."""

    template_name = "activities/people_picker.html"

    def __init__(self, places: int) -> None:
        super().__init__(fetched_from="activity-people")
        self.places = places


class PeopleField(PersonField):
    """Several people; cleaned to their keys, each once."""

    def __init__(self, *, places: int, **more: Any) -> None:
        super().__init__(widget=FetchedMany(places), **more)

    def prepare_value(self, value: Any) -> Any:
        """The words of each."""
        return [words for one in value or () if (words := super(PeopleField, self).prepare_value(one))]

    def clean(self, value: Any) -> Any:
        """The keys."""
        if self.required and not value:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return list(dict.fromkeys(self.meant(one.strip()) for one in value or ()))


def among(form: forms.Form, circle: Circle) -> None:
    """Tells the person fields of a form among whom one names; one query for all who stand there already."""
    fields = {name: one for name, one in form.fields.items() if isinstance(one, PersonField)}
    standing = [form.initial.get(name) for name in fields]
    keys = [key for value in standing for key in (value if isinstance(value, list) else [value]) if isinstance(key, int)]
    words = circle.known(keys)
    for one in fields.values():
        one.circle, one.words = circle, words


@page(Act.PEOPLE_VIEW, methods=("GET",))
def activity_people(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Suggestions, whatever the field is called."""
    typed = next((str(value) for value in request.GET.values() if value), "")
    return show(request, "codes/options.html", visit, {"options": circle_of(visit).suggested(typed[:40])})
