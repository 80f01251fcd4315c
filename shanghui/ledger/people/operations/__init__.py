"""What can happen to people. Each is one transaction with its audit entry; sealed values never stand in the clear there."""

from shanghui.ledger.people.operations.guides import Sending, assign_guide, assign_guides, hand_over, renew
from shanghui.ledger.people.operations.people import (
    SEALED,
    affiliate,
    change_person,
    link_account,
    register_person,
    reveal,
    set_category,
)
from shanghui.ledger.people.operations.posts import appoint, change_appointment, hire_again

__all__ = [
    "SEALED",
    "Sending",
    "affiliate",
    "appoint",
    "assign_guide",
    "assign_guides",
    "change_appointment",
    "change_person",
    "hand_over",
    "hire_again",
    "link_account",
    "register_person",
    "renew",
    "reveal",
    "set_category",
]
