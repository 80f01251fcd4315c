"""What can happen to a case; each writes its audit entry in the same transaction."""

from shanghui.cases.operations.contents import (
    Candidate,
    design,
    list_at_hand,
    put_ballot,
    put_chambers,
    put_nominees,
    put_people,
)
from shanghui.cases.operations.developments import (
    drop_extension,
    examine,
    explain,
    extend_probation,
    open_development,
    put_contacts,
    put_development,
    put_introducers,
    put_vote,
    remove_examination,
)
from shanghui.cases.operations.elections import Another, Leader, put_again, put_plenary, put_posting, set_aside
from shanghui.cases.operations.following import RECEIPT, follow, move_candidate, take_away, take_in, take_out
from shanghui.cases.operations.papers import keep_paper, remove_paper
from shanghui.cases.operations.reshaping import Heir, Home, put_heirs, put_homes, put_organizations
from shanghui.cases.operations.steps import do_step, end_otherwise, open_case, reopen, return_step, skip_step, withdraw
from shanghui.cases.operations.undoing import take_back

__all__ = [
    "RECEIPT",
    "Another",
    "Candidate",
    "Heir",
    "Home",
    "Leader",
    "design",
    "do_step",
    "drop_extension",
    "end_otherwise",
    "examine",
    "explain",
    "extend_probation",
    "follow",
    "keep_paper",
    "list_at_hand",
    "move_candidate",
    "open_case",
    "open_development",
    "put_again",
    "put_ballot",
    "put_chambers",
    "put_contacts",
    "put_development",
    "put_heirs",
    "put_homes",
    "put_introducers",
    "put_nominees",
    "put_organizations",
    "put_people",
    "put_plenary",
    "put_posting",
    "put_vote",
    "remove_examination",
    "remove_paper",
    "reopen",
    "return_step",
    "set_aside",
    "skip_step",
    "take_away",
    "take_back",
    "take_in",
    "take_out",
    "withdraw",
]
