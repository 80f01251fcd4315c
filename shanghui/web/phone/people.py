"""The names on the screen: who is expected, what stands for each, and what was tapped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from shanghui.kernel.refusals import Refused
from shanghui.ledger.activities.models import Activity, ActivityType, Attendance, Presence
from shanghui.ledger.activities.operations import Roll
from shanghui.ledger.activities.rosters import OF_THE_COMMITTEE, Expected, expected

TAPS = (Presence.PRESENT, Presence.EXCUSED, Presence.ABSENT)
"""What a tap on a name goes round."""
_SHORT = {Presence.PRESENT: "in", Presence.EXCUSED: "leave", Presence.ABSENT: "out"}


@dataclass(frozen=True)
class Named:
    """One name on the screen. `stands`: what the ledger says, None where it says nothing; `first`: what the page showed when
    it was opened; `shown`: what it says now."""

    place: Expected
    first: str
    shown: Presence
    stands: Presence | None = None
    reason: str = ""

    @property
    def pk(self) -> int:
        """The person."""
        return self.place.person

    @property
    def field(self) -> str:
        """The name of the inputs."""
        return f"p-{self.pk}"

    @property
    def short(self) -> str:
        """For the colour of the button."""
        return _SHORT[self.shown]

    @property
    def taps(self) -> list[tuple[str, str, bool]]:
        """(value, word, chosen) of the inputs underneath."""
        return [(one.value, str(one.label), one == self.shown) for one in TAPS]


def group_of(type: str) -> str:
    """Kinds of one group expect the same people; another group, another roster."""
    if type == ActivityType.TALK:
        return "talk"
    return "committee" if type in OF_THE_COMMITTEE else "members"


def named(type: str, hosts: Sequence[int], day: date, activity: Activity | None, tapped: Mapping[str, str]) -> list[Named]:
    """The names for these hosts. The roster of an activity stays as it was frozen while kind, day and hosts stay."""
    rows = _rows(activity, hosts)
    listed = _frozen(rows) if rows and activity and _same(activity, type, hosts, day) else expected(type, hosts, day)
    usual = Presence.ABSENT if rows else Presence.PRESENT
    before = shown_before(tapped.get("was", ""))
    found = []
    for one in listed:
        row = rows.get(one.person)
        stands = Presence(row.state) if row else None
        likely = stands or usual
        shown = _tapped(tapped, one.person) or likely
        found.append(Named(one, before.get(one.person, likely.value), shown, stands, row.reason if row else ""))
    return found


def _rows(activity: Activity | None, hosts: Sequence[int]) -> dict[int, Attendance]:
    if activity is None:
        return {}
    listed = Attendance.objects.filter(activity=activity, unit_id__in=hosts, state__in=TAPS)
    return {one.person_id: one for one in listed.select_related("person").order_by("person__initials", "person_id")}


def _frozen(rows: Mapping[int, Attendance]) -> list[Expected]:
    return [Expected(one.person_id, one.person.name, one.unit_id or 0, one.votes) for one in rows.values()]


def _same(activity: Activity, type: str, hosts: Sequence[int], day: date) -> bool:
    held_by = set(activity.hosts.values_list("unit_id", flat=True))
    return group_of(activity.type) == group_of(type) and activity.held_on == day and set(hosts) <= held_by


def _tapped(tapped: Mapping[str, str], person: int) -> Presence | None:
    given = tapped.get(f"p-{person}", "")
    return Presence(given) if given in TAPS else None


def rolls(listed: Sequence[Named], tapped: Mapping[str, str]) -> list[Roll]:
    """The roster as it was tapped. Raises Refused when somebody is expected whom the page did not show.

    What a code brought while the page was open stands, unless that very name was tapped.
    """
    missing = [one for one in listed if _tapped(tapped, one.pk) is None]
    if missing:
        raise Refused(f"应到的人有变化，名单里多了 {len(missing)} 人。请看一下名单，再提交。")
    return [_roll(one) for one in listed]


def _roll(one: Named) -> Roll:
    state = one.stands if one.stands is not None and one.first == one.shown else one.shown
    return Roll(one.pk, state, one.place.unit, one.place.votes, one.reason if state == Presence.EXCUSED else "")


def shown_before(written: str) -> dict[int, str]:
    """What the page showed when it was opened: «12:absent,13:present»."""
    pairs = [part.partition(":") for part in written.split(",") if ":" in part]
    return {int(pk): state for pk, _, state in pairs if pk.isdecimal() and len(pk) < 16}


def as_shown(listed: Iterable[Named]) -> str:
    """The same, to be written into the page."""
    return ",".join(f"{one.pk}:{one.first}" for one in listed)


def talkers(listed: Sequence[Named], chosen: Sequence[str]) -> list[Roll]:
    """Who talked with whom. Raises Refused when it is not at least two."""
    picked = [one for one in listed if str(one.pk) in chosen]
    if len(picked) < 2:
        raise Refused("请选谈话的双方，至少 2 人。")
    return [Roll(one.pk, Presence.PRESENT, one.place.unit, one.place.votes) for one in picked]
