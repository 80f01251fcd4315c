"""What can happen to activities and what hangs on them; each writes its audit entry in the same transaction."""

from shanghui.ledger.activities.operations.campaigns import (
    Asked,
    change_campaign,
    end_campaign,
    launch_campaign,
    withdraw_campaign,
)
from shanghui.ledger.activities.operations.invitations import (
    accept_invitation,
    decline_invitation,
    invite,
    withdraw_invitation,
)
from shanghui.ledger.activities.operations.papers import keep_paper, remove_paper
from shanghui.ledger.activities.operations.parts import Agenda, Parts, Roll
from shanghui.ledger.activities.operations.publications import change_publication, end_publication, publish
from shanghui.ledger.activities.operations.recording import change_activity, record_activity, remove_activity
from shanghui.ledger.activities.operations.signing_in import (
    NotExpected,
    ask_leave,
    close_code,
    open_code,
    sign_in,
    turn_off,
    turn_on,
)
from shanghui.ledger.activities.operations.visits import change_visit, record_visit, remove_visit

__all__ = [
    "Agenda",
    "Asked",
    "NotExpected",
    "Parts",
    "Roll",
    "accept_invitation",
    "ask_leave",
    "change_activity",
    "change_campaign",
    "change_publication",
    "change_visit",
    "close_code",
    "decline_invitation",
    "end_campaign",
    "end_publication",
    "invite",
    "keep_paper",
    "launch_campaign",
    "open_code",
    "publish",
    "record_activity",
    "record_visit",
    "remove_activity",
    "remove_paper",
    "remove_visit",
    "sign_in",
    "turn_off",
    "turn_on",
    "withdraw_campaign",
    "withdraw_invitation",
]
