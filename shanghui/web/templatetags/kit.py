"""`{% load kit %}`: the tags and filters of every page. docs/kit.md lists them with their arguments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.http import QueryDict
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from shanghui.kernel.facts import Fact
from shanghui.kernel.rates import Rate
from shanghui.web.kit import addresses, days, figures, forms, masking, spans
from shanghui.web.kit.paging import Pager

register = template.Library()
NOTHING = SafeString('<span class="dim">—</span>')
STATUS = {
    "done": ("done", "circle-check"),
    "soon": ("soon", "clock"),
    "overdue": ("late", "alert-triangle"),
    "frozen": ("info", "lock"),
    "todo": ("line", "circle-dashed"),
    "excused": ("line", "message"),
    "unknown": ("line", "help-circle"),
}


def _query(context: Context) -> QueryDict:
    request = context.get("request")
    return request.GET if request is not None else QueryDict()


@register.simple_tag
@lru_cache(maxsize=1024)
def icon(name: str, classes: str = "") -> SafeString:
    """A line icon from the sprite; always beside a word."""
    address = f"{static('icons.svg')}#i-{name}"
    return format_html('<svg class="i {}" aria-hidden="true"><use href="{}"/></svg>', classes, address)


@register.simple_tag
def figure(value: int | str | None, url: str = "", label: str = "") -> SafeString:
    """A number that opens into its records; nothing and zero are grey and no link."""
    if value is None or value == "":
        return NOTHING
    if not value or str(value) == "0":
        return SafeString('<span class="dim">0</span>')
    if not url:
        return format_html("{}", value)
    if not label:
        return format_html('<a class="fig" href="{}">{}</a>', url, value)
    named = format_html('title="{}" aria-label="{}，{}"', label, value, label)
    return format_html('<a class="fig" href="{}" {}>{}</a>', url, named, value)


@register.simple_tag
def rate(
    numerator: int | None, denominator: int | None, url_n: str = "", url_d: str = "", size: str = "", digits: int = 1
) -> SafeString:
    """«85.0% 34/40», both counts links; — for an empty denominator. `size`: "" in tables, "mid" or "big"."""
    if not denominator or numerator is None:
        return NOTHING
    share = Rate(numerator, denominator).percent(digits)
    counts = format_html("{}/{}", figure(numerator, url_n), figure(denominator, url_d))
    if size:
        return format_html('<span class="{}">{}<small>{}</small></span>', size, share, counts)
    return format_html('<span class="rate"><b>{}</b> <span class="frac">{}</span></span>', share, counts)


@register.inclusion_tag("kit/coverage_bar.html")
def coverage_bar(own: int, joint: int, attached: int, guide: int, blank: int = 0) -> dict[str, object]:
    """How the chambers of a node are covered, as a bar."""
    counts = (own, joint, attached, guide, blank)
    return {"segments": figures.segments(counts), "words": figures.in_words(counts)}


@register.inclusion_tag("kit/waffle.html")
def waffle(
    own: int = 0,
    joint: int = 0,
    attached: int = 0,
    guide: int = 0,
    blank: int = 0,
    squares: Iterable[figures.Square] = (),
    legend: bool = True,
) -> dict[str, object]:
    """One square per chamber. With `squares` (kind, label, url) each is a link; `legend=False` for none below."""
    counts = (own, joint, attached, guide, blank)
    given = coverage_legend(*(count or None for count in counts)) if legend else {}
    return {"linked": list(squares), "squares": figures.squares(counts), "words": figures.in_words(counts)} | given


@register.inclusion_tag("kit/legend.html")
def coverage_legend(
    own: object = None, joint: object = None, attached: object = None, guide: object = None, blank: object = None
) -> dict[str, object]:
    """What the colours mean; with counts beside them where they are given (pass the result of `figure … as`)."""
    numbers = (own, joint, attached, guide, blank)
    given = any(number is not None for number in numbers)
    pairs = zip(figures.FORMS, numbers, strict=True)
    return {"forms": [(kind, label, number) for (kind, label), number in pairs if number is not None or not given]}


@register.inclusion_tag("kit/meter.html")
def meter(value: int, total: int, unit: str = "项") -> dict[str, object]:
    """How many of how many are there, as a line."""
    return {"width": figures.percent(value, total), "words": f"{total} {unit}中已有 {value} {unit}"}


@register.simple_tag
def status(kind: str, text: str) -> SafeString:
    """Colour, icon and word. Kinds: done, soon, overdue, frozen, todo, excused, unknown."""
    tone, name = STATUS.get(kind, STATUS["todo"])
    return format_html('<span class="tag tag--{}">{}{}</span>', tone, icon(name), text)


@register.simple_tag
def law(title: str, article: str = "", url: str = "") -> SafeString:
    """The source of a deadline, opening the text where there is one."""
    inside = format_html("{}{}{}", icon("book-2"), title, article)
    if not url:
        return format_html('<span class="law">{}</span>', inside)
    return format_html('<a class="law" href="{}">{}</a>', url, inside)


@register.simple_tag(takes_context=True)
def query_string(context: Context, **changes: object) -> str:
    """«?…» of this page with some keys changed; None or "" removes a key, and `page` goes unless given."""
    return addresses.changed(_query(context), **changes)


register.simple_tag(query_string, takes_context=True, name="query")


@register.simple_tag
def main_navigation(nav: Sequence[dict[str, Any]]) -> SafeString:
    """The groups of places of the side bar."""
    return _navigation(tuple((group["title"], tuple(tuple(item.items()) for item in group["items"])) for group in nav or ()))


@lru_cache(maxsize=512)
def _navigation(groups: tuple[tuple[str, tuple[tuple[tuple[str, Any], ...], ...]], ...]) -> SafeString:
    """The same for all whose seats open the same places, on all pages of one of them: rendered once."""
    nav = [{"title": title, "items": [dict(item) for item in items]} for title, items in groups]
    return SafeString(render_to_string("kit/navigation.html", {"nav": nav}))


@register.simple_tag
def phone_items(nav: Iterable[dict[str, Any]] | None, tabs: Sequence[Any] | None = None) -> list[Any]:
    """The five of the bottom bar: `tabs` where a page names them, else the first four places and «更多»."""
    if tabs:
        return list(tabs)
    places = [item for group in nav or () for item in group["items"]]
    return [*places[:4], {"label": "更多", "url": "#menu", "icon": "menu-2", "current": False}]


@register.inclusion_tag("kit/hidden_query.html", takes_context=True)
def hidden_query(context: Context, *but: str) -> dict[str, object]:
    """Hidden fields that carry this page's query along in a GET form, but for the keys named."""
    return {"pairs": addresses.kept(_query(context), *but)}


