"""How long what is kept of people who left is kept, on what ground, and whose time is over (PRIV-05, PRIV-11)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, Max, OuterRef, Q

from shanghui.access.models import Unit
from shanghui.access.scope import Scope
from shanghui.kernel.facts import holds_on
from shanghui.kernel.periods import months_later
from shanghui.ledger.people.models import MEMBERS, Affiliation, Appointment, GuideAssignment, MembershipRecord, Person

ERASED = "（已清除）"
"""What stands where a name stood."""


@dataclass(frozen=True)
class Term:
    """Kept for so many months after the last fact ended, under the rule that is in force since `since`."""

    code: str
    title: str
    months: int
    since: date
    ground: str


_LEAST = "《个人信息保护法》第十九条：保存期限为实现处理目的所必要的最短时间；月数没有条文，是我们定的"
_RULE = date(2021, 11, 1)
TERMS: tuple[Term, ...] = (
    Term("member", "党员（转出、去世、出党等）", 36, _RULE, f"{_LEAST}。人事档案、党员档案另由组织部门保管。"),
    Term("advancing", "没有成为党员的申请人、积极分子、发展对象", 12, _RULE, f"{_LEAST}。材料原件由党组织存档。"),
    Term("officer", "只任过职务、联系过商会的人", 24, _RULE, f"{_LEAST}。班子名单以当年的报告为准。"),
    Term("import", "导入的原始文件", 12, _RULE, f"{_LEAST}。数据已在台账里，原件只为核对。"),
)
"""A later rule is added with its own first day; what was erased before stays erased."""


def term_on(code: str, day: date) -> Term:
    """The rule of the day."""
    return max((one for one in TERMS if one.code == code and one.since <= day), key=lambda one: one.since)


@dataclass(frozen=True)
class Leaver:
    """Somebody of whom nothing holds any more: since when, under which rule, and from which day on he can be erased."""

    person: Person
    unit: Unit
    left_on: date
    term: Term
    due_on: date


def leavers(scope: Scope, day: date) -> Iterator[Leaver]:
    """Those kept within the scope whose time is over on `day`, the longest gone first. Four questions.

    Nobody with an account that may sign in: the account is closed first. Who was registered without any dated fact is left alone.
    """
    ends = {name: Max(f"{name}__valid_to") for name in ("memberships", "affiliations", "appointments", "assignments")}
    rows = Person.objects.kept_within(scope.on(day)).exclude(name=ERASED).exclude(user__is_active=True).without_numbers().order_by("pk")
    for model in (MembershipRecord, Affiliation, Appointment, GuideAssignment):
        here = model._default_manager.filter(Q(holds_on(day)) | Q(valid_from__gt=day), person_id=OuterRef("pk"))
        rows = rows.exclude(Exists(here))
    gone = dict(rows.select_related("kept_by").in_bulk())
    last: dict[int, date] = {}
    for end in ends.values():
        for pk, until in Person.objects.filter(pk__in=rows.values("pk")).annotate(until=end).values_list("pk", "until"):
            if until is not None:
                last[pk] = max(until, last.get(pk, until))
    categories = MembershipRecord.objects.filter(person_id__in=rows.values("pk")).values_list("person_id", "category")
    been: dict[int, set[str]] = {}
    for pk, category in categories:
        been.setdefault(pk, set()).add(category)
    for pk in sorted(last, key=lambda one: (last[one], one)):
        code = "member" if been.get(pk, set()) & set(MEMBERS) else "advancing" if pk in been else "officer"
        term = term_on(code, day)
        due = months_later(last[pk], term.months)
        if pk in gone and due <= day:
            yield Leaver(gone[pk], gone[pk].kept_by, last[pk], term, due)
