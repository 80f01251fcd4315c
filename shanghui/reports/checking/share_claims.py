"""What a text says of shares: «A 45 名，占 20.5%», «企业会员占 72.9%» with the part named, «30 名书记中，占七成» without (M44)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass

from shanghui.reports.checking.figures import Figure
from shanghui.reports.checking.named_wholes import IN_IT, of_count
from shanghui.reports.checking.passage import Passage

_SHARE = re.compile(r"(?:占|占比|比例|比重)(?P<base>[^占，。；]{0,20}?)(?:的?比例|的?比重|比)?(?:高达|仅为|为|达到|达|约|近|是|仅|只)?的?$|中[，,]?有$")
_GROWTH = re.compile(r"(增长|下降|减少|增加|提高|同比|环比|增幅|增速|降低|上升|增长率|负增长)[^，。]{0,6}$")
_EMPTY = re.compile(r"^(?:全[省市县区国]|总|其|本|该|的|数|量|人|会员|比|为|约|了)*$")
_WHOLE = re.compile(r"总数|总量|总人数|人数|总户数|总|的|数$|全[省市县区国乡镇]+")
_LEADS = re.compile(r"^(?:其中|而|但|则|且|有|现有|共有|含|包括|总数|的)+")
ADJACENT, FAR = 40, 2


@dataclass(frozen=True)
class Claim:
    """A percentage that says what share a count has: of which whole is to be found out. `base`: what the whole is called, "" where it is not
    said; `by_name`: the part stands farther off, and the share names it."""

    percent: Figure
    part: Figure | None
    base: str
    by_name: bool = False


def share_claims(passage: Passage) -> Iterator[Claim]:
    """Every percentage that says of itself that it is a share, with its part."""
    taken: set[int] = set()
    for place, one in enumerate(passage.figures):
        if not one.is_percent:
            continue
        before = passage.whole_before(one)
        match = _SHARE.search(before)
        earlier = passage.figures[place - 1] if place else None
        if match is None or "分别" in before or _GROWTH.search(before) or of_count(passage, earlier, one):
            continue
        adjacent = earlier is not None and not earlier.is_percent and _is_part(passage, earlier, one) and _is_its_own(passage, earlier, one)
        base = _core(match.group("base") or "")
        part = _in_brackets(passage, one) or (earlier if adjacent else _headed(passage, one))
        named = _by_name(passage, one, taken) if part is None else None
        taken |= {part.start} if part is not None else set()
        yield Claim(one, part or named, base, named is not None)


def _in_brackets(passage: Passage, percent: Figure) -> Figure | None:
    """«中国共产党代表占比 58.2%（1746 人）»."""
    after = next((one for one in passage.counts if one.start >= percent.end), None)
    inside = after is not None and passage.between(percent, after) == "(" and passage.ahead(after, 1) == ")"
    return after if inside else None


def _headed(passage: Passage, percent: Figure) -> Figure | None:
    """The count a stretch up to ; or 。 begins with, where other figures stand between it and its share."""
    start = max(passage.shown.rfind(mark, 0, percent.start) for mark in "。；;\n") + 1
    inside = [one for one in passage.figures if start <= one.start < percent.start]
    if len(inside) < 2 or inside[0].is_percent or not _is_its_own(passage, inside[0], percent) or IN_IT.search(passage.between(inside[0], percent)):
        return None
    return inside[0]


def _is_part(passage: Passage, part: Figure, percent: Figure) -> bool:
    """Whether a count directly before a share is its part: in the same sentence, nothing but its own words between. «30 名书记中» is
    the whole."""
    between = passage.between(part, percent)
    one_sentence = passage.sentence(part.start) == passage.sentence(percent.start)
    return one_sentence and len(between) < ADJACENT and not IN_IT.search(between)


def _is_its_own(passage: Passage, part: Figure, percent: Figure) -> bool:
    """Whether a share says what it is a share of the count before it: «294 家，小微企业占七成» does where that count is of 小微企业."""
    subject = _subject(passage, percent)
    if re.search(r"\d|[一二三四五六七八九十][岁年次]", subject) or len(subject) < 2:
        return True
    named = passage.name(part)
    return any(subject[place : place + 2] in named for place in range(len(subject) - 1))


def _subject(passage: Passage, percent: Figure) -> str:
    """What a share says it is of: «小微企业» of «小微企业占七成»; "" where it says nothing («比例达»)."""
    return _LEADS.sub("", re.split(r"所?占|比例|比重", passage.whole_before(percent))[0])


def _by_name(passage: Passage, percent: Figure, taken: Set[int]) -> Figure | None:
    """The count farther off that a share names: «企业会员 6132 个、…。企业会员占 72.9%»; None where several are called so,
    or its share was said already."""
    subject = _subject(passage, percent)
    if len(subject) < 2 or re.search(r"\d", subject):
        return None
    earlier = [one for one in passage.counts if one.end <= percent.start and passage.sentence(percent.start) - passage.sentence(one.start) <= FAR]
    names = [(_LEADS.sub("", passage.before(one)), one) for one in earlier]
    for fits in (str.__eq__, str.endswith, str.startswith, str.__contains__):
        called = [one for name, one in names if fits(name, subject)]
        if called:
            return called[0] if len(called) == 1 and called[0].start not in taken else None
    return None


def _core(base: str) -> str:
    """«发展党员» of «发展党员总数», "" of «总数»."""
    return "" if _EMPTY.match(base) else _WHOLE.sub("", base)


