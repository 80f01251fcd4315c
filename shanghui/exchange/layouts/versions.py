"""The versions of a layout, what each changed, and those an office no longer offers (M49)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from shanghui.access.scope import Scope
from shanghui.exchange.layouts.layout import Heading, Layout
from shanghui.exchange.layouts.models import OwnLayout
from shanghui.exchange.layouts.producing import last_versions, layout_kept, own_office, shipped


@dataclass(frozen=True)
class Version:
    """One version: 0 is the shipped one, without `own`. `changes`: what it changed of the version before, in words."""

    number: int
    layout: Layout
    own: OwnLayout | None
    changes: tuple[str, ...]


def versions(scope: Scope, code: str) -> list[Version]:
    """Every version of a layout that one's own office made, the latest first, then the shipped one. Empty for a code that nobody knows."""
    found: list[Version] = []
    before = shipped().get(code)
    if before is not None:
        found.append(Version(0, before, None, ()))
    for own in OwnLayout.objects.filter(unit=own_office(scope), code=code).select_related("made_by").order_by("version"):
        layout = layout_kept(own)
        if layout is None:
            continue
        told = ("停用",) if own.gone else tuple(changes(before, layout)) if before else ()
        found.append(Version(own.version, layout, own, told))
        before = layout
    return found[::-1]


def withdrawn(scope: Scope) -> list[OwnLayout]:
    """Layouts of one's own office that are not offered any more."""
    return [one for one in last_versions(scope) if one.gone]


def changes(before: Layout, after: Layout) -> Iterator[str]:
    """What changed from one version to the next, in words."""
    if before.title != after.title:
        yield f"改名：{before.title} → {after.title}"
    if (before.receiver, before.year, before.note) != (after.receiver, after.year, after.note):
        yield "改了报给、年度或填报说明"
    old, new = ({one.title: one for one in layout.columns} for layout in (before, after))
    added, gone = [title for title in new if title not in old], [title for title in old if title not in new]
    if added:
        yield f"加了列：{'、'.join(added)}"
    if gone:
        yield f"去了列：{'、'.join(gone)}"
    kept = [title for title in old if title in new]
    if kept != [title for title in new if title in old]:
        yield "改了列的次序"
    for title in kept:
        yield from _changed(old[title], new[title])


def _changed(old: Heading, new: Heading) -> Iterator[str]:
    parts = (
        ("来源", old.source != new.source), ("日期写法", old.dates != new.dates), ("代码表", old.codes != new.codes), ("必填", old.required != new.required),
    )
    said = [word for word, differs in parts if differs]
    if said:
        yield f"“{new.title}”改了{'、'.join(said)}"
