"""Whether a list certainly names all the parts of a whole, so that a sum which does not come out is wrong (M44)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from shanghui.reports.checking.figures import Figure
from shanghui.reports.checking.passage import Passage
from shanghui.reports.checking.slips import hardly_chance, slip_in

_OVERLAPS = re.compile(
    r"女|青年|妇女|以上|少数民族|学历|文化程度|岁|高知|流动|先进|模范|兼任|新增|参加|提出|规上|高新|上市|专精特新|小巨人|高级|处分|新发展|新建|新成立"
)
_ALSO = re.compile(r"等$|等[，,。;；]")
_DONOR = re.compile(r"(公司|集团|银行|先生|女士|同志|酒店|医院|学校)[一-龥]{0,2}$")
"""One of many that are named for an example."""
_OPPOSITES = (
    ("男", "女"), ("正式", "预备"), ("公办", "民办"), ("现金", "物"), ("有效", "废|无效"), ("专职", "兼职"), ("省内", "省外"), ("境内", "境外"),
    ("独立支部|独立党支部|单独", "联合支部|联合党支部"), ("已", "未"), ("驻会", "企业家|不驻会|兼职"), ("城市|城镇", "农村|乡村|村改居"),
    ("市级|市直|市属|全市性", "县"), ("连任", "新任|新当选"), ("去程", "回程"), ("集中供养", "分散供养"),
    ("按期|按时", "逾期|超期"), ("直办|自办", "转办|交办"), ("公立", "民营|非公立"), ("线上", "线下"), ("家庭户", "集体户"), ("汉族", "少数民族"),
    ("出口", "进口"), ("集体提案", "委员提案|个人提案|联名提案"),
)
"""What two parts of one whole are called when there is no third."""
_SETS = (
    ("党委", "总支", "支部"), ("一产|第一产业", "二产|第二产业", "三产|第三产业"), ("企业会员", "团体会员", "个人会员"), ("大型", "中型", "小微?型?"),
)
"""What three parts of one whole are called when there is no fourth."""
_TAIL = 2
NEAR_MISS, MOST_OF_IT, SLIGHTLY, FAR_MORE, ALMOST = (
    Fraction(3, 100), Fraction(3, 4), Fraction(11, 10), Fraction(5, 4), Fraction(9, 10)
)


def joined_by(gap: str) -> str:
    """The strongest mark between two parts: ; before , before 、."""
    bare = re.sub(r"\([^()]*\)", "", gap)
    return next((mark for mark in ";,，、" if mark in bare), "、").replace("，", ",")


def names_all_parts(passage: Passage, whole: Figure, parts: Sequence[Figure]) -> bool:
    """Whether a list certainly names all parts, each once: two opposites; like names for like things; a near miss; a sum that one
    mistyped figure explains, where three were listed or chance hardly brings it about."""
    names = [passage.before(one) or passage.after(one) for one in parts]
    if len(parts) == 2 and joined_by(passage.shown[parts[0].end : parts[1].start]) == ";" and not hardly_chance(whole, parts):
        return _exceed_slightly(whole, parts, names)  # «12家，其中国家级5家；市级30家»: where 其中 ends, readers differ
    total = sum((one.value for one in parts), Fraction(0))
    if not slip_in(whole, parts) and (total > FAR_MORE * whole.value or any(one.value > whole.value for one in parts)):
        return False  # groups that overlap
    if any(one.about for one in (whole, *parts)) or _ALSO.search(passage.ahead(parts[-1], 4)):
        return False
    if len(parts) == 2 and are_opposites(*names):
        return _comes_near(whole, parts, 2) or slip_in(whole, parts)
    if any(_OVERLAPS.search(name) or _DONOR.search(name) for name in names) or _of_another_kind(names):
        return False
    if are_a_set(names) and slip_in(whole, parts):
        return True
    if _year_by_year(names) or _level_by_level(names):
        return _comes_near(whole, parts, 2) or slip_in(whole, parts)
    total = sum((one.value for one in parts), Fraction(0))
    if _alike(passage, whole, parts, names):
        return True
    if len(parts) == 2 and joined_by(passage.shown[parts[0].end : parts[1].start]) == "," and "其中" in passage.between(whole, parts[0]):
        return False  # «187件，其中会后17件，经审查立案175件»: the second is of the whole again
    if abs(total - whole.value) <= NEAR_MISS * whole.value:
        return True
    if abs(total - whole.value) == 1 and all(joined_by(passage.shown[one.end : other.start]) == "、" for one, other in pairwise(parts)):
        return True
    return slip_in(whole, parts) and (hardly_chance(whole, parts) or (len(parts) > 2 and _names_all(passage, whole, parts, total)))


def _exceed_slightly(whole: Figure, parts: Sequence[Figure], names: Sequence[str]) -> bool:
    """Whether parts that do not overlap come to a little more than their whole, by one slip."""
    total = sum((one.value for one in parts), Fraction(0))
    return whole.value < total < SLIGHTLY * whole.value and slip_in(whole, parts) and not any(_OVERLAPS.search(name) for name in names)


def _names_all(passage: Passage, whole: Figure, parts: Sequence[Figure], total: Fraction) -> bool:
    """Whether three or more parts that do not come to their whole are meant to be all: they exceed it or nearly come to it, or what opens
    them is more than «其中», or the last is called 其他."""
    opened = passage.between(whole, parts[0])
    return total > MOST_OF_IT * whole.value or "其中" not in opened or "其他" in passage.before(parts[-1])


def are_a_set(names: Sequence[str]) -> bool:
    """«党委 188 个、总支部 218 个、支部 3249 个», or a list whose last is called 其他."""
    three = any(len(names) == len(one) and all(re.search(word, name) for word, name in zip(one, names, strict=True)) for one in _SETS)
    return three or (len(names) > 2 and bool(re.search(r"^其他|^其它|其他[一-龥]{2}$", names[-1])))


def _year_by_year(names: Sequence[str]) -> bool:
    """«2021 年 3 个、2022 年 2 个、2023 年 6 个»: three or more years that follow each other."""
    years = [int(match.group(1)) for name in names if (match := re.search(r"(\d{4})年[底末]?$", name))]
    return len(years) == len(names) > 2 and years == list(range(years[0], years[0] + len(years)))


def _level_by_level(names: Sequence[str]) -> bool:
    """«省级 1 个、市级 5 个、县级 11 个»."""
    return len(names) > 2 and [name[-2] for name in names if re.search("[国省市县区乡镇]级$", name)] == [name[-2:-1] for name in names]


def are_opposites(one: str, other: str) -> bool:
    """Whether two names divide up a whole: 正式 and 预备."""
    if any(b.removeprefix("其中").startswith("非") and b.removeprefix("其中")[1:3] in a for a, b in ((one, other), (other, one)) if len(b) > 2):
        return True
    return any((re.search(a, one) and re.search(b, other)) or (re.search(b, one) and re.search(a, other)) for a, b in _OPPOSITES)


def _of_another_kind(names: Sequence[str]) -> bool:
    """Whether some of the parts are party members and others are not said to be: then they overlap."""
    members = ["党员" in name for name in names if name]
    return any(members) and not all(members)


def _alike(passage: Passage, whole: Figure, parts: Sequence[Figure], names: Sequence[str]) -> bool:
    """Whether the parts end as the whole does («乡镇商会、行业商会» of «商会») and come near it."""
    total = sum((one.value for one in parts), Fraction(0))
    head = passage.shown[max(0, whole.start - 40) : parts[0].start]
    picked_out = len(parts) == 2 and total < whole.value and "其中" in head  # «40家，其中行业商会18家、异地商会16家»: there are others
    tails = {name.strip()[-_TAIL:] for name in names}
    same = all(len(tail) == _TAIL and tail in head for tail in tails)
    named_some = total < ALMOST * whole.value and "其中" in head and not hardly_chance(whole, parts)
    return same and not picked_out and not named_some and _comes_near(whole, parts, 3)


def _comes_near(whole: Figure, parts: Sequence[Figure], times: int) -> bool:
    total = sum((one.value for one in parts), Fraction(0))
    return whole.value < times * total and total < times * whole.value
