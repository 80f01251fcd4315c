"""Setting up organizations 党组织设置 (regulations §1.1)."""

from __future__ import annotations

from shanghui.rules.norms.regulations import ADMISSION_2026, BRANCHES, LOCAL, SOCIAL_ORGANIZATIONS
from shanghui.rules.registry import Modality, norm

norm(
    "ORG-01", "应建党支部", "有正式党员3名以上的基层单位（含社会组织）应当成立党支部，预备党员不计入。",
    source=BRANCHES, article="第四条", modality=Modality.MUST, verified="B", limits={"full_members": 3},
    note="另见《党章》第三十条。",
)
norm(
    "ORG-02", "支部规模", "党支部党员人数一般不超过50名，预备党员计入。",
    source=BRANCHES, article="第四条", modality=Modality.SHOULD, verified="B", limits={"members": 50},
)
norm(
    "ORG-03", "联合党支部", "正式党员不足3名的单位，按地域相邻、行业相近、规模适当、便于管理成立联合党支部，一般不超过5个单位。",
    source=BRANCHES, article="第五条", modality=Modality.SHOULD, verified="B", limits={"full_members_below": 3, "units": 5},
    note="5个是单位数，不是支部数。",
)
norm(
    "ORG-04", "项目上的党支部", "为期6个月以上的工程、工作项目，符合条件的应当成立党支部。",
    source=BRANCHES, article="第五条", modality=Modality.MUST, verified="B", limits={"months": 6},
)
norm(
    "ORG-05", "流动党员党支部", "流动党员较多且集中的，由流出地党组织商流入地党组织，依托商会等成立流动党员党支部。",
    source=BRANCHES, article="第五条", modality=Modality.MUST, verified="A/B",
    note="另见《党员教育管理工作条例》第三十二条。",
)
norm(
    "ORG-06", "成立党支部的批复", "单位提出申请，基层党委研究决定并批复，批复时间一般不超过1个月，并报上级组织部门备案。",
    source=BRANCHES, article="第六条", modality=Modality.SHOULD, verified="C/M", limits={"months": 1},
    note="1个月由题库和引文印证；步骤和条文未读到原文。",
)
norm(
    "ORG-07", "上级直接决定成立", "根据工作需要，上级党委可以直接决定成立党支部。",
    source=BRANCHES, article="第六条", modality=Modality.MAY, verified="M",
    note="全条凭记忆。",
)
norm(
    "ORG-08", "调整和撤销", "党支部的调整、撤销由支部报基层党委批准，或者由基层党委直接决定，并报上级组织部门备案。",
    source=BRANCHES, article="第七条", modality=Modality.MUST, verified="C",
    note="《党章》关于成立或撤销由上级决定的条号（第十三条）凭记忆。",
)
norm(
    "ORG-09", "临时党支部", "为执行任务临时组建、组织关系不转接的机构，经上级批准成立临时党支部，班子由上级指定，机构撤销即自然撤销。",
    source=BRANCHES, article="第八条", modality=Modality.MUST, verified="B",
    note="全国没有规定时限。临时党支部不发展党员、不处分党员、不收缴党费、不选举代表、不换届。",
)
norm(
    "ORG-10", "临时党组织不接收预备党员", "除另有规定外，临时党组织不得接收、审批预备党员。",
    source=ADMISSION_2026, article="第二十二条", modality=Modality.MUST, verified="A",
)
norm(
    "ORG-11", "设总支和党委的规模", "党员50名以上可以设党总支，100名以上可以设党委；人数不足因工作需要设立的，应有批准文件。",
    source=LOCAL, article="", modality=Modality.LOCAL, verified="C",
    limits={"general_branch_members": 50, "party_committee_members": 100},
    note="《党章》只要求按工作需要和党员人数、经上级批准；数字对机关有规定，对社会组织见于省级指南，没有全国条文。",
)
norm(
    "ORG-12", "党员不足也可设党委", "规模较大、会员单位较多的社会组织，党员人数不足的，经县级以上党委批准可以设立党委。",
    source=SOCIAL_ORGANIZATIONS, article="", modality=Modality.MAY, verified="M",
    note="原文未找到，凭记忆。",
)
norm(
    "ORG-13", "功能型党组织", "功能型党组织依据本地文件设立，党员正式组织关系留在原单位，不计入党内统计。",
    source=LOCAL, article="", modality=Modality.LOCAL, verified="C",
    note="《党章》和《支部工作条例》都没有规定；不能做的事同临时党支部，本地文件另有规定的除外。",
)
norm(
    "ORG-14", "两个覆盖", "党的组织覆盖（单独或联合建立）和党的工作覆盖（指导员、联络员、群团）分别计算。",
    source=SOCIAL_ORGANIZATIONS, article="", modality=Modality.SHOULD, verified="C",
    note="原文未找到；算法是通行做法。",
)
norm(
    "ORG-15", "党小组", "党员人数较多或者工作地、居住地分散的党支部应当划分党小组，组长由支部指定或者小组推荐。",
    source=BRANCHES, article="第十三条", modality=Modality.MUST, verified="B",
    note="条例没有规定小组最少人数；工作手册说3人以上、至少1名正式党员。",
)
