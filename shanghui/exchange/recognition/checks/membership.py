"""Category against dates; how many contacts and introducers there are."""

from __future__ import annotations

from shanghui.exchange.recognition.bodies import Body
from shanghui.kernel.partial_dates import plus_months, surely_before


def check_membership(body: Body) -> None:
    """A probationary member has no date of full membership; a full member has one."""
    if body.table.kind != "member" or "category" not in body.column_of:
        return
    as_at = body.table.as_at.isoformat() if body.table.as_at else None
    for i, record in enumerate(body.records):
        fields = record.fields
        category = fields.get("category")
        confirmed = fields.get("confirmed_on")
        if category == "预备党员" and confirmed and not (as_at and surely_before(as_at, confirmed)):
            body.tell(
                i,
                "confirmed_on",
                "category_conflict",
                "error",
                f"类别是预备党员，却有转正时间{confirmed}。请核对类别和转正时间",
            )
            body.refuse(i, "confirmed_on")
        elif category in ("入党积极分子", "发展对象", "入党申请人"):
            body.tell(i, "category", "category_conflict", "warning", f"党员名册里出现了“{category}”。请移到相应的名册")
        joined = fields.get("joined_on")
        if category == "正式党员" and joined and as_at and not confirmed and len(joined) > 4:
            if surely_before(as_at, plus_months(joined, 12)) and not surely_before(as_at, joined):
                text = f"{joined}入党，至{as_at}还不满一年预备期，类别却是正式党员。请核对"
                body.tell(i, "category", "category_conflict", "warning", text)
            continue
        if category != "预备党员" or confirmed or not joined or len(joined) < 5 or not as_at:
            continue
        if surely_before(plus_months(joined, 24), as_at):
            text = f"{joined}入党，至{as_at}早已过了预备期，类别还是预备党员。请核对"
            body.tell(i, "category", "category_conflict", "warning", text)


def check_contacts(body: Body) -> None:
    """Two contacts and two introducers are the rule (细则 第9条、第14条)."""
    for name, words in (("contacts", "培养联系人"), ("introducers", "入党介绍人")):
        if name not in body.column_of:
            continue
        for i, record in enumerate(body.records):
            people = record.fields.get(name)
            if not people:
                continue
            if len(people) < 2:
                body.tell(i, name, "too_few", "warning", f"{words}只有1名，应为2名正式党员。请补填")
            elif len(set(people)) < len(people) or record.fields.get("name") in people:
                body.tell(i, name, "value_conflict", "warning", f"{words}写重了，或写的是本人。请核对")
