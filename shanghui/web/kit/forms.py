"""How forms look and what they share: the renderer, dates as offices write them, a reason to confirm with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates
from django.template import TemplateDoesNotExist, loader

from shanghui.kernel.partial_dates import NotADate, read_text

_CHIPS_AT_MOST = 8


class Renderer(DjangoTemplates):
    """Forms are laid out by templates/kit/; widgets keep Django's own templates unless we have one of that name."""

    form_template_name = "kit/form.html"
    field_template_name = "kit/field.html"

    def get_template(self, template_name: str) -> Any:
        """Ours first, Django's otherwise."""
        try:
            return loader.get_template(template_name)
        except TemplateDoesNotExist:
            return super().get_template(template_name)


class DayInput(forms.DateInput):
    """A browser's own date picker; the value is written 2022-06-30, as it expects."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A full date."""

    widget = DayInput
    default_error_messages = {"invalid": "日期写成 2022-06-30 这样。", "required": "请填日期。"}


class WrittenDayField(forms.CharField):
    """A date with the precision known: 2003, 2003年4月, 2003.4.12 … cleaned to «2003-04»."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", "只知道年月就写年月，如 2003年4月")
        super().__init__(**options)

    def clean(self, value: Any) -> str:
        """The text of a partial date, or nothing."""
        written: str = super().clean(value)
        try:
            return read_text(written)[0] if written else ""
        except NotADate as problem:
            raise forms.ValidationError(_NOT_A_DATE[problem.kind], code=problem.kind) from problem


_NOT_A_DATE = {
    "date_invalid": "没有这一天，请再看一下。",
    "date_ambiguous": "分不清是 1 月还是 10 月，请写成 2009-10 这样。",
    "date_unknown": "看不出是哪一天，请写成 2003-04-12 或 2003年4月。",
}


class PlainWords:
    """A form that says what is missing by its name: «请填商会名称», «请选层级»."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            ask = "请选" if isinstance(field, forms.ChoiceField | forms.ModelChoiceField | forms.FileField) else "请填"
            if str(field.error_messages.get("required")) == str(forms.Field.default_error_messages["required"]):
                field.error_messages["required"] = f"{ask}{field.label or '这一项'}。"
            if isinstance(field, forms.FileField):
                field.error_messages["empty"] = "这是空文件。请重新保存后再上传。"
            if isinstance(field, forms.DateField):
                field.error_messages["invalid"] = DayField.default_error_messages["invalid"]


class Form(PlainWords, forms.Form):
    """The form of this project."""


class DatedForm(Form):
    """A form on which some of what is written holds from a day on: was it put right, or has it changed, and since when?

    `dated` names, in words, what that is asked about; the initial `since` is today: what comes later is recorded when it is so.
    """

    dated = ""
    how = forms.ChoiceField(
        choices=(("changed", "情况变了"), ("wrong", "原来登记错了")), initial="changed", widget=forms.RadioSelect,
        help_text="情况变了的，以前各天仍按原来的算；登记错了的，以前也按更正后的算",
        error_messages={"required": "请选是情况变了，还是原来登记错了。"},
    )
    since = DayField(label="从哪一天起", required=False, help_text="情况变了的填")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["how"].label = f"改了{self.dated}的，是"

    def clean(self) -> dict[str, Any]:
        """A change has its day."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("how") == "changed" and not cleaned.get("since") and "since" not in self.errors:
            self.add_error("since", "请填从哪一天起变的；原来登记错了的，请在上面选“原来登记错了”。")
        today = self.initial.get("since")
        if cleaned.get("how") == "changed" and today and cleaned.get("since") and cleaned["since"] > today:
            self.add_error("since", "还没有到那一天。请到那一天再登记。")
        return cleaned

    @property
    def changed_since(self) -> date | None:
        """Since when; None for what was written wrong."""
        cleaned = self.cleaned_data
        return cleaned["since"] if cleaned["how"] == "changed" else None


class SureForm(Form):
    """A form whose values may have consequences that the visitor has to have seen: they are shown with a box to tick, and only
    then is it done. `told(cleaned)` gives them; the box is not there before."""

    sure = forms.BooleanField(label="看过了，就这样办", required=False)

    def __init__(self, *args: Any, told: Callable[[dict[str, Any]], list[str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.told = told
        if not self.is_bound:
            del self.fields["sure"]

    def clean(self) -> dict[str, Any]:
        """Asks once more where there is something to be seen."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        told = [] if self.errors else self.told(cleaned)
        if told and not cleaned.get("sure"):
            for one in told:
                self.add_error("sure", one)
        elif not told:
            del self.fields["sure"]
        return cleaned


class ReasonForm(Form):
    """The one question of a confirmation page."""

    reason = forms.CharField(
        label="原因",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明原因，这一条会留在审计记录里。"},
    )


def control(field: forms.BoundField) -> str:
    """The widget of a field with our class on it; dates get the browser's picker."""
    widget = field.field.widget
    if type(widget) is forms.DateInput:
        widget.input_type, widget.format = "date", "%Y-%m-%d"
    if isinstance(widget, forms.Textarea) and widget.attrs.get("rows") == "10":
        widget.attrs["rows"] = "4"
    attrs: dict[str, str | bool] = {}
    if not isinstance(widget, forms.CheckboxInput):
        attrs["class"] = f"{widget.attrs.get('class', '')} inp".strip()
    return field.as_widget(attrs=attrs)


def layout(field: forms.BoundField) -> str:
    """How a field is laid out: hidden, check, chips (few choices as buttons), checks (many), or line."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "chips" if len(field.subwidgets) <= _CHIPS_AT_MOST else "checks"
    return "line"
