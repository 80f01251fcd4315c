"""What the forms of an election share: the case if it asks for that part, people to name, numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django import forms
from django.http import Http404

from shanghui.cases.file import File, file_of
from shanghui.cases.progress import places
from shanghui.ledger.people.models import Person
from shanghui.web.cases.page import case_within
from shanghui.web.kit.fields import Option
from shanghui.web.kit.visits import Visit


def asked_within(visit: Visit, case: int, part: str) -> File:
    """A case within one's part of the tree, one of whose steps asks for the part; otherwise 404."""
    file = file_of(case_within(visit, case), visit.today)
    if not any(part in place.step.asks for place in places(file)):
        raise Http404
    return file


def person_options(people: Iterable[Person]) -> list[Option]:
    """People by name; those of one name with the month of birth, or their key."""
    listed = list(people)
    times = Counter(one.name for one in listed)
    return [
        Option(one.pk, f"{one.name}（{one.birth or one.pk}）" if times[one.name] > 1 else one.name, (one.initials,) if one.initials else ())
        for one in listed
    ]


def number(label: str, hint: str = "", *, required: bool = False) -> forms.IntegerField:
    """How many there were."""
    words = {"invalid": "这里写数字。", "min_value": "不能是负数。", "max_value": "数太大，请核对。", "required": f"请填{label}。"}
    widget = forms.NumberInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(
        label=label, min_value=0, max_value=9999, required=required, widget=widget, error_messages=words, help_text=hint
    )
