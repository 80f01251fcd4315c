"""What an organization owes for the membership relations in its care 组织关系 (regulations §4)."""

from __future__ import annotations

from shanghui.rules.norms.regulations import CONVENTION, EDUCATION, LOCAL
from shanghui.rules.registry import Modality, norm

norm(
    "REL-03", "转移组织关系", "党员工作单位、经常居住地变动，或者外出6个月以上且地点相对固定的，应当转移组织关系。",
    source=EDUCATION, article="第二十五条", modality=Modality.MUST, verified="A", limits={"months": 6},
)
norm(
    "REL-04", "直接转接组织关系", "有审批预备党员权限的基层党委，可以在全国范围直接转接党员组织关系。",
    source=EDUCATION, article="第二十五条", modality=Modality.MAY, verified="A",
)
norm(
    "REL-05", "转接途中的党员", "组织关系已转出、对方还没有接收的，仍由转出方负责；没有正当理由不得拒绝接收。",
    source=EDUCATION, article="第二十五条", modality=Modality.MUST, verified="A",
)
norm(
    "REL-06", "介绍信有效期", "组织关系介绍信的有效期写在信上，按路程远近定，最长不超过90天。",
    source=LOCAL, article="", modality=Modality.LOCAL, verified="C", limits={"days": 90},
    note="组织部门的通行做法，没有找到正式文件；常见的是市内7至10天、跨省30天。",
)
norm(
    "REL-06-AHEAD", "介绍信到期前多久提示", "介绍信到期前10天提示催要回执或者抓紧接收。",
    source=CONVENTION, article="", modality=Modality.CONVENTION, verified="CONV", limits={"days": 10},
    note="没有条文，天数是我们定的。",
)
norm(
    "REL-07", "回执和重开", "接收后回执交回开介绍信的党委；介绍信遗失、过期的，所在支部说明情况以后才能重开。",
    source=LOCAL, article="", modality=Modality.LOCAL, verified="C",
    note="组织部门的通行做法，没有找到正式文件。",
)
norm(
    "REL-08", "流动党员的联系", "党员外出6个月以上没有转接组织关系的为流动党员，流出地党组织应当经常联系。",
    source=EDUCATION, article="第三十二条", modality=Modality.MUST, verified="A", limits={"months": 6},
)
norm(
    "REL-08-CONTACT", "多久没有联系就提示", "流动党员满3个月没有登记联系的，提示支部联系。",
    source=CONVENTION, article="", modality=Modality.CONVENTION, verified="CONV", limits={"months": 3},
    note="条例要求经常联系，没有规定多久；3个月是我们定的。",
)
norm(
    "REL-09", "流入地协助管理", "流入地党组织协助管理流动党员；流动党员可以在流入地参加评议，结果告知所属支部。",
    source=EDUCATION, article="第三十二条", modality=Modality.MUST, verified="A/C",
    note="评议结果告知所属支部一句只有间接材料。",
)
norm(
    "REL-11", "出国学习的党员", "党员出国学习的，原单位党组织保留组织关系，至少每半年联系1次。",
    source=EDUCATION, article="第三十四条", modality=Modality.MUST, verified="A", limits={"every_months": 6},
)
norm(
    "REL-12", "失去联系的党员", "失去联系6个月以上、多方查找仍未取得联系的，停止党籍；停止党籍2年后确实无法取得联系的，按自行脱党予以除名。",
    source=EDUCATION, article="第二十四条", modality=Modality.MUST, verified="A", limits={"months": 6, "years": 2},
    note="由党组织决定并登记，系统只提示。",
)
norm(
    "REL-13", "出国定居、久学未归", "因私出国并在国外定居的，出国学习研究超过5年仍未返回的，一般停止党籍。",
    source=EDUCATION, article="第二十四条", modality=Modality.SHOULD, verified="A", limits={"years": 5},
)
norm(
    "REL-14", "恢复党籍", "停止党籍的，可以按规定恢复；除名、开除党籍的，原则上不恢复，可以重新申请入党。",
    source=EDUCATION, article="第二十四条", modality=Modality.MAY, verified="A",
)
norm(
    "REL-15", "自行脱党", "没有正当理由，连续6个月不参加组织生活，或者不交纳党费，或者不做所分配的工作，按自行脱党处理。",
    source=EDUCATION, article="第三十一条", modality=Modality.MUST, verified="A/B", limits={"months": 6},
    note="另见《党章》第九条。须认定没有正当理由，支部大会决定除名，上级批准；系统不自动处理。",
)
norm(
    "REL-15-ALERTS", "不参加或不交纳多久提示", "连续2个月、3个月、5个月不参加组织生活或者不交纳党费的，提示支部了解情况。",
    source=CONVENTION, article="", modality=Modality.CONVENTION, verified="CONV",
    limits={"first_months": 2, "second_months": 3, "third_months": 5},
    note="提前提示的月数是我们定的。",
)
norm(
    "REL-16", "限期改正", "对不合格但本人愿意改正的党员限期改正，期限不超过1年。",
    source=EDUCATION, article="第三十条", modality=Modality.MUST, verified="A", limits={"years": 1},
)
norm(
    "REL-17", "没有人事档案的党员", "没有人事档案的党员，由有审批预备党员权限的党委建立党员档案。",
    source=EDUCATION, article="第二十六条", modality=Modality.MUST, verified="A",
)
