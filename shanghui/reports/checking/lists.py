"""A number and the list it counts: «5 个社区，分别为…», «…等十项制度», «三种方式：一是…二是…三是» (M44)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from shanghui.reports.checking.figures import Figure, chinese_number
from shanghui.reports.checking.passage import Passage
from shanghui.reports.checking.verdicts import Finding, Verdict

_NAMED = re.compile(r"^[^。；;，,：:]{0,14}?(?:[,，](?:比|较|同比)[^，,。；;：:]{2,14}(?=[,，]))?(?:[,，])?(?:分别为|分别是|包括|即|：|:|——)")
_ORDERED = re.compile(r"([一二三四五六七八九十])是")
_TAIL_UNITS = "项大种个家条类地"
_PAIR = re.compile(r"^(.{1,20}?)(?:以及|和|与|及)(.{1,20})$")
_QUOTED = re.compile(r"^\(((?:“[^”]*”[、,，]?)+)\)")
_PHRASE = re.compile(r"[“\"]([二三四五六七八九十])(个|项|大|类)(?P<noun>[一-龥]{2,4})[”\"][:：](?P<list>[^。；;!\n，,]{4,120})")
LONGEST, FEWEST, MANY, MOST = 40, 3, 6, 40
ORDER = "一二三四五六七八九十"


def lists(passage: Passage) -> Iterator[Finding]:
    """Every number whose list stands beside it."""
    yield from _set_phrases(passage)
    for one in passage.counts:
        if not one.is_exact or not 1 <= one.value <= MOST:
            continue
        found = _quoted(passage, one) or (_written_out(passage, one) if one.value > 1 else None)
        if found is not None:
            least, most, sure = found
            yield from _judged(one, least, most, sure)


def _set_phrases(passage: Passage) -> Iterator[Finding]:
    """«“四个服务”：服务党员、服务驻地、服务家乡、服务发展»: each of the list begins or ends with what the phrase counts."""
    for match in _PHRASE.finditer(passage.shown):
        value = chinese_number(match.group(1))
        items = [one for one in match.group("list").split("、") if one]
        noun = match.group("noun")
        if not value or len(items) < FEWEST or not all(one.startswith(noun) or one.endswith(noun) for one in items):
            continue
        exact = Fraction(value)
        one = Figure(match.start(1), match.end(1) + 1, passage.text[match.start(1) : match.end(1) + 1], exact, exact, exact, match.group(2))
        yield from _judged(one, len(items), len(items), True)


def _written_out(passage: Passage, one: Figure) -> tuple[int, int, bool] | None:
    """(fewest, most, certain): how many items the list beside a number has."""
    return _ordered(passage, one) or _after(passage, one) or _before(passage, one)


def _quoted(passage: Passage, one: Figure) -> tuple[int, int, bool] | None:
    """«2 期（“甲”“乙”）»: names in quotation marks, and nothing else, in brackets right behind the number."""
    match = _QUOTED.match(passage.rest(one))
    number = match.group(1).count("“") if match else 0
    return (number, number, True) if match else None


def _judged(one: Figure, least: int, most: int, sure: bool) -> Iterator[Finding]:
    right = least <= one.value <= most
    if not right and not sure:
        return
    expected = str(most)
    message = f"列出的有{expected}项" if right else f"写的是{one.text}，列出的有{expected}项"
    yield Finding(one, "enumeration", Verdict.OK if right else Verdict.WRONG, expected, (), message)


def _ordered(passage: Passage, one: Figure) -> tuple[int, int, bool] | None:
    """«一是…二是…三是»: the last in unbroken order, before the next such list begins."""
    if one.unit not in _TAIL_UNITS:
        return None
    rest = passage.rest(one)[:400]
    if not 0 <= rest.find("一是") < 40:
        return None
    reached = 0
    for match in _ORDERED.finditer(rest):
        place = ORDER.index(match.group(1)) + 1
        if place != reached + 1:
            break
        reached = place
    return (reached, reached, True) if reached >= 2 else None


def _after(passage: Passage, one: Figure) -> tuple[int, int, bool] | None:
    """A list that follows, up to the end of its clause."""
    rest = passage.rest(one)
    opened = _NAMED.match(rest)
    if opened is None:
        return None
    body = re.split(r"[。；;！\n]", re.sub(r"\([^()]*\)", "", rest[opened.end() :]))[0]
    if "分别" not in opened.group(0) and re.search(r"[，,]", body.split("、")[0]):
        return None
    body = re.split(r"[，,](?=[^、]{0,12}(?:分别|\d))", body)[0]
    if re.search(r"等$|等[，,]", body):
        return None
    counted = _counted(body)
    if counted is not None and re.search(r"\d", re.sub(r"\d{4}年|“[^”]*”", "", body)):
        return counted[0], counted[1], False
    return counted


def _before(passage: Passage, one: Figure) -> tuple[int, int, bool] | None:
    """«A、B、C等十项制度», «党建、法律、金融三个委员会»: the list the number ends. With 等 more may be meant than are named, unless all
    are called what the number counts."""
    text = passage.upto(one)
    also = text.endswith("等")
    body = re.split(r"[。；;，,：:！\n]", text.removesuffix("等"))[-1].replace("》《", "》、《")
    if body.count("、") < FEWEST - 1 or (counted := _counted(body)) is None:
        return None
    least, most, sure = counted
    if also:
        nearly_all = least == most >= MANY and one.value == most + 1
        return least, most, sure and (one.value < least or nearly_all or _called_alike(body, passage.ahead(one)))
    goes_on = re.match(r"[^。；;，,：:！、]*、", passage.ahead(one))  # «简报、述职、年会三个报告、档案»: itself one of the list
    return (least, most, sure and _closes(body)) if one.unit in _TAIL_UNITS and not one.text[0].isdigit() and not goes_on else None


def _called_alike(body: str, after: str) -> bool:
    """Whether every item ends with the word that the number counts: «学习制度、考勤制度等六项制度»."""
    tails = {re.sub(r"[》”]$", "", one)[-2:] for one in body.split("、")}
    return len(tails) == 1 and after.startswith(tails.pop())


def _closes(body: str) -> bool:
    """Whether the last item is as short as those before it: then the number stands right behind the list."""
    items = body.split("、")
    return len(items[-1]) <= max(len(one) for one in items[1:-1]) + 1


def _counted(body: str) -> tuple[int, int, bool] | None:
    """(fewest, most, certain): how many items a list has. «推动和示范» at its end are two where the others are as short."""
    items = [one.strip() for one in re.sub(r"“[^”]*”", lambda match: "“" + "·" * (len(match.group(0)) - 2) + "”", body).split("、")]
    items = [one for one in items if one]
    if len(items) < FEWEST - 1 or any(len(one) > LONGEST for one in items):
        return None
    pair = _PAIR.match(items[-1])
    if pair is None:
        return len(items), len(items), len(items) >= FEWEST
    usual = sum(len(one) for one in items[:-1]) / max(1, len(items) - 1)
    two = all(abs(len(part) - usual) <= max(1, usual / 4) for part in pair.groups())
    return (len(items) + 1, len(items) + 1, len(items) >= FEWEST - 1) if two else (len(items), len(items) + 1, False)
