"""What each role may do. Every page, command and export names the act it needs; this table is the only answer."""

from __future__ import annotations

from enum import StrEnum

from shanghui.access.models import Role


class Act(StrEnum):
    """Something a visitor may do in a part of the tree.

    REPORT_VIEW and REPORT_MAKE are the office's: returns, packages, drafts that are checked. REPORT_READ and REPORT_WRITE are of
    reports compiled from the ledger, which a secretary writes about the own branch (书记抓基层党建述职).
    """

    SIGNED_IN = "signed-in"
    FIGURES_VIEW = "figures.view"
    LEDGER_VIEW = "ledger.view"
    LEDGER_CHANGE = "ledger.change"
    ACTIVITY_CHANGE = "activity.change"
    PEOPLE_VIEW = "people.view"
    PEOPLE_CHANGE = "people.change"
    PEOPLE_REVEAL = "people.reveal"
    PEOPLE_ERASE = "people.erase"
    IMPORT = "import"
    REPORT_VIEW = "report.view"
    REPORT_MAKE = "report.make"
    REPORT_READ = "report.read"
    REPORT_WRITE = "report.write"
    AUDIT_VIEW = "audit.view"
    TREE_CHANGE = "tree.change"
    SEATS_MANAGE = "seats.manage"
    DUTY_VIEW = "duty.view"
    DUTY_EXPLAIN = "duty.explain"
    DUTY_EXCUSE = "duty.excuse"
    RULES_SWITCH = "rules.switch"
    CAMPAIGN_LAUNCH = "campaign.launch"
    PUBLISH = "publish"
    VISIT_RECORD = "visit.record"
    CASE_VIEW = "case.view"
    CASE_WORK = "case.work"
    CASE_DECIDE = "case.decide"
    TEMPLATES_VIEW = "templates.view"
    TEMPLATES_CHANGE = "templates.change"


_READER = {
    Act.FIGURES_VIEW, Act.LEDGER_VIEW, Act.PEOPLE_VIEW, Act.REPORT_VIEW, Act.REPORT_READ, Act.AUDIT_VIEW, Act.DUTY_VIEW, Act.CASE_VIEW,
    Act.TEMPLATES_VIEW,
}
_EDITOR = _READER | {
    Act.LEDGER_CHANGE, Act.ACTIVITY_CHANGE, Act.PEOPLE_CHANGE, Act.PEOPLE_REVEAL, Act.PEOPLE_ERASE, Act.IMPORT, Act.REPORT_MAKE,
    Act.REPORT_WRITE, Act.DUTY_EXPLAIN, Act.DUTY_EXCUSE, Act.RULES_SWITCH, Act.CAMPAIGN_LAUNCH, Act.PUBLISH, Act.VISIT_RECORD,
    Act.CASE_WORK, Act.CASE_DECIDE, Act.TEMPLATES_CHANGE,
}
_SECRETARY = {
    Act.LEDGER_VIEW, Act.ACTIVITY_CHANGE, Act.PEOPLE_VIEW, Act.PEOPLE_CHANGE, Act.DUTY_VIEW, Act.DUTY_EXPLAIN, Act.PUBLISH,
    Act.CASE_VIEW, Act.CASE_WORK, Act.REPORT_READ, Act.REPORT_WRITE,
}

MAY: dict[Role, frozenset[Act]] = {
    Role.ADMINISTRATOR: frozenset({Act.AUDIT_VIEW, Act.TREE_CHANGE, Act.SEATS_MANAGE, Act.TEMPLATES_VIEW, Act.TEMPLATES_CHANGE}),
    Role.EDITOR: frozenset(_EDITOR),
    Role.READER: frozenset(_READER),
    Role.SECRETARY: frozenset(_SECRETARY),
    Role.GUIDE: frozenset({Act.LEDGER_VIEW, Act.VISIT_RECORD, Act.CASE_VIEW}),
    Role.MEMBER: frozenset(),
}
"""An administrator keeps accounts, the tree and Word templates and opens no ledger: separation of duties (GB/T 22239, SEC-06)."""


def roles_that_may(act: Act) -> list[str]:
    """The roles whose seats allow `act`."""
    return [role.value for role, acts in MAY.items() if act in acts]
