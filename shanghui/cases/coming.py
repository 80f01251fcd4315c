"""Whose relation comes to a new organization from another one, and who cannot leave it yet because he holds a post there (ORG-01)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shanghui.cases.file import File
from shanghui.cases.models import CasePerson
from shanghui.ledger.people.models import PARTY_POSTS, Affiliation, AffiliationKind, Appointment


@dataclass(frozen=True)
class Coming:
    """Somebody listed whose relation is elsewhere; `posts`: the words of the party posts he holds there."""

    name: str
    home: str
    posts: tuple[str, ...]

    def sentence(self, since: str) -> str:
        """What becomes of his relation; `since` is a phrase."""
        more = f"，原任{'、'.join(self.posts)}须另行安排" if self.posts else ""
        return f"{self.name}：组织关系{since}由“{self.home}”转来{more}"


def coming(file: File, day: date) -> list[Coming]:
    """Those listed with their relation here whose relation is in another organization on `day`, by name. Two questions."""
    listed = CasePerson.objects.filter(case=file.case, kind=AffiliationKind.HOME).values("person_id")
    homes = list(
        Affiliation.objects.on(day).filter(person_id__in=listed, kind=AffiliationKind.HOME)
        .exclude(organization_id=file.case.organization_id or 0)
        .order_by("person__initials", "person_id").values_list("person_id", "person__name", "organization_id", "organization__unit__name")
    )
    held = Appointment.objects.on(day).filter(
        person_id__in=[person for person, *_ in homes], unit_id__in={where for _, _, where, _ in homes}, post__in=PARTY_POSTS
    ).order_by("pk")
    posts: dict[tuple[int, int], list[str]] = {}
    for one in held:
        posts.setdefault((one.person_id, one.unit_id), []).append(one.get_post_display())
    return [Coming(name, home, tuple(posts.get((person, where), ()))) for person, name, where, home in homes]


def leaving_faults(file: File, on: date) -> list[str]:
    """Who still holds a party post in the organization that he would leave."""
    return [
        f"{one.name}仍是“{one.home}”{'、'.join(one.posts)}，请先办理免职或者改为双重组织生活。" for one in coming(file, on) if one.posts
    ]
