"""按人数设总支、党委，本地规定 (ORG-11)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from shanghui.access.models import Axis, Reach
from shanghui.ledger.organizations.models import OrganizationKind, PartyOrganization
from shanghui.ledger.people.queries import members_by_home
from shanghui.rules.picture import Body, Picture
from shanghui.rules.registry import limit
from shanghui.rules.standing import Stand, check
from shanghui.rules.states import State

_LEAST = {
    OrganizationKind.GENERAL_BRANCH.value: "general_branch_members", OrganizationKind.COMMITTEE.value: "party_committee_members"
}


@check(
    "organization.size", "按人数设总支、党委", norm="ORG-11", pack="size_decides",
    concerns="启用了这条本地规定的党支部、党总支、党委；功能型、临时党组织除外",
    settled_by="报上级批准改设并登记；人数不足因工作需要设立的，登记批复文号",
)
def size_decides(picture: Picture) -> Iterator[Stand]:
    """党员50名以上设党总支，100名以上设党委，下级党组织的党员计入；人数不足因工作需要设立的，要有批准文件。这是本地规定。"""
    members = _with_those_below(picture)
    for body in picture.bodies:
        if body.elects and (message := _message(body, members[body.unit])):
            yield Stand(body.unit, body.name, State.DUE, body.since, message)


def _with_those_below(picture: Picture) -> dict[int, int]:
    """By organization its members and those of the organizations below it on the party line, in the scope or not. Two questions."""
    below = Reach.objects.on(picture.day).filter(axis=Axis.PARTY, above_id__in=picture.rows.values("pk"))
    there = PartyOrganization.objects.in_being(picture.day).filter(pk__in=below.values("below_id"))
    at_home = members_by_home(there, picture.day)
    found: dict[int, int] = defaultdict(int)
    for above, unit in below.order_by().values_list("above_id", "below_id").distinct():
        found[above] += sum(at_home.get(unit, {}).values())
    return found


def _message(body: Body, members: int) -> str:
    general, committee = (limit("ORG-11", name) for name in _LEAST.values())
    if body.kind != OrganizationKind.COMMITTEE and members >= committee:
        return f"有党员{members}名，到了设党委的{committee}名。请研究设立党委，报上级批准。"
    if body.is_branch:
        return f"有党员{members}名，到了设党总支的{general}名。请研究设立党总支，报上级批准。" if members >= general else ""
    least = limit("ORG-11", _LEAST[body.kind])
    if members < least and not body.approval:
        return f"登记的党员有{members}名，不到{least}名，也没有批复文号。因工作需要设立的，请登记批复文号；党员没有登记全的，请补登记。"
    return ""
