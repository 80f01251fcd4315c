"""When two names are one: with and without the city before it, and the full form of a Party organization beside the usual one.

中共云泽市茶叶商会支部委员会 and 云泽市茶叶商会党支部 are the same name; 茶叶商会党支部 and 茶业商会党支部 are two.
"""

from __future__ import annotations

from functools import lru_cache

from shanghui.exchange.drafting.names import plain_name, with_and_without_place

_BEFORE = ("中国共产党", "中共")
_ENDINGS = (
    ("总支部委员会", "党总支"), ("党总支部", "党总支"), ("总支部", "党总支"), ("党支部委员会", "党支部"), ("支部委员会", "党支部"), ("党委员会", "党委"),
    ("委员会", "党委"), ("党支部", "党支部"), ("支部", "党支部"),
)


@lru_cache(maxsize=65536)
def unit_name(name: str) -> str:
    """A name for comparison: without spaces and widths, a Party organization by its usual form."""
    plain = plain_name(name)
    for prefix in _BEFORE:
        plain = plain.removeprefix(prefix)
    for ending, usual in _ENDINGS:
        if plain.endswith(ending) and plain != ending:
            return plain[: -len(ending)] + usual
    return plain


@lru_cache(maxsize=65536)
def spellings(name: str, place: str) -> tuple[str, ...]:
    """The forms under which a unit below a city may be known, as written first."""
    return tuple(dict.fromkeys(with_and_without_place(unit_name(name), place))) if name else ()
