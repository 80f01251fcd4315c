"""What this platform itself may not do 平台自身的规矩 (regulations §7). A chamber is not named in the scope; we comply in full."""

from __future__ import annotations

from shanghui.rules.norms.regulations import APPLICATIONS, FINGERTIP, LESS_FORMALISM
from shanghui.rules.registry import Modality, norm

norm(
    "APP-01", "不打卡、不积分", "不得设置打卡签到、积分排名、统计在线时长等强制功能。",
    source=APPLICATIONS, article="", modality=Modality.MUST, verified="B",
    note="列举的第二项，条号（第十条或第十一条）凭记忆，不写。安全保卫、应急处置的除外。另见《防治“指尖上的形式主义”意见》。",
)
norm(
    "APP-02", "不强制使用", "不得强制下载、使用，不得通报安装率，不得强制定期登录。",
    source=APPLICATIONS, article="", modality=Modality.MUST, verified="B",
    note="列举的第三项，条号未查到。",
)
norm(
    "APP-03", "不重复要表", "不得随意、重复要求基层填表、报数、报材料。",
    source=APPLICATIONS, article="", modality=Modality.MUST, verified="B",
    note="列举的第一项，条号未查到。一项数据只录一次。",
)
norm(
    "APP-04", "不以留痕作评价", "不得作为日常考核、线上检查的主要载体，不以点赞、转发、学习时长作依据，不强制上传照片、视频、轨迹。",
    source=APPLICATIONS, article="", modality=Modality.MUST, verified="B",
    note="列举的第四项，条号未查到。",
)
norm(
    "APP-05", "不做商业活动", "不得从事商业活动。",
    source=APPLICATIONS, article="", modality=Modality.MUST, verified="B",
    note="列举的第五项，条号未查到。",
)
norm(
    "APP-06", "听取意见", "设置投诉建议功能，及时答复。",
    source=APPLICATIONS, article="", modality=Modality.MUST, verified="C",
    note="条号未查到。另见《防治“指尖上的形式主义”意见》。",
)
norm(
    "APP-07", "备案", "上线前向网信部门备案，变更、关停也要报告；办法施行前上线的，6个月内补办。",
    source=APPLICATIONS, article="", modality=Modality.MUST, verified="C", limits={"months": 6},
    note="条号未查到。",
)
norm(
    "APP-08", "无用的关停", "使用率低、没有实际作用的应当关停，功能重复的应当整合。",
    source=APPLICATIONS, article="", modality=Modality.MUST, verified="B",
    note="条号未查到。数据可以全部导出，平台可以停用。另见《防治“指尖上的形式主义”意见》。",
)
norm(
    "APP-09", "一张表", "一件事、一项数据通过一个平台办理，推行一张表，数据共享。",
    source=FINGERTIP, article="", modality=Modality.SHOULD, verified="B",
    note="条号未查到。",
)
norm(
    "APP-10", "工作群", "工作群中不得强制打卡接龙、即时响应，不得随意布置任务、索要材料。",
    source=FINGERTIP, article="", modality=Modality.MUST, verified="B",
    note="条号未查到。",
)
norm(
    "APP-11", "不以会议和照片论工作", "不以开会次数、拍照留痕、学习笔记评价工作。",
    source=LESS_FORMALISM, article="第三部分", modality=Modality.MUST, verified="C",
)
norm(
    "APP-12", "文件简短", "文件一般不超过5000字，专项的不超过4000字，领导讲话一般不超过1小时。",
    source=LESS_FORMALISM, article="", modality=Modality.SHOULD, verified="C",
    limits={"characters": 5000, "special_characters": 4000, "speech_hours": 1},
    note="条号未查到。",
)
