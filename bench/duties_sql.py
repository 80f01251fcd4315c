"""The verdicts of all duties as one hand-written statement: month masks folded in the store, a row for each organization and duty.

Norms in force and the lengths of periods are numbers of the program and stand in the text as numbers; everything that is known of
an organization is read from the tables. Written anew from the sentences of the rules, so that both can be wrong apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shanghui.rules.duties import Duty, registry
from shanghui.rules.months import Window, places
from shanghui.rules.registry import limit


class _Sqlite:
    """Days are text; there is no bit_or, so distinct bits are summed, and masks of several bits folded bit by bit."""

    occasions = """SELECT unit_id AS unit, type, SUM(DISTINCT 1 << (month - {base})) AS months
  FROM activities_occasion WHERE type IN ({types}) AND month >= {base} AND month < {base} + {length} AND held_on <= '{day}'
  GROUP BY type, unit_id"""

    @staticmethod
    def place(day: str, base: int) -> str:
        return f"(CAST(SUBSTR({day}, 1, 4) AS INTEGER) * 12 + CAST(SUBSTR({day}, 6, 2) AS INTEGER) - {base + 1})"

    @staticmethod
    def part(day: str, which: str) -> str:
        return f"CAST(SUBSTR({day}, {'9' if which == 'DAY' else '6'}, 2) AS INTEGER)"

    @staticmethod
    def below(place: str, length: int) -> str:
        return f"((1 << MIN(MAX({place}, 0), {length})) - 1)"

    @staticmethod
    def fold(mask: str, length: int) -> str:
        return "(" + " | ".join(f"MAX({mask} & {1 << n})" for n in range(length)) + ")"

    @staticmethod
    def all_of(mask: str, bits: range) -> str:
        return "(" + " | ".join(f"MIN({mask} & {1 << n})" for n in bits) + ")"


class _Postgres:
    """Days are days, and masks are folded by bit_or."""

    occasions = """SELECT unit_id AS unit, type, BIT_OR(1 << (month - {base})) AS months
  FROM activities_occasion WHERE type IN ({types}) AND month >= {base} AND month < {base} + {length} AND held_on <= '{day}'
  GROUP BY unit_id, type"""

    @staticmethod
    def place(day: str, base: int) -> str:
        return f"(EXTRACT(YEAR FROM {day})::int * 12 + EXTRACT(MONTH FROM {day})::int - {base + 1})"

    @staticmethod
    def part(day: str, which: str) -> str:
        return f"EXTRACT({which} FROM {day})::int"

    @staticmethod
    def below(place: str, length: int) -> str:
        return f"((1 << LEAST(GREATEST({place}, 0), {length})) - 1)"

    @staticmethod
    def fold(mask: str, length: int) -> str:
        return f"BIT_OR({mask})"

    @staticmethod
    def all_of(mask: str, bits: range) -> str:
        return f"BIT_AND({mask})"


_DIALECTS = {"sqlite": _Sqlite, "postgresql": _Postgres}


@dataclass(frozen=True)
class _Asked:
    """Of whom a duty is asked, over the columns of «roll»: in which months, and in which that cannot be told. `met`: by what."""

    due: str
    unknown: str = "0"
    met: str = ""


_LASTING = "being & branch & ~limited"
_ASKED = {
    "life.general_meeting": _Asked(_LASTING),
    "life.life_meeting": _Asked(_LASTING),
    "life.review": _Asked(_LASTING),
    "life.theme_day": _Asked("being & branch"),
    "life.group_meeting": _Asked("being & grouped & ~limited"),
    "life.party_class": _Asked(f"{_LASTING} & pack"),
    "life.talk": _Asked(_LASTING, met="talks"),
    "life.committee_meeting": _Asked(
        "committee & branch & ~limited", f"CASE WHEN large THEN {_LASTING} & ~committee ELSE {_LASTING} & ~committee & declared END"
    ),
    "life.secretary_class": _Asked("being & heading & known", "being & heading & ~known", met="lectures"),
    "training.secretary": _Asked(f"{_LASTING} & known", f"{_LASTING} & ~known", met="trainings"),
}


_WHAT = (
    ("branch", "kind = 'branch'"), ("grouped", "kind = 'group'"), ("heading", "kind = 'committee'"),
    ("limited", "form IN ('functional', 'temporary')"), ("declared", f"committee_members >= {limit('COM-02', 'members_from')}"),
)
"""By column of «being» what an organization is in its months."""


def holds(day: date) -> str:
    """The condition that a fact holds on a day."""
    return f"valid_from <= '{day}' AND (valid_to IS NULL OR valid_to > '{day}')"


class Statement:
    """The statement for a day and a window of years, in the words of one database."""

    def __init__(self, vendor: str, day: date, window: Window) -> None:
        self.words, self.day, self.window, self.length = _DIALECTS[vendor], day, window, window.length
        self.first = window.first_day(0)
        self.on = holds(day)
        self.overlaps = f"(valid_to IS NULL OR valid_to > '{self.first}')"
        self.known_end = f"CASE WHEN valid_to <= '{day}' THEN valid_to END"

    @property
    def text(self) -> str:
        """Columns: unit, duty, and the masks done, due, overdue, excused, cannot tell."""
        duties = list(registry)
        arms = "\n  UNION ALL ".join(self._arm(one) for one in duties)
        over = " ".join(f"WHEN '{one.code}' THEN {self.window.ended_before(self.day, one.every)}" for one in duties)
        views = [self._being(), self._posts(), self._packs(), self._talks(), self._people(), self._occasions(), self._persons_evidence(), self._roll()]
        return f"""WITH {', '.join(views)},
