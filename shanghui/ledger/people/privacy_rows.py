"""The rows of the table of who sees what of a person; read through `ledger.people.privacy`.

A row: key, title, seven letters, what the field is for (PRIV-01), and the columns it stands for. The letters are for the
administrator, the office's editor, its reader, the secretary, the guide, a member of the same branch, and the person himself:
无 nothing, 遮 masked, 问 masked and in full for a written reason, 全 all of it. Small by choice: whoever only reads figures and
lists needs no numbers and no remarks, a guide needs those who hold office in his chambers, a fellow member needs names.
"""

from __future__ import annotations

ROWS: tuple[tuple[str, str, str, str, str], ...] = (
    ("name", "姓名", "无全全全无全全", "认人：名册、会议、发展、接转都要写明是谁",
     "people_person.name people_person.initials people_merger.name"),
    ("gender", "性别", "无全全全无无全", "党内统计的分组", "people_person.gender"),
    ("ethnicity", "民族", "无全全全无无全", "党内统计的分组", "people_person.ethnicity"),
    ("birth", "出生日期", "无全遮全无无全", "入党年龄、年龄段统计；查看席位只看到年月", "people_person.birth"),
    ("education", "学历", "无全全全无无全", "党内统计的分组", "people_person.education"),
    ("id_number", "公民身份号码", "无问无遮无无全", "确认是同一个人，查重，组织关系接转", "people_person.id_number people_person.id_digest"),
    ("phone", "联系电话", "无问无遮无无全", "通知会议、联系流动党员", "people_person.phone people_person.phone_digest"),
    ("politics", "政治面貌", "无全全全无无全", "商会班子成员的构成", "people_person.politics"),
    ("workplace", "工作单位", "无全全全无无全", "两新组织党员统计，找到所在企业", "people_person.workplace"),
    ("category", "人员类别和起止", "无全全全无无全", "表决权、发展阶段、党员数", "people_membershiprecord"),
    ("applied_on", "递交入党申请书时间", "无全全全无无全", "发展党员的期限", "people_person.applied_on"),
    ("joined_on", "入党时间", "无全全全无无全", "党龄、预备期", "people_person.joined_on"),
    ("confirmed_on", "转正时间", "无全全全无无全", "党龄从这一天算起", "people_person.confirmed_on"),
    ("contacts", "培养联系人", "无全全全无无全", "发展党员的责任人", "people_membershiprecord.contacts cases_contact cases_introducer"),
    ("affiliation", "组织关系、双重组织生活", "无全全全无无全", "只有一个归属，参加哪里的组织生活", "people_affiliation people_person.kept_by_id"),
    ("office", "担任的职务（连同姓名）", "无全全全全全全", "商会和党组织的班子对会员、党员公开", "people_appointment"),
    ("guide", "联系商会的指导员（连同姓名）", "无全全全全无全", "商会知道找谁，办公室知道谁在联系", "people_guideassignment activities_visit.guide_id"),
    ("flow", "流动、失联、停止党籍等状态", "无全全全无无全", "流动党员管理，失联查找，登记组织作出的决定", "people_memberstanding people_standingcontact"),
    ("transfer", "组织关系接转", "无全全全无无全", "任何时候只在一处", "people_transfer"),
    ("remark", "备注", "无全无全无无全", "登记人自己的说明", "people_person.remark"),
    ("account", "本人账号", "无全无全无无全", "本人登录能看到自己的记录", "people_person.user_id"),
    ("attendance", "到会、请假、主持、记录", "无全全全无无全", "应到实到、会议有效；不排名",
     "activities_attendance activities_activity.chair_id activities_activity.recorder_id activities_activity.lecturer_id"),
    ("talks", "谈心谈话（谁、哪天）", "无全无全无无全", "谈心谈话的次数要求；不记内容", ""),
    ("study", "学时", "无无无全无无全", "年度学时要求；不排名", ""),
    ("dues", "党费基数、应交、实交、欠缴", "无无无全无无全", "算出应交数；欠缴只告诉本人和收党费的人，办公室看合计", "dues_duesbase dues_duespayment"),
    ("dues_paid", "党费交了没有（公布名单）", "无无无全无全全", "收缴情况每年向本支部党员公布，不写金额", ""),
    ("development", "发展党员各步骤", "无全全全无无全", "期限和手续；不记思想汇报、政审内容",
     "cases_development cases_examination cases_explanation cases_move"),
    ("votes", "表决票数、候选人得票", "无全全全无无全", "结果是否有效；只记票数，不记谁投了什么", "cases_nominee cases_setaside cases_membervote"),
    ("publicity", "公示内容", "无全全全无全全", "让党员群众提意见", ""),
    ("case", "办理事项中的去向和编入", "无全全全无无全", "组建、撤销、合并时每个党员都有去处，任命写明是谁", "cases_caseperson cases_posting"),
    ("matter", "办理事项的名称、经办和起止", "无全全全全无全", "办到哪一步、谁在办；名称里不写人名；发展党员的，只有看得到人的才看得到", "cases_case"),
    ("review", "民主评议等次", "无全无全无无全", "年度评议的结果", "activities_reviewgrade"),
    ("promise", "党员亮牌承诺（连同姓名）", "无全全无无无全", "亮身份、作承诺的名单", "programs_promise"),
    ("apart", "不是同一人的登记，合并过的记录", "无全全全无无全", "同名的人不混在一起，不重复提示", "people_notsame people_merger"),
    ("correction", "本人的更正请求和答复", "无全无全无无全", "更正、补充、删除本人的信息", "people_correction"),
    ("notice", "本人是否读过告知", "无无无无无无全", "告知过哪一版", "people_noticeread"),
    ("looks", "谁看过完整号码", "无全全无无无全", "查看要有理由，本人知道", ""),
)
