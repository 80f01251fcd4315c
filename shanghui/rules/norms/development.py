"""Developing members 发展党员 (regulations §3): every row of the revision of 2026, and what the version of 2014 said of it.

The text of 2014 was not read again: its rows are from memory and shown as 待核实. A step is judged by the version in force on its day.
"""

from __future__ import annotations

from collections.abc import Mapping

from shanghui.rules.norms.regulations import ADMISSION_2014, ADMISSION_2026, CONVENTION
from shanghui.rules.registry import Modality, norm

_MEMORY = "2014年的条文凭记忆，条号未核对，待核实。"
MUST, SHOULD, MAY = Modality.MUST, Modality.SHOULD, Modality.MAY


def _both(
    code: str, title: str, sentence: str, article: str, modality: Modality = MUST, limits: Mapping[str, int] | None = None, *,
    before: str | None = None, before_limits: Mapping[str, int] | None = None, note: str = "",
) -> None:
    """Declares a row in both versions. `before`: what 2014 said instead, with `before_limits`; None: the same."""
    norm(
        code, title, before or sentence, source=ADMISSION_2014, article="", modality=modality, verified="M", note=_MEMORY,
        limits=limits if before is None else before_limits,
    )
    norm(code, title, sentence, source=ADMISSION_2026, article=article, modality=modality, verified="A", limits=limits, note=note)


_both("DEV-01", "申请人的年龄", "年满18岁的中国公民，可以申请入党。", "第五条", limits={"years": 18})
_both(
    "DEV-02", "向谁申请", "向工作、学习所在单位党组织提出申请；没有的，向单位所在地、主管部门或者居住地党组织提出。", "第六条",
    note="流动人员还可以向流动党员党组织提出。",
)
_both("DEV-03", "派人谈话", "收到入党申请书后，在1个月内派人同申请人谈话。", "第七条", limits={"months": 1})
_both(
    "DEV-04", "确定入党积极分子", "经党员推荐、群团组织推优，由支委会（不设支委会的由党员大会）研究决定，报上级党委备案。", "第八条",
)
_both(
    "DEV-05", "培养联系人", "指定1至2名正式党员作培养联系人；不能履行职责的，及时更换。", "第九条", limits={"least": 1, "most": 2},
)
_both("DEV-06", "每半年考察", "党支部每半年对入党积极分子进行一次考察。", "第十一条", limits={"months": 6})
_both(
    "DEV-07", "每年分析", "基层党委和县级党委组织部门每年对入党积极分子队伍作一次分析。", "第十一条", limits={"years": 1},
    before="基层党委每年对入党积极分子队伍作一次分析。", before_limits={"years": 1},
)
_both("DEV-08", "单位、居住地变动", "积极分子变动单位、居住地的，及时报告并转交培养材料，培养教育时间连续计算。", "第十二条")
_both("DEV-09", "培养教育一年以上", "积极分子经过一年以上培养教育和考察，才能确定为发展对象。", "第十三条", limits={"months": 12})

norm(
    "DEV-10", "确定发展对象", "听取意见、支委会讨论后，报上级党委备案，确定为发展对象。",
    source=ADMISSION_2014, article="第十三条", modality=MUST, verified="B/M",
    note="条号凭记忆。2014年的细则没有公示要求；只用于说明旧事，不据以判断。",
)
norm(
    "DEV-10", "确定发展对象", "听取意见、支委会讨论后，经上级党委同意，在单位或者居住地公示不少于5个工作日。",
    source=ADMISSION_2026, article="第十三条", modality=MUST, verified="A", limits={"working_days": 5},
    note="流动党员组织发展的，在流出地和流入地都要公示。",
)

_both("DEV-11", "入党介绍人", "发展对象应当有两名正式党员作入党介绍人。", "第十四条", limits={"introducers": 2},
      note="受警告、严重警告、撤职处分在影响期内的不宜作，受留党察看处分没有恢复党员权利的不能作。处分情况不在这里登记。")
_both("DEV-12", "政治审查", "对发展对象进行政治审查，形成结论性材料；没有经过或者不合格的，不能发展入党。", "第十六条",
      note="这里只登记哪天审查完、材料放在哪里，不录审查内容。")
_both("DEV-13", "集中培训", "对发展对象集中培训，不少于3天或者不少于24个学时。", "第十七条", limits={"days": 3, "hours": 24})
_both("DEV-14", "支委会审查和党委预审", "支委会严格审查、集体讨论，报具有审批权限的党委预审；预审结果书面通知。", "第十八条")
_both("DEV-15", "将要离开单位的", "发展对象3个月内将离开工作、学习单位的，一般不办理接收手续。", "第十八条", SHOULD, {"months": 3})