slot AS MATERIALIZED ({arms}),
told AS (SELECT slot.unit, slot.duty, owed, unclear, met & (owed | unclear) AS done, COALESCE(e.months, 0) & (owed | unclear) & ~met AS excused,
  CASE slot.duty {over} END AS past FROM slot LEFT JOIN excuse e ON e.unit = slot.unit AND e.duty = slot.duty WHERE owed | unclear <> 0)
SELECT unit, duty, done, owed & ~done & ~excused & ~unclear & ~past, owed & ~done & ~excused & ~unclear & past, excused,
  unclear & ~done & ~excused FROM told"""

    def _between(self, first: str, last: str) -> str:
        """The months from a place to before another."""
        return f"{self.words.below(last, self.length)} & ~{self.words.below(first, self.length)}"

    def _beginning(self, day: str) -> str:
        """The place of the first month that begins on the day or after."""
        return f"({self.words.place(day, self.window.base)} + CASE WHEN {self.words.part(day, 'DAY')} > 1 THEN 1 ELSE 0 END)"

    def _being(self) -> str:
        """Stretches without a break: a beginning known to a month or a year is surely one only when that is over. What is there
        at different times has no month in common, so that masks are summed. What it was is asked of the first day of each month."""
        day, month = (self.words.part("since", one) for one in ("DAY", "MONTH"))
        surely = f"""{self._beginning('since')} + CASE WHEN precise = 'month' AND {day} = 1 THEN 1
    WHEN precise = 'year' AND {day} = 1 AND {month} = 1 THEN 12 ELSE 0 END"""
        whole = self._between("lasting", f"CASE WHEN until IS NULL THEN {self.length} ELSE {self.words.place('until', self.window.base)} END")
        what = ", ".join(f"SUM(CASE WHEN {test} THEN during ELSE 0 END) AS {name}" for name, test in _WHAT)
        begun = f"CASE WHEN until IS NULL THEN {self.length} ELSE {self._beginning('until')} END"
        return f"""
period AS (SELECT organization_id AS unit, kind, committee_members, form, valid_from AS since, {self.known_end} AS until, from_precision AS precise,
  LAG(valid_to) OVER (PARTITION BY organization_id ORDER BY valid_from) AS ended
  FROM organizations_organizationperiod WHERE valid_from <= '{self.day}' AND {self.overlaps}),
stretch AS (SELECT unit, kind, committee_members, form, since, until, {surely} AS surely,
  SUM(CASE WHEN ended = since THEN 0 ELSE 1 END) OVER (PARTITION BY unit ORDER BY since) AS number FROM period),
there AS (SELECT unit, FIRST_VALUE(surely) OVER (PARTITION BY unit, number ORDER BY since) AS lasting, until,
  LEAD(number) OVER (PARTITION BY unit ORDER BY since) AS next, number, kind, committee_members, form,
  {self._between(self._beginning('since'), begun)} AS during FROM stretch),
being AS (SELECT unit, SUM(CASE WHEN next = number THEN 0 ELSE {whole} END) AS months, {what}
  FROM there GROUP BY unit)"""

    def _posts(self) -> str:
        """A post held «not later than» a day may have been held before."""
        until = f"CASE WHEN valid_to <= '{self.day}' THEN {self._beginning('valid_to')} ELSE {self.length} END"
        since = f"CASE WHEN from_precision = 'seen' THEN 0 ELSE {self._beginning('valid_from')} END"
        folded = self.words.fold("months", self.length)
        return f"""
