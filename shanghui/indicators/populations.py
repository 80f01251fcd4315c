"""What is counted, as at a day, with the flags on which indicators are conditions (domain.md §4)."""

from __future__ import annotations

from datetime import date

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce

from shanghui.indicators.ages import lengths, years_full
from shanghui.indicators.registry import Population
from shanghui.kernel.facts import holds_on
from shanghui.kernel.periods import half_year_to
from shanghui.ledger.activities.models import Activity, Campaign
from shanghui.ledger.organizations.models import (
    Chamber,
    CharterClause,
    CharterItem,
    DeclaredSize,
    Form,
    PartyOrganization,
    Plate,
    Term,
    TerritorialGuidance,
)
from shanghui.ledger.organizations.queries import live_coverages
from shanghui.ledger.people.models import (
    AffiliationKind,
    Appointment,
    Category,
    GuideAssignment,
    MemberStanding,
    Person,
    StandingKind,
)
from shanghui.ledger.people.queries import (
    attached_full_members,
    chamber_leaders,
    crossing,
    dual_life,
    party_officers,
)
from shanghui.ledger.programs.models import Promise
from shanghui.rules.registry import limit

BUILDABLE = limit("ORG-01", "full_members")
"""Full members from which a chamber can have its own branch (《支部工作条例》第四条)."""


def _chambers(day: date) -> QuerySet[Chamber]:
    own = {"chamber_id": OuterRef("pk")}
    live = live_coverages(day).filter(**own)
    clauses = CharterClause.objects.on(day).filter(**own).order_by().values("chamber_id")
    return Chamber.objects.in_operation(day).annotate(
        covered=Exists(live),
        guided=Exists(GuideAssignment.objects.on(day).filter(**own)),
        **{f"by_{form.value}": Exists(live.filter(form=form)) for form in Form},
        full_members=attached_full_members(day),
        clause_count=Coalesce(Subquery(clauses.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0),
        enterprises=Coalesce(Subquery(DeclaredSize.objects.on(day).filter(**own).values("enterprises")[:1]), 0),
    )


CHAMBERS = Population(
    "chambers", "商会", "家", _chambers, "unit_id",
    ("kind", "covered", "guided", *(f"by_{form.value}" for form in Form), "full_members", "clause_count"),
    amount="enterprises",
)
ALL_CLAUSES = len(CharterItem)


def _organizations(day: date) -> QuerySet[PartyOrganization]:
    term = Term.objects.on(day).filter(unit_id=OuterRef("pk"))
    covering = live_coverages(day).filter(organization_id=OuterRef("pk"))
    return (
        PartyOrganization.objects.filter(holds_on(day, "periods__"))
        .annotate(
            kind=F("periods__kind"),
            form=F("periods__form"),
            due_by=Subquery(term.values("due_by")[:1]),
            covers=Exists(covering),
            plated=Exists(Plate.objects.on(day).filter(organization_id=OuterRef("pk"))),
            guided_locally=Exists(TerritorialGuidance.objects.on(day).filter(organization_id=OuterRef("pk"))),
        )
    )


ORGANIZATIONS = Population(
    "organizations", "党组织", "个", _organizations, "unit_id", ("kind", "form", "due_by", "covers", "plated", "guided_locally")
)


def _people(day: date) -> QuerySet[Person]:
    return Person.objects.filter(
        holds_on(day, "memberships__"), holds_on(day, "affiliations__"),
        affiliations__kind__in=(AffiliationKind.HOME, AffiliationKind.CULTIVATED),
    ).annotate(
        category=F("memberships__category"),
        home_unit=F("affiliations__organization_id"),
        floating=Exists(MemberStanding.objects.on(day).filter(person_id=OuterRef("pk"), kind=StandingKind.FLOATING)),
        **lengths("birth", "confirmed_on"),
    ).annotate(
        past_35=years_full("birth", day, 36), past_60=years_full("birth", day, 61),
        full_5=years_full("confirmed_on", day, 5), full_30=years_full("confirmed_on", day, 30),
    )


PEOPLE = Population(
    "people", "人员", "人", _people, "home_unit", ("category", "gender", "floating", "past_35", "past_60", "full_5", "full_30")
)


def _secretaries(day: date) -> QuerySet[Appointment]:
    return crossing(day)


SECRETARIES = Population(
    "secretaries", "书记", "人", _secretaries, "unit_id",
    ("method", "is_president", "is_leader", "is_secretary_general", "is_director", "is_inside"),
)

OFFICERS = Population("officers", "党组织班子任职", "人次", party_officers, "unit_id", ("post", "top_post", "form"))

LEADERS = Population("leaders", "商会班子成员", "人", chamber_leaders, "led_chamber", ("led_as", "is_member"), spread=True)

DUAL = Population("dual", "双重组织生活党员", "人", dual_life, "dual_branch", (), spread=True)


def _guides(day: date) -> QuerySet[Person]:
    held = GuideAssignment.objects.on(day).filter(person_id=OuterRef("pk")).order_by().values("person_id")
    load = held.annotate(n=Count("chamber_id", distinct=True)).values("n")
    return Person.objects.filter(holds_on(day, "assignments__")).annotate(
        guided_chamber=F("assignments__chamber_id"), guide_kind=F("assignments__kind"),
        load=Subquery(load, output_field=IntegerField()),
    )


GUIDES = Population("guides", "指导员", "人", _guides, "guided_chamber", ("guide_kind", "load"), spread=True)


def _activities(day: date) -> QuerySet[Activity]:
    in_half_year = ExpressionWrapper(Q(held_on__gte=half_year_to(day).first), output_field=BooleanField())
    return Activity.objects.held(date(day.year, 1, 1), day).annotate(in_half_year=in_half_year)


ACTIVITIES = Population("activities", "活动", "次", _activities, "hosts__unit_id", ("type", "in_half_year"), spread=True)
"""What was held in the year up to the day; `in_half_year`: in its half year."""


def _promises(day: date) -> QuerySet[Promise]:
    return Promise.objects.signed_by(day)


PROMISES = Population("promises", "承诺", "户", _promises, "organization_id", ("plate_given",))

def _campaigns(day: date) -> QuerySet[Campaign]:
    return Campaign.objects.on(day)


CAMPAIGNS = Population("campaigns", "专题活动", "个", _campaigns, "launched_by_id", ())

POPULATIONS = (
    CHAMBERS, ORGANIZATIONS, PEOPLE, SECRETARIES, OFFICERS, LEADERS, DUAL, GUIDES, ACTIVITIES, PROMISES, CAMPAIGNS,
)
LIVING = Q(category__in=[Category.FULL, Category.PROBATIONARY])
