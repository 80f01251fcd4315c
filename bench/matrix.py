"""All figures of every node against one hand-written statement for the same table, on the same database."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from django.db import connection

from bench.matrix_life import ASKED, RUNNING, campaign_views, duty_figures, duty_views
from bench.rounds import Measured, interleaved
from shanghui.access.scope import whole
from shanghui.indicators.ages import edges
from shanghui.indicators.queries import Figures, matrix
from shanghui.indicators.registry import registry
from shanghui.kernel.periods import half_year_to, months_later
from shanghui.ledger.activities.models import ActivityType
from shanghui.ledger.organizations.models import ChamberKind, CharterItem, Form

Table = dict[int, dict[str, tuple[int, int | None]]]


def _sum(condition: str) -> str:
    return f"SUM(CASE WHEN {condition} THEN 1 ELSE 0 END)"


def _once(condition: str, key: str) -> str:
    return f"COUNT(DISTINCT CASE WHEN {condition} THEN {key} END)"


_LIVING = "category IN ('full', 'probationary')"
_FULL = "category = 'full'"


def chamber_figures() -> dict[str, str]:
    """{"code": expression} over the rows of the statement's «c»; a denominator is «code/»."""
    rates = {
        "coverage.organization": "covered = 1", "coverage.work": "covered = 1 OR guided = 1",
        "coverage.uncovered": "covered = 0", "coverage.guided": "covered = 0 AND guided = 1",
        "coverage.blank": "covered = 0 AND guided = 0", "charter.complete": f"clauses >= {len(CharterItem)}",
        "coverage.shared": "by_industry = 1 OR by_area = 1",
        "coverage.other": "by_functional = 1 OR by_temporary = 1 OR by_attached = 1",
        **{f"coverage.{form.value}": f"by_{form.value} = 1" for form in Form},
    }
    found = {"chambers.total": "COUNT(*)", "chambers.enterprises": "SUM(enterprises)"}
    for code, condition in rates.items():
        found |= {code: _sum(condition), f"{code}/": "COUNT(*)"}
    found |= {"coverage.can_build": _sum("covered = 0 AND full_members >= 3"), "coverage.can_build/": _sum("covered = 0")}
    return found | {f"chambers.{kind.value}": _sum(f"kind = '{kind.value}'") for kind in ChamberKind}


def organization_figures(day: date) -> dict[str, str]:
    """Over «o»: organizations in being."""
    kinds = {"branches": "kind = 'branch'", "general": "kind = 'general_branch'", "committees": "kind = 'committee'"}
    found = {"organizations.total": _sum("covers = 1"), "organizations.joint": _sum("covers = 1 AND form = 'joint'")}
    found |= {f"organizations.{code}": _sum(f"covers = 1 AND {condition}") for code, condition in kinds.items()}
    soon = f"due_by >= '{day}' AND due_by < '{months_later(day, 6)}'"
    for code, condition in {"term.overdue": f"due_by < '{day}'", "term.due": soon}.items():
        found |= {code: _sum(f"covers = 1 AND {condition}"), f"{code}/": _sum("covers = 1")}
    for code in ("plates", "territory"):
        found |= {f"dual.{code}": _sum(f"covers = 1 AND {code} = 1"), f"dual.{code}/": _sum("covers = 1")}
    return found


def people_figures(day: date) -> dict[str, str]:
    """Over «p»: people with category and home."""
    found = {"members.total": _sum(_LIVING)}
    for code, category in {"full": "full", "probationary": "probationary", "candidates": "candidate",
                           "activists": "activist", "applicants": "applicant"}.items():
        found[f"members.{code}"] = _sum(f"category = '{category}'")
    young, old = _full_years("birth", day, 36), _full_years("birth", day, 61)
    new, long = _full_years("confirmed_on", day, 5), _full_years("confirmed_on", day, 30)
    shares = {
        "women": (_LIVING, "gender = '女'", "1 = 1"), "floating": (_LIVING, "floating = 1", "1 = 1"),
        "young": (_LIVING, f"{young} = 'no'", f"{young} <> ''"), "over_60": (_LIVING, f"{old} = 'yes'", f"{old} <> ''"),
        "age_untold": (_LIVING, f"{young} = ''", "1 = 1"), "party_age_5": (_FULL, f"{new} = 'no'", f"{new} <> ''"),
        "party_age_30": (_FULL, f"{long} = 'yes'", f"{long} <> ''"), "party_age_untold": (_FULL, f"{new} = ''", "1 = 1"),
    }
    for code, (whom, condition, asked) in shares.items():
        found |= {f"members.{code}": _sum(f"{whom} AND {condition}"), f"members.{code}/": _sum(f"{whom} AND {asked}")}
    return found


