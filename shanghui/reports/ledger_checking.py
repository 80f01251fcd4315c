"""A draft against the ledger: where a clause names a figure by its known words, it is compared as at the draft's day (M44)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from shanghui.access.queries import federations
from shanghui.access.scope import Scope
from shanghui.indicators.queries import Figure as Counted
from shanghui.indicators.queries import figures
from shanghui.reports.checking.figures import PEOPLE, Figure
from shanghui.reports.checking.passage import Passage
from shanghui.reports.checking.verdicts import Finding, Verdict, against, in_digits
from shanghui.reports.content import HALF_YEAR, YEAR

BODIES, PARTS, TIMES, HEADS = "家", "个", "次场期", PEOPLE


_NEUTRAL = (
    r"(?:目前|全[市省县区]|[我本]市|市|直属|所属|现有|共有|总共|现|共|已|有|其中|商会|中|党组织|党支部|分别|成立|建立|组建|了|的|为|是|达到?"
    r"|总数|培养|选派|入党|[家个名人])*"
)
"""What may stand beside a figure's own words and tells no part, no other time and no other place."""


@dataclass(frozen=True)
class Wording:
    """How an indicator is named in drafts, by what stands before and after the figure together; its unit.

    `rate`: the percentage is meant; `names`: the words say which figure it is wherever they stand;
    `within`: they say so only of a part of the figure of this code («担任的15名（其中会长9名）»);
    `said`: what the sentence has to say before it; `owed`: the number the indicator is counted out of is meant.
    """

    code: str
    words: re.Pattern[str]
    units: str
    rate: bool = False
    names: bool = False
    within: str = ""
    said: str = ""
    owed: bool = False


def _named(code: str, words: str, units: str, rate: bool = False) -> Wording:
    """Words that say which figure it is wherever they stand in the clause."""
    return Wording(code, re.compile(f".*(?:{words}).*"), units, rate, names=True)


def _only(code: str, words: str, units: str) -> Wording:
    """Words that say so only where nothing else stands with them: «走访行业商会5家» is not how many there are."""
    return Wording(code, re.compile(f"{_NEUTRAL}(?:{words}){_NEUTRAL}"), units)


def _part(code: str, words: str, units: str, within: str) -> Wording:
    """Words that say so only of a part of another figure."""
    return Wording(code, re.compile(f"(?:其中)?(?:{words})"), units, within=within)


def _told(code: str, words: str, units: str, said: str, rate: bool = False, owed: bool = False) -> Wording:
    """Words that say so only after others of the same sentence: meetings of all the organizations, not of the one told of before."""
    return Wording(code, re.compile(words), units, rate, said=said, owed=owed)


