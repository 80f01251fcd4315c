"""Fields that the ledger's forms share: the first day with its precision, credit codes, and picking from a long list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.urls import reverse

from shanghui.kernel.codes import CREDIT_ALPHABET, credit_code_fault
from shanghui.kernel.facts import Precision
from shanghui.kernel.partial_dates import first_day
from shanghui.web.kit.forms import WrittenDayField

_PRECISIONS = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}


@dataclass(frozen=True)
class Since:
    """A first day and how exactly it is known."""

    day: date
    precision: Precision
    written: str


def since_of(written: str) -> Since:
    """A partial date as the beginning of a fact: «2016-11» is 1 November 2016, known to the month."""
    return Since(first_day(written), _PRECISIONS[len(written)], written)


class SinceField(WrittenDayField):
    """From when something holds, as far as it is known. Cleaned to Since, or None where it may be left out."""

    def clean(self, value: Any) -> Any:
        """The beginning."""
        written = super().clean(value)
        return since_of(written) if written else None


class Standing(forms.Field):
    """A field that lets through what its form says stood there before, also where it would be refused as new."""

    def get_bound_field(self, form: Any, field_name: str) -> forms.BoundField:
        """Takes over the form's initial value."""
        self.initial = form.get_initial_for_field(self, field_name)
        return super().get_bound_field(form, field_name)


class CreditCodeField(Standing, forms.CharField):
    """统一社会信用代码; what is wrong with one is said in words. A value that stood there before is let through."""

    def __init__(self, **options: Any) -> None:
        for name, value in {"label": "统一社会信用代码", "required": False, "help_text": "18 位，照登记证抄写"}.items():
            options.setdefault(name, value)
        super().__init__(**options)

    def clean(self, value: Any) -> str:
        """Upper case, without blanks."""
        written: str = super().clean(value)
        code = "".join(written.split()).upper()
        fault = credit_code_fault(code) if code and code != self.initial else ""
        if fault:
            raise forms.ValidationError(_code_in_words(code, fault), code=fault)
        return code


def _code_in_words(code: str, fault: str) -> str:
    if fault == "code_check":
        return "最后一位校验码对不上，多半有一位抄错了。请对照登记证核对。"
    if len(code) != 18:
        return f"应为 18 位，现在是 {len(code)} 位。请对照登记证补全。"
    wrong = "、".join(dict.fromkeys(c for c in code if c not in CREDIT_ALPHABET))
    return f"统一社会信用代码里不会有“{wrong}”。请对照登记证核对（常把 1 写成 I，把 0 写成 O）。"


@dataclass(frozen=True)
class Option:
    """Something to pick: its value, the words it is found by, and other words that name it exactly (codes, initials)."""

    value: Any
    words: str
    also: tuple[str, ...] = ()


class Picker(forms.TextInput):
    """A text field with a list of suggestions; `fetched_from`: the name of the address that gives them as one
    types (htmx), instead of listing them in the page."""

    template_name = "kit/picker.html"

    def __init__(self, attrs: dict[str, Any] | None = None, fetched_from: str = "") -> None:
        super().__init__(attrs)
        self.options: Sequence[Option] = ()
        self.fetched_from = fetched_from

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Adds the suggestions."""
        context = super().get_context(name, value, attrs)
        listed = f"{context['widget']['attrs'].get('id', name)}_options"
        context["widget"]["attrs"] |= {"list": listed, "autocomplete": "off"}
        if self.fetched_from:
            context["widget"]["attrs"] |= {
                "hx-get": reverse(self.fetched_from), "hx-target": f"#{listed}", "hx-trigger": "input changed delay:200ms",
            }
        return context | {"listed": listed, "options": self.options}


class PickField(forms.CharField):
    """One of a long list, found by name, part of the name, code or initials; cleaned to the option's value, or None.

    `options` may be a function, asked when first needed. Shown by its words.
    """

    widget = Picker

    def __init__(self, *, options: Iterable[Option] | Callable[[], Iterable[Option]] = (), **more: Any) -> None:
        super().__init__(**more)
        self.help_text = self.help_text or "写名称、名称的一部分、代码或拼音首字母，从列表里选"
        self.offer(options)

    def offer(self, options: Iterable[Option] | Callable[[], Iterable[Option]]) -> None:
        """Sets what can be picked."""
        self._source = options

    @property
    def options(self) -> Sequence[Option]:
        """What can be picked."""
        if not isinstance(self._source, tuple):
            self._source = tuple(self._source() if callable(self._source) else self._source)
        return self._source

    def get_bound_field(self, form: Any, field_name: str) -> forms.BoundField:
        """Gives the widget the suggestions when the field is shown."""
        if isinstance(self.widget, Picker) and not self.widget.fetched_from:
            self.widget.options = self.options
        return super().get_bound_field(form, field_name)

    def prepare_value(self, value: Any) -> Any:
        """The words of a value; text that was typed stays as it is."""
        return next((option.words for option in self.options if option.value == value), value)

    def clean(self, value: Any) -> Any:
        """The value of the one option that is meant."""
        typed = super().clean(value).strip()
        return self.meant(typed) if typed else None

    def meant(self, typed: str) -> Any:
        """Exactly named first, then the only one that contains the text."""
        lowered = typed.lower()
        exact = [one for one in self.options if typed == one.words or lowered in one.also]
        near = exact or [one for one in self.options if typed in one.words]
        if len(near) == 1:
            return near[0].value
        if not near:
            raise forms.ValidationError(f"没有“{typed}”。请从列表里选。", code="unknown")
        shown = "、".join(one.words for one in near[:5])
        raise forms.ValidationError(f"“{typed}”可能是：{shown}{'等' if len(near) > 5 else ''}。请写全称。", code="ambiguous")


class ManyPicker(Picker):
    """Several text fields over one list of suggestions."""

    template_name = "kit/picker_many.html"
    places = 5

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """As many fields as there are places, at least."""
        context = super().get_context(name, None, attrs)
        given = list(value or ())
        context["widget"]["attrs"].pop("required", None)
        return context | {"values": given + [""] * max(self.places - len(given), 1)}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """What was typed into any of them."""
        given = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        return [text for text in given if text.strip()]

    def id_for_label(self, id_: str) -> str:
        """The first field."""
        return f"{id_}_1" if id_ else ""


class PickManyField(PickField):
    """Several of a long list; cleaned to the values, each once."""

    widget = ManyPicker

    def prepare_value(self, value: Any) -> Any:
        """The words of each."""
        return [super(PickManyField, self).prepare_value(one) for one in value or ()]

    def clean(self, value: Any) -> Any:
        """The values."""
        if self.required and not value:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return list(dict.fromkeys(self.meant(one.strip()) for one in value or ()))
