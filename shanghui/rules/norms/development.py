"""Developing members 发展党员 (regulations §3): the two steps in which the versions of 2014 and 2026 differ most, and the end of
probation, which the to-do tells of."""

from __future__ import annotations

from shanghui.rules.norms.regulations import ADMISSION_2014, ADMISSION_2026
from shanghui.rules.registry import Modality, norm

norm(
    "DEV-10", "确定发展对象", "听取意见、支委会讨论后，报上级党委备案，确定为发展对象。",
    source=ADMISSION_2014, article="第十三条", modality=Modality.MUST, verified="B/M",
    note="条号凭记忆。2014年的细则没有公示要求；只用于说明旧事，不据以判断。",
)
norm(
    "DEV-10", "确定发展对象", "听取意见、支委会讨论后，经上级党委同意，在单位或者居住地公示不少于5个工作日。",
    source=ADMISSION_2026, article="第十三条", modality=Modality.MUST, verified="A", limits={"working_days": 5},
    note="流动党员组织发展的，在流出地和流入地都要公示。",
)
norm(
    "DEV-16", "预审后提交党员大会", "预审合格的，提交支部党员大会讨论；没有规定时限。",
    source=ADMISSION_2014, article="", modality=Modality.MUST, verified="M",
    note="凭记忆，条号未查到；只用于说明旧事，不据以判断。",
)
norm(
    "DEV-16", "预审后提交党员大会", "预审合格的，在1个月内提交支部党员大会讨论。",
    source=ADMISSION_2026, article="第十九条", modality=Modality.MUST, verified="A", limits={"months": 1},
)
norm(
    "DEV-24", "预备期满", "预备期1年，期满后支部党员大会及时讨论能否转正；需要继续考察的，可以延长一次，不少于半年、不超过1年。",
    source=ADMISSION_2014, article="", modality=Modality.MUST, verified="M",
    note="凭记忆，条号未核对；各项期限与2026年的相同。",
)
norm(
    "DEV-24", "预备期满", "预备期1年，期满后支部党员大会及时讨论能否转正；需要继续考察的，可以延长一次，不少于半年、不超过1年。",
    source=ADMISSION_2026, article="第三十一条", modality=Modality.MUST, verified="A", limits={"months": 12, "least_months": 6},
)
