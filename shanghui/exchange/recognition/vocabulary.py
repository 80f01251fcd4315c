"""The words offices use: headings by kind of record and field, and titles that name a kind.

The first heading of a field is its title on pages and in templates; the rest were met in real workbooks. A heading
«会长/姓名» stands for a two-row heading (会长 above 姓名).
"""

# fmt: off
# ruff: noqa: E501 - a field and all its headings stand on one line
from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True)
class FieldWords:
    """One field of a kind: how it is cleaned, and its headings."""

    name: str
    cleaned_as: str
    headings: tuple[str, ...]

    @property
    def title(self) -> str:
        """What the field is called."""
        return self.headings[0].replace("/", "")


def _field(name: str, cleaned_as: str, headings: str) -> FieldWords:
    return FieldWords(name, cleaned_as, tuple(headings.split()))


_PERSON = (
    _field("gender", "gender", "性别"),
    _field("ethnicity", "ethnicity", "民族 民族别"),
    _field("birth", "date", "出生年月 出生日期 出生年月日 出生时间 生日 出生日期(年月) 出生"),
    _field("education", "text", "学历 文化程度 最高学历 学历学位 文化 学历/学位 最高学历及学位 学历情况 全日制学历 学历层次 受教育程度 现学历 学历程度"),
    _field("id_number", "id", "公民身份号码 身份证号码 身份证号 身份证 证件号码 公民身份证号码 居民身份证号码 身份号码 证件号 身份证件号码 公民身份证号 身份证件号 证件号码(身份证) 居民身份证 身份证明号码 身份证信息"),
    _field("phone", "phone", "联系电话 手机号码 手机号 手机 电话 联系方式 移动电话 党员本人联系电话 本人联系电话 手机/电话 联系手机 本人电话 手机号/联系电话 联系方式(手机) 常用手机号 手机电话 本人手机"),
)
_BRANCH = _field(
    "branch", "unit",
    "所在党支部 所在党组织 所属党支部 所属党组织 党支部 党支部名称 党组织 党组织名称 支部 支部名称 组织关系所在党组织 组织关系所在党支部 "
    "所在支部 所在党支部名称 联系党支部 所属支部 申请入党党支部 培养党支部 所属支部名称 所在基层党组织 基层党组织 党组织(支部)名称 隶属党支部 组织关系所在支部 组织关系所在单位 现所在党支部",
)
_WORK = _field(
    "work", "work",
    "工作单位及职务 工作单位及商会职务 单位及职务 工作单位和职务 工作单位职务 所在单位及职务 现任职务 企业及职务 所在企业及职务 工作单位与职务 "
    "单位职务 单位及职务(职业) 所在企业及任职 工作单位及岗位 企业名称及职务 工作单位(职务) 单位及岗位 单位岗位",
)
_ENTERPRISE = _field("enterprise", "text", "工作单位 所在企业 企业名称 所在单位 单位 企业 单位名称 工作/学习单位 所在企业名称 工作单位名称 就业单位 所属企业 所属单位 所在公司 公司名称 企业(单位)名称 工作单位(企业)")
_CONTACTS = _field("contacts", "list", "培养联系人 联系人 培养联系人姓名 入党联系人 培养联系人(2名) 培养教育联系人 联系培养人 培养人 积极分子/培养人 积极分子/联系人 联系人姓名 培养人姓名")
_DATES_OF_ROAD = (
    _field("applied_on", "date", "递交入党申请书时间 申请入党时间 提交书面申请书时间 递交申请书时间 入党申请时间 申请时间 提出申请时间 递交入党申请时间 提交入党申请书时间 申请入党日期 申请书时间 递交申请时间 入党申请书时间 提交申请书时间 提交入党申请时间 申请入党/时间 申请入党/递交时间 入党申请/时间 入党申请人/申请时间 申请入党/递交申请书时间 提交申请时间 入党申请书递交时间 递交《入党申请书》时间"),
    _field("activist_on", "date", "确定为入党积极分子时间 列为积极分子时间 确定积极分子时间 确定为积极分子时间 列为入党积极分子时间 确定入党积极分子时间 积极分子时间 确定积极分子日期 入党积极分子/确定时间 积极分子/确定时间 积极分子/列为时间 积极分子确定时间 入党积极分子确定时间 确定为积极分子日期 列入积极分子时间 入党积极分子时间 列积时间 确定为积极分子的时间 入党积极分子备案时间"),
)

