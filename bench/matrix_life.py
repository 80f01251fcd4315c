"""The hand-written part of the statement for duties and campaigns: months as bits, as somebody would write it who is in a hurry.

It knows the invented province: one period for each organization, every item of a campaign of another type, no party groups.
"""

from __future__ import annotations

from datetime import date

from shanghui.rules.months import Every, Window

_BRANCH = "kind = 'branch'"
_MEETINGS = ("general_meeting", "committee_meeting", "group_meeting", "party_class", "theme_day")
_DUTIES: dict[str, tuple[Every, str, str, str, str]] = {
    "life.general_meeting": (Every.QUARTER, _BRANCH, "~limited", "0", "general_meeting"),
    "life.committee_meeting": (
        Every.MONTH, _BRANCH, "committee & ~limited", "CASE WHEN members >= 7 THEN ~committee & ~limited ELSE 0 END", "committee_meeting"
    ),
    "life.group_meeting": (Every.MONTH, "kind = 'group'", "~limited", "0", "group_meeting"),
    "life.party_class": (Every.QUARTER, _BRANCH, "~limited & pack", "0", "party_class"),
    "life.theme_day": (Every.MONTH, _BRANCH, "-1", "0", "theme_day"),
    "life.life_meeting": (Every.YEAR, _BRANCH, "~limited", "0", "life_meeting"),
    "life.review": (Every.YEAR, _BRANCH, "~limited", "0", "review"),
    "life.talk": (Every.YEAR, _BRANCH, "~limited", "0", "talked"),
    "life.secretary_class": (
        Every.YEAR, "kind = 'committee'", "CASE WHEN secretary > 0 THEN -1 ELSE 0 END", "CASE WHEN secretary > 0 THEN 0 ELSE -1 END", "taught"
    ),
    "training.secretary": (
        Every.YEAR, _BRANCH, "CASE WHEN secretary > 0 THEN ~limited ELSE 0 END", "CASE WHEN secretary > 0 THEN 0 ELSE ~limited END", "trained"
    ),
}
"""By code: how long a period is, whose duty, in which months it is owed, in which it cannot be told, what fills it."""
_TYPES = ("general_meeting", "committee_meeting", "group_meeting", "party_class", "theme_day", "life_meeting", "review")


def duty_figures() -> dict[str, str]:
    """{"code": expression} over the rows of «d»; a denominator is «code/»."""
    found: dict[str, str] = {}
    for code in _DUTIES:
        done, owed = ("done", "owed") if code.startswith("training.") else ("done_ended", "owed_ended")
        found |= {code: f"SUM(CASE WHEN code = '{code}' THEN {done} ELSE 0 END)"}
        found |= {f"{code}/": f"SUM(CASE WHEN code = '{code}' THEN {owed} ELSE 0 END)"}
    meetings = ", ".join(f"'life.{one}'" for one in _MEETINGS)
    found["life.meetings"] = f"SUM(CASE WHEN code IN ({meetings}) THEN done_ended ELSE 0 END)"
    found["life.meetings/"] = f"SUM(CASE WHEN code IN ({meetings}) THEN owed_ended ELSE 0 END)"
    for state in ("overdue", "due", "excused"):
        found[f"life.{state}"] = f"SUM(CASE WHEN code LIKE 'life.%' THEN {state} ELSE 0 END)"
    return found | {"life.unknown": "SUM(unknown)"}


ASKED = {
    "campaign.done": "SUM(CASE WHEN counted >= needed THEN 1 ELSE 0 END)", "campaign.done/": "COUNT(*)",
    "campaign.late": "SUM(CASE WHEN counted < needed AND late THEN 1 ELSE 0 END)",
}
RUNNING = {"campaign.running": "COUNT(*)"}


def _months(window: Window, condition: str) -> str:
    """A mask of the months for which the condition holds; {first} and {next} are their first day and the first day after them."""
    terms = (
        f"(CASE WHEN {condition.format(first=window.first_day(n), next=window.first_day(n + 1))} THEN {1 << n} ELSE 0 END)"
        for n in range(12)
    )
    return " | ".join(terms)


def _any_month(window: Window, condition: str) -> str:
    """The same over the rows of a group: the months for which it holds in one of them."""
    return " | ".join(
        f"MAX(CASE WHEN {condition.format(first=window.first_day(n), next=window.first_day(n + 1))} THEN {1 << n} ELSE 0 END)"
        for n in range(12)
    )


