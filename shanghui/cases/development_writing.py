"""What the steps of a development write into the ledger: category, dates and relation, from the day that counts (M15; DEV-23, DEV-26)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from shanghui.access.models import User
from shanghui.cases.file import File
from shanghui.cases.registry import Writes
from shanghui.cases.spans import probation_ends
from shanghui.kernel.facts import Precision
from shanghui.kernel.periods import full_day
from shanghui.kernel.refusals import Refused
from shanghui.ledger.people.models import AffiliationKind, Category, MembershipRecord
from shanghui.ledger.people.operations import advance, leave_road


def apply(file: File, on: date, by: User | None, at: datetime, run: str) -> None:
    """An applicant from the day of the application, cultivated by the branch."""
    advance(
        person=file.person, category=Category.APPLICANT, since=on, by=by, at=at, run=run, organization=file.case.organization,
        kind=AffiliationKind.CULTIVATED, applied_on=on.isoformat(),
    )


def become(category: Category) -> Writes:
    """In a category from the day of the step."""
    def write(file: File, on: date, by: User | None, at: datetime, run: str) -> None:
        advance(person=file.person, category=category, since=on, by=by, at=at, run=run)

    return write


def admit(file: File, on: date, by: User | None, at: datetime, run: str) -> None:
    """A probationary member, once approved, from the day the meeting passed it (DEV-23), at home in the branch."""
    since = file.on("meeting")
    assert since is not None
    advance(
        person=file.person, category=Category.PROBATIONARY, since=since, by=by, at=at, run=run, organization=file.case.organization,
        kind=AffiliationKind.HOME, joined_on=since.isoformat(),
    )


def confirm(file: File, on: date, by: User | None, at: datetime, run: str) -> None:
    """A full member, once approved, from the day probation ended (DEV-26)."""
    since = probation_ends(file)
    assert since is not None
    advance(person=file.person, category=Category.FULL, since=since, by=by, at=at, run=run, confirmed_on=since.isoformat())


def strike_off(file: File, on: date, by: User | None, at: datetime, run: str) -> None:
    """No longer cultivated from that day on."""
    leave_road(person=file.person, on=on, by=by, at=at, run=run, verb="不再列为发展培养")


def move_away(file: File, on: date, by: User | None, at: datetime, run: str) -> None:
    """Cultivated outside the platform from that day on."""
    leave_road(person=file.person, on=on, by=by, at=at, run=run, verb="转到平台以外培养")


def cancel(file: File, on: date, by: User | None, at: datetime, run: str) -> None:
    """取消预备党员资格: no member from that day on."""
    leave_road(person=file.person, on=on, by=by, at=at, run=run, verb="取消预备党员资格", joined_on="")


def proposed(category: Category) -> Callable[[File], date | None]:
    """The day the ledger has for a category, where it has the day itself."""
    def day(file: File) -> date | None:
        rows = MembershipRecord.objects.filter(person=file.person, category=category, from_precision=Precision.DAY)
        return rows.order_by("-valid_from").values_list("valid_from", flat=True).first()

    return day


def consequences(file: File) -> Sequence[str]:
    """What the ledger holds after the steps that are still to come."""
    lines = []
    ends = probation_ends(file)
    for step, word in (
        ("activist", "确定的那一天起，记为入党积极分子"), ("candidate", "确定的那一天起，记为发展对象"),
        ("approve", "党委批准后，自党员大会通过之日起记为预备党员，组织关系在本支部"),
        ("confirm", f"党委批准后，自预备期满{f'（{full_day(ends)}）' if ends else ''}之日起记为正式党员，党龄从这一天算起"),
    ):
        if file.on(step) is None:
            lines.append(word)
    return lines


def finish(file: File, by: User | None, at: datetime) -> None:
    """Everything was written step by step; a full member stands in the ledger by now. Raises Refused where he does not."""
    if not MembershipRecord.objects.filter(person=file.person, category=Category.FULL, valid_to=None).exists():
        raise Refused(f"台账里{file.person.name}还不是正式党员，请核对党籍以后再归档。")
