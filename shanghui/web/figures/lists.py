"""How the rows of each population are shown, searched and narrowed on the page behind a figure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from shanghui.access.acts import Act
from shanghui.cases.registry import PERSON, kinds
from shanghui.cases.stages import STAGES
from shanghui.indicators.dues_months import WORDS, Owed
from shanghui.ledger.organizations.models import ChamberKind, Form, OrganizationKind
from shanghui.ledger.organizations.queries import matching_units
from shanghui.ledger.people.models import CHAMBER_POSTS, PARTY_POSTS, Category, Direction, Method, Person
from shanghui.ledger.people.queries import matching_people
from shanghui.ledger.people.transferring import matching_transfers
from shanghui.rules.duties import registry as duties
from shanghui.web.kit.listing import Filter


@dataclass(frozen=True)
class Shape:
    """The columns on the page (of these, `small` on a telephone), the search, the filters, and the act the rows need."""

    shown: Sequence[str]
    small: Sequence[str]
    search: Callable[[str], Q]
    hint: str
    filters: Sequence[Filter] = ()
    act: Act = Act.FIGURES_VIEW


def _choice(name: str, label: str, choices: Sequence[tuple[str, str]]) -> Filter:
    return Filter(name, label, choices, lambda rows, value: rows.filter(**{name: value}))


def _through_person(text: str) -> Q:
    return Q(person__in=Person.objects.filter(matching_people(text, by_number=False))) | Q(unit__name__contains=text.strip())


def _by_top_post(rows: Any, value: str) -> Any:
    return rows.filter(top_post=None) if value == NO_POST else rows.filter(top_post=value)


NO_POST = "none"
_PARTY = [(post.value, str(post.label)) for post in PARTY_POSTS]
_CHAMBER = [(post.value, str(post.label)) for post in CHAMBER_POSTS[:9]] + [(NO_POST, "不在商会任职")]
_GENDER = (("男", "男"), ("女", "女"))

_TRANSFERS = Shape(
    ("name", "direction", "origin", "destination", "number", "sent_on", "due_on", "state"), ("name", "destination", "state"),
    matching_transfers, "姓名、党组织、介绍信编号", (_choice("direction", "方式", Direction.choices),), Act.PEOPLE_VIEW,
)
SHAPES: dict[str, Shape] = {
    "transfers_out": _TRANSFERS,
    "transfers_in": _TRANSFERS,
    "chambers": Shape(
        ("name", "kind", "federation_name", "status", "enterprises", "form", "organization_name", "guide"), ("name", "form"),
        matching_units, "商会名称、拼音首字母",
        (_choice("kind", "商会类别", ChamberKind.choices), _choice("form", "组建方式", Form.choices)),
    ),
    "organizations": Shape(
        ("name", "kind", "form", "covered_names", "secretary", "members", "due_on"), ("name", "due_on"),
        matching_units, "党组织名称、拼音首字母",
        (_choice("kind", "类型", OrganizationKind.choices), _choice("form", "组建方式", Form.choices)),
    ),
    "people": Shape(
        ("name", "branch_name", "category", "gender", "education", "joined_on", "posts"), ("name", "branch_name"),
        matching_people, "姓名、拼音首字母、完整的证件号或电话",
        (_choice("category", "人员类别", Category.choices), _choice("gender", "性别", _GENDER)), Act.PEOPLE_VIEW,
    ),
    "secretaries": Shape(
        ("name", "organization", "chamber_posts", "method", "valid_from", "due_by"), ("name", "organization"),
        _through_person, "姓名、拼音首字母、党组织名称", (_choice("method", "产生方式", Method.choices),), Act.PEOPLE_VIEW,
    ),
    "officers": Shape(
        ("name", "organization", "post", "top_post", "form", "method"), ("name", "post", "top_post"),
        _through_person, "姓名、拼音首字母、党组织名称",
        (_choice("post", "党内职务", _PARTY), Filter("top_post", "商会职务", _CHAMBER, _by_top_post), _choice("form", "组建方式", Form.choices)),
        Act.PEOPLE_VIEW,
    ),
    "leaders": Shape(
        ("name", "posts", "branch_name", "category"), ("name", "category"), matching_people, "姓名、拼音首字母", (), Act.PEOPLE_VIEW,
    ),
    "dual": Shape(
        ("name", "branch_name", "category", "posts"), ("name", "branch_name"), matching_people, "姓名、拼音首字母", (), Act.PEOPLE_VIEW,
    ),
    "guides": Shape(("name", "duties", "load", "guided_names"), ("name", "guided_names"), matching_people, "姓名、拼音首字母"),
    "activities": Shape(
        ("held_on", "type", "title", "hosts", "place", "present"), ("held_on", "title"),
        lambda text: Q(title__contains=text) | Q(place__contains=text), "活动名称、地点",
    ),
    "duties": Shape(
        ("name", "title", "period", "state_word", "last", "article"), ("name", "title", "period"),
        lambda text: Q(name__contains=text) | Q(title__contains=text), "党组织名称、事项",
        (_choice("rule", "事项", [(one.code, one.title) for one in duties]),), Act.DUTY_VIEW,
    ),
    "asked_items": Shape(
        ("name", "campaign_title", "title", "state_word", "held", "due_on"), ("name", "title", "state_word"),
        lambda text: Q(name__contains=text) | Q(title__contains=text), "党组织名称、事项",
    ),
    "owed_months": Shape(
        ("name", "month_word", "state_word"), ("name", "state_word"), lambda text: Q(name__contains=text), "党组织名称",
        (_choice("state", "状态", [(one.value, WORDS[one]) for one in Owed]),), Act.PEOPLE_VIEW,
    ),
    "dues_keepers": Shape(
        ("name", "kind", "form", "secretary", "members"), ("name", "members"), matching_units, "党组织名称、拼音首字母",
    ),
    "campaigns": Shape(
        ("title", "launched_by", "valid_from", "last"), ("title", "valid_from"), lambda text: Q(title__contains=text), "活动名称",
    ),
    "cases": Shape(
        ("title", "kind", "state", "opened_on", "closed_on", "office"), ("title", "opened_on"),
        lambda text: Q(title__contains=text.strip()), "事项名称",
        (_choice("kind", "事项", [(one.code, one.title) for one in kinds if one.about != PERSON]),), Act.CASE_VIEW,
    ),
    "developments": Shape(
        ("name", "organization", "stage", "since", "opened_on"), ("name", "stage"),
        lambda text: Q(person__in=Person.objects.filter(matching_people(text))) | Q(organization__unit__name__contains=text.strip()),
        "姓名、拼音首字母、党支部", (_choice("stage", "阶段", [(code, word) for code, word, _ in STAGES]),), Act.PEOPLE_VIEW,
    ),
    "approvals": Shape(
        ("case", "on", "due", "waited", "number", "office"), ("case", "on", "waited"),
        lambda text: Q(case__title__contains=text.strip()) | Q(number__contains=text.strip()), "事项名称、文号", (), Act.CASE_VIEW,
    ),
    "joint": Shape(
        ("name", "kind", "form", "covered_names", "secretary", "members", "due_on"), ("name", "covered_names"),
        matching_units, "党组织名称、拼音首字母", (_choice("form", "组建方式", Form.choices),),
    ),
    "promises": Shape(
        ("name", "shop", "organization", "signed_on", "plate_given"), ("name", "shop"),
        lambda text: Q(name__contains=text) | Q(shop__contains=text), "党员姓名、经营户", (), Act.PEOPLE_VIEW,
    ),
}
"""{population: how its rows are shown}."""