def duty_views(day: date) -> str:
    """The rows of «d»: by organization and duty how many periods are in each state."""
    window = Window(day.year, day.year)
    year, base = window.first_day(0), window.base
    until = f"CASE WHEN valid_to <= '{day}' THEN valid_to END"
    begins = "since <= '{first}' AND (until IS NULL OR until > '{first}')"
    began = f"(valid_from <= '{day}' OR from_precision = 'seen')"
    since = "CASE WHEN from_precision = 'seen' THEN '1900-01-01' ELSE valid_from END"
    types = ", ".join(f"SUM(CASE WHEN type = '{one}' THEN months ELSE 0 END) AS {one}" for one in _TYPES)
    taken = ", ".join(f"COALESCE({one}, 0) AS {one}" for one in _TYPES)
    return f"""
bits AS (SELECT unit_id AS unit, type, SUM(DISTINCT 1 << (month - {base})) AS months FROM activities_occasion
  WHERE type IN ({", ".join(f"'{one}'" for one in _TYPES)}) AND month >= {base} AND month < {base + 12} AND held_on <= '{day}' GROUP BY type, unit_id),
met AS (SELECT unit, {types} FROM bits GROUP BY unit),
sitting AS MATERIALIZED (SELECT person_id, unit_id AS unit, post, {since} AS since, {until} AS until, valid_to FROM people_appointment
  WHERE post IN ('secretary', 'committee_member') AND {began} AND (valid_to IS NULL OR valid_to > '{year}')),
posts AS (SELECT unit, {_any_month(window, "post = 'committee_member' AND " + begins)} AS committee,
  {_any_month(window, "post = 'secretary' AND " + begins)} AS secretary FROM sitting GROUP BY unit),
full_home AS MATERIALIZED (SELECT a.organization_id AS unit, COUNT(*) AS members FROM people_affiliation a JOIN road ON road.person_id = a.person_id
  WHERE a.valid_from <= '{day}' AND (a.valid_to IS NULL OR a.valid_to > '{day}') AND a.kind = 'home' AND road.category = 'full'
  GROUP BY a.organization_id),
talkers AS MATERIALIZED (SELECT DISTINCT o.unit_id AS unit, t.person_id FROM activities_occasion o JOIN activities_activity y ON y.id = o.activity_id
  JOIN activities_attendance t ON t.activity_id = o.activity_id AND t.state = 'present'
  WHERE o.type = 'talk' AND y.held_on BETWEEN '{year}' AND '{day}'),
talked AS MATERIALIZED (SELECT a.organization_id AS unit FROM people_affiliation a JOIN road ON road.person_id = a.person_id
  LEFT JOIN talkers ON talkers.unit = a.organization_id AND talkers.person_id = a.person_id
  WHERE a.valid_from <= '{day}' AND (a.valid_to IS NULL OR a.valid_to > '{day}') AND a.kind = 'home'
  AND road.category IN ('full', 'probationary') AND a.organization_id IN (SELECT unit FROM talkers)
  GROUP BY a.organization_id HAVING COUNT(*) = COUNT(talkers.person_id)),
trained AS (SELECT DISTINCT s.unit FROM activities_occasion o JOIN activities_activity y ON y.id = o.activity_id
  JOIN activities_attendance t ON t.activity_id = o.activity_id AND t.state = 'present'
  JOIN sitting s ON s.person_id = t.person_id AND s.post = 'secretary'
  WHERE o.type = 'training' AND y.held_on BETWEEN '{year}' AND '{day}' AND s.since <= y.held_on AND (s.valid_to IS NULL OR s.valid_to > y.held_on)),
taught AS (SELECT DISTINCT s.unit FROM activities_occasion o JOIN activities_activity y ON y.id = o.activity_id
  JOIN sitting s ON s.person_id = y.lecturer_id AND s.post = 'secretary'
  WHERE o.type = 'party_class' AND o.month >= {base} AND o.held_on <= '{day}' AND s.since <= o.held_on
  AND (s.valid_to IS NULL OR s.valid_to > o.held_on)),
packs AS (SELECT below_id AS unit, {_any_month(window, begins)} AS pack FROM
  (SELECT unit_id, valid_from AS since, {until} AS until FROM rules_packswitch WHERE pack = 'quarterly_class' AND valid_from <= '{day}')
  JOIN access_reach r ON r.above_id = unit_id AND r.axis IN ('supervision', 'party') AND r.valid_from <= '{day}'
  AND (r.valid_to IS NULL OR r.valid_to > '{day}') GROUP BY below_id),
body AS MATERIALIZED (SELECT e.organization_id AS unit, e.kind, {_months(window, "since <= '{first}' AND (until IS NULL OR until >= '{next}')")} AS being,
  CASE WHEN e.form IN ('functional', 'temporary') THEN {_months(window, begins)} ELSE 0 END AS limited,
  COALESCE(committee, 0) AS committee, COALESCE(secretary, 0) AS secretary, COALESCE(members, 0) AS members, COALESCE(pack, 0) AS pack, {taken},
  CASE WHEN talked.unit IS NULL THEN 0 ELSE 1 END AS talked, CASE WHEN trained.unit IS NULL THEN 0 ELSE 1 END AS trained,
  CASE WHEN taught.unit IS NULL THEN 0 ELSE 1 END AS taught
  FROM (SELECT organization_id, kind, form, valid_from AS since, {until} AS until FROM organizations_organizationperiod
    WHERE valid_from <= '{day}' AND (valid_to IS NULL OR valid_to > '{year}')) e
  LEFT JOIN met ON met.unit = e.organization_id LEFT JOIN posts ON posts.unit = e.organization_id LEFT JOIN full_home ON full_home.unit = e.organization_id
  LEFT JOIN packs ON packs.unit = e.organization_id LEFT JOIN talked ON talked.unit = e.organization_id LEFT JOIN trained ON trained.unit = e.organization_id
  LEFT JOIN taught ON taught.unit = e.organization_id),
excused AS (SELECT unit_id AS unit, rule, SUM(1 << ((CAST(SUBSTR(first, 1, 4) AS INTEGER) * 12 + CAST(SUBSTR(first, 6, 2) AS INTEGER) - 1) - {base}))
  AS months FROM rules_excuse WHERE given_on <= '{day}' AND first >= '{year}' AND first < '{window.first_day(12)}' GROUP BY unit_id, rule),
asked AS ({" UNION ALL ".join(_asked(code, window, day) for code in _DUTIES)}),
seen AS (SELECT asked.unit, code, over, ended, owed, unknown, met & (owed | unknown) AS done, COALESCE(months, 0) & (owed | unknown) & ~met AS excused
  FROM asked LEFT JOIN excused ON excused.unit = asked.unit AND excused.rule = code WHERE owed | unknown),
judged AS (SELECT unit, code, over, ended, done, excused, unknown & ~done & ~excused AS unknown,
  owed & ~done & ~excused & ~(unknown & ~done & ~excused) AS rest FROM seen),
d AS (SELECT unit, code, {_bits("done", day)} AS done, {_bits("done & ended", day)} AS done_ended, {_bits("done | rest", day)} AS owed,
  {_bits("(done | rest) & ended", day)} AS owed_ended, {_bits("rest & over", day)} AS overdue, {_bits("rest & ~over", day)} AS due,
  {_bits("excused", day)} AS excused, {_bits("unknown", day)} AS unknown FROM judged)"""


