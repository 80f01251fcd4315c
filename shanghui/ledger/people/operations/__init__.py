"""What can happen to people. Each is one transaction with its audit entry; sealed values never stand in the clear there."""

from shanghui.ledger.people.operations.guides import Sending, assign_guide, assign_guides, hand_over, renew
from shanghui.ledger.people.operations.letters import (
    accept_letter,
    issue_letter,
    letter_answered,
    register_letter,
    void_letter,
)
from shanghui.ledger.people.operations.people import (
    SEALED,
    affiliate,
    change_person,
    end_affiliation,
    end_membership,
    link_account,
    register_person,
    reveal,
    set_category,
)
from shanghui.ledger.people.operations.posts import appoint, change_appointment, hire_again
from shanghui.ledger.people.operations.road import advance, leave_road, name_contacts, retreat
from shanghui.ledger.people.operations.transfers import receive, send_back, send_people, withdraw

__all__ = [
    "SEALED",
    "Sending",
    "accept_letter",
    "advance",
    "affiliate",
    "appoint",
    "assign_guide",
    "assign_guides",
    "change_appointment",
    "change_person",
    "end_affiliation",
    "end_membership",
    "hand_over",
    "hire_again",
    "issue_letter",
    "leave_road",
    "letter_answered",
    "link_account",
    "name_contacts",
    "receive",
    "register_letter",
    "register_person",
    "renew",
    "retreat",
    "reveal",
    "send_back",
    "send_people",
    "set_category",
    "void_letter",
    "withdraw",
]
