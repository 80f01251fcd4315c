"""What an organization owes for the dues it collects 党费的收缴、使用、公开 (regulations §5)."""

from __future__ import annotations

from shanghui.rules.norms.regulations import DUES, LOCAL
from shanghui.rules.registry import Modality, norm

norm(
    "DUES-13", "不交党费的党员", "对不按规定交纳党费的党员应当批评教育、限期改正；无正当理由连续6个月不交的，按自行脱党处理。",
    source=DUES, article="第十三条", modality=Modality.MUST, verified="B/M", limits={"months": 6},
    note="条号凭记忆。另见《党章》第九条。须经支部大会决定、上级批准；系统只提示。",
)
norm(
    "DUES-14", "不得垫交、扣缴", "党组织不得垫交党费，不得从工资中扣缴，不得自行收取特殊党费。",
    source=DUES, article="第十四条", modality=Modality.MUST, verified="B/M",
    note="条号凭记忆。",
)
norm(
    "DUES-15", "党费使用原则", "使用党费统筹安排、量入为出、收支平衡、略有结余，向基层倾斜。",
    source=DUES, article="第十七条、第十八条", modality=Modality.MUST, verified="B",
)
norm(
    "DUES-16", "党费使用范围", "党费只用于五项：培训党员、订阅学习资料和设备、表彰、补助困难党员、救灾和修缮教育设施。",
    source=DUES, article="第十九条", modality=Modality.MUST, verified="B", limits={"purposes": 5},
)
norm(
    "DUES-17", "集体决定", "使用和下拨党费必须集体讨论决定。",
    source=DUES, article="第二十条", modality=Modality.MUST, verified="B",
    note="核对时看会议记录。",
)
norm(
    "DUES-18", "请求下拨党费", "请求下拨党费向上一级党组织提出，专款专用。",
    source=DUES, article="第二十一条", modality=Modality.MUST, verified="B",
)
norm(
    "DUES-19", "党费账户", "党费以党委或者组织部门的名义单独设立银行账户，会计和出纳分设。",
    source=DUES, article="", modality=Modality.MUST, verified="C",
    note="条号未查到。",
)
norm(
    "DUES-20", "检查和公开", "组织部门每年检查党费工作；党支部每年至少向党员公布1次党费收缴情况。",
    source=DUES, article="", modality=Modality.MUST, verified="B/C",
    limits={"checks_per_year": 1, "publications_per_year": 1},
    note="检查见第二十九条；公布的条号未查到，只有间接材料。",
)
norm(
    "DUES-21", "上缴比例", "上缴党费的比例由上级党组织规定，在本单位设置中填写。",
    source=LOCAL, article="", modality=Modality.LOCAL, verified="C",
    note="各级各系统不同，没有全国统一的比例。",
)