norm(
    "DEV-16", "预审后提交党员大会", "预审合格的，提交支部党员大会讨论；没有规定时限。",
    source=ADMISSION_2014, article="", modality=MUST, verified="M",
    note="凭记忆，条号未查到；只用于说明旧事，不据以判断。",
)
norm(
    "DEV-16", "预审后提交党员大会", "预审合格的，在1个月内提交支部党员大会讨论。",
    source=ADMISSION_2026, article="第十九条", modality=MUST, verified="A", limits={"months": 1},
)

_VOTE = {
    "present_num": 1, "present_den": 2, "present_strict": 1, "yes_num": 1, "yes_den": 2, "yes_strict": 1, "yes_of_present": 0,
}
_both(
    "DEV-17", "党员大会票决", "有表决权的到会人数超过应到会的一半才能开会，赞成超过应到会有表决权人数的一半才能通过。", "第十九条、第二十条",
    limits=_VOTE, note="无记名投票，一人一票地逐个表决。因故不能到会的党员会前正式提交的书面意见，计入票数。",
)
_both("DEV-18", "决议写什么", "决议写明主要表现、应到和实到会有表决权的人数、表决结果、通过日期，支部书记签名。", "第二十一条")
_both("DEV-19", "由谁审批", "预备党员由具有审批权限的党委审批；党总支、党组、临时党组织不能审批。", "第二十二条",
      note="乡镇、街道党委所辖的基层党委只审议，不审批。")
_both("DEV-20", "审批前谈话", "党委审批前，指派党委委员或者组织员同发展对象谈话。", "第二十三条")
_both("DEV-21", "党委审批", "党委在3个月内审批，特殊情况可以适当延长，不得超过6个月；报上级党委组织部门备案。", "第二十四条、第二十五条",
      limits={"months": 3, "most_months": 6})
_both("DEV-22", "入党宣誓", "预备党员一般在批准后1个月内，面向党旗进行入党宣誓。", "第二十九条", SHOULD, {"months": 1},
      before="预备党员面向党旗进行入党宣誓；没有规定时限。")
_both("DEV-23", "预备期", "预备期为1年，从支部党员大会通过之日算起。", "第三十一条", limits={"months": 12})

norm(
    "DEV-24", "预备期满", "预备期1年，期满后支部党员大会及时讨论能否转正；需要继续考察的，可以延长一次，不少于半年、不超过1年。",
    source=ADMISSION_2014, article="", modality=MUST, verified="M",
    note="凭记忆，条号未核对；各项期限与2026年的相同。", limits={"months": 12, "least_months": 6},
)
norm(
    "DEV-24", "预备期满", "预备期1年，期满后支部党员大会及时讨论能否转正；需要继续考察的，可以延长一次，不少于半年、不超过1年。",
    source=ADMISSION_2026, article="第三十一条", modality=MUST, verified="A", limits={"months": 12, "least_months": 6},
)
norm(
    "DEV-24-REMIND", "及时讨论转正", "预备期满应当及时讨论转正，条文没有写明几天，按1个月提醒。",
    source=CONVENTION, article="", modality=Modality.CONVENTION, verified="CONV", limits={"months": 1}, note="没有条文，是我们定的。",
)

_both("DEV-25", "转正", "本人提出书面申请，支委会审查，支部党员大会讨论表决，报党委审批；党委在3个月内审批。", "第三十二条、第三十三条",
      limits={"months": 3})
_both("DEV-26", "党龄", "党员的党龄，从预备期满转为正式党员之日算起。", "第三十三条")
_both("DEV-27", "转入的预备党员", "对转入的预备党员，必要时可以推迟讨论转正，推迟不超过6个月；转正时间从预备期满之日算起。", "第三十四条、第三十五条",
      limits={"months": 6})
_both("DEV-28", "归档", "转正后，入党志愿书、申请书、考察登记表、政审材料、转正申请书等及时存入本人档案。", "第三十六条",
      note="没有人事档案的，建立党员档案，由党委或者县级党委组织部门保存。")
_both("DEV-29", "入党志愿书", "入党志愿书由省级党委组织部门按中央组织部的式样统一印制。", "第四十二条", note="平台不印、不生成入党志愿书。")
_both("DEV-30", "追认党员", "追认党员，由省级党委决定。", "第二十七条", note="不在平台办理的范围里。")
_both("DEV-31", "流动党员党组织", "具备条件的流动党员党组织可以办理发展党员；不具备条件的，只做教育和材料转递。", "第四十条", MAY)
_both("DEV-32", "不突击、不关门", "禁止突击发展，反对“关门主义”；长期不做发展党员工作的，上级给予指导。", "第三条、第三十七条",
      note="只对党组织提示，不下指标，不排名。")
