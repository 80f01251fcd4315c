"""Who holds two posts, and how secretaries came to theirs (M08, M10): computed from the posts, never typed."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from shanghui.indicators.populations import LEADERS, OFFICERS, SECRETARIES
from shanghui.indicators.registry import everything, indicator
from shanghui.ledger.people.models import Method

_BOTH_WAYS = "《社会组织党建意见》（待核实）"


@indicator("cross.secretaries", "书记", SECRETARIES)
def cross_secretaries(day: date) -> Q:
    """当日在任的党组织书记。"""
    return everything(day)


@indicator("cross.secretary_president", "书记由会长担任", SECRETARIES, out_of=everything)
def cross_secretary_president(day: date) -> Q:
    """分子：当日在任、同时是所覆盖商会会长的书记。分母：在任的书记。由任职记录算出，不另填。"""
    return Q(is_president=True)


@indicator("cross.secretary_leader", "书记由副会长以上担任", SECRETARIES, out_of=everything)
def cross_secretary_leader(day: date) -> Q:
    """分子：当日在任、同时是所覆盖商会会长、常务副会长或副会长的书记。分母：在任的书记。由任职记录算出，不另填。"""
    return Q(is_leader=True)


@indicator("cross.secretary_general", "书记由秘书长担任", SECRETARIES, out_of=everything)
def cross_secretary_general(day: date) -> Q:
    """分子：当日在任、同时是所覆盖商会秘书长的书记。分母：在任的书记。由任职记录算出，不另填。"""
    return Q(is_secretary_general=True)


@indicator("cross.secretary_director", "书记由理事担任", SECRETARIES, out_of=everything)
def cross_secretary_director(day: date) -> Q:
    """分子：当日在任、同时是所覆盖商会常务理事或理事的书记。分母：在任的书记。由任职记录算出，不另填。"""
    return Q(is_director=True)


@indicator("cross.secretary_inside", "书记出自本商会", SECRETARIES, out_of=everything)
def cross_secretary_inside(day: date) -> Q:
    """分子：当日在任、在所覆盖商会任职或者是其会员的书记。分母：在任的书记。由任职记录算出，不另填。"""
    return Q(is_inside=True)


@indicator("cross.secretary_elected", "选任的书记", SECRETARIES, out_of=everything)
def cross_secretary_elected(day: date) -> Q:
    """分子：当日在任、以选举方式产生的书记。分母：在任的书记。"""
    return Q(method=Method.ELECTED)


@indicator("cross.secretary_hired", "聘任的书记", SECRETARIES, out_of=everything)
def cross_secretary_hired(day: date) -> Q:
    """分子：当日在任、以聘任方式产生的书记。分母：在任的书记。"""
    return Q(method=Method.HIRED)


@indicator("cross.secretary_assigned", "上级选派的书记", SECRETARIES, out_of=everything)
def cross_secretary_assigned(day: date) -> Q:
    """分子：当日在任、由上级选派的书记。分母：在任的书记。"""
    return Q(method=Method.ASSIGNED)


@indicator("cross.secretary_unstated", "没有登记产生方式的书记", SECRETARIES, out_of=everything)
def cross_secretary_unstated(day: date) -> Q:
    """分子：当日在任、没有登记选任、聘任还是上级选派的书记。分母：在任的书记。"""
    return Q(method="")


@indicator("cross.officers", "党组织班子任职", OFFICERS, basis=_BOTH_WAYS)
def cross_officers(day: date) -> Q:
    """当日在覆盖商会的党组织任书记、副书记、委员的人次；一人在一个党组织任两职算两次。"""
    return everything(day)


@indicator("cross.officers_in_chamber", "党组织班子在商会任职", OFFICERS, out_of=everything, basis=_BOTH_WAYS)
def cross_officers_in_chamber(day: date) -> Q:
    """分子：当日党组织班子任职中，本人同时在所覆盖商会任理事以上职务或者监事、秘书长、副秘书长的。分母：党组织班子任职。由任职记录算出，不另填。"""
    return Q(top_post__isnull=False)


@indicator("cross.leaders_members", "商会班子中的党员", LEADERS, out_of=everything, basis=_BOTH_WAYS)
def cross_leaders_members(day: date) -> Q:
    """分子：当日正常和换届中的商会的会长、常务副会长、副会长、监事长、秘书长中的正式党员和预备党员。分母：这些商会班子成员，每人算一次。"""
    return Q(is_member=True)
