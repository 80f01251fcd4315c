"""The facts that can be ended: whose they are, in which words, and which act it needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from shanghui.access.acts import Act
from shanghui.access.models import Unit
from shanghui.access.scope import Scope
from shanghui.kernel.facts import Fact
from shanghui.ledger.organizations.models import (
    Chamber,
    ChamberMembership,
    CharterClause,
    Coverage,
    PartyOrganization,
    Plate,
    Term,
    TerritorialGuidance,
)
from shanghui.ledger.people.models import Affiliation, Appointment, GuideAssignment, MembershipRecord


@dataclass(frozen=True)
class Kind:
    """`unit_column` narrows to the scope; `subject(fact)` is the record the audit entry is about."""

    model: type[Fact]
    unit_column: str
    related: tuple[str, ...]
    act: Act
    question: Callable[[Any], str]
    subject: Callable[[Any], Model]
    unit: Callable[[Any], Unit]
    consequences: tuple[str, ...] = ()

    def rows(self, scope: Scope) -> QuerySet[Any]:
        """The facts within the scope."""
        return self.model._default_manager.filter(scope.condition(self.unit_column)).select_related(*self.related)


def subject_of_unit(unit: Unit) -> Model:
    """The record that extends a unit: what its page shows."""
    found: Model = {"chamber": Chamber, "organization": PartyOrganization}.get(unit.kind, Unit)._default_manager.get(pk=unit.pk)
    return found


KINDS: dict[str, Kind] = {
    "coverage": Kind(
        Coverage, "chamber__unit_id", ("chamber__unit", "organization__unit"), Act.LEDGER_CHANGE,
        lambda one: f"结束“{one.organization.unit.name}”对“{one.chamber.unit.name}”的覆盖（{one.get_form_display()}）？",
        lambda one: one.chamber, lambda one: one.chamber.unit,
        ("没有别的党组织覆盖的话，这家商会从次日起计入未覆盖。", "党组织本身不会撤销，党员的组织关系不变。"),
    ),
    "clause": Kind(
        CharterClause, "chamber__unit_id", ("chamber__unit",), Act.LEDGER_CHANGE,
        lambda one: f"“{one.chamber.unit.name}”的章程不再写明“{one.get_item_display()}”？",
        lambda one: one.chamber, lambda one: one.chamber.unit,
    ),
    "membership": Kind(
        ChamberMembership, "chamber__unit_id", ("chamber__unit", "enterprise"), Act.LEDGER_CHANGE,
        lambda one: f"“{one.enterprise.name}”退出“{one.chamber.unit.name}”？",
        lambda one: one.enterprise, lambda one: one.chamber.unit,
    ),
    "term": Kind(
        Term, "unit_id", ("unit",), Act.LEDGER_CHANGE,
        lambda one: f"结束“{one.unit.name}”的这一届任期？", lambda one: subject_of_unit(one.unit), lambda one: one.unit,
        ("换届后请登记新的一届，原来的一届会自动结束；这里只用于不再换届的情形。",),
    ),
    "guidance": Kind(
        TerritorialGuidance, "organization__unit_id", ("organization__unit",), Act.LEDGER_CHANGE,
        lambda one: f"“{one.body}”不再属地管理“{one.organization.unit.name}”？",
        lambda one: one.organization, lambda one: one.organization.unit,
        ("换成另一个属地党组织的，直接登记新的，原来的自动结束。", "党组织隶属不变。"),
    ),
    "plate": Kind(
        Plate, "organization__unit_id", ("organization__unit",), Act.LEDGER_CHANGE,
        lambda one: f"“{one.organization.unit.name}”不再挂“{one.name}”？",
        lambda one: one.organization, lambda one: one.organization.unit,
    ),
    "appointment": Kind(
        Appointment, "unit_id", ("unit", "person"), Act.PEOPLE_CHANGE,
        lambda one: f"结束{one.person.name}在“{one.unit.name}”的{one.title or one.get_post_display()}任职？",
        lambda one: one.person, lambda one: one.unit,
    ),
    "assignment": Kind(
        GuideAssignment, "chamber__unit_id", ("chamber__unit", "person"), Act.PEOPLE_CHANGE,
        lambda one: f"{one.person.name}不再联系“{one.chamber.unit.name}”？",
        lambda one: one.chamber, lambda one: one.chamber.unit,
        ("没有党组织、也没有别的指导员的话，这家商会从次日起不计入工作覆盖。",),
    ),
    "affiliation": Kind(
        Affiliation, "organization__unit_id", ("organization__unit", "person"), Act.PEOPLE_CHANGE,
        lambda one: f"结束{one.person.name}在“{one.organization.unit.name}”的{one.get_kind_display()}？",
        lambda one: one.person, lambda one: one.organization.unit,
        ("党员转到别的党组织，请在人员页上发起组织关系接转或者开介绍信，接收以后原来的自动结束。",),
    ),
    "record": Kind(
        MembershipRecord, "person__kept_by_id", ("person__kept_by",), Act.PEOPLE_CHANGE,
        lambda one: f"{one.person.name}不再是{one.get_category_display()}？", lambda one: one.person, lambda one: one.person.kept_by,
        ("只用于停止培养。变成另一类别，请在人员页上变更类别，原来的会自动结束。",),
    ),
}
