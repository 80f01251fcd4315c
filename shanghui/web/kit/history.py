"""What happened to a record, on its own page, with the way back (M48): who, when, what, before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Field, Model

from shanghui.access.models import AuditEntry, Unit
from shanghui.access.queries import history_of
from shanghui.access.undo import undone
from shanghui.cases.operations.following import RECEIPT
from shanghui.cases.operations.papers import REMOVAL
from shanghui.cases.operations.undoing import case_of_run
from shanghui.kernel.periods import EPOCH
from shanghui.ledger.people.operations import SEALED
from shanghui.ledger.people.operations.merging import VERB as MERGED
from shanghui.ledger.people.privacy import Level, Sight, field_of, least_of
from shanghui.web.kit.days import table_day

UNSEEN = least_of([])
"""Sees nothing of people."""
_SILENT = {
    "initials", "key", "id_digest", "phone_digest", "from_precision", "id", "unit_id", "chamber_id", "person_id", "organization_id",
    "media_type", "size", "sha256", "stored",
}
_SILENT_IN = {
    ("exchange_submission", "remarks"), ("exchange_submission", "package"), ("exchange_submission", "made_at"), ("exchange_submission", "sent_at"),
    ("exchange_submission", "answered_at"), ("exchange_received", "package"), ("exchange_received", "made_at"),
    ("exchange_received", "received_at"), ("exchange_received", "answered_at"),
    ("reports_report", "kind"), ("reports_report", "made_at"), ("reports_keptdraft", "made_at"), ("reports_closing", "at"),
    ("reports_wordtemplate", "document"), ("reports_wordtemplate", "fields"), ("reports_wordtemplate", "made_at"), ("reports_templateuse", "document"),
    ("reports_templateuse", "template_id"), ("reports_report", "template_id"),
    ("cases_case", "kind"), ("cases_casechamber", "place"), ("cases_steprecord", "step"), ("cases_steprecord", "skipped"),
    ("people_merger", "former"), ("cases_steprecord", "at"), ("cases_casepaper", "step"), ("access_feedkey", "digest"), ("access_feedkey", "made_at"),
}
_SILENT_TABLES = {"activities_attendance", "activities_occasion"}
"""Rows that say nothing without a name beside them: who came is shown on the page, to whoever may see it."""

_CASES = "cases_"
_OF = {
    "cases_casechamber": "chamber_id", "cases_caseperson": "person_id", "cases_nominee": "person_id", "cases_caseorganization": "organization_id",
    "cases_contact": "person_id", "cases_introducer": "person_id",
}
"""Rows of a case that are about somebody or something: said before what changed."""
_NAMED = {("cases_design", "upper_id"), ("cases_casechamber", "target_id"), ("cases_caseperson", "target_id")}
"""Columns of a case whose other end is named."""
_END = "valid_to"


@dataclass(frozen=True)
class Act:
    """One entry of the journal as the page shows it. `undoable`: it changed rows, and was not taken back."""

    entry: AuditEntry
    changes: list[str]
    is_undone: bool
    undoable: bool

    @property
    def case(self) -> int | None:
        """The case that wrote it at its end: it is taken back there, as a whole."""
        return case_of_run(self.entry.run)


def history(subject: Model, limit: int = 30, *, naming: bool = False, sight: Sight = UNSEEN, also: Sequence[int] = ()) -> list[Act]:
    """The newest acts on a record first, at most `limit`. Two queries; `naming`: say of whom or what, for visitors who may see
    people, one more for each table. `sight`: what the visitor sees of people; changes of other fields of theirs are left out.
    `also`: keys of records that were merged into this one: what was done to them goes back after the merger has."""
    entries = list(history_of(subject._meta.db_table, [subject.pk, *also])[:limit])
    done = acts(entries, Names(entries if naming else []), sight)
    return [replace(one, undoable=False) if one.entry.subject_id in also else one for one in done]


def unit_history(record: Model, unit: Unit, limit: int = 30, *, sight: Sight = UNSEEN) -> list[Act]:
    """The same for a record that extends a unit: acts on either (a new name, another parent). Three queries."""
    entries = [*history_of(record._meta.db_table, [record.pk])[:limit], *history_of(unit._meta.db_table, [unit.pk])[:limit]]
    return acts(sorted(entries, key=lambda entry: -entry.pk)[:limit], sight=sight)


def acts(entries: list[AuditEntry], names: Names | None = None, sight: Sight = UNSEEN) -> list[Act]:
    """Entries with their changes in words and whether they can be taken back."""
    gone = undone(entries) if entries else set()
    return [
        Act(entry, in_words(entry, names, sight), entry.pk in gone, entry.pk not in gone and _goes_back_alone(entry))
        for entry in entries
    ]


def _goes_back_alone(entry: AuditEntry) -> bool:
    """Whether it changed rows, was no taking back itself, and is part of no run and no case: these go back as a whole. A receipt
    takes what was written with it along."""
    of_case = entry.subject_table.startswith(_CASES) and entry.verb != REMOVAL
    return bool(entry.changes) and not entry.undoes and (not entry.run or entry.run.startswith(RECEIPT)) and not of_case


def in_words(entry: AuditEntry, names: Names | None = None, sight: Sight = UNSEEN) -> list[str]:
    """«会长：周德明 → 何志强» for each column that changed; sealed numbers are only said to have changed. With `names` it is said
    of a case of whom or what («何志强，赞成票：10 → 1»)."""
    found: list[str] = []
    names = names or Names([])
    told = [change for change in entry.changes if change[0] not in _SILENT_TABLES]
    if entry.verb == MERGED:  # what was moved is seen on the page
        told = [one for one in told if one[0] == "people_merger" or one[:2] == ["people_person", entry.subject_id]]
        found.append(f"并入的有 {len(entry.changes) - len(told)} 处改动")
    for table, pk, before, after in told[:20]:
        model = _model(table)
        if model is None:
            continue
        titles = {f.attname: f for f in model._meta.concrete_fields}
        lines = []
        for name in (after or before or {}):
            if (table, name) in _NAMED:
                lines += names.changed(titles[name], before, after)
            elif name in titles and name not in _SILENT and (table, name) not in _SILENT_IN and _seen(table, name, sight):
                lines += filter(None, [_line(titles[name], before, after, name)])
        whose = names.row(table, pk, before, after)
        gone = "去掉" if after is None and whose else ""
        found += [f"{whose}，{line}" if whose else line for line in lines] or ([f"{gone}{whose}"] if whose else [])
    return found


def _seen(table: str, name: str, sight: Sight) -> bool:
    """Whether a change of this column may be told: what is only seen masked is told where it is sealed, and so only said to have changed."""
    field = field_of(table, name)
    return field is None or sight.level(field.key) == Level.FULL or (sight.sees(field.key) and field.key in SEALED)


class Names:
    """What the rows of cases point to, by name; asked for a page of entries at once, a question for each table."""

    def __init__(self, entries: list[AuditEntry]) -> None:
        changes = [change for entry in entries for change in entry.changes if change[0].startswith(_CASES)]
        self._rows = {table: _pointed(table, column, [one[1] for one in changes if one[0] == table]) for table, column in _OF.items()
                      if any(one[0] == table for one in changes)}
        wanted: dict[str, set[int]] = {}
        for table, _, before, after in changes:
            for values in (before or {}, after or {}):
                for name in values:
                    if values[name] is not None and ((table, name) in _NAMED or _OF.get(table) == name):
                        wanted.setdefault(_target(table, name), set()).add(values[name])
        self._names = {target: _names_of(target, keys) for target, keys in wanted.items()}

    def row(self, table: str, pk: int, before: dict[str, Any] | None, after: dict[str, Any] | None) -> str:
        """Whom or what a row is about; "" where it needs no name."""
        column = _OF.get(table)
        if column is None:
            return ""
        known = (after or before or {}).get(column)
        if known is not None:
            return self._names.get(_target(table, column), {}).get(known, "")
        return self._rows.get(table, {}).get(pk, "")

    def changed(self, field: Field[Any, Any], before: dict[str, Any] | None, after: dict[str, Any] | None) -> list[str]:
        """«上级党组织：甲 → 乙»."""
        known = self._names.get(_target(field.model._meta.db_table, field.attname), {})
        old, new = ((values or {}).get(field.attname) for values in (before, after))
        if old == new:
            return []
        words, was = known.get(new or 0, "（空）"), known.get(old or 0, "（空）")
        return [f"{field.verbose_name}：{was} → {words}" if before else f"{field.verbose_name}：{words}"]


def _target(table: str, column: str) -> str:
    model = _model(table)
    assert model is not None
    field = next(one for one in model._meta.concrete_fields if one.attname == column)
    return str(field.related_model._meta.db_table) if isinstance(field.related_model, type) else ""


def _names_of(target: str, keys: set[int]) -> dict[int, str]:
    """Names by key: of a record that extends a unit, the unit's."""
    model = _model(target)
    if model is None:
        return {}
    name = "unit__name" if any(one.name == "unit" for one in model._meta.concrete_fields) else "name"
    return dict(model._default_manager.filter(pk__in=keys).values_list("pk", name))


