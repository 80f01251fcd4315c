"""Committees: size, posts, term 委员会的规模、职务、任期 (regulations §1.2)."""

from __future__ import annotations

from shanghui.rules.norms.regulations import BRANCHES, CONSTITUTION, CONVENTION, ELECTIONS, LOCAL, TERMS
from shanghui.rules.registry import Modality, norm

norm(
    "COM-01", "应设支委会", "有正式党员7名以上的党支部应当设立支部委员会。",
    source=BRANCHES, article="第二十条", modality=Modality.MUST, verified="B", limits={"full_members": 7},
)
norm(
    "COM-02", "支委会人数", "支部委员会由3至5人组成，一般不超过7人。",
    source=BRANCHES, article="第二十条", modality=Modality.SHOULD, verified="B",
    limits={"members_from": 3, "members_to": 5, "members_at_most": 7},
)
norm(
    "COM-03", "支委会分工", "支部委员会设书记和组织、宣传、纪检等委员，必要时可以设1名副书记。",
    source=BRANCHES, article="第二十条", modality=Modality.MUST, verified="B", limits={"deputies": 1},
    note="委员只有3人时一人可兼两职，是系统提示口径。",
)
norm(
    "COM-04", "不设支委会的支部", "正式党员不足7名的党支部设1名书记，必要时可以设1名副书记。",
    source=BRANCHES, article="第二十条", modality=Modality.MUST, verified="B",
    limits={"full_members_below": 7, "secretaries": 1, "deputies": 1},
)
norm(
    "COM-05", "支部任期", "党支部委员会每届任期3年，村和社区的为5年。",
    source=TERMS, article="第一部分", modality=Modality.MUST, verified="A/B", limits={"years": 3, "village_years": 5},
    note="另见《支部工作条例》第二十一条。",
)
norm(
    "COM-06", "总支任期", "党总支委员会每届任期3年，村和社区的为5年。",
    source=TERMS, article="第一部分", modality=Modality.MUST, verified="A", limits={"years": 3, "village_years": 5},
)
norm(
    "COM-07", "基层党委任期", "基层党委每届任期一般为5年。",
    source=TERMS, article="第一部分", modality=Modality.SHOULD, verified="A", limits={"years": 5},
)
norm(
    "COM-08", "任期幅度", "基层委员会、总支部委员会、支部委员会每届任期3年至5年。",
    source=CONSTITUTION, article="第三十一条", modality=Modality.MUST, verified="B", limits={"years_from": 3, "years_to": 5},
)
norm(
    "COM-09", "换届提醒", "党支部任期届满前，上级党组织一般提前6个月提醒做好换届准备。",
    source=BRANCHES, article="第二十一条", modality=Modality.SHOULD, verified="B", limits={"months_before": 6},
)
norm(
    "COM-10", "延期或提前换届", "延期或者提前换届应当报上级党组织批准，延长或者提前一般不超过1年。",
    source=BRANCHES, article="第二十一条", modality=Modality.MUST, verified="A/B", limits={"years": 1},
    note="“一般”只管1年的限度，报批是应当。另见《基层组织选举工作条例》第三条、《基层组织任期意见》第二部分。",
)
norm(
    "COM-11", "换届内部准备", "党支部至少在任期届满1个月前开会研究并请示上级，系统可在届满前3、2、1个月提醒。",
    source=LOCAL, article="", modality=Modality.LOCAL, verified="C",
    limits={"months_before": 1, "first_reminder_months": 3, "second_reminder_months": 2, "third_reminder_months": 1},
    note="见于工作手册，没有全国条文。",
)
norm(
    "COM-12", "及时补选", "书记、副书记、委员出缺应当及时补选；确有必要时，上级可以指派书记或者副书记。",
    source=BRANCHES, article="第二十一条", modality=Modality.MUST, verified="B",
    note="条例没有规定天数。",
)
norm(
    "COM-12-DAYS", "出缺多久提示", "书记、副书记、委员出缺满30天仍未补选的，提示办理。",
    source=CONVENTION, article="", modality=Modality.CONVENTION, verified="CONV", limits={"days": 30},
    note="条例只说及时，天数是我们定的。",
)
norm(
    "COM-13", "补选在党员大会上进行", "补选一般在党员大会上进行。",
    source=ELECTIONS, article="", modality=Modality.SHOULD, verified="C",
    note="条号未查到。",
)
norm(
    "COM-14", "书记的党龄", "党支部书记一般应当具有1年以上党龄，党龄从转正之日算起。",
    source=BRANCHES, article="第二十三条", modality=Modality.SHOULD, verified="B", limits={"years": 1},
)
norm(
    "COM-15", "社会组织的书记人选", "社会组织党支部书记一般从管理层中产生，注意从业务骨干中选拔；没有合适人选的由上级选派。",
    source=BRANCHES, article="第二十四条", modality=Modality.SHOULD, verified="B",
)
norm(
    "COM-16", "书记培训", "党支部书记每年至少参加1次县级以上集中轮训，新任书记在半年内参加培训。",
    source=BRANCHES, article="第二十五条", modality=Modality.SHOULD, verified="C/M",
    limits={"per_year": 1, "new_within_months": 6},
    note="条号凭记忆；数字另见2019－2023年党员教育培训规划的介绍。",
)
norm(
    "COM-17", "总支和党委的委员人数", "商会党总支委员3至5人，党委委员5至7人。",
    source=LOCAL, article="", modality=Modality.LOCAL, verified="C",
    limits={"general_branch_from": 3, "general_branch_to": 5, "party_committee_from": 5, "party_committee_to": 7},
    note="全国没有规定；数字取自一市的规定（巴中）。国有企业的总支为5至7人，不适用于商会。",
)
