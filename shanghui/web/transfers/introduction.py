"""What a letter of introduction says, from the ledger; what is not known is a visible gap."""

from __future__ import annotations

from datetime import date

from shanghui.cases.letters import known
from shanghui.kernel.partial_dates import first_day
from shanghui.kernel.periods import full_day
from shanghui.kernel.sealing import mask_id_number
from shanghui.ledger.people.models import MembershipRecord, Person, Transfer
from shanghui.reports.documents.introduction import Introduction


def introduction_of(row: Transfer) -> Introduction:
    """The values of the form as at the day of the letter. Two questions."""
    person = Person.objects.get(pk=row.person_id)
    record = MembershipRecord.objects.on(row.sent_on).filter(person=person).first()
    return Introduction(
        number=row.letter_number, name=person.name, gender=known(person.gender, "性别"), age=known(_age(person.birth, row.sent_on), "年龄"),
        ethnicity=known(person.ethnicity, "民族"), category=known(record.get_category_display() if record else "", "正式党员或者预备党员"),
        id_number=mask_id_number(person.id_number) if person.id_number else known("", "公民身份号码"), origin=row.origin, destination=row.destination,
        issuer=row.letter_by, day=full_day(row.sent_on), dues_until=known(_month(row.dues_until), "党费交至年月"), valid_days=str(row.valid_days or 0),
        until=full_day(row.due_on) if row.due_on else "", replaces=f"代替{row.follows.letter_number}介绍信。" if row.follows else "",
    )


def _age(birth: str, day: date) -> str:
    """Whole years on the day; "" where not even the month of birth is known."""
    if len(birth) < 7:
        return ""
    born = first_day(birth)
    return str(day.year - born.year - ((day.month, day.day) < (born.month, born.day)))


def _month(written: str) -> str:
    return f"{int(written[:4])}年{int(written[5:])}月" if len(written) == 7 else ""
