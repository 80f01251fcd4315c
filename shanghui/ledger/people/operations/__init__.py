"""What can happen to people. Each is one transaction with its audit entry; sealed values never stand in the clear there."""

from shanghui.ledger.people.operations.endings import (
    Ending,
    close_chamber,
    close_organization,
    ends_with_chamber,
    ends_with_organization,
    later_than_chamber,
    later_than_organization,
)
from shanghui.ledger.people.operations.erasing import erase
from shanghui.ledger.people.operations.guides import Sending, assign_guide, assign_guides, hand_over, renew
from shanghui.ledger.people.operations.letters import (
    accept_letter,
    issue_letter,
    letter_answered,
    register_letter,
    void_letter,
)
from shanghui.ledger.people.operations.merging import merge_people
from shanghui.ledger.people.operations.people import (
    SEALED,
    affiliate,
    change_person,
    end_affiliation,
    end_membership,
    link_account,
    register_person,
    reveal,
    reveal_all,
    set_category,
)
from shanghui.ledger.people.operations.posts import appoint, change_appointment, hire_again
from shanghui.ledger.people.operations.requests import answer_correction, ask_correction, note_notice_read, say_not_same
from shanghui.ledger.people.operations.road import advance, leave_road, name_contacts, retreat
from shanghui.ledger.people.operations.standings import (
    change_standing,
    end_standing,
    record_contact,
    set_standing,
)
from shanghui.ledger.people.operations.transfers import receive, send_back, send_people, withdraw

__all__ = [
    "SEALED",
    "Ending",
    "Sending",
    "accept_letter",
    "advance",
    "affiliate",
    "answer_correction",
    "appoint",
    "ask_correction",
    "assign_guide",
    "assign_guides",
    "change_appointment",
    "change_person",
    "change_standing",
    "close_chamber",
    "close_organization",
    "end_affiliation",
    "end_membership",
    "end_standing",
    "ends_with_chamber",
    "ends_with_organization",
    "erase",
    "hand_over",
    "hire_again",
    "issue_letter",
    "later_than_chamber",
    "later_than_organization",
    "leave_road",
    "letter_answered",
    "link_account",
    "merge_people",
    "name_contacts",
    "note_notice_read",
    "receive",
    "record_contact",
    "register_letter",
    "register_person",
    "renew",
    "retreat",
    "reveal",
    "reveal_all",
    "say_not_same",
    "send_back",
    "send_people",
    "set_category",
    "set_standing",
    "void_letter",
    "withdraw",
]