office AS (SELECT unit, post, {folded} AS months FROM (SELECT DISTINCT unit_id AS unit, post, {self._between(since, until)} AS months
  FROM people_appointment WHERE post IN ('secretary', 'committee_member') AND (valid_from <= '{self.day}' OR from_precision = 'seen')
  AND {self.overlaps}) t GROUP BY unit, post)"""

    def _packs(self) -> str:
        until = f"CASE WHEN valid_to <= '{self.day}' THEN {self._beginning('valid_to')} ELSE {self.length} END"
        return f"""
switched AS MATERIALIZED (SELECT unit_id AS unit, {self._between(self._beginning('valid_from'), until)} AS months FROM rules_packswitch
  WHERE pack = 'quarterly_class' AND valid_from <= '{self.day}' AND {self.overlaps}),
pack AS (SELECT unit, {self.words.fold('months', self.length)} AS months FROM (SELECT DISTINCT r.below_id AS unit, s.unit AS above, s.months
  FROM switched s JOIN access_reach r ON r.above_id = s.unit AND r.axis IN ('supervision', 'party') WHERE {self.on}) t GROUP BY unit)"""

    def _people(self) -> str:
        members = "SELECT person_id, category FROM people_membershiprecord WHERE category IN ('full', 'probationary') AND "
        return f"""
counted AS MATERIALIZED (SELECT a.organization_id AS unit, SUM(CASE WHEN m.category = 'full' THEN 1 ELSE 0 END) AS fullness
  FROM people_affiliation a JOIN ({members}{self.on}) m ON m.person_id = a.person_id WHERE a.kind = 'home' AND {self.on} GROUP BY a.organization_id),
spoken AS MATERIALIZED (SELECT unit, SUM(talks) AS talks FROM ({" UNION ALL ".join(self._spoken(n, members) for n in range(0, self.length, 12))}) t
  GROUP BY unit),
excuse AS MATERIALIZED (SELECT unit_id AS unit, rule AS duty, SUM(1 << {self.words.place('first', self.window.base)}) AS months
  FROM rules_excuse WHERE given_on <= '{self.day}' AND first >= '{self.first}' AND first < '{self.window.first_day(self.length)}'
  GROUP BY unit_id, rule)"""

    def _spoken(self, place: int, members: str) -> str:
        """The branches whose members all talked in the year that begins at the place: who was at home when it ended, or is on the day."""
        on = holds(min(date(self.window.first_day(place).year, 12, 31), self.day))
        return f"""SELECT a.organization_id AS unit, {self.words.all_of(f"COALESCE(t.months, 0) & {1 << place}", range(place, place + 1))} AS talks
  FROM people_affiliation a JOIN ({members}{on}) m ON m.person_id = a.person_id
  LEFT JOIN talked t ON t.unit = a.organization_id AND t.person_id = a.person_id
  WHERE a.kind = 'home' AND {on} AND a.organization_id IN (SELECT unit FROM talked) GROUP BY a.organization_id"""

    def _occasions(self) -> str:
        types = ", ".join(f"'{kind.value}'" for kind in self._types())
        folded = self.words.occasions.format(base=self.window.base, length=self.length, day=self.day, types=types)
        columns = ", ".join(f"MAX(CASE WHEN type = '{kind.value}' THEN months ELSE 0 END) AS {kind.value}" for kind in self._types())
        return f"""
held AS (SELECT unit, {columns} FROM ({folded}) t GROUP BY unit)"""

    def _types(self) -> list[str]:
        return sorted({kind for one in registry for kind in one.types})

    def _persons_evidence(self) -> str:
        """What secretaries did while they were secretary."""
        place = self.words.place
        began = "(h.from_precision = 'seen' OR h.valid_from <= d.held_on) AND (h.valid_to IS NULL OR h.valid_to > d.held_on)"
        secretaries = f"""people_appointment h ON h.person_id = d.person_id AND h.post = 'secretary' AND {began}
  AND (h.valid_from <= '{self.day}' OR h.from_precision = 'seen')"""
        there = f"held_on >= '{self.first}' AND a.held_on <= '{self.day}'"
        fold = self.words.fold("months", self.length)
        return f"""
lectures AS (SELECT unit, {fold} AS months FROM (SELECT h.unit_id AS unit, 1 << {place('d.held_on', self.window.base)} AS months
  FROM (SELECT a.lecturer_id AS person_id, a.held_on FROM activities_activity a WHERE a.{there} AND a.lecturer_id IN (SELECT person_id
  FROM people_appointment p JOIN organizations_organizationperiod o ON o.organization_id = p.unit_id AND o.kind = 'committee' WHERE p.post = 'secretary')
  AND EXISTS (SELECT 1 FROM activities_occasion o WHERE o.activity_id = a.id AND o.type = 'party_class')) d
  JOIN {secretaries}) t GROUP BY unit),
