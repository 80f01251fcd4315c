"""Fields that no column gives: from section rows, titles, a chamber's name, a remark."""

from __future__ import annotations

import re

from shanghui.exchange.recognition.bodies import Body
from shanghui.exchange.recognition.model import Record

_BRANCH_KINDS = frozenset(
    {"member", "activist", "applicant", "candidate", "development", "meeting", "plate", "dues", "appointment"}
)
_BRANCH = re.compile(r"([^\s:：《》()（）、,，]*?(?:党支部|支部委员会|党总支|支部))")
_CHAMBER = re.compile(r"([\u4e00-\u9fff]+?(?:商会|协会|联合会|促进会))(?=第|党|理|监|班|领|会员|组成|负|换|主|$|[^\u4e00-\u9fff])")
_YEAR = re.compile(r"^(?:附件\d*[:：]?)?(?:\d{4}年?(?:度)?)?")
_NO_ONE = re.compile(
    r"^[各全]|所属|直属|工商|[省市县区]总?(?:商|协)会$|(?:行业|异地|街道|乡镇|园区|市场|村|社区|楼宇|基层|重点|外地|有关|部分)(?:商|协)会$"
)
_CHAMBER_KINDS = frozenset({"appointment", "enterprise"})
_OWNERS = frozenset({"chamber", "branch", "organization"})
_PLACE = re.compile(r"(?:省|市|县|区|旗|镇|乡|街道|州|盟)$")
_INACTIVE = (
    ("注销", ("注销",)),
    ("撤销", ("撤销", "吊销", "解散", "撤并")),
    ("停止活动", ("停止活动", "停摆", "不再运行", "名存实亡")),
    ("转出", ("已转出", "组织关系转出", "关系已转", "已调出", "转往")),
    ("去世", ("去世", "病故", "已故", "死亡", "逝世")),
    ("出党", ("开除党籍", "已除名", "退党", "自行脱党", "出党")),
    ("停止党籍", ("停止党籍",)),
    ("退出", ("已退会", "退会", "已退出")),
    ("终止", ("终止培养", "取消资格", "取消积极分子")),
)
_DENIED = ("未", "拟", "不", "原", "是否")


def derive(body: Body) -> None:
    """Adds what the surroundings of each record tell."""
    branch, chamber = branch_of_titles(body), chamber_of_titles(body)
    for i, record in enumerate(body.records):
        if record.section:
            _from_section(record)
        if branch and record.kind in _BRANCH_KINDS and "branch" not in record.fields and "branch" not in body.column_of:
            record.fields["branch"] = branch
        if chamber and record.kind in _CHAMBER_KINDS and not _OWNERS & (record.fields.keys() | body.column_of.keys()):
            record.fields["chamber"] = chamber
        if record.kind == "chamber" and "kind" not in record.fields:
            _kind_from_name(record)
        if "remark" in record.fields or "status" in record.fields:
            _note_inactive(body, i, record)


def branch_of_titles(body: Body) -> str | None:
    """The one branch that a title, the sender or the sheet's name says the table is of."""
    for text in (body.table.title, body.table.sender or "", body.table.sheet):
        for found in _BRANCH.finditer(text):
            if len(found.group(1)) > 4 and not found.group(1).startswith(("各", "所属", "基层")):
                return re.sub(r"^\d{4}年?(?:度)?|^附件\d*", "", found.group(1))
    return None


def chamber_of_titles(body: Body) -> str | None:
    """The one chamber that a title, the sender or the sheet's name says the table is of."""
    for text in (body.table.title, body.table.sender or "", body.table.sheet):
        found = _CHAMBER.search(_YEAR.sub("", text))
        if found and len(found.group(1)) > 3 and not _NO_ONE.search(found.group(1)):
            return found.group(1)
    return None


def _from_section(record: Record) -> None:
    section, fields = record.section or "", record.fields
    if record.kind in _BRANCH_KINDS and re.search(r"(支部|总支|党委|工委)$", section):
        fields.setdefault("branch", section)
    elif record.kind == "member" and re.match(r"(正式|预备)党员", section):
        fields.setdefault("category", section[:4])
    elif record.kind in ("appointment", "enterprise", "charter", "member", "activist") and re.search(
        r"(商会|协会|联合会)$", section
    ):
        fields.setdefault("chamber", section)
    elif record.kind == "chamber" and _PLACE.search(section):
        fields.setdefault("county", section)
    elif record.kind == "chamber" and re.search(r"(商会|类|协会)$", section):
        kind = re.sub(r"(商会|协会|类)+$", "", section)
        if kind in ("行业", "异地", "街道", "乡镇", "园区", "市场", "村社区", "楼宇", "其他"):
            fields.setdefault("kind", kind)
    elif record.kind == "guide_assignment" and "guide" not in fields and len(section) <= 4:
        fields["guide"] = section


def _kind_from_name(record: Record) -> None:
    name = str(record.fields.get("name", ""))
    if re.search(r"街道(?:商会|总商会)$", name):
        record.fields["kind"] = "街道"
    elif re.search(r"[镇乡](?:商会|总商会)$", name):
        record.fields["kind"] = "乡镇"


def _note_inactive(body: Body, i: int, record: Record) -> None:
    for name in ("status", "remark"):
        text = str(record.fields.get(name) or "")
        for status, words in _INACTIVE:
            word = next((word for word in words if word in text), None)
            if word and not any(text[: text.index(word)].endswith(denial) for denial in _DENIED):
                record.fields["status"] = status
                column = body.column_of[name]
                body.tell(
                    i, "status", "record_inactive", "info", f"写明“{text}”，按{status}处理。请核对", column=column
                )
                return
