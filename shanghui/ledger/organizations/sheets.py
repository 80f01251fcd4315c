"""The columns of chambers, party organizations and enterprises, with the headings offices use (regulations.md §9.2)."""

from __future__ import annotations

from shanghui.kernel.code_tables import industry_name
from shanghui.kernel.columns import Column, attribute, label
from shanghui.kernel.periods import last_day
from shanghui.ledger.organizations.models import ChamberKind, Form, OrganizationKind, PartnerKind, Status

CHAMBER_COLUMNS = (
    Column("name", "商会名称", lambda c: c.called, sort="unit__name", width=30),
    label("kind", "商会类别", ChamberKind.choices),
    attribute("credit_code", "统一社会信用代码", width=22),
    attribute("founded_on", "成立时间"),
    attribute("region_name", "所属县（市、区）"),
    Column("industry", "行业", lambda c: industry_name(c.industry_code), sort="industry_code", width=20),
    label("status", "状态", Status.choices),
    attribute("federation_name", "所属工商联", width=20),
    attribute("president", "会长", sort="-", about="office"),
    attribute("secretary_general", "秘书长", sort="-", about="office"),
    attribute("enterprises", "会员企业数（家）", numeric=True),
    label("form", "组建方式", Form.choices),
    attribute("organization_name", "所属党组织", width=32),
    attribute("guide", "党建工作指导员", sort="-", about="guide"),
    attribute("remark", "备注", sort="-", width=24),
)

ORGANIZATION_COLUMNS = (
    Column("name", "党组织名称", lambda o: o.called, sort="unit__name", width=34),
    label("kind", "类型", OrganizationKind.choices),
    label("form", "组建方式", Form.choices),
    attribute("covered_names", "覆盖商会", sort="-", width=36),
    attribute("approved_on", "批准成立时间"),
    attribute("approval_number", "批复文号", sort="-", width=20),
    attribute("due_on", "届满时间", sort="due_by"),
    attribute("secretary", "书记", sort="-", about="office"),
    attribute("committee_members", "委员数", numeric=True),
    attribute("members", "党员数", numeric=True),
    attribute("full", "正式党员", numeric=True),
    attribute("probationary", "预备党员", numeric=True),
    attribute("activists", "入党积极分子数", numeric=True),
    attribute("remark", "备注", sort="-", width=24),
)

ENTERPRISE_COLUMNS = (
    attribute("name", "企业名称", width=34),
    attribute("credit_code", "统一社会信用代码", width=22),
    Column("industry", "行业", lambda e: industry_name(e.industry_code), sort="industry_code", width=20),
    attribute("representative", "法定代表人"),
    attribute("chamber_names", "所在商会", sort="-", width=36),
)

ALLIANCE_COLUMNS = (
    attribute("name", "联盟名称", width=30),
    Column("kept_by", "登记单位", lambda a: a.kept_by.name, sort="kept_by__name", width=24),
    attribute("member_names", "成员单位", sort="-", width=60),
    attribute("chair_name", "轮值", sort="-", width=30),
    attribute("valid_from", "成立", width=12),
    Column("last", "结束", lambda a: last_day(a.valid_to), sort="valid_to", width=12),
    attribute("charter", "章程或协议要点", sort="-", width=40),
)

PAIRING_COLUMNS = (
    Column("unit", "党组织", lambda p: p.unit.name, sort="unit__name", width=34),
    attribute("partner", "结对单位", width=30),
    label("partner_kind", "类别", PartnerKind.choices),
    attribute("valid_from", "自", width=12),
    Column("last", "至（含当日）", lambda p: last_day(p.valid_to), sort="valid_to", width=12),
    attribute("term", "期限", sort="-"),
    attribute("agreement", "协议内容", sort="-", width=40),
)