def _full_years(column: str, day: date, years: int) -> str:
    """Whether so many years since a partial date are full: 'yes', 'no', or '' where nobody can tell."""
    listed = edges(day, years)
    reached = " ".join(f"WHEN LENGTH({column}) = {size} AND {column} <= '{latest}' THEN 'yes'" for size, latest, _ in listed)
    not_yet = " ".join(f"WHEN LENGTH({column}) = {size} AND {column} > '{edge}' THEN 'no'" for size, _, edge in listed)
    return f"CASE {reached} {not_yet} ELSE '' END"


def secretary_figures() -> dict[str, str]:
    """Over «s»: secretaries of organizations that cover a chamber."""
    found = {"cross.secretaries": "COUNT(*)"}
    for code, condition in {"president": "president = 1", "leader": "leader = 1", "general": "general = 1",
                            "hired": "method = 'hired'", "elected": "method = 'elected'", "assigned": "method = 'assigned'",
                            "unstated": "method = ''", "director": "director = 1", "inside": "leads = 1"}.items():
        found |= {f"cross.secretary_{code}": _sum(condition), f"cross.secretary_{code}/": "COUNT(*)"}
    return found


def activity_figures() -> dict[str, str]:
    """Over «a»: activities by host, counted once at each node."""
    found = {"activities.total": "COUNT(DISTINCT id)"}
    return found | {f"activities.{kind.value}": _once(f"type = '{kind.value}'", "id") for kind in ActivityType}


def officer_figures() -> dict[str, str]:
    """Over «f»: posts in organizations that cover a chamber."""
    return {"cross.officers": "COUNT(*)", "cross.officers_in_chamber": _sum("office = 1"), "cross.officers_in_chamber/": "COUNT(*)"}


LEADERS = {"cross.leaders_members": _once("member", "person_id"), "cross.leaders_members/": "COUNT(DISTINCT person_id)"}
DUAL = {"dual.life": "COUNT(DISTINCT person_id)"}
PROMISES = {"promises.signed": "COUNT(*)", "promises.plates": _sum("plate_given")}
GUIDES = {
    "guides.active": "COUNT(DISTINCT person_id)", "guides.load_small": _once("n <= 3", "person_id"),
    "guides.load_medium": _once("n BETWEEN 4 AND 6", "person_id"), "guides.load_large": _once("n >= 7", "person_id"),
}


