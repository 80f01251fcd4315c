"""Two records of one person made one: side by side, what differs chosen item by item, done as one act that can be taken back (M14)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.kernel.periods import last_day
from shanghui.ledger.people.merging import Family, Meeting, differing, meetings, title_of
from shanghui.ledger.people.models import Category, Person
from shanghui.ledger.people.operations import merge_people
from shanghui.ledger.people.operations.merging import contradiction, faults
from shanghui.ledger.people.privacy import Sight
from shanghui.ledger.people.records import Record, record_of
from shanghui.web.kit.answers import answer_form
from shanghui.web.kit.days import table_day
from shanghui.web.kit.forms import Form
from shanghui.web.kit.visits import Visit, page
from shanghui.web.people.changes import address, changeable
from shanghui.web.people.picking import PersonChoice

NAMES = ("记录一", "记录二")


class MergeForm(Form):
    """Which record stays; of each column and each family of facts that differ, whose is right; and why they are one person."""

    stays = forms.TypedChoiceField(label="留下哪一条", coerce=int, widget=forms.RadioSelect, help_text="另一条并入它；以前的链接和操作记录都跟过来")

    def __init__(self, *args: Any, pair: Sequence[Person], met: Sequence[Meeting], sight: Sight, **options: Any) -> None:
        """`met`: where their facts stand for the same; what contradicts each other there is asked."""
        super().__init__(*args, **options)
        self.columns = differing(*pair)
        clashing: dict[str, list[Meeting]] = defaultdict(list)
        for one in met:
            if one.clashes and one.family.asked:
                clashing[one.family.key].append(one)
        self.families = list(clashing)
        _field(self, "stays").choices = [(one.pk, name) for one, name in zip(pair, NAMES, strict=True)]
        for name in self.columns:
            self.fields[f"column_{name}"] = _choice(title_of(name), [(one.pk, _value(one, name, sight)) for one in pair], "")
        for key, found in clashing.items():
            sides = [(one.pk, _side(found, one.pk, sight)) for one in pair]
            self.fields[f"facts_{key}"] = _choice(found[0].family.title, sides, "".join(dict.fromkeys(contradiction(one) for one in found)))
        self.fields["reason"] = forms.CharField(
            label="依据", max_length=300, help_text="例如 核对了证件、问过本人", error_messages={"required": "请写明依据，例如核对了证件、问过本人。"},
        )

    @property
    def groups(self) -> list[tuple[str, list[Any]]]:
        """What the page asks, under its headings."""
        asked = (
            ("不一样的，选对的一个", [f"column_{name}" for name in self.columns]),
            ("对不上的记录，选以哪一条为准", [f"facts_{key}" for key in self.families]),
        )
        return [("", [self["stays"]]), *((title, [self[name] for name in names]) for title, names in asked if names), ("", [self["reason"]])]


def _field(form: forms.Form, name: str) -> Any:
    return form.fields[name]


def _choice(title: str, choices: Sequence[tuple[int, str]], hint: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=title, coerce=int, choices=[(pk, f"{name}：{words}") for (pk, words), name in zip(choices, NAMES, strict=True)],
        widget=forms.RadioSelect, help_text=hint, error_messages={"required": f"请选{title}以哪一条为准。"},
    )


def _value(one: Person, name: str, sight: Sight) -> str:
    return str(sight.shown(name, getattr(one, name)) or "（不显示）")


def _side(found: Iterable[Meeting], pk: int, sight: Sight) -> str:
    """What one record says, as far as the visitor sees it."""
    rows = [(one.family, row) for one in found for row in one.sides[pk]]
    if any(not sight.sees(family.sight) for family, _ in rows):
        return f"{len(rows)} 条（内容您看不到，请同书记核对）"
    return "；".join(_words(family, row) for family, row in rows[:6]) + ("……" if len(rows) > 6 else "")


def _words(family: Family, row: Any) -> str:
    words: dict[str, Callable[[], Any]] = {
        "category": lambda: row.get_category_display(), "home": lambda: row.organization.unit.name, "dual": lambda: row.organization.unit.name,
        "post": lambda: f"{row.unit.name}{row.title or row.get_post_display()}", "guide": lambda: row.chamber.unit.name,
        "standing": lambda: row.get_kind_display(), "base": lambda: f"{row.get_kind_display()}，每月 {row.asked} 元",
        "payment": lambda: f"{row.month:%Y-%m} {'未交' if row.paid is None else f'交 {row.paid} 元'}",
        "attendance": lambda: f"{row.activity.title} {row.get_state_display()}", "review": lambda: f"{row.activity.title} {row.get_grade_display()}",
    }
    what = words[family.key]()
    if not family.dated:
        return str(what)
    until = last_day(row.valid_to)
    return f"{what}，{table_day(row.valid_from)}{f' 至 {table_day(until)}' if until else ' 至今'}"


class OtherForm(Form):
    """The other record of the same person."""

    def __init__(self, *args: Any, person: forms.Field, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"] = person


@page(Act.PEOPLE_CHANGE)
def people_merge_with(request: HttpRequest, visit: Visit, person: int) -> HttpResponse:
    """Which other record is the same person: for two records that nothing shows to be duplicates. Nothing is changed here."""
    row = changeable(visit, person)
    choice = PersonChoice(request, visit, but=row, offers_new=False)
    if choice.onward:
        return redirect(choice.onward)
    form = OtherForm(choice.sent, person=choice.field())

    def do(cleaned: dict[str, Any]) -> str:
        other = changeable(visit, int(cleaned["person"]))
        return reverse("people-merge", kwargs={"person": row.pk, "other": other.pk})

    return answer_form(
        request, visit, form, do=do, heading=f"“{row.name}”和哪一条是同一个人", back=address(row), verb="去核对合并", done="",
        lead="先找到另一条记录，再逐项核对留哪一个；核对以前什么也不改。", template="people/pick.html",
        crumbs=[("人员", reverse("people")), (row.name, address(row)), ("合并", "")], context=choice.context | {"find_label": "找另一条记录"},
    )


@page(Act.PEOPLE_CHANGE)
def people_merge(request: HttpRequest, visit: Visit, person: int, other: int) -> HttpResponse:
    """Both must be kept by units one may change; what stands against it is told before anything is asked."""
    pair = (changeable(visit, person), changeable(visit, other))
    met, sight = meetings(*pair), visit.sight_of(pair[0])
    against = list(faults(*pair, met))
    form = MergeForm(request.POST or None, pair=pair, met=met, sight=sight, initial={"stays": pair[0].pk})

    def do(cleaned: dict[str, Any]) -> str:
        first = cleaned["stays"] == pair[0].pk
        stays, gone = pair if first else (pair[1], pair[0])
        made = merge_people(
            stays=stays, gone=gone, reason=cleaned["reason"], by=visit.user, at=visit.now,
            columns={name: cleaned[f"column_{name}"] for name in form.columns}, facts={key: cleaned[f"facts_{key}"] for key in form.families},
        )
        return address(made.person)

    records = [_record(name, record_of(one), visit, sight) for name, one in zip(NAMES, pair, strict=True)]
    return answer_form(
        request, visit, form, do=do, heading=f"合并“{pair[0].name}”的两条记录", back=reverse("people-duplicates"), verb="合并成一条",
        done="已合并。登记错了的，在这个人的操作记录里撤销“合并人员”，两条都恢复原样。",
        lead="任职、隶属、到会、党费和办理的事都归到留下的一条，哪一天都只有一个组织关系。以前的数按一个人重新算，已冻结的报告不变。",
        crumbs=[("人员", reverse("people")), ("疑似重复", reverse("people-duplicates")), ("合并", "")], template="people/merge.html",
        context={"records": records, "against": against},
    )


def _record(name: str, record: Record, visit: Visit, sight: Sight) -> dict[str, Any]:
    one, category, home = record.person, record.category(visit.today), record.home(visit.today)
    return {
        "name": name, "url": address(one), "row": one, "birth": sight.shown("birth", one.birth),
        "id_number": sight.shown("id_number", one.id_number), "phone": sight.shown("phone", one.phone),
        "category": Category(category.category).label if category else "", "home": home.organization.unit.name if home else "",
    }
