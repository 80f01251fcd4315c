"""党建入章: which of the four items stands in the charter of each chamber, and the clauses to propose for those that do not (M11)."""

from __future__ import annotations

from datetime import date

from shanghui.cases.file import File
from shanghui.cases.letters import Letter, gap
from shanghui.kernel.periods import full_day
from shanghui.ledger.organizations.models import CharterClause, CharterItem

CLAUSES = {
    CharterItem.LEADERSHIP: "本会坚持中国共产党的全面领导。",
    CharterItem.ORGANIZATION: "本会根据中国共产党章程的规定，设立中国共产党的组织，开展党的活动，为党组织的活动提供必要条件。",
    CharterItem.ROLE: "本会党组织保证政治方向，团结凝聚群众，推动事业发展，建设先进文化，服务人才成长，加强自身建设。"
    "本会作出重要事项决策，应当听取党组织意见。",
    CharterItem.FUNDING: "本会将党建工作经费列入管理费用，为党组织开展活动提供经费和场地。",
}
"""SOC-05 for the first two (民函〔2019〕54号), SOC-01 and SOC-10 for the third, SOC-13 for the last; wording for the chamber to adopt."""


def charter(file: File) -> Letter:
    """The check of the four items by chamber, and the text proposed for what is missing; an annex to the papers of a founding."""
    day = file.on("prepare") or file.day
    held = items_on(file, day)
    names = {one.pk: one.unit.name for one in file.chambers}
    lacking = {pk: [item for item in CharterItem if item not in held.get(pk, {})] for pk in names}
    return Letter(
        title="建议写入章程的条款", to="", issuer="", day=day, table=_table(names, held),
        paragraphs=(*_summary(names, lacking, day), *_proposals(lacking), *_way(lacking)),
    )


def items_on(file: File, day: date) -> dict[int, dict[str, str]]:
    """By chamber the items that stand in its charter on `day`, each with the charter's file. One question."""
    found: dict[int, dict[str, str]] = {}
    rows = CharterClause.objects.on(day).filter(chamber__in=[one.pk for one in file.chambers])
    for chamber, item, document in rows.values_list("chamber_id", "item", "document"):
        found.setdefault(chamber, {})[item] = document
    return found


def _table(names: dict[int, str], held: dict[int, dict[str, str]]) -> tuple[tuple[str, ...], ...]:
    rows = [(name, *("已写入" if item in held.get(pk, {}) else "没有" for item in CharterItem)) for pk, name in names.items()]
    return (("商会", *(item.label for item in CharterItem)), *rows) if rows else ()


def _summary(names: dict[int, str], lacking: dict[int, list[CharterItem]], day: date) -> list[str]:
    if not names:
        return [gap("商会")]
    short = {pk: items for pk, items in lacking.items() if items}
    begins = f"按台账，截至{full_day(day)}，"
    if not short:
        return [f"{begins}{'、'.join(names.values())}的章程四项都已写入。"]
    if len(names) == 1:
        missing = next(iter(short.values()))
        return [f"{begins}{next(iter(names.values()))}的章程缺{len(missing)}项：{'、'.join(item.label for item in missing)}。"]
    return [f"{begins}{len(names)}家商会中，{len(short)}家的章程还缺党建内容，见下表。"]


def _proposals(lacking: dict[int, list[CharterItem]]) -> list[str]:
    wanted = [item for item in CharterItem if any(item in items for items in lacking.values())]
    return ["缺的内容建议写为：", *(f"（{item.label}）{CLAUSES[item]}" for item in wanted)] if wanted else []


def _way(lacking: dict[int, list[CharterItem]]) -> list[str]:
    """How a charter is changed (SOC-08)."""
    if not any(lacking.values()):
        return []
    return ["修改章程须经会员（代表）大会通过；一时不能开会的，可以先行写入，下次会议确认，再报登记管理机关核准。"]
