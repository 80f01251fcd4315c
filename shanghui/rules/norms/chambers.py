"""Chambers and social organizations 商会和社会组织 (regulations §6)."""

from __future__ import annotations

from shanghui.rules.norms.regulations import (
    CHARTER_2018,
    CHARTER_2019,
    CHARTER_PATTERN,
    CONVENTION,
    ENTERPRISE_FUNDS,
    FEDERATION,
    FOUNDING_NOTICE,
    FOUR_GOODS,
    LOCAL,
    PRIVATE_ECONOMY,
    REGISTRATION,
    SOCIAL_ORGANIZATIONS,
)
from shanghui.rules.registry import Modality, norm

norm(
    "SOC-01", "六项职责", "保证政治方向，团结凝聚群众，推动事业发展，建设先进文化，服务人才成长，加强自身建设。",
    source=SOCIAL_ORGANIZATIONS, article="", modality=Modality.SHOULD, verified="B/M", limits={"duties": 6},
    note="六项职责见于引文，意见原文未找到，条号未查到。",
)
norm(
    "SOC-02", "同步建立党组织", "新成立的社会组织具备条件的，登记、审批机关督促其同步建立党组织。",
    source=SOCIAL_ORGANIZATIONS, article="", modality=Modality.MUST, verified="B",
    note="条号未查到。",
)
norm(
    "SOC-03", "三同步", "登记时同步采集党员信息，年检时同步检查党建工作，评估时同步将党建纳入重要指标。",
    source=SOCIAL_ORGANIZATIONS, article="", modality=Modality.SHOULD, verified="M", limits={"checks": 3},
    note="凭记忆，原文和条号未查到。",
)
norm(
    "SOC-04", "登记时的两份材料", "申请登记时提交党建工作承诺书；批准后、领取证书前提交党员情况调查表，转党建工作机构。",
    source=FOUNDING_NOTICE, article="", modality=Modality.MUST, verified="B/C",
    note="通知不分条。",
)
norm(
    "SOC-04-DAYS", "调查表多久移交", "登记机关收到党员情况调查表后5个工作日内转党建工作机构。",
    source=LOCAL, article="", modality=Modality.LOCAL, verified="C", limits={"working_days": 5},
    note="河南的规定，全国没有时限。",
)
norm(
    "SOC-05", "党建入章", "章程写明坚持中国共产党的全面领导，根据党章设立党的组织、开展党的活动，并为党组织活动提供必要条件。",
    source=CHARTER_2019, article="", modality=Modality.MUST, verified="B",
    note="通知不分条。民函〔2018〕78号的写法没有“坚持中国共产党的全面领导”，只有旧写法的应当更新。",
)
norm(
    "SOC-06", "章程写入核心价值观", "章程写明遵守宪法、法律、法规和国家政策，践行社会主义核心价值观，遵守社会道德风尚。",
    source=CHARTER_2018, article="", modality=Modality.MUST, verified="B",
    note="通知不分条。",
)
norm(
    "SOC-07", "章程写明两个机关", "章程写明登记管理机关和党建领导机关。",
    source=CHARTER_PATTERN, article="第三条", modality=Modality.SHOULD, verified="B",
)
norm(
    "SOC-08", "修改章程", "社会团体由会员（代表）大会修改章程；一时不能开会的先行写入，下次会议确认，再报登记机关核准。",
    source=CHARTER_2018, article="", modality=Modality.MUST, verified="B",
    note="通知不分条。",
)
norm(
    "SOC-09", "双向进入、交叉任职", "管理层和党组织班子双向进入、交叉任职；书记参加或者列席管理层会议。",
    source=SOCIAL_ORGANIZATIONS, article="", modality=Modality.SHOULD, verified="C/M",
    note="原文和条号未查到。",
)
norm(
    "SOC-10", "参与重要决策", "社会组织的重要事项决策，应听取党组织意见。",
    source=SOCIAL_ORGANIZATIONS, article="", modality=Modality.SHOULD, verified="C/M",
    note="原文和条号未查到；重大事项的清单由本地规定。",
)
norm(
    "SOC-11", "书记人选", "书记一般从内部选举产生，提倡党员负责人担任，也可以由上级选派。",
    source=SOCIAL_ORGANIZATIONS, article="", modality=Modality.SHOULD, verified="C",
    note="条号未查到。另见《支部工作条例》第二十四条。",
)
norm(
    "SOC-12", "指导员和联络员", "暂不具备建立党组织条件的，选派党建工作指导员、联络员，或者先建立工会、团组织开展工作。",
    source=SOCIAL_ORGANIZATIONS, article="", modality=Modality.SHOULD, verified="C",
    note="条号未查到。一名指导员可以联系几家商会。",
)
norm(
    "SOC-12-DAYS", "聘期满前多久提示", "指导员、联络员和聘任书记的聘期，满前30天提示办理。",
    source=CONVENTION, article="", modality=Modality.CONVENTION, verified="CONV", limits={"days": 30},
    note="没有条文，天数是我们定的。",
)
norm(
    "SOC-13", "党组织工作经费", "非公有制企业党组织工作经费列入管理费，不超过年度工资总额1%的部分可以税前扣除。",
    source=ENTERPRISE_FUNDS, article="", modality=Modality.MAY, verified="C", limits={"percent_of_wages": 1},
    note="通知不分条。只适用于非公有制企业，不适用于商会；没有找到社会组织的比例。",
)
norm(
    "SOC-14", "成立社会团体的条件", "有50个以上个人会员或者30个以上单位会员，混合的总数50个以上；登记机关60日内决定。",
    source=REGISTRATION, article="第十条、第十二条", modality=Modality.MUST, verified="A",
    limits={"individual_members": 50, "unit_members": 30, "mixed_members": 50, "decision_days": 60},
)
norm(
    "SOC-15", "年度工作报告", "每年3月31日前向业务主管单位报送上年度工作报告，5月31日前报登记管理机关。",
    source=REGISTRATION, article="第二十八条", modality=Modality.MUST, verified="A",
    limits={"supervisor_month": 3, "supervisor_day": 31, "registrar_month": 5, "registrar_day": 31},
)
norm(
    "SOC-16", "商会理事会任期", "理事会每届任期不超过5年，延期换届不超过1年。",
    source=CHARTER_PATTERN, article="", modality=Modality.SHOULD, verified="C/M", limits={"years": 5, "delay_years": 1},
    note="条号未查到；5年凭记忆。和党支部任期3年不同。",
)
norm(
    "SOC-17", "工商联和所属商会", "工商联是人民团体和商会组织，指导、引导、服务所属商会。",
    source=FEDERATION, article="", modality=Modality.MAY, verified="B",
    note="条号未查到。只用于说明，不作检查。",
)
norm(
    "SOC-18", "民营经济促进法的规定", "工商联依法促进民营经济健康发展；行业协会商会发挥协调和自律作用。",
    source=PRIVATE_ECONOMY, article="第七条", modality=Modality.MAY, verified="C",
    note="只用于说明，不作检查；党组织活动一条的条号凭记忆，不写。",
)
norm(
    "SOC-19", "“四好”商会", "政治引领好、队伍建设好、服务发展好、自律规范好；自愿申报，每2年认定1次。",
    source=FOUR_GOODS, article="", modality=Modality.MAY, verified="B/C", limits={"years": 2, "groups": 4},
    note="四好和两年一认定见于引文，2025年办法原文未见，条号未查到。",
)
norm(
    "SOC-20", "四同步", "商会和党组织同时筹备、同时上报、同时审批、同时成立。",
    source=LOCAL, article="", modality=Modality.LOCAL, verified="practice",
    note="通行做法，没有条文。",
)
norm(
    "SOC-21", "阵地六有", "有场所、有设施、有标志、有党旗、有书报、有制度。",
    source=LOCAL, article="", modality=Modality.LOCAL, verified="practice", limits={"items": 6},
    note="通行做法，没有条文。",
)
norm(
    "SOC-22", "两个上级", "商会党组织由总商会党委或者行业协会商会党委领导，同时接受社会工作部门指导。",
    source=LOCAL, article="", modality=Modality.LOCAL, verified="practice",
    note="通行做法，没有条文。",
)
