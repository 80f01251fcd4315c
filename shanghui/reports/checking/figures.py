"""The figures of a text, with their places: counts and percentages as exact intervals, everything else told apart (M44).

What is no count is left out: dates, ages, ordinals, document numbers, conditions (3名以上), set phrases in quotation marks, targets.
Values are `Fraction`; what was rounded when it was written (decimals, 万, 亿) may lie half a unit of its last digit to either side.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

WIDE = {0xFF01 + place: 0x21 + place for place in range(94)} | {0x3000: 0x20}
"""Full-width signs as half-width ones, one for one, so that places stay."""
SCALES = {"万亿": 10**12, "亿": 10**8, "千万": 10**7, "百万": 10**6, "万": 10**4, "": 1}
PEOPLE, BODIES, BALLOTS = "名人位", "家个户所间", "张票"
UNITS = PEOPLE + BODIES + "件次场项吨元位支条种批期对座套篇台箱类份笔亩例辆课堂张栋幢起宗册只头部处票轮列枚起宗"
LONG_UNITS = ("人次", "家次", "户次", "场次", "平方米", "公里", "公顷")
"""Units of more than one sign; what they count is never a part of what their first sign counts."""
DIGITS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}

_NUMBER = re.compile(r"(?<![\d.])(\d{1,3}(?:,\d{3})+(?!\d)|\d+)(\.\d+)?\s*(万亿|千万|百万|亿|万)?\s*")
_CHINESE = re.compile(
    r"(?<![第一二三四五六七八九十百零〇两\d])([一二三四五六七八九十百零〇两]{1,6})"
    r"(个|名|家|项|种|大|类|条|位|件|支|地|人(?![均类次民大工员才]))(?!百分点)"
)
_OFFICE_OF_ONE = re.compile(r"(?:长|席|任|记|员|人选|总监|理事|委员|监事)一[人名位](?=[、，,；;。和及]|$)")
"""«秘书长一人、理事十八人»: a count; «一名老党员» is none."""
_HUNDREDTHS = re.compile(r"百分之([一二三四五六七八九十百零〇两]{1,6})(?:点([一二三四五六七八九零〇]{1,3}))?(?![一-龥]{0,1}以[上下])")
_TENTHS = re.compile(r"(?<![近约超逾过第])([一二三四五六七八九])成(?!立|为|本|效|员|功|果|交|长|熟|绩|套|品|就|多|左右|以)")
_SET_PHRASE = re.compile(r"[“\"《〔][^”\"》〕]{0,40}[”\"》〕]")
_PARTS_OF_NAMES, _RANGES = ("第", "〔", "№", "+"), ("-", "—", "–", "~")
_ABOUT_BEFORE = re.compile(r"((?<![签节合预履条公特契违失])约|近|超|超过|逾|将近|接近|大约|突破|达到?近|上)$")
_ABOUT_AFTER = re.compile(r"^[多余几]|^左右|^上下")
_CONDITION_AFTER = re.compile(r"^(?:正式)?(?:党员|会员|职工|人员|企业)?(?:及)?(?:以上|以下|以内|以外)")
_CONDITION_BEFORE = re.compile(r"(至少|至多|不少于|不多于|不低于|不足|少于|多于|每|满|凡有|最多|最少|有一)$")
_MEASURED = re.compile(r"完成[^，。]{0,16}的$|[由从].{0,20}(?:提高到|达到?)")
"""«完成年度目标 3.5 万人的 110%», «由 78% 提高到 86%»: measured, no target."""
_TARGET = re.compile(r"力争|目标|确保|争取|计划|拟|预计|将达|要达|提高到|不低于|达到[^，。]{0,4}以上")
_AIMS = re.compile(r"力争[^。；;！!\n]*$")
"""«力争民营企业突破 12 万户，…占比达到 70%»: all that the sentence still says is aimed at."""


@dataclass(frozen=True)
class Figure:
    """A count or a percentage. `start`, `end`: its place in the text, unit included. `unit`: «家», «万元», «%».

    `low`, `high`: what it may have been before it was rounded; `about`: an approximate word stands beside it.
    """

    start: int
    end: int
    text: str
    value: Fraction
    low: Fraction
    high: Fraction
    unit: str
    about: bool = False
    ulp: Fraction = Fraction(1)

    @property
    def is_percent(self) -> bool:
        """Whether it is a percentage."""
        return self.unit == "%"

    @property
    def is_exact(self) -> bool:
        """A whole number of people or bodies, not rounded."""
        return self.low == self.high

    @property
    def is_whole(self) -> bool:
        """Written without decimals."""
        return self.ulp >= 1

    def same_kind(self, other: Figure) -> bool:
        """Whether both count the same kind of thing by their unit: people with people, bodies with bodies."""
        return self.unit == other.unit or any(self.unit in kind and other.unit in kind for kind in (PEOPLE, BODIES, BALLOTS))


_HEADING = re.compile(r"[ \u3000]*(?:\([一二三四五六七八九十]+\)|[一二三四五六七八九十]+、)[^。；;:\n]{0,40}[^。；;:，,、\n]$")
"""A line that is a heading ends where it ends, though no mark stands there."""
_BROKEN = re.compile(r"(?<![。！？；：;:!?\n])\n(?![\n\s])")


def plain(text: str) -> str:
    """The text with full-width digits and signs as half-width ones, and lines broken within a sentence joined; of the same length."""
    shown = text.replace("\r", " ").replace("\t", " ").translate(WIDE)
    return _BROKEN.sub(lambda match: "\n" if _HEADING.match(shown, shown.rfind("\n", 0, match.start()) + 1, match.start()) else " ", shown)


def chinese_number(text: str) -> int | None:
    """«二十八» 28, «十» 10, «一百零五» 105; None for what is none («二〇二二»)."""
    if len(text) > 1 and not set(text) & {"十", "百"}:
        return None
    total = current = 0
    for sign in text:
        if sign in DIGITS:
            current = DIGITS[sign]
        else:
            total += (current or 1) * (10 if sign == "十" else 100)
            current = 0
    return total + current


def figures(text: str) -> list[Figure]:
    """Every count and percentage of a text, in their order."""
    shown = plain(text)
    hidden = [match.span() for match in _SET_PHRASE.finditer(shown)]
    found = [one for match in _NUMBER.finditer(shown) if (one := _figure(shown, match)) is not None]
    found += [one for match in _CHINESE.finditer(shown) if (one := _written(shown, match)) is not None]
    found += [_hundredths(match) for match in _HUNDREDTHS.finditer(shown)]
    found += [_percent(match, Fraction(10 * DIGITS[match.group(1)]), Fraction(10)) for match in _TENTHS.finditer(shown)]
    kept = [one for one in found if not any(start <= one.start and one.end <= end for start, end in hidden)]
    return sorted(kept, key=lambda one: one.start)


def _figure(text: str, match: re.Match[str]) -> Figure | None:
    whole, decimals, scale = match.group(1), match.group(2) or "", match.group(3) or ""
    rest = text[match.end() :]
    before = text[: match.start()]
    unit = _unit_of(rest, scale)
    if unit is None or _is_none(before, rest, unit):
        return None
    factor = 1 if unit == "%" else SCALES[scale]
    value = Fraction(whole.replace(",", "") + decimals) * factor
    end = match.end() + len(unit) + bool(_ABOUT_AFTER.match(rest) and not rest.startswith(unit))
    ulp = Fraction(factor, 10 ** max(0, len(decimals) - 1))
    rounded = bool(decimals) or bool(scale) or unit == "%"
    half = ulp / 2 if rounded else Fraction(0)
    more = _ABOUT_AFTER.match(rest)
    about = bool(_ABOUT_BEFORE.search(before[-3:]) or more)
    low, high = (value - half, value + half)
    if more and more.group(0) in "多余":  # «6400 多», «298 万余»: at least that, and less than one more of its last digit
        low, high = value, value + (ulp if decimals else Fraction(factor * 10 ** _zeros(whole)))
    return Figure(match.start(), end, text[match.start() : end], value, low, high, unit, about, ulp)


def _zeros(whole: str) -> int:
    return len(whole) - len(whole.rstrip("0"))


def _unit_of(rest: str, scale: str) -> str | None:
    """The unit that follows; None where the number counts nothing."""
    if rest[:1] == "%" and not scale:
        return "%"
    if _ABOUT_AFTER.match(rest):
        rest = rest[1:]
    if rest.startswith(("个百分点", "百分点")):
        return None
    long = next((one for one in LONG_UNITS if rest.startswith(one)), None)
    return long or (rest[0] if rest[:1] and rest[0] in UNITS else None)


def _is_none(before: str, rest: str, unit: str) -> bool:
    """Whether a number with a unit is an ordinal, a condition, a target, an end of a range or a part of a name."""
    if before.endswith(_PARTS_OF_NAMES) or (unit != "%" and before.endswith(_RANGES)):
        return True
    after = rest[1:] if unit == "%" else rest[rest.index(unit) + 1 :]
    if after.startswith("+"):
        return True
    if unit == "%":
        clause = _clause_before(before)
        aimed_at = (_TARGET.search(clause) and not _MEASURED.search(clause)) or _AIMS.search(before)
        return bool(aimed_at or re.match(r"以上|以下|左右|的?目标", after))
    return bool(_CONDITION_AFTER.match(after) or _CONDITION_BEFORE.search(before[-4:]))


def _clause_before(before: str) -> str:
    return re.split(r"[，,。;；：:！\n]", before)[-1]


def _hundredths(match: re.Match[str]) -> Figure:
    """«百分之七十五», «百分之三点五»."""
    whole, decimals = chinese_number(match.group(1)) or 0, match.group(2) or ""
    ulp = Fraction(1, 10 ** len(decimals))
    return _percent(match, whole + sum((Fraction(DIGITS[sign], 10**place) for place, sign in enumerate(decimals, 1)), Fraction(0)), ulp)


def _percent(match: re.Match[str], value: Fraction, ulp: Fraction) -> Figure:
    return Figure(match.start(), match.end(), match.group(0), value, value - ulp / 2, value + ulp / 2, "%", ulp=ulp)


def _written(text: str, match: re.Match[str]) -> Figure | None:
    """A count in Chinese numerals."""
    value = chinese_number(match.group(1))
    before, after = text[: match.start()], text[match.end() :]
    single = match.group(1) == "一" and not _OFFICE_OF_ONE.search(text[max(0, match.start() - 2) : match.end() + 1])
    if value is None or single or _CONDITION_AFTER.match(after) or _CONDITION_BEFORE.search(before[-4:]):
        return None
    exact = Fraction(value)
    return Figure(match.start(), match.end(), match.group(0), exact, exact, exact, match.group(2))
