"""Posts as files name them, and a person holding one."""

from __future__ import annotations

from shanghui.exchange.drafting.rows import Moment, Row, moment
from shanghui.exchange.planning import Desk
from shanghui.ledger.people.models import ONE_HOLDER, Appointment, Person, Post

_CHAMBER = (
    ("常务副会长", Post.EXECUTIVE_VICE_PRESIDENT), ("执行会长", Post.EXECUTIVE_VICE_PRESIDENT), ("副会长", Post.VICE_PRESIDENT),
    ("会长", Post.PRESIDENT), ("副监事长", Post.SUPERVISOR), ("监事长", Post.CHIEF_SUPERVISOR), ("监事", Post.SUPERVISOR),
    ("副秘书长", Post.DEPUTY_SECRETARY_GENERAL), ("秘书长", Post.SECRETARY_GENERAL), ("常务理事", Post.STANDING_DIRECTOR),
    ("理事", Post.DIRECTOR), ("专职", Post.STAFF), ("工作人员", Post.STAFF), ("会员", Post.MEMBER),
)


def chamber_post(written: str) -> Post | None:
    """The chamber post these words name; None for words that name none («名誉会长» holds no post here)."""
    if "名誉" in written or "荣誉" in written or "顾问" in written:
        return None
    return next((post for word, post in _CHAMBER if word in written), None)


def party_post(written: str) -> Post | None:
    """The party post these words name: 书记, 副书记, or 委员 of any kind."""
    if "副书记" in written:
        return Post.DEPUTY_SECRETARY
    if "书记" in written:
        return Post.SECRETARY
    return Post.COMMITTEE_MEMBER if "委员" in written else None


def hold(desk: Desk, person: Row, unit: int, post: Post, since: Moment, title: str = "") -> None:
    """The person holds the post: already so, or from `since` on; whoever the ledger has in a post of one steps down.

    Refuses a second holder of such a post within the same files.
    """
    draft = desk.draft
    if post in ONE_HOLDER:
        _step_down(desk, person, unit, post, since)
    values = {"person_id": person.pk, "unit_id": unit, "post": post.value, "title": title, "method": ""}
    row = draft.hold(Appointment, (person.pk, unit, post.value), since, values)
    draft.revise(row, title=title)
    desk.people.anchor(person, unit)


def _step_down(desk: Desk, person: Row, unit: int, post: Post, since: Moment) -> None:
    shelf = desk.draft.shelf(Appointment)
    for key in desk.people.posts.get((unit, post.value), set()) - {person.pk}:
        held = shelf.open.get((key, unit, post.value))
        if held is None:
            continue
        other = desk.draft.shelf(Person).rows[key].values["name"]
        if held.is_new:
            raise desk.draft.refuse(
                "name", "value_conflict",
                f"“{desk.directory.name_of(unit)}”有两位在任的{post.label}：{other}、{person.values['name']}。只能有一位，请核对。",
            )
        on = max(since.day, desk.draft.day)
        if held.values["valid_from"] >= on:
            raise desk.draft.refuse(
                "name", "value_conflict",
                f"台账里“{desk.directory.name_of(unit)}”的{post.label}自{held.values['valid_from']}起是{other}，比这张表新。请核对。",
            )
        desk.draft.end(Appointment, (key, unit, post.value), on)
    desk.people.posts.setdefault((unit, post.value), set()).add(person.pk)


def hold_post(
    desk: Desk, unit: int, post: Post, name: str, field: str, *, phone: str = "", politics: str = "", beside: int | None = None,
    workplace: str = "", prefer: Post | None = None,
) -> Row | None:
    """The person a row names beside a unit holds a post there; the present holder of that name is meant first."""
    if not name:
        return None
    for key in desk.people.posts.get((unit, post.value), set()):
        holder = desk.draft.shelf(Person).rows[key]
        if (key, unit, post.value) in desk.draft.shelf(Appointment).open and holder.values["name"] == name:
            desk.draft.revise(holder, politics=politics, workplace=workplace)
            return holder
    circle = desk.directory.circle(unit, beside)
    person = _preferred(desk, name, circle, prefer) or desk.people.ensure(
        name, unit, phone=phone, circle=circle, politics=politics, workplace=workplace
    )
    hold(desk, person, unit, post, moment(None, desk.draft.day))
    return person


def _preferred(desk: Desk, name: str, circle: set[int], post: Post | None) -> Row | None:
    """Among people of this name in the circle, the one who holds the post that the row names beside him."""
    if post is None:
        return None
    found = {
        key
        for unit in circle
        for key in desk.people.posts.get((unit, post.value), set())
        if desk.draft.shelf(Person).rows[key].values["name"] == name
    }
    return desk.draft.shelf(Person).rows[found.pop()] if len(found) == 1 else None