def _bits(mask: str, day: date) -> str:
    return " + ".join(f"((({mask}) >> {n}) & 1)" for n in range(day.month))


def _asked(code: str, window: Window, day: date) -> str:
    """One duty: for each organization in question the masks of what is owed, what cannot be told, and what was met."""
    every, whose, due, unknown, met = _DUTIES[code]
    starts = window.starts(every)
    begun = starts & window.beginning_by(day)
    there = " & ".join(f"(being >> {n})" for n in range(every)) + f" & {begun}"
    held = " | ".join(f"({met} >> {n})" for n in range(every))
    over = window.ended_before(day, every)
    ended = window.ended_before(date.fromordinal(day.toordinal() + 1), every)
    return (
        f"SELECT unit, '{code}' AS code, {over} AS over, {ended} AS ended, {there} & ({due}) AS owed, {there} & ({unknown}) AS unknown, "
        f"({held}) & {starts} AS met FROM body WHERE {whose}"
    )


def campaign_views(day: date) -> str:
    """The rows of «q» (an item at an organization) and of «r» (campaigns by who launched them)."""
    on = f"valid_from <= '{day}' AND (valid_to IS NULL OR valid_to > '{day}')"
    return f"""
running AS MATERIALIZED (SELECT id, launched_by_id, valid_from, valid_to FROM activities_campaign WHERE {on}),
items AS MATERIALIZED (SELECT i.id, i.campaign_id, i.type, i.needed, i.due_on < '{day}' AS late, running.valid_from AS since
  FROM activities_campaignitem i JOIN running ON running.id = i.campaign_id),
counting AS (SELECT item, unit, COUNT(*) AS n FROM (
  SELECT items.id AS item, o.unit_id AS unit, o.activity_id FROM items JOIN activities_campaigntarget t ON t.campaign_id = items.campaign_id
    JOIN activities_occasion o ON o.unit_id = t.unit_id AND o.type = items.type AND o.held_on BETWEEN items.since AND '{day}'
  UNION SELECT s.item_id, h.unit_id, s.activity_id FROM items JOIN activities_campaignshare s ON s.item_id = items.id
    JOIN activities_activity y ON y.id = s.activity_id AND y.held_on <= '{day}' JOIN activities_activityhost h ON h.activity_id = y.id
    WHERE EXISTS (SELECT 1 FROM activities_occasion o WHERE o.activity_id = s.activity_id)) GROUP BY item, unit),
q AS (SELECT t.unit_id AS unit, items.needed, items.late, COALESCE(n, 0) AS counted FROM items
  JOIN activities_campaigntarget t ON t.campaign_id = items.campaign_id
  LEFT JOIN counting ON counting.item = items.id AND counting.unit = t.unit_id),
r AS (SELECT launched_by_id AS unit FROM running)"""
