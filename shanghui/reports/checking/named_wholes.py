"""Percentages whose whole stands right before them («占生产总值 1853.2 亿元的 65.0%»), or is too small to give them (M44)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shanghui.reports.checking.figures import Figure
from shanghui.reports.checking.passage import Passage
from shanghui.reports.checking.slips import slip_in_share
from shanghui.reports.checking.verdicts import FITS, Finding, Verdict, against, in_digits, share_finding, share_verdict

IN_IT = re.compile(r"^[^，。]{0,12}中[，,有]|其中")
_MEASURED = re.compile(r"占|完成|达到?|为|相当于|实现")
_OF_PLAN = re.compile(r"完成(?:全年|年度|年初|原定)?(?:计划|任务|目标)(?:任务|数|总数)?的?$")
_PLANNED, _DONE = re.compile(r"计划|任务|目标|确定|下达|预算"), re.compile(r"实际|完成|已")
SMALL, LATELY = 200, 3


def of_count(passage: Passage, earlier: Figure | None, percent: Figure) -> bool:
    """Whether a percentage is of the count right before it: «占生产总值 1853.2 亿元的 65.0%»."""
    if earlier is None or earlier.is_percent:
        return False
    between = passage.between(earlier, percent)
    return between == "的" or bool(re.match(r"^[一-龥]{1,8}的$", between) and re.search(r"占[^，,；;。]*$", passage.whole_before(earlier)))


def of_named_counts(passage: Passage) -> Iterator[Finding]:
    """The part is the count of its kind before the whole: the one that fits, or the only one."""
    for place, percent in enumerate(passage.figures[1:], 1):
        whole = passage.figures[place - 1]
        if not percent.is_percent or not of_count(passage, whole, percent) or not _MEASURED.search(passage.whole_before(whole)):
            continue
        parts = [one for one in passage.counts if one.end <= whole.start and one.same_kind(whole)]
        parts = [one for one in parts if passage.sentence(one.start) == passage.sentence(whole.start)][-LATELY:]
        fitting = [one for one in parts if share_verdict(percent, one, whole) in FITS]
        slipped = [one for one in parts if slip_in_share(percent, one, whole)]
        part = next(iter(fitting or slipped or (parts if len(parts) == 1 else [])), None)
        if part is not None:
            yield share_finding(percent, part, whole, share_verdict(percent, part, whole))


def of_plans(passage: Passage) -> Iterator[Finding]:
    """«计划发展 60 名，实际发展 63 名，完成计划的 105%»: what was done of what was planned, of the last two counts of a kind."""
    for percent in passage.figures:
        if not percent.is_percent or not _OF_PLAN.search(passage.whole_before(percent)):
            continue
        earlier = [one for one in passage.counts if one.end <= percent.start and passage.sentence(one.start) == passage.sentence(percent.start)][-2:]
        if len(earlier) == 2 and earlier[0].same_kind(earlier[1]):
            planned, done = earlier
            if _PLANNED.search(passage.whole_before(planned)) and _DONE.search(passage.whole_before(done)) and planned.value:
                yield share_finding(percent, done, planned, share_verdict(percent, done, planned))


def possible(passage: Passage, percent: Figure) -> Finding | None:
    """A share of a small whole without its part: some whole number must give it (plausible_percent)."""
    counts = [one for one in passage.counts if one.end <= percent.start and passage.sentence(one.start) == passage.sentence(percent.start)]
    if not counts or not IN_IT.search(passage.between(counts[-1], percent)):
        return None
    whole = counts[-1]
    if whole.value > SMALL or whole.about or not whole.is_exact or not whole.value:
        return None
    close = min(range(int(whole.value) + 1), key=lambda part: abs(100 * part / whole.value - percent.value))
    share_of_it = 100 * close / whole.value
    verdict = against(percent, share_of_it, share_of_it)
    expected = in_digits(share_of_it, share_of_it, percent)
    said = f"{whole.text}里的{close}占{expected}"
    if verdict is Verdict.WRONG:
        said = f"{whole.text}里没有哪个人数正好占{percent.text}，最近的是{close}，占{expected}"
    return Finding(percent, "plausible_percent", verdict, expected, (whole,), said)