KINDS: dict[str, tuple[str, tuple[FieldWords, ...]]] = {
    "chamber": ("商会", (
        _field("name", "unit", "商会名称 商会 单位名称 名称 社会组织名称 社团名称 商(协)会名称 商协会名称 商会(协会)名称 商会全称 所属商会 商会(协会) 协会名称 行业协会商会名称 组织名称 商会名 社会团体名称 单位全称 "),
        _field("kind", "chamber_kind", "商会类别 商会类型 类别 类型 商会性质 社会组织类型 商会种类 类别(行业/异地/乡镇) 商会分类 分类 商会类别(行业/异地/街道/乡镇) 组织类型 商会属性"),
        _field("county", "text", "县市区 县(市、区) 所属县区 区县 所属县市区 所在县区 县区 所属区县 属地 所在地 所在县(市、区) 县市区名称 县(区) 区(县) 县(市)区 区县名称 县区名称 行政区划 所属区域 所属地区 县(市、区)名称 区域 地区 县别 所在县市区 县市 所在区县 县市区别"),
        _field("credit_code", "credit", "统一社会信用代码 信用代码 社会信用代码 统一信用代码 统一代码 机构代码 信用代码证号 统一社会信用代码(18位) 社会信用代码证 登记证号"),
        _field("founded_on", "date", "成立时间 成立日期 成立年月 登记时间 注册时间 登记日期 商会成立时间 成立登记日期 成立登记时间 批准成立时间 注册登记时间 登记成立时间 注册日期 商会成立日期 创立时间 何时成立"),
        _field("president", "person", "会长 会长姓名 会长/姓名 负责人 法定代表人 法人代表 会长(法定代表人) 会长(负责人) 现任会长 会长名字 主要负责人 法人 会长名称 法人姓名 理事长"),
        _field("president_politics", "text", "会长政治面貌 会长/政治面貌"),
        _field("president_phone", "phone", "会长联系电话 会长/联系电话 会长电话 会长/电话 会长手机 会长/手机 会长联系方式 会长手机号 会长手机号码 负责人电话 负责人联系电话"),
        _field("president_enterprise", "text", "会长所在企业 会长/所在企业 会长企业 会长/企业名称 会长单位"),
        _field("secretary_general", "person", "秘书长 秘书长姓名 秘书长/姓名 秘书长(专职) 专职秘书长 现任秘书长"),
        _field("secretary_general_phone", "phone", "秘书长联系电话 秘书长/联系电话 秘书长电话 秘书长/电话 秘书长手机 秘书长/手机 秘书长联系方式 秘书长手机号"),
        _field("member_enterprises", "count", "会员企业数 会员数 会员单位数 会员企业 会员企业数量 会员单位数量 社团会员(单位)数量 会员总数 会员(企业)数 企业数 会员数量 会员企业总数 会员数(家) 会员单位 会员单位总数 会员企业家数 会员(家) 现有会员数 会员 单位会员数 会员数合计 会员家数 企业会员数 会员规模 会员企业个数"),
        _field("covered", "yes_no", "是否建立党组织 是否成立党组织 是否建党组织 党组织建立情况 是否已建党组织 建立党组织 是否组建党组织 是否覆盖 有无党组织 是否有党组织 党组织是否建立 是否建有党组织 党组织组建情况 是否单独建立党组织 是否建党 党组织覆盖 是否组建 是否建立 是否成立 是否已建 党组织/有无 是否已成立党组织 是否已建立党组织 已建党组织 党建覆盖 党组织情况 党组织状况 党组织建立 是否建有党支部 有无党支部 是否设立党组织 党组织组建与否 是否有党支部"),
        _field("form", "form", "组建方式 党组织组建方式 组建形式 党组织形式 组建类型 建立方式 党组织设置方式 设置形式 党组织类型 组建形式(单独/联合) 覆盖方式 党组织情况/组建方式 建立形式 组织形式 组织设置方式 单独/联合组建 单独或联合 单独/联合"),
        _field("party_organization", "unit_or_none", "所属党组织 党组织名称 党组织 所在党组织 党支部名称 覆盖党组织 党组织全称 建立的党组织 所属党支部 所属支部 党支部 支部名称 所在党支部 党组织情况/名称 党组织/名称 所建党组织名称 已建党组织名称 覆盖的党组织 隶属党支部"),
        _field("party_founded_on", "date", "党组织成立时间 党组织成立日期 党支部成立时间 党组织批准成立时间 党组织成立年月 党组织组建时间 党组织/成立时间 党组织情况/成立时间 党支部组建时间 建立党组织时间"),
        _field("secretary", "person", "书记 党组织书记 书记姓名 支部书记 党组织负责人 党支部书记 书记/姓名 党组织书记姓名 党组织/书记 党组织情况/书记 党支部书记姓名 现任书记 支书"),
        _field("secretary_phone", "phone", "书记电话 书记联系电话 书记/电话 书记/联系电话 党组织书记电话 党组织书记联系电话 书记手机 支部书记电话"),
        _field("members", "count", "党员数 党员人数 党员总数 党员 党员数量 党员总人数 现有党员数 党员数(人) 党员数/合计 党员数/总数 党员/人数 党组织情况/党员数 从业党员数 党员人数合计 会员党员数 现有党员 在册党员数"),
        _field("guide", "person", "党建工作指导员 党建指导员 指导员 联络员 党建联络员 联系指导员 指导员姓名 党建工作联络员 党建指导员姓名 指导员(联络员) 党建指导员(联络员) 派驻指导员 联系人(指导员) 选派指导员"),
        _field("leaders", "leaders", "负责人/书记/班子成员 会长/书记/班子成员 负责人/书记 会长/书记 书记/班子成员 会长/书记/秘书长 会长/秘书长/书记 班子成员 领导班子 班子成员情况 领导班子成员 主要负责人/班子成员 负责人/班子成员"),
        _field("term_ends", "date", "届满时间 任期届满时间 换届时间 应换届时间 下次换届时间 届满日期 本届任期/止 任期/止 任期截止时间 到届时间 届满日 本届届满时间 换届日期 下届换届时间 本届任期届满时间"),
        _field("supervisor", "text", "业务主管单位 主管单位 业务主管部门 业务主管(指导)单位 业务指导单位"),
        _field("registrar", "text", "登记管理机关 登记机关 发证机关 登记单位"),
        _field("issued_on", "date", "发证日期 发证时间 证书发放日期"), _field("valid_from", "date", "有效期限自 有效期自"),
        _field("valid_to", "date", "有效期至 有效期限至 证书有效期至 有效期截止 证书有效期 有效期 法人证书有效期 证书到期时间 证书有效期止 有效期(至) 有效期限 证书有效期限 登记证书有效期 有效期止"),
        _field("term_starts", "date", "本届选举时间 本届任期起 本届任期/起 任期/起 上次换届时间 最近换届时间 本届成立时间"),
        _field("address", "text", "地址 办公地址 住所 商会地址 注册地址 详细地址 注册地 办公场所"),
        _field("origin", "text", "来源地 原籍地 异地商会来源地"),
        _field("status", "text", "状态 运行状态 商会状态 登记状态 是否正常 登记状况 存续状态 年检情况/状态 目前状态 运转情况 活动状态"),
        _field("remark", "text", "备注 说明 备注说明 情况说明 其他说明"),
    )),
    "party_organization": ("党组织", (
        _field("name", "unit", "党组织名称 党支部名称 名称 党组织 支部名称 党组织全称 单位名称 党组织(支部)名称 基层党组织名称 党支部全称 组织名称 党总支名称 党组织名 党支部名"),
        _field("type", "text", "类型 党组织类型 党组织类别 组织类别 类别 支部类别 性质 党组织性质 组织类型 党组织类型(党委/总支/支部) 组织形式 组织层级"),
        _field("form", "form", "组建方式 组建形式 设置形式 组建类型 建立方式 组建类别 组建形式(单独/联合) 党组织设置形式 设置方式 设置类型"),
        _field("covers", "units", "覆盖商会 覆盖单位 所属商会 所在商会 联合单位 商会名称 覆盖商会名称 组成商会 涵盖商会 依托商会 覆盖商会(单位) 覆盖的商会 所覆盖商会 覆盖商会(企业) 依托单位 建立党组织的商会 组建单位 联建单位 覆盖商会情况 包含商会 成员商会 联合组建商会 所含商会 组成单位"),
        _field("parent", "text", "上级党组织 隶属党组织 上级党组织名称 所属上级党组织 所属党委 上级党委 上级党组织(全称) 上一级党组织 直属上级党组织 隶属关系 隶属上级党组织 所属党(工)委 所属分党委 上级党(工)委"),
        _field("approved_on", "date", "批准成立时间 成立时间 批复时间 成立日期 批准时间 组建时间 批准日期 党组织成立时间 批复成立时间 组建成立时间 建立时间 批复日期 党支部成立时间 组建日期 建立日期 支部成立时间 批复/时间 批准设立时间 设立时间 建立党组织时间"),
        _field("approval_number", "text", "批复文号 批准文号 文号 批准文件 批复/文号 成立批复文号 批复"),
        _field("term_starts", "date", "任期开始时间 选举时间 任职时间 换届时间 本届选举时间 最近换届时间 上次换届时间 本届任期起 本届时间 本届起始时间 本届当选时间 现任班子选举时间 本届班子选举时间 当选时间 最近一次换届时间"),
        _field("term_ends", "date", "届满时间 任期届满时间 应换届时间 任期届满 届满日期 下次换届时间 到届时间 任期截止时间 任期到期时间 本届届满时间 任期满时间 应届满时间 任期届满日期 换届届满时间 换届到期时间 下届换届时间"),
        _field("term", "interval", "任期 任期起止 任期起止时间 任职期限"),
        _field("years", "count", "任期(年) 任期年限 任期年数 年限 每届任期"),
        _field("secretary", "person", "书记 书记姓名 党组织书记 书记/姓名 支部书记 党支部书记 负责人 支部书记姓名 党支部书记姓名 书记(负责人) 党组织负责人 现任书记 党组织书记姓名"),
        _field("secretary_chamber_post", "text", "书记商会职务 书记/商会职务 商会职务 书记在商会职务 书记/商会任职 书记/职务 书记在商会担任职务 书记商会任职 在商会职务 书记兼任商会职务 书记所任商会职务"),
        _field("secretary_phone", "phone", "书记联系电话 书记/联系电话 书记电话 书记/电话 联系电话 书记手机 书记手机号 书记手机号码 书记联系方式 联系方式 负责人电话"),
        _field("deputy_secretary", "person", "副书记 副书记姓名"),
        _field("leaders", "leaders", "书记/班子成员 书记/副书记/委员 书记/副书记 班子成员 支委成员 支部班子 支委会成员 班子成员及分工"),
        _field("committee_members", "count", "委员数 委员人数 支委数 班子成员数 委员会人数 班子人数 支委人数 委员(人) 支委会人数 支部委员数 支委委员数 班子成员人数 支委会成员数 班子成员(人) 委员数量 班子成员数量"),
        _field("members_total", "count", "党员数 党员总数 党员数/合计 党员人数 党员数/总数 党员/合计 党员人数/合计 党员人数/总数 党员 党员数(人) 党员总人数 现有党员数 党员数量 党员人数(人) 党员情况/总数 党员情况/合计 党员队伍/总数 党员(人) 党员数合计 党员总数合计 在册党员数"),
        _field("members_full", "count", "正式党员数 党员数/正式 正式党员 党员数/正式党员 其中正式党员 党员/正式 党员人数/正式 其中:正式党员 正式党员人数 党员情况/正式党员 党员情况/正式 正式 正式党员(人) 其中/正式党员 其中/正式 其中正式"),
        _field("members_probationary", "count", "预备党员数 党员数/预备 预备党员 党员数/预备党员 其中预备党员 党员/预备 党员人数/预备 其中:预备党员 预备党员人数 党员情况/预备党员 党员情况/预备 预备 预备党员(人) 其中/预备党员 其中/预备 其中预备"),
        _field("activists", "count", "入党积极分子数 积极分子数 入党积极分子 积极分子 入党积极分子人数 积极分子人数"),
        _field("status", "text", "党组织状态 状态 存续状态 目前状态 撤销情况 是否撤销"),
        _field("remark", "text", "备注 说明 备注说明 情况说明"),
    )),
    "member": ("党员", (
        _field("name", "person", "姓名 党员姓名 姓名(党员) 党员"), _BRANCH, *_PERSON,
        _field("joined_on", "date", "入党时间 加入党组织日期 入党日期 加入中共组织时间 入党年月 加入党组织时间 发展入党时间 入党年月日 入党 加入中国共产党时间 加入党组织的时间 加入中国共产党日期 何时入党 成为预备党员时间 接收为预备党员时间 接收预备党员时间 预备党员时间 吸收为预备党员时间 支部大会通过接收预备党员时间 发展为预备党员时间"),
        _field("confirmed_on", "date", "转正时间 转为正式党员日期 转正日期 转正年月 转为正式党员时间 转正年月日 转正 转为正式党员的时间 何时转正 成为正式党员时间 正式党员时间"),
        _field("category", "category", "党员类别 正式/预备 人员类别 类别 党籍状态 党员类型 预/正 正式预备 政治面貌 党籍 正式或预备 党员性质 党员身份 正式(预备) 党员类别(正式/预备) 是否正式党员 政治身份 党员状态 是正式还是预备 党员分类 正式党员/预备党员 预备/正式"),
        _field("party_post", "text_or_none", "党内职务 党内任职 支部职务 党组织职务 党内职务(现任) 担任党内职务 现任党内职务 在党内任职 党组织内职务 党内担任职务 支部内职务 支委职务 党组织任职 职务(党内)"),
        _field("floating", "yes_no", "是否流动党员 流动党员 是否为流动党员 是否为流动党员(是/否) 是否流动 流动情况 是否为流动"),
        _WORK, _ENTERPRISE,
        _field("chamber", "unit", "所在商会 所属商会 商会名称 商会 所属商会名称 所在商(协)会"),
        _field("chamber_post", "text_or_none", "商会职务 在商会任职 商会任职 会内职务 在商会职务 所任商会职务 商会内职务 商会职务名称 商会内任职 在商会担任职务 商会身份"),
        *_DATES_OF_ROAD, _field("candidate_on", "date", "确定为发展对象时间 列为发展对象时间 发展对象时间"), _CONTACTS,
        _field("introducers", "list", "入党介绍人 介绍人"),
        _field("transferred_in_on", "date", "组织关系转入时间 转入时间 转入日期 组织关系转入日期 转入本支部时间"),
        _field("native_place", "text", "籍贯"), _field("remark", "text", "备注 备注说明"),
    )),
    "activist": ("入党积极分子", (
        _field("name", "person", "姓名 积极分子姓名 入党积极分子姓名"), _BRANCH, *_PERSON, *_DATES_OF_ROAD, _CONTACTS, _WORK, _ENTERPRISE,
        _field("remark", "text", "备注"),
    )),
    "applicant": ("入党申请人", (
        _field("name", "person", "姓名 申请人姓名 申请人"), _BRANCH, *_PERSON, _DATES_OF_ROAD[0],
        _field("talk_on", "date", "谈话时间 派人谈话时间 谈话日期"), _WORK, _ENTERPRISE, _field("remark", "text", "备注"),
    )),
    "candidate": ("发展对象", (
        _field("name", "person", "姓名 发展对象姓名"), _BRANCH, *_PERSON, *_DATES_OF_ROAD, _CONTACTS,
        _field("candidate_on", "date", "确定为发展对象时间 列为发展对象时间 确定发展对象时间 发展对象时间 发展对象确定时间 确定时间 列为发展对象日期 发展对象/确定时间 确定为发展对象日期 列为对象时间"),
        _field("introducers", "list", "入党介绍人 介绍人"), _WORK, _ENTERPRISE, _field("remark", "text", "备注"),
    )),
    "development": ("发展党员", (
        _field("name", "person", "姓名 发展对象姓名"), _BRANCH, *_PERSON, *_DATES_OF_ROAD, _CONTACTS,
        _field("talk_on", "date", "谈话时间 派人谈话时间 谈话日期 谈话/时间 申请入党/谈话时间 派人谈话"),
        _field("candidate_on", "date", "确定为发展对象时间 列为发展对象时间 确定发展对象时间 发展对象时间 发展对象确定时间 发展对象/确定时间 发展对象/列为时间 列为发展对象日期 确定发展对象日期 确定对象时间 列为发展对象的时间 发展对象备案时间"),
        _field("training_from", "date", "培训起始时间 培训开始时间 发展对象培训起始时间 集中培训/起 集中培训/开始 集中培训/开始时间 培训起 培训自 培训始 培训开始 培训时间/起 培训时间/开始 发展对象培训/起"),
        _field("training_to", "date", "培训结束时间 培训截止时间 发展对象培训结束时间 集中培训/止 集中培训/结束 集中培训/结束时间 培训止 培训至 培训结束 培训时间/止 培训时间/结束 发展对象培训/止"),
        _field("training", "interval", "培训时间 集中培训时间 培训起止时间 集中培训 短期集中培训时间 发展对象培训时间 参加集中培训时间 培训起止日期 发展对象/培训时间"),
        _field("introducers", "list", "入党介绍人 介绍人"),
        _field("joined_on", "date", "接收为预备党员时间 支部大会时间 支部大会通过时间 接收预备党员时间 入党时间 支部党员大会时间 接收时间 支部大会接收时间 吸收为预备党员时间 支部大会讨论接收时间 接收预备党员日期 接收为预备党员日期 预备党员/接收时间 预备党员/支部大会时间 支部大会通过日期 支部大会讨论时间 大会接收时间 吸收预备党员时间 预备党员接收时间 预备党员时间 成为预备党员时间"),
        _field("approved_on", "date", "上级党委审批时间 党委审批时间 审批时间 批准时间 上级党委批准时间 党委批准时间 上级党组织审批时间 预备党员/审批时间 预备党员/党委审批时间 预备党员/上级党委审批时间 批准日期 党委审批日期 上级审批时间 上级党委审批日期"),
        _field("prereview_on", "date", "预审时间 党委预审时间 上级党委预审时间 预审日期 预审合格时间 预审/时间 上级预审时间"),
        _field("oath_on", "date", "宣誓时间 入党宣誓时间 宣誓日期 入党宣誓日期"),
        _field("confirm_approved_on", "date", "转正审批时间 转正批准时间 转正/审批时间 转正/上级党委审批时间 转正/党委审批时间 转正/批准时间 转正党委审批时间 转正审批日期"),
        _field("due_on", "date", "预备期满时间 预备期届满时间 预备期满日期 预备期满 应转正时间 预备期满日"),
        _field("confirmed_on", "date", "转正时间 转为正式党员时间 转正大会时间 转正日期 转正/支部大会时间 转正/支部大会通过时间 讨论转正时间 按期转正时间 转正支部大会时间 支部大会转正时间 讨论转正日期 转正/时间 转正/大会时间 转正大会日期"),
        _field("expected", "count", "应到会党员数 应到会党员 应到人数 应到 应到会有表决权党员数 有表决权党员数"),
        _field("present", "count", "实到会党员数 实到会党员 实到人数 实到 实到会有表决权党员数"),
        _field("votes_for", "count", "赞成票 赞成 赞成票数 同意票 同意票数"), _field("votes_against", "count", "反对票 反对票数 不同意票"),
        _WORK, _ENTERPRISE, _field("stage", "text", "当前发展阶段 发展阶段 所处阶段 目前阶段 当前阶段 培养阶段"), _field("remark", "text", "备注"),
    )),
    "appointment": ("任职", (
        _field("chamber", "unit", "商会名称 商会 所在商会 所属商会 单位名称 任职单位 任职商会"), _BRANCH,
        _field("name", "person", "姓名 姓名(职务)"),
        _field("post", "text", "商会职务 职务 党内职务 任职 现任职务 所任职务 会内职务 担任职务 商会任职 在商会职务 商会/职务 所任商会职务 党内任职 班子职务 商会(协会)职务 会内任职 拟任职务 本会职务 任职情况"),
        _field("politics", "text", "政治面貌 党派 政治面貌(党派) 政治身份"), *_PERSON, _ENTERPRISE,
        _field("enterprise_post", "text", "企业职务 单位职务 在企业职务 在企业任职 企业任职"),
        _field("from", "date", "任职时间 当选时间 任命时间 任职日期 任职起始时间 当选日期 任职年月 担任现职时间 任现职时间 就任时间"),
        _field("duty", "text", "分工 工作分工"), _field("remark", "text", "备注"),
    )),
    "guide_assignment": ("指导员联系", (
        _field("guide", "person", "指导员 指导员姓名 党建指导员 联络员 姓名 党建联络员 党建工作指导员 联络员姓名 党建工作指导员姓名 派驻指导员 指导员(姓名) 选派人员 联系领导 选派干部姓名 派驻人员 联系人员 联系干部 委员姓名"),
        _field("post", "text", "职务 单位及职务 工作单位及职务 指导员职务 单位职务 工作单位及职务(职级) 所在单位及职务 单位职务(职级) 工作单位 现任职务"),
        _field("chamber", "unit", "联系商会 商会名称 商会 联系的商会 所联系商会 派驻商会 负责商会 指导商会 联系商会名称 联系单位 所联系的商会 联系商(协)会 派驻商会名称 联系的商会名称 指导的商会 联系指导的商会 联系指导商会 服务商会 挂钩商会 挂点商会 包联商会 结对商会"),
        _field("from", "date", "选派时间 派驻时间 开始时间 选派日期 选派起止时间 选派起止年月 派驻起止时间 联系时间 派出时间 起始时间 聘任时间 派驻日期 任职时间 聘任日期 选派年月 结对时间 联系起始时间 起聘时间"),
        _field("to", "date", "聘期到 聘期至 联系到 联系至 派驻到 派驻至 聘任到期时间 聘期届满时间 结束时间 截止时间 聘期结束时间 聘期止 派驻截止时间 任期至 选派截止时间 到期时间 派驻结束时间"),
        _field("kind", "text", "选派身份 指导员类别"), _field("handed_over", "text", "移交事项 交接事项"),
        _field("phone", "phone", "联系电话 手机号码 电话 联系方式 手机"), _field("remark", "text", "备注"),
    )),
    "activity": ("活动", (
        _field("date", "date", "活动时间 时间 日期 活动日期 举办时间 开展时间 活动开展时间 举办日期 开展日期 举行时间 具体时间"),
        _field("kind", "text", "活动类别 活动类型 类别 类型 活动形式 活动种类 活动类别(品牌) 活动性质 所属类别 活动分类"),
        _field("name", "text", "活动名称 活动主题 主题 名称 活动内容 主题内容 内容 活动名称(主题) 活动名称及内容 活动项目 项目名称 活动题目 主题名称"),
        _field("host", "text", "主办单位 举办单位 承办单位 组织单位 主办 活动单位 主办(承办)单位 主(承)办单位 组织者 开展单位 主办方 举办商会 开展支部 主办党组织"),
        _field("place", "text", "地点 活动地点 活动地址 举办地点 开展地点 活动场所"),
        _field("attendance", "count", "参加人数 参与人数 人数 活动人数 参加人次 参加人数(人) 参与人次 参加人数(人次) 参会人数 到场人数 出席人数 活动参与人数 参加党员数 实到人数 实到 到会人数 实际参加人数 实到党员数 实参加人数 参与党员数 参与人员数量 参与人员数"),
        _field("expected", "count", "应到人数 应到 应到党员数 应参加人数 应参会人数"), _field("remark", "text", "备注"),
    )),
    "meeting": ("三会一课", (
        _BRANCH, _field("kind", "text", "会议类型 会议类别 类型 活动类型 类别 会议形式 会议种类 组织生活类型 会议名称/类型 三会一课类型 形式 活动形式 三会一课类别 组织生活形式 会议性质"),
        _field("date", "date", "会议时间 实际会议时间 时间 召开时间 日期 活动时间 会议日期 开会时间 会议召开时间 召开日期 开展时间 活动日期 举行时间"),
        _field("topic", "text", "会议名称 会议议题 议题 会议主题 主题 内容 会议内容 主要内容 主题内容 会议主要内容 会议(活动)主题 会议主题及内容 活动主题 活动内容 学习内容 议程 主要议题 会议(党课)主题 会议议程"),
        _field("place", "text", "会议地点 地点 召开地点 活动地点"), _field("host", "person", "主持人 主持人姓名 主持 会议主持人 主讲人 授课人 主讲"),
        _field("recorder", "person", "记录人 记录人姓名 记录 会议记录人"),
        _field("expected", "count", "应到人数 应到 应到党员数 应到党员 应到会人数 应到会党员数 应参会人数 应参加人数 应出席人数 应到(人) 应到会 应参会党员数 应到会有表决权党员数 应参加党员数 应出席党员数"),
        _field("present", "count", "实到人数 实到 实到党员数 到会人数 实到党员 参加人数 实到会人数 实到会党员数 实参会人数 实际参加人数 实际到会人数 出席人数 参会人数 实到(人) 实到会 实到会有表决权党员数 到会党员数 实际到会 出席党员数"),
        _field("excused", "count", "请假人数 请假 请假(人) 因事请假人数 请假数"), _field("absent", "count", "缺席人数 缺席 缺席(人) 缺席数"),
        _field("votes_for", "count", "赞成票 赞成 同意票 同意 赞成票数 同意票数 赞成(票)"), _field("votes_against", "count", "反对票 反对 不同意票 反对票数 不同意票数"),
        _field("remark", "text", "备注"),
    )),
    "plate": ("亮牌承诺", (
        _BRANCH, _field("name", "person", "党员姓名 姓名 经营者"),
        _field("shop", "text", "经营户名称 店铺名称 商户名称 经营户 店名 示范户名称 门店名称 店铺 门店 商铺名称"),
        _field("signed_on", "date", "承诺书签订时间 签订时间 承诺时间 签订日期 签约时间 签订承诺书时间 承诺书签订日期 签订承诺时间 承诺日期"),
        _field("given", "yes_no", "授牌 是否授牌 授牌情况 已授牌 挂牌 是否挂牌 是否亮牌 授牌(是/否) 亮牌"), _field("remark", "text", "备注"),
    )),
    "term": ("任期", (
        _field("organization", "unit", "党组织名称 所在党支部 党支部名称 党组织 单位名称 支部名称 商会名称 所属党组织 所在党组织 支部 党支部 组织名称 单位 商会 党组织(支部)名称"),
        _field("term_starts", "date", "任命时间 任期开始时间 本届选举时间 当选时间 任期起 本届任期/起 任期/起 选举时间 上次换届时间 本届成立时间 本届起始时间 本届任期开始时间 上届选举时间 上届换届时间 上次选举时间 本届选举日期 任职开始时间 任期/开始 现任班子当选时间 起始时间 本届换届时间 本届选举产生时间 任期起始"),
        _field("term_ends", "date", "应换届时间 届满时间 任期届满时间 任期止 本届任期/止 任期/止 届满日期 到届时间 任期截止时间 任期结束时间 应届满时间 应换届日期 本届届满时间 本届任期届满时间 任期到期时间 终止时间 本届任期/届满 届满日 到期换届时间"),
        _field("elected_on", "date", "实际换届时间 换届时间 换届完成时间 实际换届日期 换届选举时间 换届大会时间 完成换届时间 换届选举日期 实际选举时间 换届选举大会时间"),
        _field("term", "interval", "任期 任期起止 任期起止时间 本届任期"),
        _field("expected", "count", "应到会党员数 应到会党员 应到人数 应到 应参会人数 应到会人数"),
        _field("present", "count", "实到会党员数 实到会党员 实到人数 实到 实参会人数 实到会人数"),
        _field("years", "count", "任期年限 任期(年) 任期年数 任期(几年) 每届任期 年限 届期 任期(3年/5年)"),
        _field("secretary", "person", "书记 书记姓名 现任书记 支部书记 党组织书记 党支部书记"), _field("remark", "text", "备注"),
    )),
    "transfer": ("组织关系接转", (
        _field("name", "person", "姓名 党员姓名 党员"), _field("gender", "gender", "性别"),
        _field("id_number", "id", "公民身份号码 身份证号码 身份证号 身份证"),
        _field("category", "category", "类别 党员类别 正式/预备 党员身份 人员类别 预备/正式 正式或预备"),
        _field("from", "text", "转出单位 转出党组织 转出支部 原所在党组织 由何处转来 转出党支部 转出党组织名称 转出地 原党组织 原支部 原所在党支部 转出单位(党组织) 从何处转来 转出基层党组织 原所在支部 原组织关系所在地 从何处转入"),
        _field("to", "text", "转入单位 转入党组织 转入支部 转往何处 转入党支部 转入党组织名称 转入地 现党组织 拟转入党组织 接收党组织 接收单位 转入单位(党组织) 去向 转入基层党组织 转往单位 接收党支部 现所在支部"),
        _field("date", "date", "办理时间 接转时间 转出时间 转入时间 开具时间 介绍信开具时间 日期 时间 转接时间 转移时间 开出时间 介绍信时间 转出日期 办理日期 接转日期 开具日期"),
        _field("letter", "text", "介绍信编号 介绍信号码 编号 介绍信号 介绍信字号 介绍信文号"), _field("valid_days", "count", "介绍信有效期天数 有效期 有效期(天) 有效天数 介绍信有效期(天) 有效期限(天) 有效期天数 介绍信有效期 有效期限"),
        _field("received_on", "date", "接收时间 报到时间 落实时间 转入落实时间 回执时间 报到日期 接收日期 回执日期 接收落实时间 落实日期 报到落实时间 回执收到时间 接收确认时间"),
        _field("dues_to", "date", "党费缴纳至年月 党费缴至 党费交至 党费交纳至 党费缴纳至 党费缴至年月 党费交至年月"), _field("receipt", "yes_no", "是否有回执 回执 回执情况 回执是否收到 是否收到回执 有无回执"),
        _field("phone", "phone", "联系电话 党员本人联系电话 手机"), _field("remark", "text", "备注"),
    )),
    "dues": ("党费", (
        _field("name", "person", "姓名 党员姓名"), _BRANCH, _field("id_number", "id", "公民身份号码 身份证号码 身份证号"),
        _field("base", "money", "计算基数 党费基数 交纳基数 缴费基数 月工资收入 基数 缴费基数(元) 交费基数 党费计算基数 计缴基数 月工资 工资基数 缴纳基数 税后收入 党费核定基数 核定基数 月收入"),
        _field("rate", "text", "比例 交纳比例 缴费比例 缴纳比例 费率 交费比例 比例(%) 党费比例 缴纳比率"), _field("amount", "money", "缴费金额 月应交党费 应交党费 金额 月缴金额 实交党费 应缴 交纳金额 合计 实缴 月交党费 月缴党费 月应缴党费 应缴党费 应交金额 应缴金额 实缴金额 实交金额 缴纳金额 每月应交党费 月交纳党费 已缴金额 缴费额 应交 实交 月应交额 应缴数额 实际交纳 实缴党费 本月实缴 缴纳党费 月缴费额"),
        _field("month", "date", "月份 缴费月份 所属月份 缴纳月份 交费月份 交纳月份 党费月份"), _field("month_from", "date", "缴费起始月份 起始月份 起始月 补缴起始月份"),
        _field("month_to", "date", "缴费截止月份 截止月份 截止月 补缴截止月份"), _field("paid_on", "date", "缴费时间 交纳时间 缴纳日期 缴费日期 交费时间 交费日期 交纳日期 缴纳时间 收缴时间 收费时间"),
        _field("remark", "text", "备注"),
    )),
    "enterprise": ("会员企业", (
        _field("name", "unit", "企业名称 会员企业 会员企业名称 单位名称 会员单位 名称 会员单位名称 企业(单位)名称 公司名称 企业全称 企业 会员名称"),
        _field("credit_code", "credit", "统一社会信用代码 信用代码 社会信用代码"),
        _field("representative", "person", "法定代表人 法人代表 法人 负责人 企业负责人 法定代表人(负责人) 法人姓名 企业法人 法人(负责人) 董事长 代表人"),
        _field("chamber", "unit", "所属商会 所在商会 商会名称 加入商会 商会"),
        _field("chamber_post", "text", "商会职务 会员级别 会内职务 会员类别 级别 在商会职务 会员职务 商会任职 会员等级 会员身份 会内身份 商会身份 会员类型 会员单位级别 在会职务 入会级别"),
        _field("industry", "text", "所属行业 行业 行业类别 主营业务 行业分类 主营行业 从事行业 行业领域 产业类别"), _field("joined_on", "date", "入会时间 入会日期 加入时间 入会年月 加入商会时间 何时入会"),
        _field("phone", "phone", "联系电话 电话 手机 联系方式 手机号码 手机号 企业联系电话"), _field("employees", "count", "职工人数 员工数 从业人数 职工数 员工人数 从业人员数 职工数量 员工总数 从业人员 职工总数"),
        _field("members", "count", "党员数 党员人数"), _field("remark", "text", "备注"),
    )),
    "charter": ("党建入章", (
        _field("chamber", "unit", "商会名称 商会 单位名称 社会组织名称 所属商会"),
        _field("leadership", "yes_no", "坚持党的领导 党的领导 坚持党的全面领导 党的领导写入章程 坚持党的全面领导写入章程 明确党的领导"),
        _field("organization", "yes_no", "设立党组织 党组织设置 建立党组织 党的组织 设立党的组织"),
        _field("role", "yes_no", "党组织作用 发挥作用 作用发挥 党组织发挥作用 党组织地位作用 党组织作用发挥"), _field("funding", "yes_no", "党建经费 经费保障 党建工作经费 活动经费 党建工作经费保障 提供党建经费 保障党建经费"),
        _field("complete", "yes_no", "是否入章 党建入章 党建是否入章 是否党建入章 党建入章情况 是否写入章程 章程是否载明党建内容 是否完成入章 党建写入章程 党建工作是否入章 是否全部写入 是否全部入章 是否已入章 四项是否齐全"),
        _field("document", "text", "章程文件 章程名称"), _field("date", "date", "入章时间 修订时间 章程修订时间 修改时间 核准时间 章程核准日期 章程修改时间 章程核准时间 通过时间 表决通过时间 修改章程时间 章程通过时间 核准日期"),
        _field("remark", "text", "备注"),
    )),
}

