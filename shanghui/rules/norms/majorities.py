"""What a meeting needs to proceed and to decide 到会和表决 (regulations §1.4): three majorities, each by itself.

`present_…`: the share of those who should attend that must be there. `yes_…`: the share that must approve, of those who should
attend, or of those present where `yes_of_present` is 1. `…_strict`: 1 超过 (the share itself is too few), 0 以上.
"""

from __future__ import annotations

from shanghui.rules.norms.regulations import ADMISSION_2026, BRANCHES, ELECTIONS
from shanghui.rules.registry import Modality, norm

norm(
    "MAJ-ORDINARY", "党员大会表决", "有表决权的党员到会半数以上才能开会，赞成超过应到会人数的一半才能通过。",
    source=BRANCHES, article="第十一条", modality=Modality.MUST, verified="B",
    limits={
        "present_num": 1, "present_den": 2, "present_strict": 0,
        "yes_num": 1, "yes_den": 2, "yes_strict": 1, "yes_of_present": 0,
    },
)
norm(
    "MAJ-ADMISSION", "接收和转正表决", "有表决权的党员到会须超过应到会人数的一半，无记名投票，赞成超过应到会人数的一半才能通过。",
    source=ADMISSION_2026, article="第十九条、第二十条、第三十二条", modality=Modality.MUST, verified="A",
    limits={
        "present_num": 1, "present_den": 2, "present_strict": 1,
        "yes_num": 1, "yes_den": 2, "yes_strict": 1, "yes_of_present": 0,
    },
    note="因故不能到会的党员在会前正式提交的书面意见，计入票数。",
)
norm(
    "MAJ-ELECTION", "选举表决", "有选举权的党员到会不少于应到会人数的五分之四，赞成超过实到会人数的一半始得当选。",
    source=ELECTIONS, article="", modality=Modality.MUST, verified="B/C",
    limits={
        "present_num": 4, "present_den": 5, "present_strict": 0,
        "yes_num": 1, "yes_den": 2, "yes_strict": 1, "yes_of_present": 1,
    },
    note="条号凭记忆，不写。未到会的不能投票。当选按实到会还是应到会人数计算有两种说法，见当选票数一条。",
)
norm(
    "MAJ-COMMITTEE", "支委会到会人数", "支部委员会会议须有半数以上委员到会；重要事项经支委会讨论后提交党员大会。",
    source=BRANCHES, article="第十二条", modality=Modality.MUST, verified="B",
    limits={"present_num": 1, "present_den": 2, "present_strict": 0},
    note="条例没有写明支委会表决的多数。",
)
norm(
    "MAJ-PARTY-COMMITTEE", "党委审批预备党员", "党委审批预备党员须集体讨论和表决，两名以上的逐个审议。",
    source=ADMISSION_2026, article="第二十四条", modality=Modality.MUST, verified="A",
    note="没有写明比例。",
)