_EVERY = r"各(?:商会)?(?:党组织|党支部|支部)"
_OWED = r"三会一课.{0,2}主题党日应开"
WORDINGS = (
    _named("coverage.work", r"工作覆盖率", "%", True), _named("coverage.work", r"工作覆盖(?!率)", BODIES),
    _named("coverage.organization", r"(?<!没)有党组织覆盖", BODIES), _named("coverage.organization", r"组建率|组织覆盖率|党组织覆盖率", "%", True),
    _named("charter.complete", r"入章率", "%", True),
    _only("members.probationary", r"预备党员", HEADS), _only("members.full", r"正式党员", HEADS),
    _only("members.activists", r"积极分子", HEADS), _only("members.candidates", r"发展对象", HEADS), _only("members.applicants", r"申请人", HEADS),
    _only("members.total", r"党员", HEADS),
    _named("guides.active", r"指导员|联络员", HEADS),
    _named("cross.secretary_leader", r"会长、副会长(?:兼)?(?:担任|任书记)|副会长以上", BODIES + PARTS + HEADS),
    _named("cross.secretary_general", r"由秘书长(?:担任|兼任)", HEADS), _named("cross.secretaries", r"在任书记", HEADS),
    _named("cross.secretary_president", r"(?<![、副])会长(?:兼)?(?:担任|任书记)", BODIES + PARTS + HEADS),
    _named("coverage.uncovered", r"未(?:成立|组建|建立?)党组织|没有(?:建立)?党组织|未覆盖", BODIES + PARTS),
    _only("coverage.joint", r"联合", BODIES), _only("organizations.joint", r"联合党支部|联合党组织", PARTS),
    _only("coverage.own", r"单独|商会建立了?党支部", BODIES),
    *(
        _only(f"chambers.{code}", f"{kind}商会", BODIES) for code, kind in {
            "industry": "行业", "hometown": "异地", "township": "乡镇", "subdistrict": "街道", "park": "园区", "market": "市场",
        }.items()
    ),
    _only("chambers.total", r"商会", BODIES), _only("organizations.total", r"党组织", PARTS),
    _named("activities.presidents_home", r"会长之家", TIMES), _named("activities.lecture_hall", r"民企大讲堂", TIMES),
    _named("activities.field_march", r"党建拉练", TIMES), _only("activities.theme_education", r"(?:举办|开展)?主题教育", TIMES),
    _only("activities.training", r"(?:组织|举办)?业务培训", TIMES),
    _named("promises.signed", r"签订诚信经营承诺", "户"), _named("promises.plates", r"授牌亮牌", "户"),
    _only("organizations.branches", r"(?:现有|共有|其中)党支部", PARTS),
    _part("cross.secretary_president", r"会长", HEADS, within="cross.secretary_leader"),
    *(
        _told(f"activities.{code}", f"(?:{_EVERY})?(?:共?(?:召开|开展|组织))?{kind}", TIMES, _EVERY) for code, kind in {
            "general_meeting": "支部党员大会", "committee_meeting": "支委会", "group_meeting": "党小组会", "party_class": "党课", "theme_day": "主题党日",
            "life_meeting": "组织生活会",
        }.items()
    ),
    _told("life.meetings", r"主题党日应开", TIMES, "三会一课", owed=True), _told("life.meetings", r"已开", TIMES, _OWED),
    _told("life.meetings", r"完成率", "%", _OWED, rate=True), _told("life.excused", r"上级同意免除", TIMES, _OWED),
)
WHOLES = {"chambers.total", "organizations.total", "members.total"}
"""A part of one of these is a number of all there are; a part of another whole is not."""
_DAY = re.compile(r"截至(\d{4})年(\d{1,2})月(?:(\d{1,2})日|底)")
_WHOLE_YEAR = re.compile(r"全年|年度(?:工作|党建)|\d{4}年商会党建工作总结")
HEADED = 200
"""Characters in which a draft says of which period it is."""
_OTHER_TIME = re.compile(r"去年|上年|同期|计划|力争|目标|预计|较|比|拟")
_YEAR = re.compile(r"((?:19|20)\d\d)年")
_SENTENCE = re.compile(r"[。！？!?\n]")
_OF_PLACE = re.compile(r"(?:^|[：:，,；;])(?![全我本各])([\u4e00-\u9fa5]{1,8}(?:区|县|镇|乡|街道))(?=[：:，,共现有])")
_STRETCH = re.compile(r"[。！？!?\n；;]")
_HEADING = re.compile(r"\s*(?:[（(][一二三四五六七八九十]+[）)]|[一二三四五六七八九十]+、)[^。；;！？!?]*$")
_OPENS = re.compile(r"其中|分别|包括|：|:|中[，,]")


