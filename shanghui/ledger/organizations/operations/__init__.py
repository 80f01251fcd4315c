"""What can happen to federations, chambers, enterprises and party organizations: one transaction each, with its audit entry.

Days are first days: `since` is the first day on which a fact holds, `on` the first day on which it no longer does.
"""

from shanghui.ledger.organizations.operations.chambers import (
    change_chamber,
    plan_gap,
    register_chamber,
    set_size,
    set_status,
    write_clause,
    write_clauses,
)
from shanghui.ledger.organizations.operations.dual import give_plate, guide_locally
from shanghui.ledger.organizations.operations.endings import begin_later, bound_to
from shanghui.ledger.organizations.operations.enterprises import (
    admit_new_enterprise,
    change_enterprise,
    join_chamber,
    register_enterprise,
    set_rank,
)
from shanghui.ledger.organizations.operations.facts import end_fact, set_term
from shanghui.ledger.organizations.operations.joint import (
    change_alliance,
    change_pairing,
    end_alliance,
    end_pairing,
    found_alliance,
    join_alliance,
    leave_alliance,
    pair,
    take_chair,
)
from shanghui.ledger.organizations.operations.organizations import (
    change_organization,
    cover,
    dissolve_organization,
    found_organization,
    open_federation,
    place_of,
    set_form,
)

__all__ = [
    "admit_new_enterprise",
    "begin_later",
    "bound_to",
    "change_alliance",
    "change_chamber",
    "change_enterprise",
    "change_organization",
    "change_pairing",
    "cover",
    "dissolve_organization",
    "end_alliance",
    "end_fact",
    "end_pairing",
    "found_alliance",
    "found_organization",
    "give_plate",
    "guide_locally",
    "join_alliance",
    "join_chamber",
    "leave_alliance",
    "open_federation",
    "pair",
    "place_of",
    "plan_gap",
    "register_chamber",
    "register_enterprise",
    "set_form",
    "set_rank",
    "set_size",
    "set_status",
    "set_term",
    "take_chair",
    "write_clause",
    "write_clauses",
]
