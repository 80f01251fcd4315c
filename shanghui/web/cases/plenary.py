"""The first plenary session of a committee: who was there, whom it elected secretary and deputy (ELE-06)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from shanghui.access.acts import Act
from shanghui.cases.electing import contest_of
from shanghui.cases.file import File
from shanghui.cases.models import Nominee
from shanghui.cases.operations import Leader, put_plenary
from shanghui.cases.queries import nominees_of
from shanghui.cases.tallying import BY_COMMITTEE, elected_people, tally
from shanghui.cases.voting import plenary_faults
from shanghui.ledger.people.models import Person, Post
from shanghui.web.cases.asking import asked_within, number, person_options
from shanghui.web.cases.shutting import shut_out
from shanghui.web.cases.steps import address_of_case, crumbs
from shanghui.web.kit.answers import answer_form
from shanghui.web.kit.forms import Form
from shanghui.web.kit.visits import Visit, page


class PlenaryForm(Form):
    """Secretary and deputy from among the members of the committee, with the approvals."""

    plenary_present = number("到会委员", required=True)
    secretary = forms.TypedChoiceField(label="书记", coerce=int, empty_value=None, required=False)
    secretary_votes = number("书记得票")
    deputy_secretary = forms.TypedChoiceField(label="副书记", coerce=int, empty_value=None, required=False, help_text="不设就空着")
    deputy_secretary_votes = number("副书记得票")

    def __init__(self, *args: Any, members: list[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        self.members = {one.pk: one for one in members}
        choices = [("", "—"), *((one.value, one.words) for one in person_options(members))]
        for name in ("secretary", "deputy_secretary"):
            field = self.fields[name]
            assert isinstance(field, forms.TypedChoiceField)
            field.choices = choices
            field.error_messages["invalid_choice"] = "这个人没有当选委员，不能作书记、副书记。"

    def clean(self) -> dict[str, Any]:
        """Votes and person go together."""
        cleaned: dict[str, Any] = super().clean() or {}
        for post in BY_COMMITTEE:
            name = post.value
            if cleaned.get(name) and cleaned.get(f"{name}_votes") is None and f"{name}_votes" not in self.errors:
                self.add_error(f"{name}_votes", f"请填{post.label}的得票。")
            if cleaned.get(f"{name}_votes") is not None and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, f"请选{post.label}是谁；没有选的，把得票清空。")
        return cleaned

    def leaders(self) -> list[Leader]:
        """Whom the session voted on."""
        chosen = [(post, self.cleaned_data[post.value], self.cleaned_data[f"{post.value}_votes"]) for post in BY_COMMITTEE]
        return [Leader(self.members[pk], post, votes) for post, pk, votes in chosen if pk]


@page(Act.CASE_WORK)
def case_plenary(request: HttpRequest, visit: Visit, election: int) -> HttpResponse:
    """Who elected whom; what the articles say of it stands above."""
    file = asked_within(visit, election, "plenary")
    if (back := shut_out(request, file, "plenary")) is not None:
        return back
    nominees = list(nominees_of(file))
    members = _members(file, nominees)
    form = PlenaryForm(request.POST or None, members=members, initial=_standing(file, nominees))

    def do(cleaned: dict[str, Any]) -> str:
        put_plenary(case=file.case, present=cleaned["plenary_present"], leaders=form.leaders(), by=visit.user, at=visit.now)
        return address_of_case(election)

    on = file.on("meeting") or file.day
    contest = contest_of(file, on) if file.case.organization else None
    faults = plenary_faults(file, nominees, on, *([contest] if contest else [])) if file.ballot.plenary_present is not None else []
    words = f"{'、'.join(one.name for one in members)}，共{len(members)}名委员。" if members else "委员还没有选出来。请先填党员大会的得票。"
    return answer_form(
        request, visit, form, do=do, heading="委员会全体会议", lead=file.case.title, back=address_of_case(election), crumbs=crumbs(file, "全体会议"),
        notes=[words, "书记、副书记在委员会全体会议上等额选举，到会委员不少于五分之四，赞成超过到会委员的一半当选。重新投票的，填最后一次。", *faults],
        done="全体会议已保存。",
    )


def _members(file: File, nominees: list[Nominee]) -> list[Person]:
    """The committee: those elected, and in a by-election those who stay."""
    on = file.on("meeting") or file.day
    staying = contest_of(file, on).staying if file.case.organization else frozenset()
    elected = elected_people(tally(file, nominees, on, staying), Post.COMMITTEE_MEMBER)
    return list(Person.objects.without_numbers().filter(pk__in=staying | elected).order_by("initials", "pk"))


def _standing(file: File, nominees: list[Nominee]) -> dict[str, Any]:
    found: dict[str, Any] = {"plenary_present": file.ballot.plenary_present}
    for one in nominees:
        if one.post in BY_COMMITTEE:
            found |= {one.post: one.person_id, f"{one.post}_votes": one.votes}
    return found