def day_of(text: str) -> date | None:
    """The day a draft says it stands at («截至2022年6月30日», «截至2022年6月底»); None when it does not say."""
    match = _DAY.search(text)
    if match is None:
        return None
    year, month = int(match.group(1)), int(match.group(2))
    try:
        if match.group(3):
            return date(year, month, int(match.group(3)))
        following = date(year + month // 12, month % 12 + 1, 1)
        return date.fromordinal(following.toordinal() - 1)
    except ValueError:
        return None


def against_ledger(text: str, scope: Scope, day: date, span: str = "") -> Iterator[Finding]:
    """Every figure that a clause names, beside the indicator as at the day within the scope. `span`: whether what was held is told of
    the half year or of the year; without it, as the text says in its first lines."""
    passage = Passage(text)
    meant = [(one, wording) for one in passage.figures if (wording := _meant(passage, one, day)) is not None]
    if not meant:
        return
    elsewhere = _Elsewhere.of(scope, day)
    meant = [(one, wording) for one, wording in meant if not elsewhere.told(_SENTENCE.split(passage.upto(one))[-1])]
    in_year = (span or span_of(text)) == YEAR
    codes = {wording.code: _of_year(wording.code) if in_year else wording.code for _, wording in meant}
    found = figures(scope, day, set(codes.values()))
    for one, wording in meant:
        yield _compared(one, found[codes[wording.code]], wording, day)


def span_of(text: str) -> str:
    """Whether a draft tells of a year or of half of one."""
    return YEAR if _WHOLE_YEAR.search(text[:HEADED]) else HALF_YEAR


def _of_year(code: str) -> str:
    return code.replace("activities.", "activities_year.")


@dataclass(frozen=True)
class _Elsewhere:
    """What the federation's own place is called, and the places below it: «城东区» of «云泽市城东区工商联»."""

    own: str
    below: Sequence[str]

    @classmethod
    def of(cls, scope: Scope, day: date) -> _Elsewhere:
        names = dict(federations(scope.on(day)).values_list("pk", "name"))
        own = _place(names.pop(scope.node or 0, ""))
        return cls(own, [place for name in names.values() if len(place := _place(name).removeprefix(own)) > 1])

    def told(self, sentence: str) -> bool:
        """Whether a sentence up to a figure tells of a part, or of some other place."""
        named = _OF_PLACE.search(sentence)
        return any(place in sentence for place in self.below) or (named is not None and not self.own.endswith(named.group(1)))


def _place(name: str) -> str:
    return re.sub(r"(?:总商会|工商联|商会联合会|工商业联合会)$", "", name)


def _stretch(passage: Passage, one: Figure) -> str:
    """From the last 。 or ； up to a figure."""
    return _STRETCH.split(passage.upto(one))[-1]


def _meant(passage: Passage, one: Figure, day: date) -> Wording | None:
    """The indicator a figure is a number of; None where it may be of another time, place or part."""
    stretch = re.sub(r"截至\d{4}年\d{1,2}月(?:\d{1,2}日|底)", "", _stretch(passage, one))
    if one.about or _OTHER_TIME.search(stretch) or any(int(year) != day.year for year in _YEAR.findall(stretch)):
        return None
    wording = _worded(passage, one)
    if wording is None or wording.names:
        return wording
    whole = _whole_of(passage, one)
    of = None if whole is None else _worded(passage, whole)
    if wording.within:
        return wording if of is not None and of.code == wording.within else None
    return wording if whole is None or (of is not None and of.code in WHOLES) else None


def _worded(passage: Passage, one: Figure) -> Wording | None:
    near, after = _without_day(_near(passage, one)).rsplit("(", 1)[-1], re.split(r"[()]", passage.after(one))[0]
    sentence = _SENTENCE.split(passage.upto(one))[-1]
    clause = re.split(r"[，,；;。：:\n\d(]", passage.upto(one))[-1]  # «由会长、副会长担任的15名», too
    listed = re.split(r"[，,；;。\n\d()]", passage.ahead(one))[0]  # «由会长、副会长担任» is one clause
    for wording in WORDINGS:
        said = f"{clause}{listed}" if wording.names else f"{near}{after}"
        if one.unit in wording.units and wording.words.fullmatch(said) and (not wording.said or re.search(wording.said, sentence)):
            return wording
    return None


def _near(passage: Passage, one: Figure) -> str:
    """The clause up to a figure, without the heading that stands in the line above («（一）推进组建，提升覆盖»)."""
    line = passage.text.rfind("\n", 0, one.start) + 1
    above = passage.text[:line].rstrip("\n").rsplit("\n", 1)[-1]
    before, here = passage.before(one), re.sub(r"\s+", "", passage.shown[line : one.start])
    return here if len(here) < len(before) and _HEADING.match(above) else before


def _without_day(clause: str) -> str:
    return re.sub(r"^截至(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|底)", "", clause)


def _whole_of(passage: Passage, one: Figure) -> Figure | None:
    """The figure that is divided up here: the nearest larger one of its kind in the sentence with «其中», «中，» … between."""
    for other in reversed([other for other in passage.counts if other.end <= one.start]):
        if passage.sentence(other.start) != passage.sentence(one.start):
            return None
        if other.same_kind(one) and other.value > one.value and _OPENS.search(passage.shown[other.end : one.start]):
            return other
    return None


def _compared(one: Figure, counted: Counted, wording: Wording, day: date) -> Finding:
    title = counted.indicator.title
    by = counted.denominator if wording.rate and counted.denominator else 0
    number = (counted.denominator or 0) if wording.owed else counted.numerator
    exact = Fraction(100 * counted.numerator, by) if by else Fraction(number)
    verdict = against(one, exact, exact)
    expected = in_digits(exact, exact, one)
    same = verdict in (Verdict.OK, Verdict.ROUNDING)
    words = f"台账截至{day}“{title}”{'的总数' if wording.owed else ''}是{expected}"
    return Finding(one, "ledger", verdict, expected, (), words if same else f"与台账不符：写的是{one.text}，{words}", counted.indicator.code)
