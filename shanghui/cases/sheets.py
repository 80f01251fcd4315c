"""The columns of cases and of their approvals."""

from __future__ import annotations

from shanghui.cases.models import Case
from shanghui.cases.registry import kinds
from shanghui.cases.stages import STAGES
from shanghui.kernel.columns import Column, attribute


def _kind(case: Case) -> str:
    kind = kinds.get(case.kind)
    return kind.title if kind else case.kind


CASE_COLUMNS = (
    attribute("title", "名称", width=44),
    Column("kind", "事项", _kind, sort="kind", width=16),
    Column("state", "状态", lambda row: row.get_state_display(), sort="state", width=10),
    attribute("opened_on", "立项时间", width=12),
    attribute("closed_on", "了结时间", width=12),
    Column("office", "承办单位", lambda row: row.office.name, sort="office__name", width=24),
    Column("organization", "党组织", lambda row: row.organization.unit.name if row.organization else "", sort="", width=34),
)
APPROVAL_COLUMNS = (
    Column("case", "名称", lambda row: row.case.title, sort="case__title", width=44),
    Column("kind", "事项", lambda row: _kind(row.case), sort="case__kind", width=16),
    attribute("on", "批复时间", width=12),
    attribute("due", "最迟", width=12),
    attribute("waited", "历时（天）", numeric=True, width=10),
    attribute("number", "文号", width=24),
    Column("office", "承办单位", lambda row: row.case.office.name, sort="case__office__name", width=24),
)
STAGE_WORDS = {code: word for code, word, _ in STAGES}
DEVELOPMENT_COLUMNS = (
    Column("name", "姓名", lambda row: row.person.name, sort="person__initials", about="name", width=12),
    Column("organization", "党支部", lambda row: row.organization.unit.name if row.organization else "", sort="organization__unit__name", width=34),
    Column("stage", "阶段", lambda row: STAGE_WORDS.get(getattr(row, "stage", ""), ""), sort="stage", about="development", width=16),
    Column("since", "进入时间", lambda row: getattr(row, "since", None), sort="since", about="development", width=12),
    Column("opened_on", "递交申请", lambda row: row.opened_on, sort="opened_on", about="development", width=12),
)
