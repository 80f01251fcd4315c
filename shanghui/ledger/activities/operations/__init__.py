"""What can happen to activities and what hangs on them; each writes its audit entry in the same transaction."""

from shanghui.ledger.activities.operations.campaigns import (
    Asked,
    change_campaign,
    end_campaign,
    launch_campaign,
    withdraw_campaign,
)
from shanghui.ledger.activities.operations.papers import keep_paper, remove_paper
from shanghui.ledger.activities.operations.parts import Agenda, Parts, Roll
from shanghui.ledger.activities.operations.publications import change_publication, end_publication, publish
from shanghui.ledger.activities.operations.recording import change_activity, record_activity, remove_activity

__all__ = [
    "Agenda",
    "Asked",
    "Parts",
    "Roll",
    "change_activity",
    "change_campaign",
    "change_publication",
    "end_campaign",
    "end_publication",
    "keep_paper",
    "launch_campaign",
    "publish",
    "record_activity",
    "remove_activity",
    "remove_paper",
    "withdraw_campaign",
]
