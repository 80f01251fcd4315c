"""The form of an election: how many are elected, the candidates with their votes, what was counted at the meeting (M08)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from shanghui.cases.counting import at_hand, voters
from shanghui.cases.electing import BY_ELECTION, ELECTION, in_office, is_branch, organization_of
from shanghui.cases.file import File
from shanghui.cases.models import Ballot, CasePerson, Nominee
from shanghui.cases.operations import Candidate
from shanghui.cases.registry import CHAMBERS
from shanghui.ledger.organizations.queries import declared_committee
from shanghui.ledger.people.models import PARTY_POSTS, Category, Method, Person, Post
from shanghui.rules.registry import limit
from shanghui.web.kit.fields import Option, Picker
from shanghui.web.kit.forms import Form

TOTAL, EMPTY, MOST = "nominee-total", 2, 40
YES, NO = "yes", ""
STRANGERS = {
    "chambers": "这个人不在编入的党员里。请先编入，再提名。", "organization": "这个人的组织关系不在这里。请先转接组织关系，再提名。",
}
COUNTS = ("seats", "delegates", "expected", "excluded", "present", "issued", "collected", "invalid")
NAMES = ("congress_consent", "excluded_consent", "teller", "counter", "chair")
OF_CONGRESS = ("delegates", "congress_consent")
WRITTEN = ("excluded_consent", "congress_consent")
HINTS = {
    "delegates": "由代表大会选举的填", "congress_consent": "由代表大会选举的填，写文件名称或者文号",
    "excluded": "经上级同意不计入的，如出国半年以上、长期卧床", "excluded_consent": "有不计入的才填，写文件名称或者文号",
    "invalid": "没有就空着", "teller": "从不是候选人的党员中产生", "counter": "从不是候选人的党员中产生",
}
_NUMBERS = {"invalid": "这里写数字。", "min_value": "不能是负数。", "max_value": "数太大，请核对。"}


def _number(label: str, hint: str = "") -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(
        label=label, min_value=0, max_value=9999, required=False, widget=widget, error_messages=_NUMBERS, help_text=hint
    )


class NomineeForm(Form):
    """One candidate, or somebody appointed; an empty person is no row."""

    person = forms.TypedChoiceField(label="姓名", coerce=int, empty_value=None, required=False)
    post = forms.ChoiceField(label="职务", choices=[(one.value, one.label) for one in PARTY_POSTS], initial=Post.SECRETARY)
    title = forms.CharField(label="分工", max_length=30, required=False)
    votes = _number("赞成票")

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], counts: bool, stranger: str, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["person"]
        field.choices = [("", "—"), *people]  # type: ignore[attr-defined]
        field.error_messages["invalid_choice"] = stranger
        if not counts:
            del self.fields["votes"]

    def clean(self) -> dict[str, Any]:
        """What is written of nobody is asked about."""
        cleaned: dict[str, Any] = super().clean() or {}
        if "person" not in self.errors and not cleaned.get("person") and (cleaned.get("title") or cleaned.get("votes") is not None):
            self.add_error("person", "这一行没有选人。不要这一行，就把各格都清空。")
        return cleaned


class BallotForm(Form):
    """What is known of the election but for the candidates. `parts`: what the steps of the case ask for; where they ask for the
    voters by name, how many are set aside is not asked again.
    """

    def __init__(self, *args: Any, file: File, parts: set[str], people: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        aside = "voters" not in parts
        if "method" in parts:
            self.fields["method"] = forms.ChoiceField(label="产生方式", choices=Method.choices, widget=forms.RadioSelect)
        if "ballot" in parts:
            self.fields["committee"] = forms.TypedChoiceField(
                label="支部委员会", choices=[(YES, "设委员会"), (NO, "不设委员会")], coerce=bool, required=False,
                widget=forms.RadioSelect, help_text="正式党员 7 名以上的应当设立",
            )
            offered = set(COUNTS) | set(NAMES)
            if not may_call_congress(file):
                offered -= set(OF_CONGRESS)
            else:
                self.fields["congress"] = forms.TypedChoiceField(
                    label="由谁选举", choices=[(NO, "党员大会"), (YES, "党员代表大会")], coerce=bool, required=False, widget=forms.RadioSelect,
                    help_text="正式党员 500 名以上或者所辖党组织驻地分散的，经上级批准可以召开党员代表大会；应到会、实到会按代表填",
                )
            for name in (*COUNTS, *NAMES):
                if name in offered and (aside or not name.startswith("excluded")):
                    self.fields[name] = _field(name, people)
            count = voters(file, file.day)
            self.fields["expected"].help_text = f"台账里有选举权的正式党员 {count} 名"

    def values(self) -> dict[str, Any]:
        """Columns of the ballot; nobody left out is 0."""
        values = dict(self.cleaned_data)
        for name in ("committee", "congress"):
            if name in values:
                values[name] = bool(values[name])
        return values | ({"excluded": values["excluded"] or 0} if "excluded" in values else {})


def may_call_congress(file: File) -> bool:
    """Whether delegates may elect at all: a 党委 or 党总支, for a new term (ELE-01)."""
    return file.case.organization is not None and file.kind.code == ELECTION and not is_branch(file, file.day)


def _field(name: str, people: Sequence[tuple[int, str]]) -> forms.Field:
    label = str(Ballot._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    if name in COUNTS:
        return _number(label, HINTS.get(name, ""))
    field = forms.CharField(label=label, max_length=100 if name in WRITTEN else 40, required=False, help_text=HINTS.get(name, ""))
    if name not in WRITTEN:
        field.widget = Picker()
        field.widget.options = [Option(pk, words.partition("（")[0]) for pk, words in people]
    return field


class ElectionSheet:
    """Both together, as they stand or as they were sent."""

    def __init__(self, file: File, sent: Mapping[str, Any] | None, nominees: Sequence[Nominee]) -> None:
        parts = {part for step in file.kind.steps if step.applies(file) for part in step.asks}
        self.has_ballot = "ballot" in parts
        self.people, self.listed = _people(file, nominees), file.kind.about == CHAMBERS
        self.form = BallotForm(
            sent, file=file, parts=parts, people=self.people, initial=_standing(file)
        )
        self.rows = self._rows(sent, nominees)

    @property
    def total(self) -> int:
        """How many rows stand in the form."""
        return len(self.rows)

    def _rows(self, sent: Mapping[str, Any] | None, nominees: Sequence[Nominee]) -> list[NomineeForm]:
        count = str(sent.get(TOTAL, "")) if sent is not None else ""
        total = min(int(count[:3]), MOST) if count.isdecimal() else min(len(nominees) + EMPTY, MOST)
        standing = [{"person": one.person_id, "post": one.post, "title": one.title, "votes": one.votes} for one in nominees]
        following = {"post": Post.COMMITTEE_MEMBER if any(one.post == Post.SECRETARY for one in nominees) else Post.SECRETARY}
        stranger = STRANGERS["chambers" if self.listed else "organization"]
        initial = [*standing, *[following] * max(total - len(standing), 0)][:total]
        return [
            NomineeForm(sent, prefix=f"nominee-{place}", initial=one, people=self.people, counts=self.has_ballot, stranger=stranger)
            for place, one in enumerate(initial)
        ]

    def is_valid(self) -> bool:
        """Whether everything that was sent is right; what is wrong with a row stands on top too."""
        fine = self.form.is_valid()
        for place, row in enumerate(self.rows, start=1):
            if not row.is_valid():
                fine = False
                for texts in row.errors.values():
                    self.form.add_error(None, f"第 {place} 位人选：{'；'.join(str(text) for text in texts)}")
        return fine

    def candidates(self) -> list[Candidate]:
        """The candidates that were sent."""
        chosen = [row.cleaned_data for row in self.rows if row.cleaned_data.get("person")]
        rows = Person.objects.without_numbers().in_bulk([one["person"] for one in chosen])
        return [Candidate(rows[one["person"]], Post(one["post"]), one["title"], one.get("votes")) for one in chosen]


def _people(file: File, nominees: Sequence[Nominee]) -> list[tuple[int, str]]:
    """Who can be named: those listed in the case (those at home in its party organization), and who is named already."""
    words = dict(Category.choices)
    if file.kind.about == CHAMBERS:
        listed = CasePerson.objects.filter(case=file.case).select_related("person").order_by("person__initials", "person_id")
        found = {one.person_id: one.person.name for one in listed.defer("person__id_number", "person__phone")}
    else:
        found = {one.person.pk: f"{one.person.name}（{words[one.category]}）" for one in at_hand(file)}
    for one in nominees:
        found.setdefault(one.person_id, one.person.name)
    return list(found.items())


def _standing(file: File) -> dict[str, Any]:
    ballot = file.ballot
    initial = {name: getattr(ballot, name) for name in (*COUNTS, *NAMES, "method")}
    initial |= {name: YES if getattr(ballot, name) else NO for name in ("committee", "congress")}
    if not file.has_ballot and file.case.organization is not None:
        initial |= _as_the_ledger_has_it(file)
    if ballot.expected is None:
        initial["expected"] = max(voters(file, file.day) - ballot.excluded, 0) or None
    return initial | {"excluded": ballot.excluded or None}


def _as_the_ledger_has_it(file: File) -> dict[str, Any]:
    """Whether there is, or has to be, a committee, and of how many, where nothing was typed yet (COM-01)."""
    least, size = limit("COM-02", "members_from"), declared_committee(organization_of(file), file.day)
    filling = file.kind.code == BY_ELECTION
    sitting = bool(in_office(file, file.day, Post.COMMITTEE_MEMBER)) or size >= least
    committee = sitting if filling else voters(file, file.day) >= limit("COM-01", "full_members")
    return {"committee": YES if committee else NO, "seats": size if committee and size >= least and not filling else None}
