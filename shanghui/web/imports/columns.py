"""对应列: for each table what each column is; what a person chooses is remembered for the sender's next file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.exchange.answering import heading_key, map_columns
from shanghui.exchange.models import ImportRun, RunState
from shanghui.exchange.originals import letters
from shanghui.exchange.recognition import FIELD_TITLES, KINDS
from shanghui.exchange.recognition.signs import REQUIRED
from shanghui.exchange.recognition.vocabulary import fields_of
from shanghui.kernel.refusals import Refused
from shanghui.web.imports.going import start_reading
from shanghui.web.imports.showing import context_of, kind_title, runs_within, to_run
from shanghui.web.kit.visits import Visit, found, page, show

_SEVERAL = ("list", "units")
"""How fields are cleaned that may be spread over several columns."""


@dataclass(frozen=True)
class Sheet:
    """One tab: a table that was recognised, or a sheet that was not."""

    key: str
    entry: dict[str, Any]
    is_table: bool

    @property
    def kind(self) -> str:
        """The kind of record it was recognised as, or none."""
        return str(self.entry.get("kind", "")) if self.is_table else ""

    @property
    def proposed(self) -> dict[str, str | None]:
        """{letter: field} as recognised."""
        if self.is_table:
            return dict(self.entry["columns"])
        return dict.fromkeys(letters(self.entry["width"]))

    def heading(self, letter: str) -> str:
        """The heading of a column; in a sheet without a known header its fullest row near the top."""
        if self.is_table:
            return str(self.entry["headings"].get(letter, "")).replace("\n", "")
        place = letters(self.entry["width"]).index(letter)
        rows = [texts for _, _, texts in self.entry["preview"]]
        fullest: list[str] = max(rows, key=lambda texts: sum(1 for text in texts if text), default=[])
        return fullest[place] if place < len(fullest) else ""

    def samples(self, letter: str) -> list[str]:
        """What stands in a column."""
        if self.is_table:
            return list(self.entry["samples"].get(letter, ()))
        place = letters(self.entry["width"]).index(letter)
        heading = self.heading(letter)
        return [texts[place] for _, _, texts in self.entry["preview"] if texts[place] and texts[place] != heading][:3]


def sheets_of(run: ImportRun) -> list[Sheet]:
    """The tables that stand upright, then the sheets passed over that hold something."""
    tables = [Sheet(f"t{n}", entry, True) for n, entry in enumerate(run.reading.get("tables", [])) if not entry["turned"]]
    skipped = [Sheet(f"s{n}", entry, False) for n, entry in enumerate(run.reading.get("skipped", [])) if entry["width"] > 1]
    return tables + skipped


@page(Act.IMPORT)
def import_mapping(request: HttpRequest, visit: Visit, run: int) -> HttpResponse:
    """One sheet at a time; proposals are chosen already. Another kind is asked for by `?kind=`."""
    row = found(runs_within(visit), run)
    if row.state != RunState.PROPOSED:
        return to_run(row)
    listed = sheets_of(row)
    asked = request.POST.get("at") or request.GET.get("at", "")
    chosen = next((one for one in listed if one.key == asked), listed[0] if listed else None)
    fault = ""
    if request.method == "POST" and chosen is not None:
        try:
            _save(row, chosen, request.POST)
        except Refused as refusal:
            fault = str(refusal)
        else:
            start_reading(row, visit)
            messages.success(request, f"“{chosen.entry['sheet']}”按您选的重新读取了。这个对法会记住，下次同样的表直接沿用。")
            return redirect(f"{reverse('import-mapping', kwargs={'run': row.pk})}?at={asked}")
    asked_kind = request.POST.get("kind") or request.GET.get("kind") or (chosen.kind if chosen else "")
    context = context_of(row) | {"sheets": listed, "chosen": chosen, "fault": fault, "kind": asked_kind}
    context |= _columns_context(chosen, asked_kind, request.POST) if chosen else {}
    return show(request, "imports/columns.html", visit, context, status=422 if fault else 200)


def _columns_context(sheet: Sheet, kind: str, sent: Any) -> dict[str, Any]:
    fields = list(FIELD_TITLES.get(kind, {}).items())
    proposed = sheet.proposed if kind == sheet.kind else dict.fromkeys(sheet.proposed)
    lines = [
        {"letter": letter, "heading": sheet.heading(letter), "samples": "，".join(sheet.samples(letter)),
         "field": sent.get(f"c-{letter}", field or ""), "proposed": field or ""}
        for letter, field in proposed.items()
    ]
    width = len(sheet.proposed) if not sheet.is_table else max((len(texts) for _, _, texts in sheet.entry["preview"]), default=0)
    matched = sum(1 for line in lines if line["field"])
    return {
        "lines": sorted(lines, key=lambda line: bool(line["field"]) if sheet.is_table else False), "fields": fields,
        "kind_choices": [(one, kind_title(one)) for one in KINDS], "letters": letters(width), "matched": matched,
        "unmatched": len(lines) - matched, "spoken": _spoken(sheet),
    }


def _spoken(sheet: Sheet) -> str:
    """«第 3、4 行是表头，第 45 行是合计行，已自动避开»."""
    if not sheet.is_table:
        return str(sheet.entry["why"])
    header = "、".join(str(row) for row in sheet.entry["header_rows"])
    others = [f"第 {row} 行是{why}" for row, why in sheet.entry["not_records"][:3]]
    return "，".join([f"第 {header} 行是表头", *others]) + ("，已自动避开" if others else "")


def _save(run: ImportRun, sheet: Sheet, sent: Any) -> None:
    """Checks the choices, then keeps those that differ from the proposal (all, for another kind). Raises Refused."""
    kind = sent.get("kind", "")
    if kind not in KINDS:
        raise Refused("请先选择这份表是什么。")
    picked = {letter: sent.get(f"c-{letter}") or None for letter in sheet.proposed}
    _check(kind, picked)
    same_kind = kind == sheet.kind
    columns = {c: f for c, f in picked.items() if not same_kind or f != sheet.proposed[c]}
    told = {heading_key(sheet.heading(c)): f or "" for c, f in columns.items() if f or same_kind}
    headings = {heading: field for heading, field in told.items() if heading}
    if columns or not same_kind:
        map_columns(run=run, file=sheet.entry["file"], sheet=sheet.entry["sheet"], kind="" if same_kind else kind,
                    columns={**_earlier(run, sheet), **columns}, headings=headings)


def _earlier(run: ImportRun, sheet: Sheet) -> dict[str, str | None]:
    """What was chosen for this sheet before: a second change keeps the first."""
    place = (sheet.entry["file"], sheet.entry["sheet"])
    kept: dict[str, str | None] = next((e["columns"] for e in run.mapping if (e["file"], e["sheet"]) == place), {})
    return kept if sheet.is_table else {}


def _check(kind: str, picked: dict[str, str | None]) -> None:
    titles, words = FIELD_TITLES[kind], fields_of(kind)
    chosen = [field for field in picked.values() if field]
    if any(field not in titles for field in chosen):
        raise Refused("有一列选的内容不属于这种表，请重新选择。")
    for field in dict.fromkeys(chosen):
        if chosen.count(field) > 1 and words[field].cleaned_as not in _SEVERAL:
            columns = "、".join(letter for letter, one in picked.items() if one == field)
            raise Refused(f"{columns} 列都选了“{titles[field]}”。一项只能来自一列，请把多余的改成“不导入”。")
    for group in REQUIRED[kind]:
        if not set(group) & set(chosen):
            raise Refused(f"还要指明哪一列是“{'”或“'.join(titles[field] for field in group if field in titles)}”。")
