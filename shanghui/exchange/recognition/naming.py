"""Which kind of record a table holds, and which field each of its columns is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from shanghui.exchange.recognition.headings import field_for, fields_for, forms_of, plain_heading
from shanghui.exchange.recognition.signs import NAMED_BY, REQUIRED, TITLE_SUFFICES
from shanghui.exchange.recognition.vocabulary import IGNORED, KINDS, fields_of, known_headings

_OTHER_DATE = ("原", "曾", "拟", "计划", "入党时", "转正时")
_LISTS = ("contacts", "introducers")
_TITLE_WEIGHT = 6.0
_SHARED = {("activity", "expected")}
"""Fields that do not speak for their kind: who should have come is asked of meetings first."""


@dataclass(frozen=True)
class Named:
    """A kind, and the field of each column (None: no field of this kind)."""

    kind: str
    columns: dict[int, str | None]
    score: float


def name_table(
    paths: Mapping[int, tuple[str, ...]],
    titles: Iterable[str],
    learned: Mapping[str, str],
    forced: Mapping[int, str | None] | None = None,
    only: str | None = None,
) -> Named | None:
    """The kind whose fields the headings name best, helped by the titles (nearest first); None when none fits."""
    spoken = _spoken_for(titles)
    others_tell = any(len(_tells(kind, _columns(kind, paths, learned)[0])) > 1 for kind in TITLE_SUFFICES)
    best: Named | None = None
    for kind in (only,) if only else KINDS:
        columns, score = _columns(kind, paths, learned)
        if forced:
            known = fields_of(kind)
            columns.update({c: f if f in known else None for c, f in forced.items()})
            score += sum(4 for field in forced.values() if field in known)
        if not _has_required(kind, columns, kind in spoken and kind in TITLE_SUFFICES):
            continue
        score += spoken.get(kind, 0.0) if _tells(kind, columns) or not others_tell else 0.0
        if best is None or score > best.score:
            best = Named(kind, columns, score)
    return best


def _tells(kind: str, columns: Mapping[int, str | None]) -> set[str | None]:
    """The columns that only this kind of list has. A title that names two kinds does not stand against two of another's."""
    return set(columns.values()).intersection(*REQUIRED[kind][1:])


def _spoken_for(titles: Iterable[str]) -> dict[str, float]:
    """How strongly titles speak for kinds: the nearest title counts most, a longer word more than a shorter one."""
    found: dict[str, float] = {}
    weight = _TITLE_WEIGHT
    for title in titles:
        plain = re.sub(r"[()（）〔〕《》\[\]]", "", plain_heading(title))
        for kind, words in NAMED_BY.items():
            longest = max((len(word) for word in words if word in plain), default=0)
            if longest:
                found[kind] = max(found.get(kind, 0.0), weight + longest * 0.4)
        weight *= 0.8
    return found


def _has_required(kind: str, columns: Mapping[int, str | None], titled: bool) -> bool:
    present = {field for field in columns.values() if field}
    if len(present - {"remark"}) < 2:
        return False
    if titled and len(present) >= 3:
        return not present.isdisjoint(REQUIRED[kind][0])
    return all(present.intersection(group) for group in REQUIRED[kind])


def _columns(
    kind: str, paths: Mapping[int, tuple[str, ...]], learned: Mapping[str, str]
) -> tuple[dict[int, str | None], float]:
    """Each column's field; of two columns for one field the surer wins, then the first. Learned as "": left out."""
    known = known_headings()
    sure: dict[str, tuple[int, int]] = {}
    columns: dict[int, str | None] = dict.fromkeys(paths)
    paths = {
        column: path for column, path in paths.items() if not any(learned.get(form) == "" for form in forms_of(path))
    }
    learned = {heading: field for heading, field in learned.items() if field in fields_of(kind)}
    lists: dict[int, str] = {}
    meant = {column: fields_for(path, kind, known, learned) for column, path in paths.items()}
    for column, path in sorted(paths.items(), key=lambda item: len(meant[item[0]][0])):
        fields, rank = meant[column]
        field = next((one for one in fields if one not in sure), fields[0] if fields else None)
        if field is None or field not in fields_of(kind):
            field, rank = _numbered(path, kind)
            if field:
                lists[column] = field
                continue
        if field and (field not in sure or rank > sure[field][0]):
            sure[field] = (rank, column)
    for column, path in paths.items():
        near = _near(path, kind) if column not in {place for _, place in sure.values()} else None
        if near and near not in sure:
            sure[near] = (0, column)
    score = 0.0
    for field, (rank, column) in sure.items():
        columns[column] = field
        score += (0.6, 1.0, 1.4, 2.0)[rank] if (kind, field) not in _SHARED else 0.0
    columns.update(lists)
    return columns, score - 0.05 * sum(1 for field in columns.values() if field is None)


def _numbered(path: tuple[str, ...], kind: str) -> tuple[str | None, int]:
    """«入党介绍人1», «入党介绍人2»: several columns that make one list."""
    bare = plain_heading(path[-1]).rstrip("12一二①②")
    if bare != plain_heading(path[-1]):
        field, rank = field_for((bare,), kind, known_headings(), {})
        if field in _LISTS:
            return field, rank
    return None, 0


def _near(path: tuple[str, ...], kind: str) -> str | None:
    """The field whose heading (four characters or more) stands within a longer heading."""
    plain = plain_heading(path[-1])
    if plain in IGNORED or plain.startswith(_OTHER_DATE) or len(plain) > 24:
        return None
    best, length = None, 3
    for heading, owners in known_headings().items():
        if length < len(heading) < len(plain) and heading in plain:
            for owner, field in owners:
                if owner == kind:
                    best, length = field, len(heading)
    return best
