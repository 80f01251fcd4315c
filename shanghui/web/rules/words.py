"""What the numbers of the norms are called on screen."""

from __future__ import annotations

from collections.abc import Iterator

from shanghui.rules.registry import Norm

WORDS = {
    "characters": "字数上限", "checks": "检查项数", "checks_per_year": "每年检查次数", "days": "天数", "decision_days": "答复天数",
    "extra_yuan": "一次多交，元", "first_rate": "第一档，千分之", "first_to": "第一档到，元", "fixed_fen": "固定，分", "last_rate": "最高一档，千分之",
    "least_fen": "至少，分", "most_fen": "至多，分", "second_rate": "第二档，千分之", "second_to": "第二档到，元", "third_rate": "第三档，千分之",
    "third_to": "第三档到，元", "delay_years": "可延年数", "denominator": "分母", "deputies": "副书记人数", "duties": "职责项数", "every_months": "每隔几个月",
    "first_months": "第一次提示，月", "first_reminder_months": "第一次提醒，届满前几个月", "full_members": "正式党员人数",
    "full_members_below": "正式党员不足", "general_branch_from": "总支委员至少", "general_branch_members": "设总支的党员人数",
    "general_branch_to": "总支委员至多", "groups": "类数", "hours": "学时", "individual_members": "个人会员数", "items": "项数",
    "introducers": "介绍人人数", "least": "至少，人", "most": "至多，人", "most_months": "至多，月",
    "least_months": "延长至少，月",
    "members": "党员人数", "members_at_most": "一般不超过，人", "members_from": "至少，人", "members_to": "至多，人",
    "mixed_members": "混合会员数", "months": "月数", "months_before": "届满前几个月", "new_within_months": "新任几个月内",
    "numerator": "分子", "party_committee_from": "党委委员至少", "party_committee_members": "设党委的党员人数",
    "party_committee_to": "党委委员至多", "per_month": "每月次数", "per_quarter": "每季次数", "per_year": "每年次数",
    "percent_of_wages": "工资总额的百分之", "present_den": "到会，分母", "present_num": "到会，分子", "present_strict": "到会是否须超过",
    "publications_per_year": "每年公布次数", "purposes": "用途项数", "quarter": "第几季度", "registrar_day": "登记机关截止，日",
    "registrar_month": "登记机关截止，月", "second_months": "第二次提示，月", "second_reminder_months": "第二次提醒，届满前几个月",
    "secretaries": "书记人数", "secretary_per_year": "书记每年次数", "special_characters": "专题材料字数上限", "speech_hours": "讲话小时上限",
    "steps": "步骤数", "supervisor_day": "主管单位截止，日", "supervisor_month": "主管单位截止，月", "surplus_percent": "差额，百分之",
    "third_months": "第三次提示，月", "third_reminder_months": "第三次提醒，届满前几个月", "trainings": "集中培训次数",
    "trainings_per_year": "每年集中培训次数", "unit_members": "单位会员数", "units": "单位数", "village_years": "村和社区，年",
    "working_days": "工作日", "years": "年数", "years_from": "至少，年", "years_to": "至多，年", "yes_den": "赞成，分母",
    "yes_num": "赞成，分子", "yes_of_present": "按实到计算", "yes_strict": "赞成是否须超过",
}
_YES_NO = {"present_strict", "yes_strict", "yes_of_present"}
VERIFIED = {
    "A": "看过全文", "B": "看过引文", "C": "只有间接材料", "M": "凭记忆", "X": "由条文算出", "CONV": "本平台的提示口径", "practice": "通行做法",
}


def numbers(norm: Norm) -> Iterator[tuple[str, str]]:
    """The numbers of a norm with their words."""
    for name, value in norm.limits.items():
        written = ("是" if value else "否") if name in _YES_NO else str(value)
        yield WORDS.get(name, "数字"), written


def how_verified(norm: Norm) -> str:
    """«看过引文；条号凭记忆»."""
    text, _, article = norm.verified.partition("/")
    said = VERIFIED.get(text, text)
    return f"{said}；条号{VERIFIED.get(article, article)}" if article else said
