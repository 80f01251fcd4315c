"""«工作单位及商会职务» in one cell: enterprise, post there, chamber, post there."""

from __future__ import annotations

import re
from typing import Any

from shanghui.exchange.recognition.cleaning.plain import NOTHING, visible
from shanghui.exchange.recognition.cleaning.setting import Setting
from shanghui.exchange.recognition.outcome import Outcome

_PARTS = re.compile(r"[、,，;；\n\r]+|\s{1,}")
_CHAMBER = re.compile(r"^(.*(?:商会|协会|联合会|促进会|同业公会))(.*)$")
_ENTERPRISE = re.compile(
    r"^(.*(?:公司|集团|工厂|合作社|事务所|酒店|超市|商行|经营部|批发部|门市部|商店|中心|医院|学校|银行|工作室|厂|店|行|部|社|院|所|场))(.*)$"
)
_POST = re.compile(r"(?:商会)?(?:名誉会长|(?:常务|执行)?副?会长|监事长|副?监事长|监事|(?:常务)?副?秘书长|(?:常务)?理事)")
"""A post of a chamber that is not named: the member's own."""
_BRACKETS = re.compile(r"^[(（]([^()（）]*)[)）](.*)$")


def work(value: Any, _: Setting) -> Any:
    """The parts of the cell as fields of their own."""
    plain = visible(value)
    if plain in NOTHING:
        return None
    more: dict[str, Any] = {}
    for part in (piece for piece in _PARTS.split(plain) if piece):
        chamber = _CHAMBER.match(part)
        if chamber and "chamber" not in more:
            _put(more, "chamber", chamber.group(1), "chamber_post", chamber.group(2))
            continue
        enterprise = _ENTERPRISE.match(part)
        if enterprise and "enterprise" not in more:
            _put(more, "enterprise", enterprise.group(1), "enterprise_post", enterprise.group(2))
        elif "enterprise" not in more and _POST.fullmatch(part):
            more.setdefault("chamber_post", part)
        elif "enterprise" not in more and (not more or more.keys() == {"chamber_post"}):
            more["enterprise"] = part
        elif "chamber" in more and "chamber_post" not in more:
            more["chamber_post"] = part
        else:
            more["enterprise_post"] = "、".join(filter(None, (more.get("enterprise_post"), part)))
    return Outcome(None, None, False, more)


def _put(more: dict[str, Any], field: str, name: str, post_field: str, post: str) -> None:
    more[field] = name
    inside = _BRACKETS.match(post)
    bare = (inside.group(2) or inside.group(1)) if inside else post
    if bare:
        more[post_field] = bare
