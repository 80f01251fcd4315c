"""The figures under the headings an office knows them by."""

from __future__ import annotations

from collections.abc import Iterable

from shanghui.indicators.queries import Figure

THEMES = {
    "coverage": "两个覆盖", "chambers": "商会", "charter": "商会", "organizations": "党组织", "term": "党组织", "cross": "交叉任职",
    "members": "党员队伍", "transfer": "党员队伍", "development": "党员队伍", "guides": "指导员、联络员", "dual": "双重管理",
    "dues": "党费", "cases": "办理事项", "joint": "党组织",
    "life": "组织生活", "training": "教育培训", "campaign": "专题活动", "activities": "本半年活动",
    "activities_year": "本年活动", "promises": "诚信经营承诺",
}
"""{first word of a code: heading}; headings stand in this order, anything else at the end."""
OTHER = "其他"


def theme_of(code: str) -> str:
    """The heading a figure stands under."""
    return THEMES.get(code.partition(".")[0], OTHER)


def by_theme(figures: Iterable[Figure]) -> list[tuple[str, list[Figure]]]:
    """The figures grouped under their headings; headings without figures are left out."""
    groups: dict[str, list[Figure]] = {heading: [] for heading in (*THEMES.values(), OTHER)}
    for one in figures:
        groups[theme_of(one.indicator.code)].append(one)
    return [(heading, listed) for heading, listed in groups.items() if listed]
