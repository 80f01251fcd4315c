"""The rules as they are read: every rule, every norm, one norm in its versions; local rules on and off."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any

from django import forms
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.access.models import Reach
from shanghui.access.queries import federations
from shanghui.kernel.facts import holds_on
from shanghui.kernel.periods import months_later
from shanghui.rules.models import PackSwitch
from shanghui.rules.operations import switch_pack_off, switch_pack_on
from shanghui.rules.packs import PACKS
from shanghui.rules.queries import Rule, catalogue
from shanghui.rules.registry import Modality, Norm, norms
from shanghui.web.kit.answers import answer_form
from shanghui.web.kit.forms import Form
from shanghui.web.kit.visits import Visit, found, page, show
from shanghui.web.rules.words import how_verified, numbers


class MonthForm(Form):
    """From which month: the month before, this one, and the next twelve; earlier ones of the year before too."""

    since = forms.TypedChoiceField(label="从哪个月起", coerce=date.fromisoformat)

    def __init__(self, *args: Any, today: date, units: list[tuple[int, str]] | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        first = today.replace(day=1)
        listed = [months_later(first, n) for n in range(-12, 13)]
        self.fields["since"].choices = [(one.isoformat(), f"{one.year}年{one.month}月1日") for one in listed]  # type: ignore[attr-defined]
        self.fields["since"].initial = first.isoformat()
        if units is not None:
            self.fields["unit"] = forms.TypedChoiceField(label="适用于", choices=units, coerce=int, help_text="对它和它以下的党组织都适用")
            self.order_fields(["unit", "since"])


@page(Act.LEDGER_VIEW, methods=("GET",))
def rules(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Every rule with its sentence and article; or every norm, also those no rule uses yet."""
    text = request.GET.get("q", "").strip()[:60]
    all_norms = request.GET.get("show") == "norms"
    context = {
        "all_norms": all_norms, "text": text, "packs": _packs(visit), "may_switch": visit.may(Act.RULES_SWITCH),
        "rules": [] if all_norms else [(rule, rule.norm_on(visit.day)) for rule in catalogue() if _speaks(rule, text)],
        "norms": _norms(request, text) if all_norms else [], "modalities": [("", "全部"), *((one.value, one.word) for one in Modality)],
        "regulations": sorted({norm.regulation.short for norm in norms()}), "regulation": request.GET.get("regulation", ""),
    }
    return show(request, "rules/rules.html", visit, context, dated=True)


def _speaks(rule: Rule, text: str) -> bool:
    return text in f"{rule.title}{rule.sentence}{rule.concerns}" or any(text in norm.source for norm in rule.versions)


def _norms(request: HttpRequest, text: str) -> list[tuple[str, list[Norm]]]:
    """The norms asked for, by regulation."""
    modality, regulation = request.GET.get("modality", ""), request.GET.get("regulation", "")
    wanted = [
        norm for norm in norms()
        if text in f"{norm.title}{norm.sentence}{norm.note}{norm.source}"
        and (not modality or norm.modality.value == modality) and (not regulation or norm.regulation.short == regulation)
    ]
    ordered = sorted(wanted, key=lambda norm: norm.regulation.short)
    return [(short, list(group)) for short, group in groupby(ordered, key=lambda norm: norm.regulation.short)]


def _packs(visit: Visit) -> list[tuple[Any, list[tuple[PackSwitch, bool]]]]:
    """Every pack with where it is on, or will be: within one's part of the tree (then one may end it), and above. Two questions."""
    scope = visit.scope()
    within = set(scope.units().filter(pk__in=PackSwitch.objects.values("unit_id")).values_list("pk", flat=True))
    above = Reach.objects.filter(holds_on(visit.day), below_id__in=scope.roots).values("above_id")
    rows = PackSwitch.objects.filter(Q(unit_id__in=within) | Q(unit_id__in=above)).exclude(valid_to__lte=visit.day)
    switches = [(one, one.unit_id in within) for one in rows.select_related("unit").order_by("unit__code", "valid_from")]
    return [(pack, [pair for pair in switches if pair[0].pack == pack.code]) for pack in PACKS.values()]


@page(Act.LEDGER_VIEW, methods=("GET",))
def rule(request: HttpRequest, visit: Visit, norm: str) -> HttpResponse:
    """One norm: each version with its days, how far it was verified, its numbers, and the rules that ask for it."""
    versions = sorted((one for one in norms() if one.code == norm), key=lambda one: one.since, reverse=True)
    if not versions:
        raise Http404
    shown = [(one, how_verified(one), list(numbers(one)), one.in_force(visit.day)) for one in versions]
    using = [one for one in catalogue() if one.norm == norm]
    return show(request, "rules/rule.html", visit, {"versions": shown, "title": versions[0].title, "using": using}, dated=True)


@page(Act.RULES_SWITCH)
def pack_on(request: HttpRequest, visit: Visit, pack: str) -> HttpResponse:
    """Local rules are asked from a month on."""
    if pack not in PACKS:
        raise Http404
    offices = list(federations(visit.scope_today()))
    form = MonthForm(request.POST or None, today=visit.today, units=[(unit.pk, unit.name) for unit in offices])

    def do(cleaned: dict[str, Any]) -> str:
        unit = next(one for one in offices if one.pk == cleaned["unit"])
        switch_pack_on(unit=unit, pack=pack, since=cleaned["since"], by=visit.user, at=visit.now)
        return reverse("rules")

    notes = [PACKS[pack].sentence, "本地规定只能加严，不能放松条例里的“应当”。启用以后，以前已经过去的月份也按选的月份起算。"]
    crumbs = (("规则", reverse("rules")), (f"启用“{PACKS[pack].title}”", ""))
    return answer_form(
        request, visit, form, do=do, heading=f"启用“{PACKS[pack].title}”", back=reverse("rules"), verb="启用", done="已启用。", notes=notes, crumbs=crumbs,
    )


@page(Act.RULES_SWITCH)
def pack_off(request: HttpRequest, visit: Visit, switch: int) -> HttpResponse:
    """Local rules are no longer asked from a month on."""
    row = found(PackSwitch.objects.filter(visit.scope_today().condition("unit_id")).select_related("unit"), switch)
    form = MonthForm(request.POST or None, today=visit.today)
    title = PACKS[row.pack].title if row.pack in PACKS else row.pack

    def do(cleaned: dict[str, Any]) -> str:
        switch_pack_off(switch=row, on=cleaned["since"], by=visit.user, at=visit.now)
        return reverse("rules")

    notes = [f"{row.unit.name}自{row.valid_from}起启用。停用以后，以前的期间仍按启用时计算。"]
    return answer_form(
        request, visit, form, do=do, heading=f"停用“{title}”", back=reverse("rules"), verb="停用", done="已停用。", notes=notes,
        crumbs=(("规则", reverse("rules")), (f"停用“{title}”", "")),
    )
