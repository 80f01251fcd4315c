"""What is kept of somebody who left, reduced to what past figures need (PRIV-10, PRIV-11; PIPL 47)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.apps import apps
from django.db import transaction
from django.db.models import Q

from shanghui.access.audit import note
from shanghui.access.erasing import forget
from shanghui.access.models import User
from shanghui.ledger.people.models import Merger, Person
from shanghui.ledger.people.retention import ERASED, Leaver
from shanghui.ledger.people.standings import NotSame

GONE: dict[str, str | bytes | None] = {
    "name": ERASED, "initials": "", "id_number": "", "id_digest": b"", "phone": "", "phone_digest": b"", "politics": "", "workplace": "",
    "remark": "", "applied_on": "",
}
"""Columns of a person that go."""
STAYS = ("gender", "ethnicity", "education", "birth", "joined_on", "confirmed_on")
"""Columns by which past figures and statistics are grouped: age and years in the Party are counted to the day."""
TEXTS: dict[str, dict[str, str]] = {
    "people_membershiprecord": {"contacts": ""},
    "people_guideassignment": {"duty": "", "handed_over": ""},
    "people_transfer": {"reason": "", "closing": ""},
    "people_memberstanding": {"place": "", "host": "", "reason": "", "ended_how": ""},
    "people_correction": {"wish": "", "answer": ""},
    "activities_attendance": {"reason": ""},
    "programs_promise": {"name": ERASED, "shop": ""},
    "cases_posting": {"grounds": ""},
    "dues_duesbase": {"amount": "", "approval_number": ""},
    "dues_duespayment": {"receipt": "", "reason": ERASED},
}
"""Written text about a person in other tables."""


@transaction.atomic
def erase(leavers: Sequence[Leaver], *, by: User | None, at: datetime, reason: str = "") -> set[str]:
    """Reduces these people to records without a name; dates, categories and posts stay, so that no figure of a past day moves.

    Their account is renamed, their traces in the journal go, and one entry each says that it was done, by whom and on what ground.
    Returns the runs (imports) through which something of them had come.
    """
    people = {one.person.pk: one.person for one in leavers}
    names = {pk: person.name for pk, person in people.items()}
    for one in leavers:
        person = one.person
        Person.objects.filter(pk=person.pk).update(**GONE, user=None)
        if person.user_id is not None:
            User.objects.filter(pk=person.user_id).update(username=f"erased-{person.user_id}", display_name=ERASED, is_active=False)
    for table, columns in TEXTS.items():
        model = next((model for model in apps.get_models() if model._meta.db_table == table), None)
        if model is not None:
            model._base_manager.filter(person_id__in=people).update(**columns)
    NotSame.objects.filter(Q(first__in=people) | Q(second__in=people)).update(reason="")
    merged = Merger.objects.filter(person__in=people)
    names |= dict(merged.values_list("former", "name"))
    merged.update(name=ERASED)
    runs = forget(Person._meta.db_table, names, ERASED)
    for one in leavers:
        note(by=by, at=at, verb="清除个人信息", subject=one.person, unit=one.unit, title=f"{ERASED}人员 {one.person.pk}",
             reason=f"{one.term.title}，{one.left_on}离开，保存{one.term.months}个月期满{'；' if reason else ''}{reason}"[:300])
    return runs
