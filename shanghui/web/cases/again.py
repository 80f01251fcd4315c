"""What came up at the meeting: somebody written in, the ballot held once more, seats cut down (ELE-10, ELE-14)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from shanghui.access.acts import Act
from shanghui.cases.counting import at_hand
from shanghui.cases.file import File
from shanghui.cases.models import Entry, Nominee
from shanghui.cases.operations import Another, put_again
from shanghui.cases.queries import nominees_of
from shanghui.cases.tallying import by_committee, tally
from shanghui.ledger.people.models import PARTY_POSTS, Category, Person, Post
from shanghui.web.cases.asking import asked_within, number, person_options
from shanghui.web.cases.shutting import shut_out
from shanghui.web.cases.steps import address_of_case, crumbs
from shanghui.web.kit.answers import answer_form
from shanghui.web.kit.fields import PickField
from shanghui.web.kit.forms import Form
from shanghui.web.kit.visits import Visit, page

COUNTS = ("again_present", "again_issued", "again_collected", "again_invalid", "fewer_seats", "fewer_agreed")
OTHERS = (
    ("written", "另选的人", Entry.WRITTEN, "第一次投票时选举人另写的，得票多的才用填"),
    ("added", "再次投票新提名的人", Entry.AGAIN, "要再加一个，保存以后再打开"),
)


class AgainForm(Form):
    """Votes of the ballot held once more for each candidate of the meeting, its counts, and who came on the list there."""

    def __init__(self, *args: Any, nominees: list[Nominee], people: list[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        self.nominees, self.people = nominees, {one.pk: one for one in people}
        posts = [(one.value, one.label) for one in PARTY_POSTS]
        for name, label, _, hint in OTHERS:
            self.fields[name] = PickField(label=label, options=person_options(people), required=False, help_text=hint)
            self.fields[f"{name}_post"] = forms.ChoiceField(label=f"{label}：职务", choices=posts, initial=Post.COMMITTEE_MEMBER, required=False)
            self.fields[f"{name}_votes"] = number(f"{label}：得票")
        for one in nominees:
            word = "" if one.votes is None else f"，第一次得 {one.votes} 票"
            self.fields[f"votes-{one.pk}"] = number(f"{one.person.name}（{one.get_post_display()}{word}）再次投票得票")
        for name, label, hint in (
            ("again_present", "再次投票时实到会人数", ""), ("again_issued", "再次投票发出选票", ""), ("again_collected", "再次投票收回选票", ""),
            ("again_invalid", "再次投票无效票", "没有就空着"), ("fewer_seats", "减少后的委员名额", "当选人接近应选名额、不再投票的才填"),
            ("fewer_agreed", "同意减少名额的人数", "要超过实到会人数的一半"),
        ):
            self.fields[name] = number(label, hint)

    def clean(self) -> dict[str, Any]:
        """Person and votes go together; fewer seats need those who agreed."""
        cleaned: dict[str, Any] = super().clean() or {}
        for name, label, _, _ in OTHERS:
            if cleaned.get(name) and cleaned.get(f"{name}_votes") is None:
                self.add_error(f"{name}_votes", f"请填{label}的得票。")
            if cleaned.get(f"{name}_votes") is not None and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, f"请写{label}是谁；没有的，把得票清空。")
        if (cleaned.get("fewer_seats") is None) != (cleaned.get("fewer_agreed") is None):
            self.add_error("fewer_agreed", "减少名额的，名额和同意的人数都要填；没有减少的，都空着。")
        return cleaned

    def others(self) -> list[Another]:
        """Who came on the list at the meeting."""
        values = self.cleaned_data
        return [
            Another(self.people[values[name]], Post(values[f"{name}_post"] or Post.COMMITTEE_MEMBER), entry, values[f"{name}_votes"])
            for name, _, entry, _ in OTHERS if values[name]
        ]

    @property
    def candidates(self) -> list[forms.BoundField]:
        """The votes of each candidate."""
        return [self[f"votes-{one.pk}"] for one in self.nominees]

    def votes(self) -> dict[int, int | None]:
        """By candidate the votes of the ballot held once more."""
        return {one.pk: self.cleaned_data[f"votes-{one.pk}"] for one in self.nominees}


@page(Act.CASE_WORK)
def case_again(request: HttpRequest, visit: Visit, election: int) -> HttpResponse:
    """Written-in people and the ballot held once more; nothing of it where the first ballot decided everything."""
    file = asked_within(visit, election, "again")
    if (back := shut_out(request, file, "again")) is not None:
        return back
    nominees = _open(file)
    people = [one.person for one in at_hand(file) if one.category == Category.FULL]
    initial = {name: getattr(file.ballot, name) for name in COUNTS} | {f"votes-{one.pk}": one.votes_again for one in nominees}
    form = AgainForm(request.POST or None, nominees=nominees, people=people, initial=initial)

    def do(cleaned: dict[str, Any]) -> str:
        put_again(
            case=file.case, votes=form.votes(), others=form.others(), by=visit.user, at=visit.now, **{name: cleaned[name] for name in COUNTS}
        )
        return address_of_case(election)

    return answer_form(
        request, visit, form, do=do, heading="另选人、再次投票", lead=file.case.title, back=address_of_case(election), crumbs=crumbs(file, "再次投票"),
        notes=[
            "第一次投票都选出来了的，不用填这一页。",
            "得票相等不能确定当选的，就票数相等的人再次投票；当选人少于应选名额的，对不足的名额另行选举。投了几次的，填最后一次。",
        ],
        done="已保存。", template="cases/again.html",
    )


def _open(file: File) -> list[Nominee]:
    """Whom the first ballot did not elect: without those for posts to which the committee elects. All, where nothing was counted."""
    rows, on = list(nominees_of(file)), file.on("meeting") or file.day
    seated = {one.nominee.pk for one in tally(file, rows, on) if one.elected and not one.again}
    return [one for one in rows if one.pk not in seated and not by_committee(file.ballot, one)]
