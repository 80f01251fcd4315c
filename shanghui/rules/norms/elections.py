"""Elections 换届选举 (regulations §1.3). The numbers of the articles after 第十四条 were not read."""

from __future__ import annotations

from shanghui.rules.norms.regulations import BRANCHES, ELECTIONS, LOCAL
from shanghui.rules.registry import Modality, norm

norm(
    "ELE-01", "党员大会和代表大会", "委员会一般由党员大会选举；党员500名以上或者驻地分散的，经上级批准可以召开代表大会选举。",
    source=ELECTIONS, article="第四条", modality=Modality.MAY, verified="B", limits={"members": 500},
)
norm(
    "ELE-02", "谁有选举权", "正式党员有选举权；预备党员和留党察看期间的党员没有；被依法留置、逮捕的，由党组织中止其权利。",
    source=ELECTIONS, article="第五条", modality=Modality.MUST, verified="B",
)
norm(
    "ELE-03", "代表候选人差额", "代表候选人的差额不少于应选人数的20%。",
    source=ELECTIONS, article="第九条", modality=Modality.MUST, verified="B", limits={"surplus_percent": 20},
)
norm(
    "ELE-04", "委员候选人差额", "委员候选人的差额不少于应选人数的20%：应选3人至少4名候选人，应选5人至少6名。",
    source=ELECTIONS, article="第十三条", modality=Modality.MUST, verified="B", limits={"surplus_percent": 20},
)
norm(
    "ELE-05", "候选人怎样产生", "上届委员会按多数人意见提名，上级审查同意，党员酝酿确定候选人，提交党员大会选举。",
    source=ELECTIONS, article="第十四条", modality=Modality.MUST, verified="B",
)
norm(
    "ELE-06", "书记副书记的选举", "设委员会的，书记、副书记在第一次全体会议上等额选举；不设委员会的，由党员大会选举。",
    source=BRANCHES, article="第二十一条", modality=Modality.MUST, verified="B/C",
    note="支部部分有引文；《基层组织选举工作条例》部分只有间接材料，条号（第十七条前后）凭记忆。",
)
norm(
    "ELE-07", "选举结果报告", "选出的委员报上级党组织备案，书记、副书记报上级党组织批准。",
    source=BRANCHES, article="第二十一条", modality=Modality.MUST, verified="B",
    note="《基层组织选举工作条例》中的条号未查到。",
)
norm(
    "ELE-08", "选举到会人数", "进行选举时，有选举权的到会人数不少于应到会人数的五分之四。",
    source=ELECTIONS, article="第二十一条", modality=Modality.MUST, verified="B/M",
    limits={"numerator": 4, "denominator": 5},
    note="条号凭记忆。正好五分之四可以选举（1990年的旧条例要求超过）。",
)
norm(
    "ELE-09", "无记名投票", "选举采用无记名投票，候选人名单以姓氏笔画为序。",
    source=ELECTIONS, article="", modality=Modality.MUST, verified="B",
    note="条号未查到，约在第二十六条前后。",
)
norm(
    "ELE-10", "选举人可以怎样写票", "选举人可以赞成、不赞成或者弃权；不赞成的可以另选他人，弃权的不能另选他人。",
    source=ELECTIONS, article="", modality=Modality.MAY, verified="B",
    note="条号未查到。",
)
norm(
    "ELE-11", "不得委托投票", "未到会的不得委托他人投票；不能写票的可以委托非候选人按本人意愿代写。",
    source=ELECTIONS, article="", modality=Modality.MUST, verified="M",
    note="凭记忆，条号未查到。",
)
norm(
    "ELE-12", "选举和选票是否有效", "收回选票不多于发出选票，选举有效；多于的重新选举。每票所选不多于应选人数有效，多于的无效。",
    source=ELECTIONS, article="", modality=Modality.MUST, verified="B",
    note="条号未查到。",
)
norm(
    "ELE-13", "当选票数", "赞成票超过实到会有选举权人数的一半，始得当选。",
    source=ELECTIONS, article="", modality=Modality.MUST, verified="C", limits={"numerator": 1, "denominator": 2},
    note="条号未查到（第三十条或第三十一条）。两种说法：地方组织选举按应到会人数计算；两种算法结果不同时应提示。",
)
norm(
    "ELE-14", "当选人多于或少于名额", "多于名额的以得票多少为序，票数相等的重新投票；少于名额的另行选举，接近时经半数以上选举人同意可减少名额。",
    source=ELECTIONS, article="", modality=Modality.MUST, verified="C", limits={"numerator": 1, "denominator": 2},
    note="条号未查到。半数以上还是超过半数，原文未核对。",
)
norm(
    "ELE-15", "监票人和计票人", "监票人由全体党员从不是候选人的党员中推选，经会议通过；计票人在监票人监督下工作。",
    source=ELECTIONS, article="", modality=Modality.MUST, verified="C",
    note="条号未查到。",
)
norm(
    "ELE-16", "选举由谁主持", "选举由上届委员会主持；不设委员会的，由上届书记主持。",
    source=ELECTIONS, article="", modality=Modality.MUST, verified="C",
    note="条号未查到。",
)
norm(
    "ELE-17", "不计入应到会人数", "五类不能到会的党员，经上级同意并经党员大会通过，可以不计入应到会人数。",
    source=LOCAL, article="", modality=Modality.LOCAL, verified="C", limits={"groups": 5, "months": 6},
    note="见于答问，不在条例中：不能表达意志、自费出国半年以上、被留置羁押服刑、长期卧病、应转未转组织关系半年以上。",
)
