"""A draft against the ledger: where a clause names a figure by its known words, it is compared as at the draft's day (M44)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from shanghui.access.scope import Scope
from shanghui.indicators.queries import Figure as Counted
from shanghui.indicators.queries import figures
from shanghui.reports.checking.figures import PEOPLE, Figure
from shanghui.reports.checking.passage import Passage
from shanghui.reports.checking.verdicts import Finding, Verdict, against, in_digits

BODIES, PARTS, TIMES, HEADS = "家", "个", "次场期", PEOPLE


@dataclass(frozen=True)
class Wording:
    """How an indicator is named in drafts: what stands before or after the figure, its unit; `rate`: the percentage is meant."""

    code: str
    words: re.Pattern[str]
    units: str
    rate: bool = False


def _w(code: str, words: str, units: str, rate: bool = False) -> Wording:
    return Wording(code, re.compile(words), units, rate)


WORDINGS = (
    _w("coverage.work", r"工作覆盖率", "%", True), _w("coverage.organization", r"组建率|组织覆盖率|党组织覆盖率", "%", True),
    _w("charter.complete", r"入章率", "%", True),
    _w("members.probationary", r"预备党员", HEADS), _w("members.full", r"正式党员", HEADS),
    _w("members.activists", r"积极分子", HEADS), _w("members.candidates", r"发展对象", HEADS), _w("members.applicants", r"申请人", HEADS),
    _w("members.total", r"^(?:(?:全市|全省|全县|全区|直属|商会|共有|现有|共|总数|达到?|有)*党员(?:总数)?(?:为|达到?|共|有)?)$", HEADS),
    _w("guides.active", r"指导员|联络员", HEADS),
    _w("cross.secretary_leader", r"会长、副会长(?:兼)?(?:担任|任书记)|副会长以上", BODIES + PARTS + HEADS),
    _w("cross.secretary_president", r"(?<!副)会长(?:兼)?(?:担任|任书记)", BODIES + PARTS + HEADS),
    _w("coverage.uncovered", r"未成立党组织|未建党组织|没有(?:建立)?党组织|未覆盖", BODIES + PARTS),
    _w("coverage.joint", r"联合", BODIES), _w("organizations.joint", r"联合党支部", PARTS),
    _w("coverage.own", r"单独(?:组建|建立)|商会(?:单独)?建立了?党支部", BODIES),
    _w("chambers.industry", r"行业商会", BODIES), _w("chambers.hometown", r"异地商会", BODIES),
    _w("chambers.township", r"乡镇商会", BODIES), _w("chambers.subdistrict", r"街道商会", BODIES),
    _w("chambers.park", r"园区商会", BODIES), _w("chambers.market", r"市场商会", BODIES),
    _w("chambers.total", r"^(?:全市|全省|全县|全区|共有|现有|所属|直属|共)*商会(?:中|总数)?(?:达到?|共|有)?$", BODIES),
    _w("organizations.total", r"^(?:全市|商会|共|已|建立|成立|现有|共有|组建)*党组织(?:总数)?(?:达到?|共|有)?$", PARTS),
    _w("activities.presidents_home", r"会长之家", TIMES), _w("activities.lecture_hall", r"民企大讲堂", TIMES),
    _w("activities.field_march", r"党建拉练", TIMES),
)
_DAY = re.compile(r"截至(\d{4})年(\d{1,2})月(?:(\d{1,2})日|底)")
_OTHER_TIME = re.compile(r"去年|上年|同期|(?:19|20)\d\d年(?!\d)|计划|力争|目标|预计|较|比")


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


def against_ledger(text: str, scope: Scope, day: date) -> Iterator[Finding]:
    """Every figure that a clause names, beside the indicator as at the day within the scope."""
    passage = Passage(text)
    meant = [(one, wording) for one in passage.figures if (wording := _meant(passage, one)) is not None]
    if not meant:
        return
    found = figures(scope, day, {wording.code for _, wording in meant})
    for one, wording in meant:
        yield _compared(one, found[wording.code], wording, day)


def _meant(passage: Passage, one: Figure) -> Wording | None:
    before, after = passage.before(one), passage.after(one)
    clause = passage.whole_before(one)
    stripped = re.sub(r"截至\d{4}年\d{1,2}月(?:\d{1,2}日|底)", "", clause)
    if one.about or _OTHER_TIME.search(stripped):
        return None
    for wording in WORDINGS:
        if one.unit in wording.units and any(wording.words.search(text) for text in (_own(before), _own(after), f"{_own(before)}{_own(after)}") if text):
            return wording
    return None


def _own(text: str) -> str:
    """Without words that only lead over to a figure."""
    return re.sub(r"^(?:其中|分别|有|和|及|培养|选派|以及|为|的)+|(?:的|为|是|有)+$", "", text)


def _compared(one: Figure, counted: Counted, wording: Wording, day: date) -> Finding:
    title = counted.indicator.title
    by = counted.denominator if wording.rate and counted.denominator else 0
    exact = Fraction(100 * counted.numerator, by) if by else Fraction(counted.numerator)
    verdict = against(one, exact, exact)
    expected = in_digits(exact, exact, one)
    same = verdict in (Verdict.OK, Verdict.ROUNDING)
    words = f"台账截至{day}“{title}”是{expected}"
    return Finding(one, "ledger", verdict, expected, (), words if same else f"与台账不符：写的是{one.text}，{words}", wording.code)
