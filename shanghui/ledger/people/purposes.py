"""Why each thing is kept about a person (PIPL 5, 6, 17; PRIV-01): no column of a person without its purpose."""

from __future__ import annotations

PURPOSES: dict[str, str] = {
    "name": "登记党员和商会任职人员",
    "initials": "按拼音查找，由姓名得出",
    "gender": "党内统计",
    "ethnicity": "党内统计",
    "birth": "年龄统计；核对入党年龄",
    "education": "党内统计",
    "id_number": "防止同名、重复登记；加密保存，可以不登记",
    "id_digest": "按号码查重，由号码得出",
    "phone": "通知会议、联系党员；加密保存，可以不登记",
    "phone_digest": "按号码查找，由号码得出",
    "politics": "商会班子结构统计",
    "workplace": "确定所在党组织，联系党员",
    "applied_on": "计算发展党员各步的期限",
    "joined_on": "计算预备期",
    "confirmed_on": "计算党龄",
    "remark": "登记单位补充说明",
    "kept_by": "确定由谁负责这条记录",
    "user": "本人登录后查看自己的记录",
}
"""{column: purpose}; a test asks that none is missing."""

DERIVED = ("initials", "id_digest", "phone_digest")
"""What follows from other columns and is not shown by itself."""

PARTS: tuple[tuple[str, str], ...] = (
    ("党籍和组织隶属", "计算党员数，确定组织生活、表决和党费在哪里"),
    ("党员状态", "联系外出党员，登记组织已经作出的决定"),
    ("任职、联系商会", "班子、交叉任职和工作覆盖的统计"),
    ("活动到会", "计算应到实到、法定人数和学习时间；不排名、不打分"),
)
"""What is kept beside the person's own columns, and why."""
