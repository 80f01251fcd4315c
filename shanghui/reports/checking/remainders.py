"""What is left: «40 家…34 家…，其余 6 家», «应到 298 名，请假 13 名，实到 285 名», «新设 3126 户，注销 914 户，净增 2212 户» (M44)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from shanghui.reports.checking.ends import FROM_TO
from shanghui.reports.checking.figures import Figure
from shanghui.reports.checking.passage import Passage
from shanghui.reports.checking.verdicts import Finding, against, change

_REST = re.compile(r"(其余|剩余|余下|其他|剩下|尚有|还有|仍有|另有)(的)?$|^余$")
_STAYED = re.compile(r"实到|实际到会|实际出席|实际参加|结余")
_LEFT = re.compile(r"请假|缺席|缺勤|未到|支出|注销|转出|退出|撤销")
_DUE = re.compile(r"应到|应出席|应参加|收入|新设|新增|转入|新建|成立|登记")
_CAME, _WENT = re.compile(r"新增|新设|新建|转入|入库|吸收|发展"), re.compile(r"退|注销|撤销|转出|减少|清理|流失|迁出|去世")
_SO_FAR = re.compile(r"累计|达到?|共|合计|总数")
_TOTAL = re.compile(r"合计|总计|共计|总额|总收入|总支出")
_NET = re.compile(r"净增[长加]?$")
_NOT_YET = re.compile(r"(?:尚未|未|没有)([一-龥]{2})")
MOST = 4


def remainders(passage: Passage) -> Iterator[Finding]:
    """Every figure that is said to be what others leave."""
    for place, one in enumerate(passage.figures):
        if one.is_percent:
            continue
        yield from _on_top_of(passage, place, one)
        said = passage.before(one)
        if _REST.search(said):
            yield from _rest(passage, place, one)
        elif _NET.search(said) or _STAYED.search(said):
            yield from _balance(passage, place, one)
        elif match := _NOT_YET.search(said):
            yield from _not_yet(passage, place, one, match.group(1))


def _like(passage: Passage, place: int, one: Figure) -> list[Figure]:
    """The counts before a figure in its sentence: those of its very unit, where there are two, else those of its kind."""
    counts = [other for other in passage.figures[:place] if other.same_kind(one) and passage.sentence(other.start) == passage.sentence(one.start)]
    alike = [other for other in counts if other.unit == one.unit]
    return alike if len(alike) > 1 else counts


def _rest(passage: Passage, place: int, one: Figure) -> Iterator[Finding]:
    """«40 家…34 家…，其余 6 家»: the first of the sentence less what was named since."""
    counts = _like(passage, place, one)
    if len(counts) == 1:
        counts = [*_head_before(passage, counts[0]), *counts]
    if not 2 <= len(counts) <= MOST:
        return
    whole, parts = counts[0], counts[1:]
    if sum((other.value for other in parts), Fraction(0)) > whole.value:
        return
    low = whole.low - sum((other.high for other in parts), Fraction(0))
    high = whole.high - sum((other.low for other in parts), Fraction(0))
    words = f"{whole.text}减去{'、'.join(other.text for other in parts)}"
    yield change(one, "difference", against(one, low, high), low, high, (whole, *parts), words)


def _head_before(passage: Passage, done: Figure) -> list[Figure]:
    """«共 211 个，其中…。已完成换届 183 个，尚有 28 个未完成»: what the sentence before begins with."""
    here = passage.sentence(done.start)
    before = [other for other in passage.counts if other.same_kind(done) and passage.sentence(other.start) == here - 1]
    return before[:1] if before and "已" in passage.before(done) and before[0].value >= done.value else []


def _balance(passage: Passage, place: int, one: Figure) -> Iterator[Finding]:
    """What was due or came in, less what is away or went out: of several so called their totals."""
    yield from _net_of_two_behind(passage, place, one)
    counts = _like(passage, place, one)
    behind = next((other for other in passage.counts if other.start >= one.end), None)
    if counts and behind is not None and _is_away(passage, counts[-1], one, behind):  # «应到 186 名，实到 171 名，请假 15 名»
        low, high = counts[-1].low - behind.high, counts[-1].high - behind.low
        yield change(one, "difference", against(one, low, high), low, high, (counts[-1], behind), f"{counts[-1].text}减去{behind.text}")
        return
    away = _so_called(passage, [other for other in counts if _LEFT.search(passage.before(other))])
    earlier = [other for other in counts if away is not None and other.end <= away.start and not _LEFT.search(passage.before(other))]
    due = [other for other in earlier if _DUE.search(passage.before(other))]
    whole = next((other for other in reversed(due) if _TOTAL.search(passage.before(other))), due[-1] if due else None)
    if away is None or whole is None or away.value > whole.value or not (away is counts[-1] or _TOTAL.search(passage.before(away))):
        return
    low, high = whole.low - away.high, whole.high - away.low
    yield change(one, "difference", against(one, low, high), low, high, (whole, away), f"{whole.text}减去{away.text}")


def _net_of_two_behind(passage: Passage, place: int, one: Figure) -> Iterator[Finding]:
    """«较年初净增 58 家：新增入库 83 家，退库 25 家»."""
    behind = [other for other in passage.figures[place + 1 : place + 3] if other.same_kind(one) and not other.is_percent]
    if len(behind) < 2 or not _NET.search(passage.before(one)) or passage.sentence(behind[1].start) != passage.sentence(one.start):
        return
    came, went = behind
    if re.match(r"^[^；;。]{0,6}[：:(，,]", passage.between(one, came)) and _CAME.search(passage.before(came)) and _WENT.search(passage.before(went)):
        low, high = came.low - went.high, came.high - went.low
        yield change(one, "difference", against(one, low, high), low, high, (came, went), f"{came.text}减去{went.text}")


def _on_top_of(passage: Passage, place: int, one: Figure) -> Iterator[Finding]:
    """«在去年 45 家的基础上，今年又增加 5 家，累计 50 家»; «新吸收会员 47 家、退会 12 家，会员由 328 家增至 363 家»."""
    row = [other for other in passage.figures[max(0, place - 3) : place] if not other.is_percent and other.unit == one.unit]
    row = [other for other in row if passage.sentence(other.start) == passage.sentence(one.start)]
    if len(row) >= 2 and "基础上" in passage.after(row[-2]) and re.search(r"[增新]", passage.before(row[-1])) and _SO_FAR.search(passage.before(one)):
        base, more = row[-2:]
        low, high = base.low + more.low, base.high + more.high
        yield change(one, "sum", against(one, low, high), low, high, (base, more), f"{base.text}加上{more.text}")
    if len(row) == 3 and _CAME.search(passage.before(row[0])) and _WENT.search(passage.before(row[1])) and FROM_TO.search(passage.between(row[2], one)):
        came, went, base = row
        low, high = base.low + came.low - went.high, base.high + came.high - went.low
        yield change(one, "difference", against(one, low, high), low, high, (base, came, went), f"{base.text}加上{came.text}减去{went.text}")


def _is_away(passage: Passage, due: Figure, came: Figure, away: Figure) -> bool:
    """Whether those due, those who came and those excused stand one after the other in one sentence."""
    one_sentence = passage.sentence(due.start) == passage.sentence(away.start)
    named = "应" in passage.before(due) and re.search(r"请假|缺席", passage.before(away)) and "到" in passage.before(came)
    return bool(named) and one_sentence and due.same_kind(came) and came.same_kind(away)


def _so_called(passage: Passage, some: Sequence[Figure]) -> Figure | None:
    """The only one, or the last that is called a total."""
    totals = [other for other in some if _TOTAL.search(passage.before(other))]
    return totals[-1] if totals else some[0] if len(some) == 1 else None


def _not_yet(passage: Passage, place: int, one: Figure, done: str) -> Iterator[Finding]:
    """«318 条，已整改 296 条…，未整改 22 条»: what has not been done is the whole less what has been."""
    counts = _like(passage, place, one)[-2:]
    if len(counts) < 2 or done not in passage.before(counts[1]) or counts[1].value > counts[0].value:
        return
    whole, part = counts
    if done in passage.before(whole):  # «单独建立21家，联合建立8家，尚未建立5家»: another part, and the whole stands elsewhere
        return
    low, high = whole.low - part.high, whole.high - part.low
    yield change(one, "difference", against(one, low, high), low, high, (whole, part), f"{whole.text}减去{part.text}")
