"""Organizational life 组织生活 (regulations §2)."""

from __future__ import annotations

from shanghui.rules.norms.regulations import BRANCHES, EDUCATION, LOCAL, TRAINING_2019, TRAINING_2024
from shanghui.rules.registry import Modality, norm

norm(
    "LIFE-01", "支部党员大会", "支部党员大会一般每季度召开1次。",
    source=BRANCHES, article="第十一条", modality=Modality.SHOULD, verified="B", limits={"per_quarter": 1},
)
norm(
    "LIFE-02", "支委会", "支部委员会会议一般每月召开1次。",
    source=BRANCHES, article="第十二条", modality=Modality.SHOULD, verified="B", limits={"per_month": 1},
    note="只适用于设支部委员会的党支部。",
)
norm(
    "LIFE-03", "党小组会", "党小组会一般每月召开1次。",
    source=BRANCHES, article="第十三条", modality=Modality.SHOULD, verified="B", limits={"per_month": 1},
    note="只适用于划分党小组的党支部，每个小组分别计算。",
)
norm(
    "LIFE-04", "党课", "党员按期参加党课；党委（党组）书记每年至少讲1次党课。",
    source=BRANCHES, article="第十六条", modality=Modality.MUST, verified="B", limits={"secretary_per_year": 1},
    note="条例没有规定支部党课的次数；“每季度一次”只能作为本地规定。",
)
norm(
    "LIFE-04-QUARTER", "党课每季一次", "党支部每季度至少讲1次党课。",
    source=LOCAL, article="", modality=Modality.LOCAL, verified="C", limits={"per_quarter": 1},
    note="各地常见的规定，没有全国条文；启用本地规定后才适用。",
)
norm(
    "LIFE-05", "主题党日", "党支部每月相对固定1天开展主题党日。",
    source=EDUCATION, article="第十六条", modality=Modality.MUST, verified="A/B", limits={"per_month": 1},
    note="另见《支部工作条例》第十六条。可以和“三会一课”结合进行。",
)
norm(
    "LIFE-06", "组织生活会", "党支部每年至少召开1次组织生活会。",
    source=EDUCATION, article="第十七条", modality=Modality.MUST, verified="A", limits={"per_year": 1},
    note="另见《支部工作条例》第十七条。可以以党员大会、支委会或者党小组会的形式召开。",
)
norm(
    "LIFE-06-QUARTER", "组织生活会的时间", "组织生活会一般安排在第四季度，也可以根据工作需要随时召开。",
    source=BRANCHES, article="第十七条", modality=Modality.SHOULD, verified="B/C", limits={"quarter": 4},
    note="原文未读到，由引文和题库印证。",
)
norm(
    "LIFE-07", "民主评议党员", "党支部一般每年开展1次民主评议党员：个人自评、党员互评、民主测评、评定意见。",
    source=EDUCATION, article="第十八条", modality=Modality.SHOULD, verified="A", limits={"per_year": 1, "steps": 4},
    note="另见《支部工作条例》第十八条。可以结合组织生活会进行。",
)
norm(
    "LIFE-08", "谈心谈话", "支部委员之间、委员和党员之间、党员之间，每年谈心谈话一般不少于1次。",
    source=BRANCHES, article="第十九条", modality=Modality.SHOULD, verified="C", limits={"per_year": 1},
    note="只登记谈过，不登记内容。",
)
norm(
    "LIFE-09", "党员学习时间", "党员每年集中学习培训一般不少于32学时。",
    source=EDUCATION, article="第二十条", modality=Modality.SHOULD, verified="A", limits={"hours": 32},
    note="只提醒，不排名。",
)
for plan, verified in ((TRAINING_2019, "C"), (TRAINING_2024, "C/M")):
    norm(
        "LIFE-10", "书记和委员学习时间", "党支部书记和委员每年集中学习培训不少于56学时，至少参加1次集中培训。",
        source=plan, article="", modality=Modality.MUST, verified=verified, limits={"hours": 56, "trainings_per_year": 1},
        note="规划不分条。2024－2028年的数字沿用上一个规划，原文未见。",
    )
    norm(
        "LIFE-11", "新党员培训", "新党员在预备期内或者转正后第一年参加1次集中培训。",
        source=plan, article="", modality=Modality.SHOULD, verified=verified, limits={"trainings": 1},
        note="规划不分条。2024－2028年的要求沿用上一个规划，原文未见。",
    )
norm(
    "LIFE-12", "年老体弱党员", "对年老、患病、残疾的党员，参加活动和学习不作硬性要求。",
    source=EDUCATION, article="第二十三条", modality=Modality.MAY, verified="A",
    note="不登记病情。",
)
norm(
    "LIFE-13", "领导干部双重组织生活", "党员领导干部参加民主生活会，并以普通党员身份参加所在支部的组织生活。",
    source=EDUCATION, article="第十六条", modality=Modality.MUST, verified="A",
    note="《支部工作条例》中的条号（第十五条）凭记忆。",
)
norm(
    "LIFE-14", "未转组织关系的党员", "经党组织同意可以不转接组织关系的党员，可以编入所在单位的支部或者小组参加组织生活。",
    source=BRANCHES, article="第十六条", modality=Modality.MAY, verified="B",
)
norm(
    "LIFE-15", "商会的双重组织生活", "商会理事中的党员可以同时参加企业支部和商会支部的组织生活，统计时只算一次。",
    source=LOCAL, article="", modality=Modality.LOCAL, verified="A/practice",
    note="通行做法，依据是《党员教育管理工作条例》第三十二条“一方隶属、参加多重组织生活”。",
)
norm(
    "LIFE-16", "会议由谁召集", "党员大会、支委会由书记召集主持，可以委托副书记或者委员；党小组会由组长主持。",
    source=BRANCHES, article="第十四条", modality=Modality.MUST, verified="B",
)
norm(
    "LIFE-17", "会前定题、会后落实", "党支部事先研究确定组织生活的主题，会后落实决定的事项。",
    source=BRANCHES, article="第十六条", modality=Modality.SHOULD, verified="M",
    note="全条凭记忆，条号也凭记忆。",
)
norm(
    "MEETING-RECORD", "会议记录应有的内容",
    "类型、时间、地点、主持、记录、应到实到缺席及原因、议题、讨论要点、决议和表决、后续事项和负责人、签名。",
    source=LOCAL, article="", modality=Modality.LOCAL, verified="C",
    note="见于工作手册，没有全国统一的项目。到会情况由记录人按签到登记，不用定位、照片、人脸。",
)