CHECKED = {
    "chamber": frozenset({"members"}),
    "party_organization": frozenset({"years", "members_total", "members_full", "members_probationary", "activists"}),
    "enterprise": frozenset({"employees", "members"}),
    "meeting": frozenset({"expected", "excused", "absent", "votes_for", "votes_against"}),
    "term": frozenset({"years", "expected", "present"}),
    "development": frozenset({"due_on", "expected", "present", "votes_for", "votes_against"}),
}
"""Fields by kind that are held against the rest of the file and never stored."""

IGNORED = ("序号", "编号", "序", "号", "no", "no.")


@lru_cache(maxsize=1)
def known_headings() -> dict[str, list[tuple[str, str]]]:
    """{normalised heading: [(kind, field) …]}; a heading with a parent is listed as parent/heading."""
    from shanghui.exchange.recognition.headings import plain_heading

    found: dict[str, list[tuple[str, str]]] = {}
    for kind, (_, fields) in KINDS.items():
        for one in fields:
            for heading in one.headings:
                found.setdefault(plain_heading(heading), []).append((kind, one.name))
    return found


@lru_cache(maxsize=64)
def fields_of(kind: str) -> dict[str, FieldWords]:
    """{field: its words} of a kind."""
    return {one.name: one for one in KINDS[kind][1]}


def title_of(kind: str, field: str | None) -> str:
    """What a field of a kind is called; "" for none."""
    words = fields_of(kind).get(field or "") if kind in KINDS else None
    return words.title if words else ""
