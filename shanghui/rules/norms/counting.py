"""How numbers and days are read 数字和日期怎样算 (regulations §0.3): civil law adopted here, or set by us; never shown as law."""

from __future__ import annotations

from shanghui.rules.norms.regulations import CIVIL_CODE, CONVENTION
from shanghui.rules.registry import Modality, norm

norm(
    "CALC-01", "以上和超过", "以上、以下、以内、届满包括本数；不满、不足、超过、以外不包括本数。",
    source=CIVIL_CODE, article="第一千二百五十九条", modality=Modality.CONVENTION, verified="A",
    note="党内法规没有这样的条文，借用民法的读法。",
)
norm(
    "CALC-02", "期间怎样算", "按年、月、日计算的期间，开始当天不算；到期日是对应日，没有对应日的是月末日。",
    source=CIVIL_CODE, article="第二百条至第二百零二条", modality=Modality.CONVENTION, verified="A",
    note="借用民法的算法。",
)
norm(
    "CALC-03", "到期遇节假日", "到期日是法定节假日的，提醒顺延到节后第一天。",
    source=CIVIL_CODE, article="第二百零三条", modality=Modality.CONVENTION, verified="A",
    note="借用民法的算法；党内法规没有规定，只用于提醒。",
)
norm(
    "CALC-04", "工作日", "工作日按国务院每年的放假通知计算，含调休；没有录入当年通知的，结果标明暂算。",
    source=CONVENTION, article="", modality=Modality.CONVENTION, verified="CONV",
    note="没有条文，是我们定的。",
)
norm(
    "CALC-05", "公示期怎样算", "张贴当天不算，其后满规定的工作日，下一个工作日才能决定。",
    source=CONVENTION, article="", modality=Modality.CONVENTION, verified="CONV",
    note="比照《民法典》第二百零一条，取较严的读法。",
)
norm(
    "CALC-06", "半数以上和超过半数", "半数以上，正好一半也够；超过半数，正好一半不够。",
    source=CONVENTION, article="", modality=Modality.CONVENTION, verified="X",
    note="由以上和超过的读法推出。",
)
