"""Signs by which a table is known: words of its title, the fields it must have, the headings that name its records."""

# fmt: off
# ruff: noqa: E501 - a kind and all its words stand on one line
from __future__ import annotations

from functools import lru_cache

from shanghui.exchange.recognition.vocabulary import IGNORED, known_headings

NAMED_BY: dict[str, tuple[str, ...]] = {
    "chamber": ("商会基本情况", "商会名录", "商会台账", "乡镇街道商会", "商会情况", "商会一览", "社会组织", "商会名册", "商会组建", "覆盖情况", "商会信息", "商会党建工作台账", "商会党建"),
    "party_organization": ("党组织台账", "党组织名册", "党组织情况", "党支部台账", "党组织基本", "党支部基本", "党组织一览", "党组织信息", "党支部名册", "党支部情况"),
    "member": ("党员花名册", "党员名册", "党员名单", "党员信息", "党员台账", "党员基本", "党员登记", "党员情况", "党员统计"),
    "activist": ("积极分子",), "candidate": ("发展对象",), "applicant": ("入党申请人", "申请人名册", "入党申请"),
    "development": ("发展党员", "发展情况", "发展进度", "发展全程", "预备党员转正", "发展台账"),
    "appointment": ("班子成员", "领导班子", "负责人名单", "任职", "委员及分工", "理事会", "班子名单", "委员名单", "组成人员"),
    "guide_assignment": ("指导员", "联络员"), "activity": ("活动台账", "活动记录", "活动情况", "活动一览", "活动统计", "活动清单"),
    "meeting": ("三会一课", "会议记录", "组织生活", "会议台账", "主题党日"), "plate": ("亮牌", "示范户", "承诺"),
    "term": ("换届", "任期", "届满"), "transfer": ("接转", "转接", "转出", "转入", "组织关系"), "dues": ("党费",),
    "enterprise": ("会员企业", "会员名录", "会员单位", "会员名册"), "charter": ("入章", "章程"),
}
"""Words in a sheet's name or title that speak for a kind."""

REQUIRED: dict[str, tuple[tuple[str, ...], ...]] = {
    "chamber": (("name",),), "party_organization": (("name",),), "member": (("name",), ("joined_on", "category", "confirmed_on", "party_post", "floating")),
    "activist": (("name",), ("activist_on", "applied_on", "contacts")), "applicant": (("name",), ("applied_on",)),
    "candidate": (("name",), ("candidate_on", "activist_on")),
    "development": (("name",), ("candidate_on", "activist_on", "joined_on", "confirmed_on")),
    "appointment": (("name",), ("post",)), "guide_assignment": (("guide",), ("chamber",)),
    "activity": (("date",), ("name", "kind")), "meeting": (("date",), ("kind", "topic", "present")),
    "plate": (("name", "shop"), ("signed_on", "given")), "term": (("organization",), ("term_ends", "term_starts", "term", "elected_on")),
    "transfer": (("name",), ("to", "from")), "dues": (("name",), ("amount", "base", "month")),
    "enterprise": (("name",), ("chamber", "credit_code", "representative", "chamber_post", "joined_on")),
    "charter": (("chamber",), ("leadership", "organization", "role", "funding", "complete")),
}
"""For each kind: groups of fields, of each of which one must have a column."""

TITLE_SUFFICES = frozenset({"member", "activist", "applicant", "candidate", "development"})
"""Kinds that a title names surely enough: a list of names under it needs no other telling column."""


@lru_cache(maxsize=1)
def naming_headings() -> frozenset[str]:
    """Headings that number the records of a table or name them."""
    names = {group[0] for groups in REQUIRED.values() for group in groups[:1]}
    return frozenset(IGNORED) | {
        heading for heading, owners in known_headings().items() if any(field in names for _, field in owners)
    }