@register.inclusion_tag("kit/sort_header.html", takes_context=True)
def sort_header(context: Context, label: str, key: str, classes: str = "") -> dict[str, object]:
    """A column header that sorts (`?sort=key`, then `?sort=-key`)."""
    query = _query(context)
    direction, following = addresses.sorting(query, key)
    url = addresses.changed(query, sort=following)
    return {"label": label, "direction": direction, "url": url, "classes": classes}


register.inclusion_tag("kit/sort_header.html", takes_context=True, name="sort_th")(sort_header)


@register.inclusion_tag("kit/pager.html", takes_context=True)
def pager(context: Context, page: Pager[Any], unit: str = "条") -> dict[str, object]:
    """Back and on, with the page's number; the total only where it is known."""
    query = _query(context)
    turn = {"previous": page.number - 1, "next": page.number + 1}
    return {"page": page, "unit": unit} | {key: addresses.changed(query, page=number) for key, number in turn.items()}


@register.inclusion_tag("kit/filter_chips.html", takes_context=True)
def filter_chips(context: Context, name: str, label: str, options: Sequence[Sequence[Any]]) -> dict[str, object]:
    """Links that set `?name=`; options are (value, word) or (value, word, count), "" means all."""
    query = _query(context)
    current = query.get(name, "")
    links = [
        {
            "url": addresses.changed(query, **{name: option[0]}),
            "word": option[1],
            "count": option[2] if len(option) > 2 else None,
            "current": str(option[0]) == current,
        }
        for option in options
    ]
    return {"label": label, "links": links}


@register.inclusion_tag("kit/steps.html")
def steps(current: int, labels: Iterable[str | tuple[str, str]]) -> dict[str, object]:
    """Where one is in a procedure; `labels` are words, or (word, url) for steps one may go back to."""
    pairs = [(label, "") if isinstance(label, str) else label for label in labels]
    shown = [
        {"number": number, "label": label, "url": url, "past": number < current, "current": number == current}
        for number, (label, url) in enumerate(pairs, start=1)
    ]
    return {"steps": shown, "current": shown[current - 1], "total": len(shown)}


@register.inclusion_tag("kit/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, object]:
    """What is wrong with a form, with links to the fields; for forms laid out by hand."""
    return {"form": form, "count": sum(len(errors) for errors in form.errors.values())}


@register.filter
def control(field: BoundField) -> str:
    """A field's widget with our class."""
    return forms.control(field)


@register.filter
def layout(field: BoundField) -> str:
    """hidden, check, chips, checks or line."""
    return forms.layout(field)


@register.filter
def day(value: date | str | None) -> str:
    """2022-06-30; 2003年4月 for a partial date; — for nothing."""
    return days.table_day(value)


@register.filter
def spoken(value: date | str | None, today: date | None = None) -> str:
    """6月30日 in sentences; with the year unless `today` lies in it."""
    return days.spoken_day(value, today)


@register.filter
def weekday(value: date) -> str:
    """星期五."""
    return days.weekday(value)


@register.filter
def moment(value: datetime | None) -> str:
    """2022-06-30 14:05."""
    return days.moment(value)


@register.filter
def days_left(due: date, today: date) -> str:
    """今天, 还有 3 天, 逾期 8 天."""
    return days.days_left(due, today)


@register.simple_tag
def lasting(valid_from: date | None, valid_to: date | None = None) -> str:
    """The days of a fact, both inclusive, from its half-open dates."""
    return days.lasting(valid_from, valid_to)


@register.simple_tag(takes_context=True)
def held(context: Context, fact: Fact) -> str:
    """The days of a fact with the precision known, as one knew them on the as-at day (kit.spans)."""
    return spans.held(fact, context.get("as_at") or context["today"], context["today"])


@register.filter
def mask_id(number: str | None) -> str:
    """110105********002X, as the kernel masks it; — for nothing."""
    return masking.mask_id(number)


@register.filter
def mask_phone(number: str | None) -> str:
    """138****5678."""
    return masking.mask_phone(number)


@register.filter
def in_minutes(value: timedelta) -> str:
    """30 分钟."""
    return f"{max(1, round(value.total_seconds() / 60))} 分钟"


@register.filter
def cell(value: Any) -> str:
    """What stands in a cell of a list: 2022-06-30, 2003年4月, a number, a word; — for nothing."""
    return days.in_cell(value)