trainings AS (SELECT unit, {fold} AS months FROM (SELECT h.unit_id AS unit, 1 << {place('d.held_on', self.window.base)} AS months
  FROM (SELECT t.person_id, a.held_on FROM activities_activity a JOIN activities_attendance t ON t.activity_id = a.id AND t.state = 'present'
  WHERE a.{there} AND a.id IN (SELECT activity_id FROM activities_occasion WHERE type = 'training')) d
  JOIN {secretaries}) t GROUP BY unit)"""

    def _talks(self) -> str:
        """Of each who talked in an organization the Januaries of the years."""
        year = " + ".join(f"CASE WHEN o.month >= {self.window.base + n} THEN 12 ELSE 0 END" for n in range(12, self.length, 12))
        return f"""
talked AS MATERIALIZED (SELECT unit, person_id, {self.words.fold("months", self.length)} AS months FROM (SELECT DISTINCT o.unit_id AS unit,
  t.person_id, 1 << ({year or 0}) AS months FROM activities_occasion o JOIN activities_attendance t ON t.activity_id = o.activity_id
  AND t.state = 'present' WHERE o.type = 'talk' AND o.month >= {self.window.base} AND o.held_on <= '{self.day}') t GROUP BY unit, person_id)"""

    def _roll(self) -> str:
        """One row for each organization with everything known of it."""
        years = range(0, self.length, 12)
        known = " | ".join(f"CASE WHEN COALESCE(s.months, 0) & {0xFFF << n} <> 0 THEN {0xFFF << n} ELSE 0 END" for n in years)
        held = ", ".join(f"COALESCE(held.{kind}, 0) AS {kind}" for kind in self._types())
        evidence = ", ".join(f"COALESCE({one}.months, 0) AS {one}" for one in ("lectures", "trainings"))
        what = ", ".join(f"b.{name}" for name, _ in _WHAT)
        joined = "\n  ".join(f"LEFT JOIN {one} ON {one}.unit = b.unit" for one in ("held", "lectures", "trainings", "pack", "spoken"))
        return f"""
roll AS MATERIALIZED (SELECT b.unit, b.months AS being, {what}, COALESCE(c.months, 0) AS committee, {known} AS known,
  COALESCE(pack.months, 0) AS pack, COALESCE(p.fullness, 0) >= {limit('COM-01', 'full_members')} AS large,
  {held}, {evidence},
  COALESCE(spoken.talks, 0) AS talks
  FROM being b
  LEFT JOIN office c ON c.unit = b.unit AND c.post = 'committee_member' LEFT JOIN office s ON s.unit = b.unit AND s.post = 'secretary'
  LEFT JOIN counted p ON p.unit = b.unit
  {joined})"""

    def _arm(self, duty: Duty) -> str:
        """The slots of one duty: the periods owed, those that cannot be told, and those that were met."""
        asked = _ASKED[duty.code]
        begun = self.window.starts(duty.every) & self.window.beginning_by(self.day)
        periods = sum(1 << place for place in places(begun) if duty.norm_on(self.window.first_day(place)) is not None)
        met = asked.met or " | ".join(kind.value for kind in duty.types)
        there = self._periods("being", duty, "{0} = {0}") + f" & {periods}"
        unclear = "0" if asked.unknown == "0" else f"({asked.unknown}) & {there}"
        return f"""SELECT unit, '{duty.code}' AS duty, {asked.due} & {there} AS owed, {unclear} AS unclear,
  {self._periods(met, duty, "{0} <> 0")} AS met FROM roll"""

    def _periods(self, mask: str, duty: Duty, holds: str) -> str:
        """The first months of the periods in whose months the bits are set as asked: all of them, or any."""
        if duty.every == 1:
            return f"({mask})"
        if duty.every < 12:
            joined = " & " if holds == "{0} = {0}" else " | "
            shifted = joined.join(f"(({mask}) >> {n})" for n in range(duty.every))
            return f"(({shifted}) & {self.window.starts(duty.every)})"
        whole = [((1 << duty.every) - 1) << n for n in range(0, self.length, duty.every)]
        tests = (f"({mask}) & {bits} {'=' if holds == '{0} = {0}' else '<>'} {bits if holds == '{0} = {0}' else 0}" for bits in whole)
        return "(" + " | ".join(f"CASE WHEN {test} THEN {bits & -bits} ELSE 0 END" for test, bits in zip(tests, whole, strict=True)) + ")"
