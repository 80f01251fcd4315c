"""Which returns are offered, one with its preview and what is missing, the blanks supplied, the return made (M49)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.access.models import Unit
from shanghui.access.queries import federations
from shanghui.exchange.layouts.layout import Layout
from shanghui.exchange.layouts.models import OwnLayout
from shanghui.exchange.layouts.operations import LONGEST, make_return, supply
from shanghui.exchange.layouts.producing import Line, Missing, See, layouts, produce
from shanghui.exchange.layouts.versions import withdrawn
from shanghui.indicators.registry import registry
from shanghui.web.figures.nodes import asked_node, to_choose
from shanghui.web.kit.answers import answer_form, answer_question
from shanghui.web.kit.forms import Form
from shanghui.web.kit.paging import paginate
from shanghui.web.kit.sights import in_sight
from shanghui.web.kit.visits import Visit, page, show

SHOWN, SUPPLIED_AT_ONCE = 50, 30


def see(visit: Visit) -> See:
    """What the visitor may see of people in a return."""
    sight = visit.sight(Act.PEOPLE_VIEW)
    return lambda columns: in_sight(columns, sight)


def layout_of_code(visit: Visit, code: str) -> tuple[Layout, OwnLayout | None]:
    """The layout of a code among those offered; 404 otherwise."""
    found = layouts(visit.scope_today()).get(code)
    if found is None:
        raise Http404
    return found


def unit_asked(request: HttpRequest, visit: Visit) -> Unit:
    """The federation a return is of: `?under=`, else one's own; 404 where there is none."""
    unit = asked_node(request, visit).unit or federations(visit.scope_today()).first()
    if unit is None:
        raise Http404
    return unit


_LEDGERS = {
    "chambers": "chambers", "organizations": "organizations", "joint": "organizations", "people": "people", "guides": "guides", "activities": "activities",
}


@dataclass(frozen=True)
class Told:
    """A column with blanks, and the ledger in which they can be mended ("" for what is supplied here)."""

    missing: Missing
    address: str


def _ledger(layout: Layout, missing: Missing) -> str:
    indicator = registry.get(layout.rows)
    name = _LEDGERS.get(indicator.population.code) if indicator and missing.heading.kind != "asked" else None
    return reverse(name) if name else ""


@dataclass(frozen=True)
class Offered:
    """A layout in the list."""

    layout: Layout
    own: OwnLayout | None


@page(Act.REPORT_VIEW, methods=("GET",))
def layouts_page(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The layouts by receiver."""
    offered: dict[str, list[Offered]] = {}
    for layout, own in layouts(visit.scope_today()).values():
        offered.setdefault(layout.receiver or "其他", []).append(Offered(layout, own))
    shown = {"offered": offered.items(), "gone": withdrawn(visit.scope_today()), "may_make": visit.may(Act.REPORT_MAKE)}
    return show(request, "returns/layouts.html", visit, shown)


@page(Act.REPORT_VIEW, methods=("GET",))
def layout_page(request: HttpRequest, visit: Visit, layout_code: str) -> HttpResponse:
    """The first rows as they would be sent, and the columns with blanks."""
    layout, own = layout_of_code(visit, layout_code)
    unit = unit_asked(request, visit)
    produced = produce(layout, unit, visit.day, see(visit))
    filled, asked, blank = produced.counts()
    context = {
        "layout": layout, "own": own, "unit": unit, "nodes": to_choose(visit), "lines": produced.lines[:SHOWN], "total": len(produced.lines),
        "missing": [Told(one, _ledger(layout, one)) for one in produced.missing()],
        "filled": filled, "asked": asked, "blank": blank, "may_make": visit.may(Act.REPORT_MAKE),
        "asks": any(one.kind == "asked" for one in layout.columns), "where": f"?under={unit.pk}&on={visit.day.isoformat()}",
    }
    return show(request, "returns/layout.html", visit, context, dated=True)


@page(Act.REPORT_MAKE)
def layout_make(request: HttpRequest, visit: Visit, layout_code: str) -> HttpResponse:
    """Asks once, then produces the return and keeps it."""
    layout, _ = layout_of_code(visit, layout_code)
    unit = unit_asked(request, visit)
    blanks = produce(layout, unit, visit.day, see(visit)).missing()

    def do(cleaned: dict[str, Any]) -> str:
        make_return(layout=layout, unit=unit, day=visit.day, see=see(visit), by=visit.user, at=visit.now)
        return reverse("returns")

    return answer_question(
        request, visit, question=f"生成“{layout.title}”？", do=do, back=_address(layout, unit, visit), verb="生成", asks_reason=False,
        done="已生成，下载后就可以报送。", consequences=[
            f"{unit.name}，数据截至 {visit.day}；连同当天的指标一起留存。",
            *(f"“{one.heading.title}”还空着 {one.count} 格（{one.where}）。" for one in blanks),
        ],
    )


class SupplyForm(Form):
    """A field for each row and each column that no ledger holds."""

    def __init__(self, *args: Any, layout: Layout, lines: Sequence[Line], **options: Any) -> None:
        super().__init__(*args, **options)
        self._places: dict[str, tuple[str, str]] = {}
        for number, line in enumerate(lines):
            for place, heading in enumerate(layout.columns):
                if heading.kind == "asked":
                    name = f"c{number}-{place}"
                    self._places[name] = (line.key, heading.title)
                    self.fields[name] = forms.CharField(
                        label=f"{line.record}：{heading.title}", required=False, max_length=LONGEST, initial=line.cells[place].value
                    )

    @property
    def values(self) -> dict[tuple[str, str], str]:
        """{(row, heading): text}."""
        return {self._places[name]: text for name, text in self.cleaned_data.items() if name in self._places}


@page(Act.REPORT_MAKE)
def layout_supply(request: HttpRequest, visit: Visit, layout_code: str) -> HttpResponse:
    """What no ledger holds, asked for once: thirty rows a page."""
    layout, _ = layout_of_code(visit, layout_code)
    unit = unit_asked(request, visit)
    turned = paginate(produce(layout, unit, visit.day, see(visit)).lines, request, size=SUPPLIED_AT_ONCE, count=True)
    form = SupplyForm(request.POST or None, layout=layout, lines=list(turned.rows))

    def do(cleaned: dict[str, Any]) -> str:
        supply(unit=unit, values=form.values, by=visit.user, at=visit.now)
        if not turned.has_next:
            return _address(layout, unit, visit)
        following = reverse("layout-supply", kwargs={"layout_code": layout.code})
        return f"{following}?under={unit.pk}&on={visit.day.isoformat()}&page={turned.number + 1}"

    return answer_form(
        request, visit, form, do=do, heading=f"补报：{layout.title}", back=_address(layout, unit, visit), verb="保存，下一页" if turned.has_next else "保存",
        lead=f"第 {turned.number} 页，共 {turned.total} 行。只问台账没有的；补过一次，别的报表也用，不再问。",
        crumbs=[("报表", reverse("layouts")), (layout.title, _address(layout, unit, visit)), ("补报", "")],
    )


def _address(layout: Layout, unit: Unit, visit: Visit) -> str:
    return f"{reverse('layout', kwargs={'layout_code': layout.code})}?under={unit.pk}&on={visit.day.isoformat()}"
