"""«会长：高明；书记：林松» in one cell: each person to the field of his post."""

from __future__ import annotations

import re
from typing import Any

from shanghui.exchange.recognition.cleaning.plain import NOTHING, names_in, narrow, visible
from shanghui.exchange.recognition.cleaning.setting import Setting
from shanghui.exchange.recognition.outcome import Fault, Outcome

_PARTS = re.compile(r"[;；\n\r]+|[/／，,、](?=[^;；:：/／，,、]{1,6}[:：])")
_FIELDS = {
    **dict.fromkeys(("会长", "负责人", "法定代表人"), "president"),
    **dict.fromkeys(("书记", "党支部书记", "支部书记", "党组织书记"), "secretary"),
    "副书记": "deputy_secretary",
    "秘书长": "secretary_general",
}
_LABELLED = re.compile(r"(?P<post>[^:：\s]{2,8})[:：\s]\s*(?P<names>.+)")
_BEHIND = re.compile(r"(?P<names>[^()（）]{2,})[（(](?P<post>[^()（）]{2,8})[)）]")
_NAME = re.compile(r"[\u3400-\u9fff]{2,4}")
_WHY = "这一列只取写明的会长、书记、副书记和秘书长，班子其他成员请另列任职表"


def leaders(value: Any, setting: Setting) -> Any:
    """The people with a post that has a field of its own; a lone name is the first post that the heading names."""
    plain = visible(value)
    if plain in NOTHING:
        return None
    more: dict[str, Any] = {}
    left: list[str] = []
    for part in (piece.strip() for piece in _PARTS.split(plain)):
        found = _LABELLED.fullmatch(part) or _BEHIND.fullmatch(part)
        field = _FIELDS.get(narrow(found["post"])) if found else None
        names = names_in(found["names"]) if found else []
        if field and len(names) == 1:
            more.setdefault(field, names[0])
        elif part:
            left.append(part)
    first = next((field for word, field in _FIELDS.items() if narrow(setting.heading).startswith(word)), None)
    if not more and first and len(left) == 1 and _NAME.fullmatch(narrow(left[0])):
        return Outcome(None, None, False, {first: narrow(left[0])})
    fault = Fault("several_values", "info", f"“{'；'.join(left)}”没有采用：{_WHY}") if left else None
    return Outcome(None, fault, False, more)
