"""When what was typed in a case can no longer be changed: the case is closed, its request approved, its meeting registered (M05, M08)."""

from __future__ import annotations

from shanghui.cases.file import File, file_of
from shanghui.cases.models import Case, State
from shanghui.cases.progress import places
from shanghui.cases.registry import Step
from shanghui.kernel.refusals import Refused

APPROVAL = "approve"
"""The step after which the design, the chambers and the people stand in a paper of the upper level."""
MEETING = ("voters", "nominees", "ballot", "again")
"""The parts that a meeting of members settles together: who voted, for whom, with which result."""
PLENARY = ("plenary",)
"""The part that the first plenary session of a committee settles."""


def refuse_closed(case: Case) -> None:
    """Refuses to change what was typed in a case that is no longer worked on. Raises Refused."""
    if case.state != State.OPEN:
        raise Refused(f"这件事{case.get_state_display()}，内容不能再改。")


def is_approved(case: Case) -> bool:
    """Whether the request of a case is approved."""
    return case.records.filter(returned_on=None, step=APPROVAL).exists()


def settling(file: File, parts: tuple[str, ...]) -> Step | None:
    """The step that settles these parts, if it is done: the last of those that apply and ask for one of them."""
    asking = [place.step for place in places(file) if set(place.step.asks) & set(parts)]
    return asking[-1] if asking and file.on(asking[-1].code) is not None else None


def refuse_settled(case: Case, parts: tuple[str, ...]) -> None:
    """Refuses to change parts whose last step is registered: the papers of the result and the ledger rest on them. Raises Refused."""
    done = settling(file_of(case, case.opened_on), parts)
    if done is not None:
        raise Refused(f"“{done.title}”已经登记，票数、人选不能再改。要改，请先退回这一步，写明原因。")
