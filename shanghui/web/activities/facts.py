"""Everything there is to say about one activity to this visitor: the page and the papers are laid out from it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from shanghui.access.acts import Act
from shanghui.access.models import Unit, UnitKind
from shanghui.ledger.activities.models import (
    Activity,
    ActivityType,
    AgendaItem,
    Attendance,
    Invitation,
    Occasion,
    Presence,
)
from shanghui.ledger.activities.queries import State, lacking
from shanghui.rules.quorum import Quorum, Vote, Voters, quorum, quorum_in_words, together, vote, vote_in_words
from shanghui.web.activities.roster import is_seen, seen_units
from shanghui.web.kit.visits import Visit

_COUNTERS = {UnitKind.ORGANIZATION: "个党组织", UnitKind.CHAMBER: "家商会", UnitKind.FEDERATION: "个工商联"}


@dataclass(frozen=True)
class Item:
    """One item of the agenda with what its votes came to."""

    row: AgendaItem
    vote: Vote
    words: str


@dataclass(frozen=True)
class Proceeding:
    """Whether enough were there of one host's voters; `host`: "" where there is only one."""

    host: str
    found: Quorum
    words: str


class Facts:
    """One activity as a visitor may see it. Names of a host need Act.PEOPLE_VIEW there; otherwise people are only counted."""

    def __init__(self, row: Activity, visit: Visit) -> None:
        self.row, self.visit = row, visit

    @cached_property
    def hosts(self) -> list[Unit]:
        """Who held it."""
        listed = self.row.hosts.select_related("unit").order_by("unit__kind", "unit__name")
        return [one.unit for one in listed]

    @cached_property
    def seen(self) -> set[int]:
        """The hosts whose people may be named."""
        return seen_units(self.visit, [unit.pk for unit in self.hosts])

    @cached_property
    def attendances(self) -> list[Attendance]:
        """Who was expected and who came, all of them: for counting."""
        rows = self.row.attendances.select_related("person").defer("person__id_number", "person__phone")
        return list(rows.order_by("person__initials", "pk"))

    def named(self, state: str) -> list[Attendance]:
        """Those in a state who may be named."""
        return [one for one in self.attendances if one.state == state and is_seen(one, self.seen)]

    @cached_property
    def may_name(self) -> bool:
        """Whether the people of a host may be named at all."""
        return bool(self.seen)

    @cached_property
    def unnamed(self) -> int:
        """How many are on the roster without being named to this visitor."""
        return sum(not is_seen(one, self.seen) for one in self.attendances)

    @cached_property
    def counts(self) -> list[tuple[str, int]]:
        """«应到 21», «实到 18», «请假 2», «未到 1», «列席 1»: as far as it is known."""
        states = Counter(one.state for one in self.attendances)
        found = [("应到", self.row.expected), ("实到", self.row.present)]
        found += [(word, states[state] or None) for state, word in (("excused", "请假"), ("absent", "未到"), ("observer", "列席"))]
        return [(word, count) for word, count in found if count is not None]

    @cached_property
    def types(self) -> list[str]:
        """Its type and what it counts as besides."""
        return [self.row.type, *self.row.aspects.values_list("type", flat=True)]

    @cached_property
    def also(self) -> list[str]:
        """What it counts as besides, in words."""
        return [str(ActivityType(one).label) for one in self.types[1:]]

    @cached_property
    def agenda(self) -> list[AgendaItem]:
        """The items."""
        return list(self.row.agenda.all())

    def _voters(self) -> list[tuple[str, Voters]]:
        """The voters of each host that has a roster."""
        found: dict[int, list[Attendance]] = {}
        for one in self.attendances:
            if one.votes and one.state != Presence.OBSERVER and one.unit_id:
                found.setdefault(one.unit_id, []).append(one)
        names = {unit.pk: unit.name for unit in self.hosts}
        return [
            (names.get(unit, ""), Voters(len(rows), sum(one.state == Presence.PRESENT for one in rows))) for unit, rows in found.items()
        ]

    @cached_property
    def proceedings(self) -> list[Proceeding]:
        """Whether it could proceed: of several branches together, each by itself."""
        if self.row.planned:
            return []
        matters = [one.matter for one in self.agenda]
        each = self._voters() or [("", Voters(None, None))]
        judged = [(host if len(each) > 1 else "", quorum(self.types, self.row.held_on, voters, matters)) for host, voters in each]
        return [Proceeding(host, found, quorum_in_words(found)) for host, found in judged if found.asked]

    @cached_property
    def items(self) -> list[Item]:
        """The agenda with what each vote came to."""
        voters = together([one for _, one in self._voters()])
        judged = [(one, vote(self.types, self.row.held_on, voters, one.matter, one.in_favor)) for one in self.agenda]
        return [Item(one, found, vote_in_words(found)) for one, found in judged]

    @cached_property
    def lacks(self) -> list[str]:
        """What is missing before it counts."""
        return lacking(self.row, bool(self.agenda))

    @property
    def state(self) -> State:
        """How far it is."""
        if self.row.held_on > self.visit.today:
            return State.PLANNED
        return State.OPEN if self.lacks else State.RECORDED

    @cached_property
    def counted(self) -> list[str]:
        """Where it counts: «一次活动，算作 3 个党组织 7 月的主题党日»."""
        rows = Occasion.objects.filter(activity=self.row).select_related("unit").order_by("pk")
        found: dict[tuple[str, date, str], int] = {}
        for one in rows:
            key = (one.get_type_display(), one.held_on, one.unit.kind)
            found[key] = found.get(key, 0) + 1
        return [
            f"算作 {number} {_COUNTERS.get(UnitKind(kind), '个单位')} {day.year} 年 {day.month} 月的{type}"
            for (type, day, kind), number in found.items()
        ]

    @cached_property
    def invitations(self) -> list[tuple[Invitation, bool]]:
        """Who was asked to hold it together and has not accepted, with whether the visitor may answer for it."""
        rows = self.row.invitations.exclude(accepted=True).select_related("unit").order_by("pk")
        listed = list(rows)
        if not listed:
            return []
        units = self.visit.scope_today(Act.ACTIVITY_CHANGE).units().filter(pk__in=[one.unit_id for one in listed])
        own = set(units.values_list("pk", flat=True))
        return [(one, one.unit_id in own and one.answered_on is None) for one in listed]

    @cached_property
    def linked(self) -> set[int]:
        """The hosts whose page the visitor may open."""
        pks = [unit.pk for unit in self.hosts]
        return set(self.visit.scope_today(Act.LEDGER_VIEW).units().filter(pk__in=pks).values_list("pk", flat=True))