def _pointed(table: str, column: str, keys: list[int]) -> dict[int, str]:
    """By row of a table the name of what its column points to, for rows of which only other columns changed."""
    model = _model(table)
    assert model is not None
    path = column.removesuffix("_id")
    name = f"{path}__unit__name" if path in ("chamber", "organization") else f"{path}__name"
    return dict(model._default_manager.filter(pk__in=keys).values_list("pk", name))


def _model(table: str) -> type[Model] | None:
    return next((model for model in apps.get_models() if model._meta.db_table == table), None)


def _line(field: Field[Any, Any], before: dict[str, Any] | None, after: dict[str, Any] | None, name: str) -> str:
    old, new = _written((before or {}).get(name), name), _written((after or {}).get(name), name)
    if old == new or (before is None and new in (None, False, "", EPOCH.isoformat())):
        return ""
    title = "最后一天" if name == _END else str(field.verbose_name)
    if isinstance(new, dict) or isinstance(old, dict):
        words = "（加密保存，有变化）" if _is_sealed(new) or _is_sealed(old) else "（有变化）"
        return f"{title}：{words}" if before else ""
    if field.remote_field is not None:
        return ""
    if before is None:
        return f"{title}：{_word(field, new)}"
    return f"{title}：{_word(field, old)} → {_word(field, new)}"


def _is_sealed(value: Any) -> bool:
    return isinstance(value, dict) and ("sealed" in value or "bytes" in value)


def _written(value: Any, name: str) -> Any:
    """The end of a fact as people write it: the last day, and not the first day after."""
    return (date.fromisoformat(value) - timedelta(days=1)).isoformat() if name == _END and value else value


def _word(field: Field[Any, Any], value: Any) -> str:
    if value is None or value == "":
        return "（空）"
    if isinstance(value, bool):
        return "是" if value else "否"
    words = dict(field.flatchoices)
    return str(words.get(value, table_day(value) if isinstance(value, str) else value))
