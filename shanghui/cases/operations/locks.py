"""When what was typed in a case can no longer be changed: the case is closed, its request approved, its meeting registered (M05, M08)."""

from __future__ import annotations

from datetime import datetime

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


STANDING = {
    "chambers": "已经批复，不能再改涉及的商会。请先把批复退回，写明原因。",
    "organizations": "已经批复，不能再改一起合并的党组织。请先把批复退回，写明原因。",
    "people": "已经批复，不能再改编入的党员。请先把批复退回，写明原因。",
    "posting": "上级已经决定，不能再改人选和聘期。要改，请先把“上级决定”退回，写明原因。",
}
"""The parts that stand in the approval as they are, and what is said of them."""


SETTLED = {
    "posted": "candidate", "mobile": "candidate", "training": "training", "leaving": "branch_review", "introducers": "meeting",
    "admission": "meeting", "approver": "approve", "extended": "confirmation_meeting", "confirmation": "confirmation_meeting",
    "archived": "archive",
}
"""By part of a development (or the beginning of its column) the step after which it is not changed any more (M15)."""


def shut(file: File, part: str) -> str:
    """Why a part of a case can no longer be changed; "" while it can. Asks nothing. Of the design some columns can be, after all."""
    if file.case.state != State.OPEN:
        return _closed_word(file.case)
    if part in STANDING:
        return STANDING[part] if APPROVAL in file.done else ""
    if SETTLED.get(part, "") in file.done:
        return typed_word(getattr(file.kind.step(SETTLED[part]), "title", ""))
    parts = next((group for group in (MEETING, PLENARY) if part in group), ())
    done = settling(file, parts) if parts else None
    return _settled_word(done) if done is not None else ""


def _closed_word(case: Case) -> str:
    return f"这件事{case.get_state_display()}，内容不能再改。"


def _settled_word(step: Step) -> str:
    return f"“{step.title}”已经登记，票数、人选不能再改。要改，请先退回这一步，写明原因。"


def typed_word(title: str) -> str:
    """What is said of something that a registered step rests on."""
    return f"“{title}”已经登记，这里不能再改。要改，请先退回这一步，写明原因。"


def refuse_closed(case: Case) -> None:
    """Refuses to change what was typed in a case that is no longer worked on. Raises Refused."""
    if case.state != State.OPEN:
        raise Refused(_closed_word(case))


def refuse_unlawful_design(case: Case, at: datetime) -> None:
    """Refuses a design that cannot stand as it is now written: a day on which another change stands. Raises Refused."""
    file = file_of(case, at.date())
    faults = file.kind.design.refuses(file)
    if faults:
        raise Refused("".join(faults))


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
        raise Refused(_settled_word(done))
