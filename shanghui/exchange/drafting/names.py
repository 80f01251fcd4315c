"""Names as offices write them: the same chamber with and without spaces, brackets or the city before it."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from shanghui.ledger.organizations.models import ChamberKind, Form, OrganizationKind


@lru_cache(maxsize=65536)
def plain_name(name: str) -> str:
    """For comparison: full-width characters narrowed, spaces and quotation marks dropped."""
    narrowed = unicodedata.normalize("NFKC", name)
    return "".join(character for character in narrowed if not character.isspace() and character not in "“”\"'‘’·")


@lru_cache(maxsize=65536)
def with_and_without_place(name: str, place: str) -> tuple[str, ...]:
    """The plain forms of a name below a city, as written first: 茶叶商会, 云泽市茶叶商会, 云泽茶叶商会 are one."""
    plain, city = plain_name(name), plain_name(place)
    short = city.removesuffix("市").removesuffix("县").removesuffix("区")
    bare = plain.removeprefix(city) if plain.startswith(city) else plain.removeprefix(short)
    return plain, f"{city}{bare}", bare, f"{short}{bare}"


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The one known name so like this one that it is probably meant, or None."""
    found = difflib.get_close_matches(plain_name(name), known, n=1, cutoff=0.88)
    return found[0] if found else None


_CHAMBER_WORDS = (
    ("街道", ChamberKind.SUBDISTRICT), ("园区", ChamberKind.PARK), ("物流园", ChamberKind.PARK), ("市场", ChamberKind.MARKET),
    ("楼宇", ChamberKind.BUILDING), ("社区", ChamberKind.VILLAGE), ("镇", ChamberKind.TOWNSHIP), ("乡", ChamberKind.TOWNSHIP),
    ("村", ChamberKind.VILLAGE),
)


def chamber_kind(written: str, name: str = "") -> ChamberKind:
    """The kind an office means by «行业商会», «异地商会», «乡镇(街道)商会» …; from the name where nothing is written."""
    for kind in ChamberKind:
        if written and kind.label in written:
            return kind
    for word, kind in _CHAMBER_WORDS:
        if word in (written or name):
            return kind
    return ChamberKind.OTHER


_FORM_WORDS = (
    ("单独", Form.OWN), ("联合", Form.JOINT), ("行业", Form.INDUSTRY), ("区域", Form.AREA), ("功能", Form.FUNCTIONAL),
    ("临时", Form.TEMPORARY), ("挂靠", Form.ATTACHED), ("兜底", Form.ATTACHED), ("依托", Form.ATTACHED),
)


def form_of(written: str, organization_name: str = "") -> Form:
    """The form of establishment an office means; from the organization's name where nothing is written."""
    for text in (written, organization_name):
        for word, form in _FORM_WORDS:
            if text and word in text and not (text is organization_name and form in (Form.INDUSTRY, Form.AREA)):
                return form
    return Form.OWN


_KIND_WORDS = (
    ("总支", OrganizationKind.GENERAL_BRANCH), ("支部", OrganizationKind.BRANCH), ("小组", OrganizationKind.GROUP),
    ("党委", OrganizationKind.COMMITTEE),
)


def kind_in(text: str) -> OrganizationKind | None:
    """党委, 党总支, 党支部 or 党小组, where the text says one."""
    return next((kind for word, kind in _KIND_WORDS if word in text), None)


def organization_kind(written: str, name: str) -> OrganizationKind:
    """The kind from the column or the name; a branch where neither says one."""
    return kind_in(written) or kind_in(name) or OrganizationKind.BRANCH
