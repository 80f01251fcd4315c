"""Summary sheets against the ledgers of the same file, and organizations against the roster."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from shanghui.exchange.recognition.bodies import Body
from shanghui.exchange.recognition.cleaning.plain import narrow
from shanghui.exchange.recognition.model import Record
from shanghui.exchange.recognition.told import Told
from shanghui.kernel.workbooks import Grid

Facts = dict[str, list[Record]]
Measure = Callable[[Facts], float | None]


def _count(kind: str, holds: Callable[[dict[str, Any]], bool] = lambda f: True) -> Measure:
    def measure(facts: Facts) -> float | None:
        return float(sum(1 for record in facts[kind] if holds(record.fields))) if facts.get(kind) else None

    return measure


def _is_covered(fields: dict[str, Any]) -> bool:
    return bool(fields.get("party_organization") or fields.get("form") or fields.get("covered"))


def _rate(holds: Callable[[dict[str, Any]], bool]) -> Measure:
    def measure(facts: Facts) -> float | None:
        chambers = facts.get("chamber")
        return sum(1 for record in chambers if holds(record.fields)) / len(chambers) if chambers else None

    return measure


def _distinct_guides(facts: Facts) -> float | None:
    guides = facts.get("guide_assignment")
    return float(len({record.fields.get("guide") for record in guides})) if guides else None


def _sum(kind: str, field: str) -> Measure:
    def measure(facts: Facts) -> float | None:
        records = facts.get(kind)
        if (
            not records
            or any(field in record.unsettled for record in records)
            or not any(field in r.fields for r in records)
        ):
            return None
        return float(sum(record.fields.get(field) or 0 for record in records))

    return measure


def _members(facts: Facts) -> float | None:
    """The people listed; without a list, the members that organizations (or chambers, a joint one once) state."""
    if facts.get("member"):
        return float(len(facts["member"]))
    stated = _sum("party_organization", "members_total")(facts)
    if stated is not None or not facts.get("chamber"):
        return stated
    by_name = {
        str(r.fields.get("party_organization") or r.fields.get("name")): r
        for r in facts["chamber"]
        if r.fields.get("members")
    }
    return _sum("chamber", "members")({"chamber": list(by_name.values())})


def _led_by(*posts: str) -> Callable[[dict[str, Any]], bool]:
    return lambda fields: any(str(fields.get("secretary_chamber_post") or "") == post for post in posts)


def _has_form(form: str) -> Callable[[dict[str, Any]], bool]:
    return lambda fields: fields.get("form") == form


_SHARE = re.compile(r"(?:所)?占(?:党员总数的?)?(?:比例|比重|比|%)|比例|比重|百分比|率$")
_OTHER = re.compile(r"新|去年|上年|同期|增|减|转入|转出|培训|困难|其他|培养|计划|应|拟")
FIGURES: tuple[tuple[re.Pattern[str], Measure], ...] = tuple(
    (re.compile(pattern), measure)
    for pattern, measure in (
        (r"书记由会长[、和或/]?副会长.*担任", _count("party_organization", _led_by("会长", "副会长", "常务副会长"))),
        (r"书记由会长.*担任|会长.*兼任?书记", _count("party_organization", _led_by("会长"))),
        (r"工作覆盖率|工作覆盖", _rate(lambda f: _is_covered(f) or bool(f.get("guide")))),
        (r"组建率|组织覆盖率|党组织覆盖率|覆盖率", _rate(_is_covered)),
        (r"(?:未|没有|尚未)(?:成立|建立|组建).*(?:商会|家)", _count("chamber", lambda f: not _is_covered(f))),
        (r"(?:联合组建|建立联合党支部|联合).*商会", _count("chamber", _has_form("联合组建"))),
        (r"(?:单独组建|建立党支部|单独建立).*商会", _count("chamber", _has_form("单独组建"))),
        (r"(?:已?建立|已?成立|已?组建)党组织.*(?:商会|家)", _count("chamber", _is_covered)),
        (r"联合党支部", _count("party_organization", lambda f: "联合" in f"{f.get('name')}{f.get('form')}")),
        (r"预备党员", _count("member", lambda f: f.get("category") == "预备党员")),
        (r"正式党员", _count("member", lambda f: f.get("category") == "正式党员")),
        (r"女党员|女性党员", _count("member", lambda f: f.get("gender") == "女")),
        (r"流动党员", _count("member", lambda f: f.get("floating") is True)),
        (r"少数民族党员", _count("member", lambda f: f.get("ethnicity") not in (None, "汉族"))),
        (r"积极分子", _count("activist")),
        (r"发展对象", _count("candidate")),
        (r"入党申请人", _count("applicant")),
        (r"^(?:中共)?党员(?:总?人?数|总数|合计)?$|^人数$", _members),
        (r"指导员|联络员", _distinct_guides),
        (r"会员企业", _sum("chamber", "member_enterprises")),
        (r"示范户|亮牌", _count("plate")),
        (r"(?:党组织|党支部|支部)(?:总?数|个数|总数)?$", _count("party_organization")),
        (r"商会(?:总?数|家数|总数|个数)?$", _count("chamber")),
        (r"^活动(?:总?数|次数|场次)?$|开展活动", _count("activity")),
        (r"三会一课", _count("meeting")),
    )
)


_NO_FIGURE = 1e9
"""A number from here on is a telephone or a code."""


def check_summaries(bodies: Sequence[Body], passed: Sequence[Grid], told: Told) -> None:
    """Each labelled number of a sheet without records that the ledgers of the file can confirm or contradict."""
    if not passed:
        return
    facts, visible = facts_of(bodies), facts_of([body for body in bodies if not body.grid.hidden], only_active=True)
    if not facts:
        return
    for grid in passed:
        if len(grid.rows) > 200:
            continue
        for row, column, label, value in _labelled(grid):
            expected, active = expected_of(label, facts), expected_of(label, visible)
            stated = number_of(value)
            if expected is None or stated is None or (active is not None and same(stated, active)):
                continue
            if not same(stated, expected):
                told.of_cell(
                    grid.name,
                    row + 1,
                    column,
                    None,
                    label,
                    "figure_mismatch",
                    "warning",
                    f"写的是{written(value)}，由本文件的台账算出是{shown(expected, label)}。请核对",
                    value,
                )


def facts_of(bodies: Sequence[Body], *, only_active: bool = False) -> Facts:
    facts: Facts = {}
    for body in bodies:
        records = [record for record in body.records if not (only_active and "status" in record.fields)]
        facts.setdefault(body.table.kind, []).extend(records)
    return facts


def _labelled(grid: Grid) -> Iterator[tuple[int, int, str, Any]]:
    """(row, column, label, value): a number with its label to the left, or above it in the row before."""
    for index, row in enumerate(grid.rows):
        label = ""
        for column, value in enumerate(row):
            if isinstance(value, str) and any("\u4e00" <= c <= "\u9fff" for c in value) and number_of(value) is None:
                label = value
            elif number_of(value) is not None and label:
                yield index, column, label, value
                label = ""
        if index and is_labels(grid.rows[index - 1]) and not any(_is_text(value) for value in row):
            for column, value in enumerate(row):
                above = grid.at(index - 1, column)
                if (
                    number_of(value) is not None
                    and isinstance(above, str)
                    and above.strip()
                    and not isinstance(grid.at(index, max(column - 1, 0)), str)
                ):
                    yield index, column, above, value


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip()) and number_of(value) is None


def is_labels(row: list[Any]) -> bool:
    texts = [value for value in row if isinstance(value, str) and value.strip() and number_of(value) is None]
    return len(texts) >= 3 and all(value in ("", None) or isinstance(value, str) for value in row)


def number_of(value: Any) -> float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value) if abs(value) < _NO_FIGURE else None
    found = re.match(r"^(\d{1,9}(?:\.\d+)?)(%|[家个人名户次场])?$", narrow(value)) if isinstance(value, str) else None
    if not found:
        return None
    return float(found.group(1)) / (100 if found.group(2) == "%" else 1)


def expected_of(label: str, facts: Facts) -> float | None:
    plain = re.sub(r"[(（][^)）]*[)）]", "", narrow(label)).removeprefix("其中").lstrip(":：、.0123456789")
    plain = re.sub(r"^(?:直属|全市|本市|全县|现有|共有|市直)", "", plain)
    if _OTHER.search(plain):
        return None
    share = _SHARE.search(plain)
    if share is None or "覆盖率" in plain or "组建率" in plain:
        return next((measure(facts) for pattern, measure in FIGURES if pattern.search(plain)), None)
    members, part = len(facts.get("member", ())), expected_of(plain[: share.start()], facts)
    return part / members if members and part is not None and "党员" in plain else None


def same(stated: float, expected: float) -> bool:
    if 0 < expected < 1 or (expected == 1 and stated > 1):
        return abs(stated - expected) < 0.006 or abs(stated / 100 - expected) < 0.006
    return abs(stated - expected) < 0.005


def written(value: Any) -> str:
    return value if isinstance(value, str) else f"{value:g}"


def shown(expected: float, label: str) -> str:
    return f"{expected * 100:.1f}%".replace(".0%", "%") if set("率占比%") & set(label) else f"{expected:g}"


_OF_BRANCH = (
    ("members_total", "member", None),
    ("members_full", "member", "正式党员"),
    ("members_probationary", "member", "预备党员"),
    ("activists", "activist", None),
)


def check_rosters(bodies: Sequence[Body]) -> None:
    """The figures of each organization against the people listed under its name."""
    if not any(body.table.kind in ("party_organization", "chamber") for body in bodies):
        return
    counts: dict[tuple[str, str | None, str], int] = {}
    listed: set[tuple[str, str]] = set()
    numbers: set[tuple[str, str, str]] = set()
    for body in bodies:
        if body.table.kind in ("member", "activist"):
            for record in body.records:
                branch, number = str(record.fields.get("branch") or ""), record.fields.get("id_number")
                if number and (body.table.kind, branch, number) in numbers:
                    continue
                numbers.add((body.table.kind, branch, str(number)))
                listed.add((body.table.kind, branch))
                for category in {None, record.fields.get("category")}:
                    at = (body.table.kind, category, branch)
                    counts[at] = counts.get(at, 0) + 1
    for body in bodies:
        if body.table.kind == "party_organization":
            for field, kind, category in _OF_BRANCH:
                _check_branch(body, field, kind, category, counts, listed)
        elif body.table.kind == "chamber" and "members" in body.column_of:
            _check_chamber(body, counts, listed)


def _check_chamber(body: Body, counts: dict[tuple[str, str | None, str], int], listed: set[tuple[str, str]]) -> None:
    """Members stated beside an organization that only this chamber has."""
    named = [str(record.fields.get("party_organization") or "") for record in body.records]
    for i, (record, name) in enumerate(zip(body.records, named, strict=True)):
        stated = record.fields.get("members")
        if stated is None or ("member", name) not in listed or named.count(name) > 1 or "联合" in name:
            continue
        counted = counts.get(("member", None, name), 0)
        if counted != stated:
            body.tell(
                i, "members", "figure_mismatch", "warning", f"写的是{stated}人，党员名册里“{name}”有{counted}人。请核对"
            )


def _check_branch(
    body: Body,
    field: str,
    kind: str,
    category: str | None,
    counts: dict[tuple[str, str | None, str], int],
    listed: set[tuple[str, str]],
) -> None:
    for i, record in enumerate(body.records):
        name, stated = str(record.fields.get("name") or ""), record.fields.get(field)
        if stated is None or (kind, name) not in listed:
            continue
        counted = counts.get((kind, category, name), 0)
        if counted != stated:
            words = "入党积极分子名册" if kind == "activist" else "党员名册"
            body.tell(
                i, field, "figure_mismatch", "warning", f"写的是{stated}人，{words}里“{name}”有{counted}人。请核对"
            )
