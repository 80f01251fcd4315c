"""What can happen to activities and what hangs on them; each writes its audit entry in the same transaction."""

from shanghui.ledger.activities.operations.parts import Agenda, Parts, Roll
from shanghui.ledger.activities.operations.recording import change_activity, record_activity, remove_activity

__all__ = ["Agenda", "Parts", "Roll", "change_activity", "record_activity", "remove_activity"]
