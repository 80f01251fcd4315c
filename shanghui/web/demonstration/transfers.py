"""Relations on their way in the worked city: two people for the secretary to receive, one letter out; nobody's home moves by it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from shanghui.access.models import User
from shanghui.ledger.organizations.models import PartyOrganization
from shanghui.ledger.people.models import PARTY_POSTS, Affiliation, AffiliationKind, Appointment, Category, Person
from shanghui.ledger.people.operations import issue_letter, send_people

FROM, TO, COMMITTEE = "云泽市餐饮业商会党支部", "云泽市汽配机电商会党支部", "云泽市商会行业党委"
GOOD_FOR = 30
SENT = timedelta(days=4)
"""So long ago."""


def send_some(by: User, *, at: datetime, on: date) -> None:
    """Sent on the day."""
    target = _organization(TO)
    coming, leaving = _ordinary(_organization(FROM)), _ordinary(target)
    send_people(people=coming[:2], target=target, on=on, reason="所在企业迁址", dues_until=f"{on:%Y-%m}", by=by, at=at)
    issue_letter(
        person=leaving[-1], counterpart="滨海市高新区某科技公司党支部", on=on, number="1", valid_days=GOOD_FOR, longest=GOOD_FOR,
        issuer=_organization(COMMITTEE), reason="工作变动", dues_until=f"{on:%Y-%m}", by=by, at=at,
    )


def _organization(name: str) -> PartyOrganization:
    return PartyOrganization.objects.select_related("unit").get(unit__name=name)


def _ordinary(organization: PartyOrganization) -> list[Person]:
    """Full members at home there who hold no party post and have no account."""
    posts = Appointment.objects.filter(unit=organization.unit, post__in=PARTY_POSTS).values("person_id")
    here = Affiliation.objects.filter(organization=organization, kind=AffiliationKind.HOME, valid_to=None).values("person_id")
    rows = Person.objects.filter(pk__in=here, memberships__category=Category.FULL, memberships__valid_to=None, user=None)
    return list(rows.exclude(pk__in=posts).order_by("pk"))
