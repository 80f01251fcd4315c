"""Loading the ledger below a unit into a draft: one query a model, none in a loop."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet

from shanghui.access.models import Link, Seat, Unit
from shanghui.access.scope import reached_from
from shanghui.cases.models import Case, Contact, Introducer, State, StepRecord
from shanghui.exchange.drafting.draft import Draft
from shanghui.kernel.sealing import SealedField
from shanghui.ledger.activities.models import Activity, ActivityHost, Aspect, Occasion
from shanghui.ledger.organizations.models import (
    Chamber,
    ChamberMembership,
    ChamberStatus,
    CharterClause,
    Coverage,
    DeclaredSize,
    Enterprise,
    Federation,
    OrganizationPeriod,
    PartyOrganization,
    Term,
)
from shanghui.ledger.organizations.operations.endings import BEING, BOUND, NAMED
from shanghui.ledger.people.models import (
    Affiliation,
    Appointment,
    GuideAssignment,
    MembershipRecord,
    MemberStanding,
    Person,
)
from shanghui.ledger.people.operations import Ending
from shanghui.ledger.programs.models import Promise

Key = Callable[[dict[str, Any]], Hashable]

KEYS: dict[type[models.Model], Key] = {
    Link: lambda v: (v["child_id"], v["axis"]),
    ChamberStatus: lambda v: v["chamber_id"],
    DeclaredSize: lambda v: v["chamber_id"],
    Coverage: lambda v: (v["chamber_id"], v["form"]),
    OrganizationPeriod: lambda v: v["organization_id"],
    Term: lambda v: v["unit_id"],
    CharterClause: lambda v: (v["chamber_id"], v["item"]),
    ChamberMembership: lambda v: (v["enterprise_id"], v["chamber_id"]),
    MembershipRecord: lambda v: v["person_id"],
    MemberStanding: lambda v: (v["person_id"], v["kind"]),
    Affiliation: lambda v: v["person_id"] if v["kind"] != "dual" else ("dual", v["person_id"], v["organization_id"]),
    Appointment: lambda v: (v["person_id"], v["unit_id"], v["post"]),
    GuideAssignment: lambda v: (v["person_id"], v["chamber_id"]),
}
"""Which open fact is the same fact: the keys of the database's own constraints."""
_LOADED = (OrganizationPeriod, Coverage, Term)
"""Of what an organization is, these are read with the rest."""
TERMED = (GuideAssignment,)
"""Facts that are entered with the end of their term: until then they are as good as open."""


def load(draft: Draft) -> None:
    """Fills the shelves with everything below the draft's unit, as the tree stands on its day."""
    units = reached_from((draft.under.pk,), draft.day)
    below = Q(pk__in=units)
    take(draft, Unit.objects.filter(below))
    take(draft, Link.objects.filter(child__in=units, valid_to=None))
    for model in (Federation, Chamber, PartyOrganization):
        take(draft, model._default_manager.filter(unit__in=units))
    people = Person.objects.filter(Q(kept_by__in=units) | Q(affiliations__organization__in=units)).distinct()
    take(draft, people)
    take(draft, Enterprise.objects.filter(kept_by__in=units))
    for facts in (ChamberStatus, DeclaredSize, Coverage, CharterClause, GuideAssignment, ChamberMembership):
        take(draft, facts._default_manager.filter(chamber__in=units))
    take(draft, OrganizationPeriod.objects.filter(organization__in=units))
    take(draft, Term.objects.filter(unit__in=units))
    take(draft, Appointment.objects.filter(unit__in=units))
    pks = people.values("pk")
    take(draft, MembershipRecord.objects.filter(person__in=pks))
    take(draft, Affiliation.objects.filter(person__in=pks))
    take(draft, MemberStanding.objects.filter(person__in=pks))
    _take_developments(draft, pks)
    take(draft, Activity.objects.filter(hosts__unit__in=units).distinct())
    take(draft, ActivityHost.objects.filter(unit__in=units))
    take(draft, Aspect.objects.filter(activity__hosts__unit__in=units).distinct())
    take(draft, Occasion.objects.filter(unit__in=units))
    take(draft, Promise.objects.filter(organization__in=units))


def load_bound(draft: Draft) -> None:
    """Adds, once, what else ends with a chamber or an organization, and how each is told in words. Five questions."""
    if Seat in draft.shelves:
        return
    units = reached_from((draft.under.pk,), draft.day)
    for model, column in (*BOUND, *BEING):
        if model in _LOADED:
            continue
        shelf = draft.shelf(model)
        named = model._default_manager.filter(**{f"{column.removesuffix('_id')}__in": units}).select_related(*NAMED.get(model, ()))
        for fact in named.order_by("pk"):
            shelf.load(fact.pk, {one.attname: getattr(fact, one.attname) for one in model._meta.concrete_fields if not one.primary_key})
            draft.words[model, fact.pk] = Ending(fact).words


def _take_developments(draft: Draft, people: QuerySet[Any]) -> None:
    """The developments of these people that are worked on or done, one each, with the steps that stand and the people named. Four queries."""
    cases = Case.objects.filter(person__in=people, kind="development", state__in=(State.OPEN, State.DONE))
    take(draft, cases)
    shelf, steps = draft.shelf(Case), draft.shelf(StepRecord)
    for row in shelf.rows.values():
        held = shelf.open.get(row.values["person_id"])
        if held is None or held.values["state"] != State.OPEN:
            shelf.open[row.values["person_id"]] = row
    take(draft, StepRecord.objects.filter(case__in=cases, returned_on=None))
    for row in steps.rows.values():
        steps.open[row.values["case_id"], row.values["step"]] = row
    take(draft, Contact.objects.filter(case__in=cases))
    take(draft, Introducer.objects.filter(case__in=cases))


def take(draft: Draft, rows: QuerySet[Any]) -> None:
    """Puts rows on their model's shelf; sealed columns are not opened. One query."""
    model = rows.model
    fields = [f for f in model._meta.concrete_fields if not isinstance(f, SealedField)]
    names = [f.attname for f in fields if not (f.primary_key and f.attname == "id")]
    shelf, key, facts = draft.shelf(model), KEYS.get(model), any(name == "valid_to" for name in names)
    for pk, *values in rows.order_by("pk").values_list("pk", *names).iterator(chunk_size=5000):
        row = shelf.load(pk, dict(zip(names, values, strict=True)))
        if key is not None and facts and _is_open(model, row.values["valid_to"], draft.day):
            shelf.open[key(row.values)] = row
        for name in ("id_digest", "phone_digest"):
            if name in row.values:
                row.values[name] = bytes(row.values[name])


def _is_open(model: type[models.Model], valid_to: date | None, day: date) -> bool:
    return valid_to is None or (model in TERMED and valid_to > day)
