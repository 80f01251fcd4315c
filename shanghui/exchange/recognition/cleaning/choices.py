"""Values out of a short list: gender, category, yes and no, forms, kinds of chamber."""

from __future__ import annotations

import re
from typing import Any

from shanghui.exchange.recognition.cleaning.plain import NOTHING, narrow, solid
from shanghui.exchange.recognition.cleaning.setting import Setting
from shanghui.exchange.recognition.outcome import refuse

_GENDERS = {
    **dict.fromkeys(("男", "男性", "1", "M", "MALE", "先生", "男士"), "男"),
    **dict.fromkeys(("女", "女性", "2", "F", "FEMALE", "女士"), "女"),
}
_PEOPLES = frozenset(
    [
        "汉",
        "蒙古",
        "回",
        "藏",
        "维吾尔",
        "苗",
        "彝",
        "壮",
        "布依",
        "朝鲜",
        "满",
        "侗",
        "瑶",
        "白",
        "土家",
        "哈尼",
        "哈萨克",
        "傣",
        "黎",
        "傈僳",
        "佤",
        "畲",
        "高山",
        "拉祜",
        "水",
        "东乡",
        "纳西",
        "景颇",
        "柯尔克孜",
        "土",
        "达斡尔",
        "仫佬",
        "羌",
        "布朗",
        "撒拉",
        "毛南",
        "仡佬",
        "锡伯",
        "阿昌",
        "普米",
        "塔吉克",
        "怒",
        "乌孜别克",
        "俄罗斯",
        "鄂温克",
        "德昂",
        "保安",
        "裕固",
        "京",
        "塔塔尔",
        "独龙",
        "鄂伦春",
        "赫哲",
        "门巴",
        "珞巴",
        "基诺",
    ]
)
_CATEGORIES = {
    **dict.fromkeys(
        ("正式党员", "正式", "正", "正式党员(正)", "中共正式党员", "正式中共党员", "转正", "已转正"), "正式党员"
    ),
    **dict.fromkeys(("预备党员", "预备", "预", "中共预备党员", "预备期", "未转正"), "预备党员"),
    **dict.fromkeys(("入党积极分子", "积极分子"), "入党积极分子"),
    "发展对象": "发展对象",
    "入党申请人": "入党申请人",
}
_IN_BRACKETS = re.compile(r"^党员[(\[【—-]*([^)\]】]+)[)\]】]?$")
"""«党员（预备）», «中共党员(正式)», «党员-正式»."""
_YES = frozenset(
    {
        "是",
        "有",
        "已建",
        "✓",
        "√",
        "✔",
        "☑",
        "1",
        "Y",
        "YES",
        "TRUE",
        "T",
        "对",
        "已",
        "已成立",
        "已建立",
        "已组建",
        "已覆盖",
        "建立",
        "成立",
        "单独组建",
        "联合组建",
        "已授牌",
        "已写入",
        "已入章",
        "已签",
        "V",
        "■",
        "●",
        "○√",
        "是(已建)",
        "在建",
    }
    - {"在建"}
)
_NO = frozenset(
    {
        "否",
        "无",
        "没有",
        "未建",
        "×",
        "✗",
        "✘",
        "x",
        "X",
        "☒",
        "0",
        "N",
        "NO",
        "FALSE",
        "F",
        "未",
        "未成立",
        "未建立",
        "未组建",
        "不是",
        "未覆盖",
        "未授牌",
        "未写入",
        "未入章",
        "□",
        "╳",
        "Ⅹ",
        "—",
        "-",
    }
)
_NOT_YET = ("正在", "拟", "筹备", "筹建", "在建", "待")
_FORMS = {
    "单独组建": ("单独", "单建", "独立", "自建"),
    "联合组建": ("联合", "联建"),
    "功能型": ("功能",),
    "临时": ("临时",),
    "挂靠": ("挂靠", "兜底"),
    "行业联建": ("行业联",),
    "区域共建": ("区域", "共建"),
}
_NO_FORM = frozenset({"未成立", "未建", "未组建", "未建立", "无", "未设立", "未覆盖", "暂未组建", "暂未成立"})
_KINDS = ("行业", "异地", "街道", "乡镇", "园区", "市场", "村社区", "楼宇", "其他")


def gender(value: Any, _: Setting) -> Any:
    """男 or 女."""
    plain = narrow(value).upper()
    found = _GENDERS.get(plain)
    if found or plain in NOTHING:
        return found
    return refuse("value_unknown", "warning", f"“{plain}”看不出是男是女。请填“男”或“女”")


def ethnicity(value: Any, _: Setting) -> Any:
    """One of the 56 peoples, written with 族."""
    plain = solid(value)
    if plain in NOTHING:
        return None
    bare = plain if plain in _PEOPLES else plain.removesuffix("族")
    if bare in _PEOPLES:
        return bare + "族"
    if plain in ("穿青人", "其他", "外国血统", "未识别民族"):
        return plain
    return refuse("value_unknown", "warning", f"没有“{plain}”这个民族名称。请核对")


def category(value: Any, setting: Setting) -> Any:
    """正式党员, 预备党员 or an earlier step; «党员» alone does not say which."""
    plain = narrow(value).removeprefix("中共") if narrow(value) not in ("中共党员",) else "中共党员"
    found = _CATEGORIES.get(plain) or _CATEGORIES.get(re.sub(r"\(.*\)$", "", plain))
    if found or plain in NOTHING:
        return found
    inside = _IN_BRACKETS.match(plain.removeprefix("中共"))
    if inside and inside.group(1) in _CATEGORIES:
        return _CATEGORIES[inside.group(1)]
    if plain == "中共党员" and "政治面貌" in setting.heading:
        return "正式党员"
    if plain in ("党员", "中共党员"):
        return refuse("value_unknown", "warning", f"“{plain}”没有写明是正式党员还是预备党员。请写明")
    return refuse("value_unknown", "warning", f"“{plain}”不是党员类别。请填“正式党员”或“预备党员”")


def yes_no(value: Any, _: Setting) -> Any:
    """√ and 是, × and 否, and what else is written for them."""
    plain = narrow(value).upper()
    if plain in _YES:
        return True
    if plain in _NO:
        return False
    if not plain or plain in NOTHING:
        return None
    if plain[0] in "已是有√✓" and len(plain) <= 12:
        return True
    if (plain[0] in "未否无没×" or plain.startswith(_NOT_YET)) and len(plain) <= 12:
        return False
    return refuse("value_unknown", "warning", f"“{plain}”看不出是“是”还是“否”。请填“是”或“否”")


def form(value: Any, _: Setting) -> Any:
    """The form of establishment; None where there is no organization."""
    plain = solid(value)
    if plain in NOTHING or plain in _NO_FORM:
        return None
    if plain in _FORMS:
        return plain
    return next((name for name, words in _FORMS.items() if any(word in plain for word in words)), plain)


def chamber_kind(value: Any, _: Setting) -> Any:
    """The kind of a chamber without 商会: 行业, 异地, 街道, 乡镇 …"""
    plain = solid(value)
    if plain in NOTHING:
        return None
    bare = re.sub(r"(商\(?协?\)?会|协会|类|型|性)+$", "", plain)
    if bare in _KINDS:
        return bare
    if "街道" in bare and "乡" not in bare and "镇" not in bare:
        return "街道"
    if bare in ("乡", "镇", "乡(镇)"):
        return "乡镇"
    return next((kind for kind in _KINDS if bare.startswith(kind)), bare) or None
