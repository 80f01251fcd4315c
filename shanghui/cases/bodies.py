"""Standing party organizations in a case: are they in being, what hangs on them, who belongs there (M03; ORG-08)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from shanghui.access.models import Axis, Link
from shanghui.cases.file import File
from shanghui.cases.models import CasePerson
from shanghui.kernel.facts import holds_on
from shanghui.kernel.periods import full_day
from shanghui.ledger.organizations.models import (
    Chamber,
    Coverage,
    Federation,
    Form,
    OrganizationKind,
    OrganizationPeriod,
    PartyOrganization,
)
from shanghui.ledger.organizations.queries import kind_on
from shanghui.ledger.people.models import MEMBERS, Affiliation, AffiliationKind, MembershipRecord, Person
from shanghui.rules.registry import limit

TOGETHER = (Form.JOINT, Form.INDUSTRY, Form.AREA)
COVERING = (Form.ATTACHED, Form.AREA, Form.INDUSTRY, Form.JOINT)
"""Ways in which a standing organization covers one more chamber."""
WITHOUT_RELATIONS = (Form.FUNCTIONAL, Form.TEMPORARY)
"""Relations of members stay at home (ORG-09, ORG-13)."""
UPPER_KINDS = (OrganizationKind.COMMITTEE, OrganizationKind.GENERAL_BRANCH)
"""What can be the upper level of another party organization."""
SIZES = {OrganizationKind.GENERAL_BRANCH: "general_branch_members", OrganizationKind.COMMITTEE: "party_committee_members"}
NAMED = (
    (OrganizationKind.GENERAL_BRANCH, ("党总支", "总支部", "总支部委员会", "总支委员会", "总支委")),
    (OrganizationKind.BRANCH, ("支部", "支部委员会", "支委会")),
    (OrganizationKind.GROUP, ("党小组",)),
    (OrganizationKind.COMMITTEE, ("党委", "委员会")),
)
"""How a name ends, by kind; the longer words come first."""


@dataclass(frozen=True)
class Belonging:
    """A person belongs to an organization on a day. `category`: in the register on that day; "" when in none."""

    person: Person
    kind: AffiliationKind
    category: str

    @property
    def is_member(self) -> bool:
        """Full or probationary, with the relation here."""
        return self.kind == AffiliationKind.HOME and self.category in MEMBERS


def effective(file: File) -> date | None:
    """The day from which what the case decides holds: the one chosen, otherwise the day of the approval."""
    return file.design.change_on or file.on("approve")


def effective_in_words(file: File) -> str:
    """That day, or what it will be."""
    day = effective(file)
    return full_day(day) if day else "批复那一天"


def day_faults(file: File) -> list[str]:
    """Nothing holds before it was approved."""
    chosen, approved = file.design.change_on, file.on("approve")
    if chosen is None or approved is None or chosen >= approved:
        return []
    return [f"生效时间 {full_day(chosen)} 早于批复（{full_day(approved)}）。请把生效时间改到批复那一天或者以后。"]


def committee_of(file: File) -> int | None:
    """The leading party committee of the office that handles a case. One question."""
    return Federation.objects.filter(unit=file.case.office_id).values_list("committee_id", flat=True).first()


def form_on(organization: PartyOrganization, day: date) -> str | None:
    """The form of an organization on `day`; None when it is not in being."""
    return OrganizationPeriod.objects.on(day).filter(organization=organization).values_list("form", flat=True).first()


def absent_faults(bodies: Iterable[PartyOrganization], day: date) -> list[str]:
    """Those of these organizations that are not in being on `day`."""
    asked = {one.pk: one for one in bodies}
    present = set(OrganizationPeriod.objects.on(day).filter(organization_id__in=asked).values_list("organization_id", flat=True))
    return [f"“{one.unit.name}”在{full_day(day)}不存在（还没有成立，或者已经撤销）。请另选，或者核对日期。" for pk, one in asked.items() if pk not in present]


def upper_faults(upper: PartyOrganization | None, day: date, but: Iterable[PartyOrganization] = ()) -> list[str]:
    """Why this is no upper level on `day`: no 党委 or 党总支, not in being, or one of `but` (the organization itself, those that end)."""
    if upper is None:
        return []
    name = upper.unit.name
    if upper.pk in {one.pk for one in but}:
        return [f"“{name}”就是这件事要改动的党组织，不能作自己的上级。请另选上级党组织。"]
    kind = kind_on(upper, day)
    if kind not in UPPER_KINDS:
        return [f"“{name}”是{OrganizationKind(kind).label}，不能作上级党组织。请改选党委或者党总支。"]
    return absent_faults([upper], day)


def size_faults(kind: str, members: int, grounds: str) -> list[str]:
    """A general branch has 50 members, a committee 100, as places have it; with fewer the approval says why (ORG-11, a local norm)."""
    name = SIZES.get(OrganizationKind(kind))
    least = limit("ORG-11", name) if name else 0
    if grounds or members >= least:
        return []
    word = OrganizationKind(kind).label
    return [f"有党员{members}名，不足{least}名，一般不设{word}（本地规定）。因工作需要设立的，请在方案里写明理由和批准文件。"]


def members_listed(file: File, day: date) -> int:
    """How many full and probationary members are listed in a case with their relation here. One question."""
    listed = CasePerson.objects.filter(case=file.case, kind=AffiliationKind.HOME).values("person_id")
    return MembershipRecord.objects.on(day).filter(person_id__in=listed, category__in=MEMBERS).count()


def name_faults(name: str, kind: str) -> list[str]:
    """A name that says another kind of organization than was chosen; one that says none is left to the office."""
    said = next((one for one, ends in NAMED if name.endswith(ends)), None)
    if said is None or said == kind:
        return []
    return [f"名称与类型不符：“{name}”是{said.label}的名称，类型选的是{OrganizationKind(kind).label}。请改名称，或者改类型。"]


def leading_faults(bodies: Iterable[PartyOrganization]) -> list[str]:
    """Those that lead a federation: their fate is not decided in a case of a chamber's organization."""
    rows = Federation.objects.filter(committee__in=[one.pk for one in bodies]).select_related("unit", "committee__unit")
    return [f"“{row.committee.unit.name}”是{row.unit.name}的党建领导机构，不能在这里撤销、合并或者改变形式。" for row in rows if row.committee]