def statement(day: date, codes: Collection[str] | None = None) -> tuple[str, list[str]]:
    """The statement, and the names of its columns after the first, which is the unit. `codes`: only these figures."""
    on = f"valid_from <= '{day}' AND (valid_to IS NULL OR valid_to > '{day}')"
    parts = {"c": chamber_figures(), "o": organization_figures(day), "s": secretary_figures(), "f": officer_figures()}
    distinct = {"a": activity_figures(), "g": GUIDES, "l": LEADERS, "t": DUAL}
    first_summed = {"p": people_figures(day), "w": PROMISES, "d": duty_figures(), "q": ASKED, "r": RUNNING}
    forms = ", ".join(f"MAX(CASE WHEN form = '{form.value}' THEN 1 ELSE 0 END) AS by_{form.value}" for form in Form)
    taken = ", ".join(f"COALESCE(by_{form.value}, 0) AS by_{form.value}" for form in Form)
    period = half_year_to(day)
    views = f"""
reach AS MATERIALIZED (SELECT above_id, below_id FROM access_reach WHERE axis = 'supervision' AND {on}),
being AS MATERIALIZED (SELECT organization_id, kind, form FROM organizations_organizationperiod WHERE {on}),
cov AS MATERIALIZED (SELECT chamber_id, organization_id, form FROM organizations_coverage
  WHERE {on} AND organization_id IN (SELECT organization_id FROM being)),
held AS MATERIALIZED (SELECT person_id, unit_id, post, method FROM people_appointment WHERE {on}),
road AS MATERIALIZED (SELECT person_id, category FROM people_membershiprecord WHERE {on}),
c AS (SELECT unit_id AS unit, kind, CASE WHEN v.chamber_id IS NULL THEN 0 ELSE 1 END AS covered, {taken},
  CASE WHEN g.chamber_id IS NULL THEN 0 ELSE 1 END AS guided, COALESCE(l.n, 0) AS clauses, COALESCE(d.enterprises, 0) AS enterprises,
  COALESCE(m.n, 0) AS full_members
  FROM organizations_chamber
  JOIN (SELECT chamber_id FROM organizations_chamberstatus WHERE {on} AND status IN ('normal', 'reelecting')) t ON t.chamber_id = unit_id
  LEFT JOIN (SELECT chamber_id, {forms} FROM cov GROUP BY chamber_id) v ON v.chamber_id = unit_id
  LEFT JOIN (SELECT DISTINCT chamber_id FROM people_guideassignment WHERE {on}) g ON g.chamber_id = unit_id
  LEFT JOIN (SELECT chamber_id, COUNT(*) AS n FROM organizations_charterclause WHERE {on} GROUP BY chamber_id) l ON l.chamber_id = unit_id
  LEFT JOIN (SELECT chamber_id, enterprises FROM organizations_declaredsize WHERE {on}) d ON d.chamber_id = unit_id
  LEFT JOIN (SELECT held.unit_id AS chamber_id, COUNT(DISTINCT held.person_id) AS n FROM held JOIN road ON road.person_id = held.person_id
    AND road.category = 'full' GROUP BY held.unit_id) m ON m.chamber_id = unit_id),
o AS (SELECT organization_id AS unit, being.kind, being.form, d.due_by,
  CASE WHEN organization_id IN (SELECT organization_id FROM cov) THEN 1 ELSE 0 END AS covers,
  CASE WHEN organization_id IN (SELECT organization_id FROM organizations_plate WHERE {on}) THEN 1 ELSE 0 END AS plates,
  CASE WHEN organization_id IN (SELECT organization_id FROM organizations_territorialguidance WHERE {on}) THEN 1 ELSE 0 END AS territory
  FROM being
  LEFT JOIN (SELECT unit_id, due_by FROM organizations_term WHERE {on}) d ON d.unit_id = organization_id),
p AS (SELECT a.organization_id AS unit, road.category, h.gender, h.birth, h.confirmed_on,
  CASE WHEN h.id IN (SELECT person_id FROM people_memberstanding WHERE {on} AND kind = 'floating') THEN 1 ELSE 0 END AS floating FROM people_affiliation a
  JOIN road ON road.person_id = a.person_id JOIN people_person h ON h.id = a.person_id WHERE {on} AND a.kind IN ('home', 'cultivated')),
lead AS (SELECT h.person_id, r.organization_id, MAX(CASE WHEN h.post = 'president' THEN 1 ELSE 0 END) AS president,
  MAX(CASE WHEN h.post IN ('president', 'executive_vice_president', 'vice_president') THEN 1 ELSE 0 END) AS leader,
  MAX(CASE WHEN h.post = 'secretary_general' THEN 1 ELSE 0 END) AS general,
  MAX(CASE WHEN h.post IN ('director', 'standing_director') THEN 1 ELSE 0 END) AS director,
  MAX(CASE WHEN h.post NOT IN ('member', 'staff') THEN 1 ELSE 0 END) AS office
  FROM held h JOIN (SELECT chamber_id, organization_id FROM organizations_coverage WHERE {on}) r ON r.chamber_id = h.unit_id
  WHERE h.post NOT IN ('secretary', 'deputy_secretary', 'committee_member') GROUP BY h.person_id, r.organization_id),
s AS (SELECT held.unit_id AS unit, held.method, COALESCE(lead.president, 0) AS president, COALESCE(lead.leader, 0) AS leader,
  COALESCE(lead.general, 0) AS general, COALESCE(lead.director, 0) AS director, CASE WHEN lead.person_id IS NULL THEN 0 ELSE 1 END AS leads
  FROM held LEFT JOIN lead ON lead.person_id = held.person_id AND lead.organization_id = held.unit_id
  WHERE held.post = 'secretary' AND held.unit_id IN (SELECT organization_id FROM cov)),
a AS (SELECT h.unit_id AS unit, y.id, y.type FROM activities_activity y JOIN activities_activityhost h ON h.activity_id = y.id
  WHERE y.held_on BETWEEN '{period.first}' AND '{period.last}' AND NOT y.planned),
g AS (SELECT chamber_id AS unit, person_id, n FROM people_guideassignment
  JOIN (SELECT person_id AS who, COUNT(DISTINCT chamber_id) AS n FROM people_guideassignment WHERE {on} GROUP BY person_id) ON who = person_id
  WHERE {on}),
f AS (SELECT held.unit_id AS unit, COALESCE(lead.office, 0) AS office FROM held
  LEFT JOIN lead ON lead.person_id = held.person_id AND lead.organization_id = held.unit_id
  WHERE held.post IN ('secretary', 'deputy_secretary', 'committee_member') AND held.unit_id IN (SELECT organization_id FROM cov)),
l AS (SELECT held.unit_id AS unit, held.person_id, road.person_id IS NOT NULL AS member FROM held
  JOIN organizations_chamberstatus t ON t.chamber_id = held.unit_id AND t.status IN ('normal', 'reelecting')
  AND t.valid_from <= '{day}' AND (t.valid_to IS NULL OR t.valid_to > '{day}')
  LEFT JOIN road ON road.person_id = held.person_id AND road.{_LIVING}
  WHERE held.post IN ('president', 'executive_vice_president', 'vice_president', 'chief_supervisor', 'secretary_general')),
t AS (SELECT a.organization_id AS unit, a.person_id FROM people_affiliation a JOIN road ON road.person_id = a.person_id AND road.{_LIVING}
  WHERE {on} AND a.kind = 'dual'),
w AS (SELECT organization_id AS unit, plate_given FROM programs_promise
  WHERE signed_on <= '{day}' AND (withdrawn_on IS NULL OR withdrawn_on > '{day}')),{duty_views(day)},{campaign_views(day)}"""
    names: list[str] = []
    selected, joins = [], []
    for view, every in {**parts, **distinct, **first_summed}.items():
        figures = {name: expression for name, expression in every.items() if codes is None or name.rstrip("/") in codes}
        if not figures:
            continue
        columns = [f"{view}{place}" for place in range(len(figures))]
        listed = ", ".join(f"{expression} AS {column}" for column, expression in zip(columns, figures.values(), strict=True))
        if view in distinct:
            views += f",\n{view}x AS (SELECT above_id AS unit, {listed} FROM {view} JOIN reach ON below_id = unit GROUP BY above_id)"
        else:
            summed = ", ".join(f"SUM({column}) AS {column}" for column in columns)
            views += f",\n{view}y AS (SELECT unit, {listed} FROM {view} GROUP BY unit)"
            views += f",\n{view}x AS (SELECT above_id AS unit, {summed} FROM {view}y JOIN reach ON below_id = unit GROUP BY above_id)"
        names += figures
        selected += [f"COALESCE({view}x.{column}, 0)" for column in columns]
        joins.append(f"LEFT JOIN {view}x ON {view}x.unit = u.id")
    return f"WITH {views.strip()}\nSELECT u.id, {', '.join(selected)} FROM access_unit u {' '.join(joins)}", names


