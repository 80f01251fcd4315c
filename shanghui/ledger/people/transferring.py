"""What one may ask about transfers (M16): the ledger, what waits for whom, where a relation may go, who may write a letter."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q, QuerySet

from shanghui.access.models import Axis, Reach, Unit, UnitKind
from shanghui.access.scope import Scope
from shanghui.kernel.facts import holds_on
from shanghui.ledger.organizations.models import OrganizationKind, OrganizationPeriod, PartyOrganization
from shanghui.ledger.organizations.powers import powers_of
from shanghui.ledger.people.models import (
    Affiliation,
    AffiliationKind,
    MembershipRecord,
    Person,
)
from shanghui.ledger.people.transfers import Direction, Transfer, TransferQuerySet, TransferState


def transfers(scope: Scope) -> TransferQuerySet:
    """The ledger 组织关系接转 of the organizations within the scope: what is on its way first, then the newest."""
    return Transfer.objects.within(scope).named().order_by(F("closed_on").desc(nulls_first=True), "-sent_on", "-pk")


def matching_transfers(text: str) -> Q:
    """The condition of a search: part of a name, initials, the other organization, or the number of the letter."""
    text = text.strip()
    words = Q(person__name__contains=text) | Q(person__initials__startswith=text.lower())
    places = Q(counterpart__contains=text) | Q(source__unit__name__contains=text) | Q(target__unit__name__contains=text)
    return words | places | Q(number=text)


def waiting_for(units: set[int]) -> TransferQuerySet:
    """What waits for the answer of these organizations, the earliest first."""
    return Transfer.objects.waiting().filter(target_id__in=units).named().order_by("sent_on", "pk")


def sent_together(row: Transfer) -> TransferQuerySet:
    """Those still on their way that were sent in the same act, this one included."""
    if not row.bundle:
        return Transfer.objects.waiting().filter(pk=row.pk).named()
    return Transfer.objects.waiting().filter(bundle=row.bundle, target=row.target_id).named().order_by("person__initials", "pk")


def destinations(units: set[int], day: date) -> QuerySet[Unit]:
    """Party organizations that a relation of these may go to without being asked for by their whole name: those below the same
    party committee, in being, of a form that has home relations."""
    committees = Reach.objects.filter(
        holds_on(day), holds_on(day, "above__organization__periods__"), axis=Axis.PARTY, below__in=units, depth__gt=0,
        above__organization__periods__kind=OrganizationKind.COMMITTEE,
    )
    below = Reach.objects.on(day).filter(axis=Axis.PARTY, above__in=committees.values("above_id")).values("below_id")
    return with_home_relations(day).filter(pk__in=below).order_by("name", "pk")


def with_home_relations(day: date) -> QuerySet[Unit]:
    """Party organizations in being on the day that relations can be at home in: 功能型 and 临时 ones apart."""
    period = OrganizationPeriod.objects.on(day)
    limited = [form for form, _ in OrganizationPeriod._meta.get_field("form").flatchoices if not powers_of(str(form)).develops]
    being = period.exclude(form__in=limited).values("organization_id")
    return Unit.objects.filter(kind=UnitKind.ORGANIZATION, pk__in=being)


def letter_writers(unit: int, day: date) -> list[PartyOrganization]:
    """The party committees on the party line above an organization, itself included where it is one, the nearest first."""
    above = Reach.objects.filter(
        holds_on(day), holds_on(day, "above__organization__periods__"), axis=Axis.PARTY, below=unit,
        above__organization__periods__kind=OrganizationKind.COMMITTEE,
    )
    order = dict(above.order_by("-depth").values_list("above_id", "depth"))
    own = OrganizationPeriod.objects.on(day).filter(organization=unit, kind=OrganizationKind.COMMITTEE).values("organization_id")
    rows = PartyOrganization.objects.in_being(day).filter(Q(pk__in=order) | Q(pk__in=own))
    return sorted(rows.select_related("unit"), key=lambda one: (order.get(one.pk, 0), one.pk))


def next_number(issuer: int, year: int) -> int:
    """The number that follows the highest one of the year."""
    used = Transfer.objects.filter(issuer=issuer, year=year).values_list("number", flat=True)
    return max((int(one) for one in used if one.isdecimal()), default=0) + 1


def members_here(unit: int, day: date) -> list[Person]:
    """Whose home, or cultivation, is in an organization and goes on, with the category of the day (`category`), by pinyin. Two questions."""
    rows = Affiliation.objects.filter(organization=unit, valid_to=None).exclude(kind=AffiliationKind.DUAL)
    found = list(Person.objects.filter(pk__in=rows.values("person_id")).without_numbers().order_by("initials", "pk"))
    put_categories(found, day)
    return found


def put_categories(people: list[Person], day: date) -> None:
    """Sets `category_word` of each: the category of the day in words. One question."""
    records = MembershipRecord.objects.on(day).filter(person__in=[one.pk for one in people])
    known = {one.person_id: one.get_category_display() for one in records}
    for person in people:
        person.category_word = known.get(person.pk, "")  # type: ignore[attr-defined]


def left_by_letter(person: int) -> Transfer | None:
    """The letter by which the person's relation left the platform, where it has not come back; None otherwise."""
    if Affiliation.objects.filter(person=person, kind=AffiliationKind.HOME, valid_to=None).exists():
        return None
    gone = Transfer.objects.filter(person=person, direction=Direction.OUT, state=TransferState.RECEIVED)
    return gone.order_by("closed_on", "pk").last()