def below_faults(bodies: Sequence[PartyOrganization], day: date) -> list[str]:
    """Organizations in being below on the party line, which would be left without an upper level."""
    keys = [one.pk for one in bodies]
    links = Link.objects.filter(holds_on(day), axis=Axis.PARTY, parent_id__in=keys).exclude(child_id__in=keys)
    standing = OrganizationPeriod.objects.on(day).filter(organization_id__in=links.values("child_id"))
    names = list(standing.order_by("pk").values_list("organization__unit__name", flat=True)[:6])
    return [f"下面还有党组织：{'、'.join(names)}。请先在“上级与隶属”里改隶，或者先撤销它们。"] if names else []


def belonging(organization: PartyOrganization, day: date) -> list[Belonging]:
    """Everybody who belongs to an organization on `day`, by name; each affiliation once. Two questions."""
    rows = Affiliation.objects.on(day).filter(organization=organization).select_related("person").order_by("person__initials", "person_id")
    found = list(rows)
    records = MembershipRecord.objects.on(day).filter(person_id__in=[row.person_id for row in found])
    categories = dict(records.values_list("person_id", "category"))
    return [Belonging(row.person, AffiliationKind(row.kind), categories.get(row.person_id, "")) for row in found]


def covered_by(organization: PartyOrganization, day: date) -> list[Chamber]:
    """The chambers an organization covers on `day`, each once, by name."""
    rows = Coverage.objects.on(day).filter(organization=organization).values("chamber_id")
    return list(Chamber.objects.filter(pk__in=rows).select_related("unit").order_by("unit__name", "pk"))


def taken_faults(chambers: Sequence[Chamber], form: str, since: date, but: Iterable[PartyOrganization] = ()) -> list[str]:
    """Chambers that an organization (not one of `but`) covers already by that form, on `since` or later."""
    rows = Coverage.objects.filter(Q(valid_to=None) | Q(valid_to__gt=since), chamber__in=[one.pk for one in chambers], form=form)
    rows = rows.exclude(organization__in=[one.pk for one in but])
    return [
        f"“{row.chamber.unit.name}”已由“{row.organization.unit.name}”以“{row.get_form_display()}”覆盖，同一种方式同一时间只能有一个。请先结束原来的覆盖，或者把它去掉。"
        for row in rows.select_related("chamber__unit", "organization__unit").order_by("pk")
    ]
