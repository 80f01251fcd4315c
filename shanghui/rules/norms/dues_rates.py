"""What a member pays 党费的基数、比例和交纳 (regulations §5). Rates are in thousandths, small amounts in fen, so that all numbers are whole."""

from __future__ import annotations

from shanghui.rules.norms.regulations import DUES
from shanghui.rules.registry import Modality, norm

norm(
    "DUES-01", "工薪收入的计算基数", "按月领取工资的党员，以工资总额中相对固定的、经常性的税后部分为基数；企业党员含固定部分和活的部分。",
    source=DUES, article="第一条", modality=Modality.MUST, verified="B",
    note="基数由收党费的人填写，平台不保存工资单。",
)
norm(
    "DUES-02", "交纳比例", "3000元以下（含）交0.5%，至5000元（含）交1%，至10000元（含）交1.5%，以上交2%。",
    source=DUES, article="第二条", modality=Modality.MUST, verified="B",
    limits={"first_to": 3000, "first_rate": 5, "second_to": 5000, "second_rate": 10, "third_to": 10000, "third_rate": 15, "last_rate": 20},
    note="对全部基数用一个比例，不分段；跨档时应交数会跳，是规定如此。",
)
norm(
    "DUES-03", "年薪制", "实行年薪制的党员，以当月实际领取的薪酬收入为基数，参照按月领取工资的比例交纳。",
    source=DUES, article="第三条", modality=Modality.MUST, verified="B",
)
norm(
    "DUES-04", "不按月取得收入的", "个体经营者等不按月取得收入的党员，以上季度月平均纯收入为基数，参照按月领取工资的比例交纳。",
    source=DUES, article="第四条", modality=Modality.MUST, verified="B", limits={"every_months": 3},
)
norm(
    "DUES-05", "离退休党员", "离退休党员以实际领取的离退休费或者养老金为基数，5000元以下（含）的交0.5%，5000元以上的交1%。",
    source=DUES, article="第五条", modality=Modality.MUST, verified="B", limits={"first_to": 5000, "first_rate": 5, "last_rate": 10},
)
norm(
    "DUES-06", "农民、学生、没有收入的", "农民党员每月交0.2元至1元；学生党员，下岗失业、领取救济或者低保的党员，每月交0.2元。",
    source=DUES, article="第六条", modality=Modality.MUST, verified="B", limits={"least_fen": 20, "most_fen": 100, "fixed_fen": 20},
)
norm(
    "DUES-07", "交纳确有困难的", "交纳党费确有困难的党员，经支部研究，报上一级党委批准，可以少交或者免交。",
    source=DUES, article="第七条", modality=Modality.MAY, verified="B/M", note="条号凭记忆。批准材料写明单位和文号。",
)
norm(
    "DUES-08", "预备党员", "预备党员从支部大会通过其为预备党员之日起交纳党费。",
    source=DUES, article="第八条", modality=Modality.MUST, verified="B/M", note="条号凭记忆。平台从那一天所在的月份算起。",
)
norm(
    "DUES-09", "向哪里交", "党员向其正式组织关系所在的党支部交纳党费；持流动党员活动证的，可以向流入地党组织交纳。",
    source=DUES, article="第九条", modality=Modality.MUST, verified="B/M",
    note="条号凭记忆。双重组织生活、功能型和临时党组织这里应交数为零；接转的，当月交给月初所在的支部。",
)
norm(
    "DUES-10", "收入变化", "党员工资收入变化的，从领到新工资的当月起，按新的基数交纳。",
    source=DUES, article="第十条", modality=Modality.MUST, verified="B", note="通行做法是年初核定，年内一般不变动。",
)
norm(
    "DUES-11", "自愿多交", "党员自愿多交党费不限；一次多交1000元以上的大额党费，全部上缴中央，由中央组织部出具收据。",
    source=DUES, article="第十一条", modality=Modality.MUST, verified="B", limits={"extra_yuan": 1000},
)
norm(
    "DUES-12", "按月交纳", "党员应当每月主动交纳党费；特殊情况经支部同意，可以每季交纳，或者委托亲属、其他党员代为交纳、补交；补交一般不超过6个月。",
    source=DUES, article="第十二条", modality=Modality.MUST, verified="B/M", limits={"months": 6},
    note="条号凭记忆。预交超过6个月的也提示。",
)
