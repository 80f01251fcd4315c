"""Cells that ought not to be empty."""

from __future__ import annotations

from shanghui.exchange.recognition.bodies import Body

_EXPECTED: dict[str, tuple[str, ...]] = {
    "member": ("id_number", "joined_on", "category", "birth", "gender", "branch"),
    "activist": ("id_number", "applied_on", "activist_on", "contacts", "birth"),
    "applicant": ("id_number", "applied_on", "birth"),
    "candidate": ("id_number", "applied_on", "activist_on", "candidate_on"),
    "development": ("id_number", "applied_on", "activist_on", "branch"),
    "chamber": ("credit_code", "president", "founded_on", "kind"),
    "party_organization": ("secretary", "approved_on", "term_ends", "members_total"),
    "meeting": ("date", "kind", "topic", "branch", "present", "host"),
    "activity": ("date", "name"),
    "plate": ("signed_on", "branch"),
    "guide_assignment": ("chamber", "from"),
    "appointment": ("post", "chamber", "phone"),
    "transfer": ("from", "to", "date"),
    "dues": ("amount", "base"),
    "term": ("term_ends", "term_starts"),
    "enterprise": ("credit_code", "representative", "chamber"),
}
_MOSTLY = 0.6
_ROAD = ("applied_on", "activist_on", "candidate_on", "joined_on", "confirmed_on")
"""Of a development ledger a day is missing where a later one stands; what has not been reached is not asked for."""


def check_missing(body: Body) -> None:
    """A record without its name is refused; other gaps are shown where most rows have the value."""
    key = body.columns.get(body.key)
    if key is not None:
        for i, record in enumerate(body.records):
            if (
                key not in record.fields
                and key not in record.unsettled
                and not body.grid.errors.get((body.places[i], body.key))
            ):
                if key == "date":
                    body.tell(i, key, "missing", "warning", "没有填写日期。请补填", value=None)
                    continue
                body.tell(i, key, "missing", "error", "这一行没有填名称，不知道是谁。请补填", value=None)
                record.unsettled.add(key)
    for name in _EXPECTED.get(body.table.kind, ()):
        column = body.column_of.get(name)
        if column is not None and name != key:
            _check_column(body, name, column)
    if body.table.kind == "member":
        _check_confirmed(body)


def _check_column(body: Body, name: str, column: int) -> None:
    rows, places = body.grid.rows, body.places
    absent = [i for i, record in enumerate(body.records) if name not in record.fields]
    blank = [i for i in absent if _is_blank(rows[places[i]][column])]
    if not blank or len(blank) > (1 - _MOSTLY) * len(body.records):
        return
    if body.table.kind == "development" and name in _ROAD:
        later = _ROAD[_ROAD.index(name) + 1 :]
        blank = [i for i in blank if not body.records[i].fields.keys().isdisjoint(later)]
    for i in blank:
        place = (body.places[i], column)
        if place not in body.grid.errors and place not in body.grid.uncached:
            body.tell(i, name, "missing", "warning", "没有填写。请补填", value=None)


def _is_blank(value: object) -> bool:
    return value in ("", None) or (
        isinstance(value, str) and (not value.strip() or value.strip() in ("无", "—", "-", "/", "——"))
    )


def _check_confirmed(body: Body) -> None:
    column = body.column_of.get("confirmed_on")
    if column is None:
        return
    for i, record in enumerate(body.records):
        if record.fields.get("category") == "正式党员" and _is_blank(body.grid.rows[body.places[i]][column]):
            body.tell(i, "confirmed_on", "missing", "warning", "类别是正式党员，没有填转正时间。请补填", value=None)