def by_hand(day: date, codes: Collection[str] | None = None) -> list[tuple[int, ...]]:
    """The rows of the statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement(day, codes)[0])
        found: list[tuple[int, ...]] = cursor.fetchall()
        return found


def compare(day: date, figures: Mapping[int, Figures], rows: list[tuple[int, ...]], codes: Collection[str] | None = None) -> int:
    """Asserts that both tables say the same; returns how many numbers were compared."""
    names, compared = statement(day, codes)[1], 0
    for unit, *numbers in rows:
        said = dict(zip(names, numbers, strict=True))
        ours = figures.get(unit, {})
        for name, number in said.items():
            figure = ours.get(name.rstrip("/"))
            counted = 0 if figure is None else figure.denominator if name.endswith("/") else figure.numerator
            assert (counted or 0) == number, (unit, name, counted, number)
            compared += 1
    return compared


def written_by_hand(day: date) -> list[str]:
    """The figures of the catalogue that the statement has, in its order."""
    names = set(statement(day)[1])
    return [one.code for one in registry if {one.code, f"{one.code}/"} & names == ({one.code, f"{one.code}/"} if one.is_rate else {one.code})]


def measure(day: date, rounds: int) -> list[Measured]:
    """The whole table both ways, after both have been found equal. A figure nobody has written by hand is left out on both sides."""
    codes = written_by_hand(day)
    whole_names = [one.code for one in registry]
    left_out = "，没有手写、两边都不算的：" + "、".join(set(whole_names) - set(codes)) if len(codes) < len(whole_names) else ""
    scope = whole(day)
    compared = compare(day, matrix(scope, day, codes), by_hand(day))
    times = interleaved({"hand": lambda: by_hand(day), "ours": lambda: matrix(scope, day, codes)}, rounds)
    note = f"{len(codes)} 项指标，{compared} 个数与手写 SQL 相同{left_out}"
    return [Measured("全省各节点全部指标", times["ours"], times["hand"], 1.5, note)]
