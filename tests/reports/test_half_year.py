"""The half-year report of the worked city says what its ledger says, no more; and reads well where there is little."""

from __future__ import annotations

from datetime import date

import pytest

from shanghui.access.models import Unit
from shanghui.access.scope import whole
from shanghui.indicators.queries import figures
from shanghui.kernel.rates import Rate
from shanghui.ledger.activities.models import ActivityType
from shanghui.ledger.activities.operations import record_activity
from shanghui.ledger.organizations.models import Chamber, GapReason, GapRoute
from shanghui.ledger.organizations.operations import open_federation, plan_gap, register_chamber
from shanghui.reports.content import Content
from shanghui.reports.registry import NotReported, kind_with_code
from tests.worked_city import AT, BRANCH, HALF_YEAR, SINCE, TODAY, UNCOVERED, city, named, neighbour

pytestmark = pytest.mark.django_db


def _report(unit: Unit, day: date = HALF_YEAR, **own_text: str) -> Content:
    own = {section.replace("_", "-"): text for section, text in own_text.items()}
    return kind_with_code("half-year").compile(unit=unit, day=day, made_on=TODAY, own_text=own)


def _section(content: Content, code: str) -> str:
    return "\n".join(one.text for section in content.sections() if section.code == code for one in section.paragraphs)


def test_it_has_the_two_parts_and_five_sections_of_the_worked_city() -> None:
    content = _report(city())

    assert content.title == ("云泽市商会行业党委", "2022年上半年商会党建工作总结")
    assert [part.heading for part in content.parts] == ["一、上半年工作情况", "二、下半年工作安排"]
    assert [section.heading for section in content.parts[0].sections] == [
        "（一）推进组建，提升覆盖", "（二）强化政治建设，提升引领", "（三）落实组织生活，促进规范", "（四）加强培训，提升实效",
        "（五）创新载体，促进融合",
    ]


@pytest.mark.parametrize(("section", "said"), [
    ("cover", "所属商会40家，其中34家有党组织覆盖，党组织覆盖率85%。"),
    ("cover", "单独组建28家、联合组建6家（联合党组织2个）"),
    ("cover", "选派3名党建指导员、联络员联系商会，其中尚未建立党组织的6家。党的工作覆盖40家，工作覆盖率100%。"),
    ("cover", "在任书记30名，其中由会长、副会长担任的15名（其中会长9名）"),
    ("cover", "现有党员362名，其中预备党员31名。"),
    ("politics", "会长之家2期"), ("politics", "民企大讲堂3期"), ("life", "入党积极分子85名、预备党员31名"),
    ("training", "业务培训2期"), ("training", "党建拉练2次"), ("carriers", "16户经营户签订诚信经营承诺书，16户授牌亮牌。"),
    ("coverage-ahead", "尚有6家商会没有党组织覆盖。"), ("terms-ahead", "半年内任期届满的党组织4个："),
])
def test_it_says_what_the_ledger_says(section: str, said: str) -> None:
    assert said in _section(_report(city()), section)


def test_every_figure_is_that_of_the_indicator_and_reads_as_it_counts() -> None:
    known = figures(whole(HALF_YEAR).under(city()), HALF_YEAR)

    numbers = [number for _, number in _report(city()).numbers()]

    assert len(numbers) >= 25
    for one in numbers:
        figure = known[one.code]
        assert (one.numerator, one.denominator) == (figure.numerator, figure.denominator)
        shown = {"numerator": str(figure.numerator), "denominator": str(figure.denominator)}
        if figure.denominator is not None:
            shown["rate"] = Rate(figure.numerator, figure.denominator).short_percent()
        assert one.text == shown[one.part]


def test_what_is_not_recorded_is_a_visible_blank() -> None:
    content = _report(city())

    assert _section(content, "life").startswith("【待补充：上半年“三会一课”、主题党日开展情况】")
    assert {section.code for section, _ in content.gaps()} == {"cover", "life", "coverage-ahead", "work-ahead"}
    assert all(gap.advice and gap.place for _, gap in content.gaps())


def test_a_recorded_meeting_takes_the_place_of_the_blank() -> None:
    record_activity(
        type=ActivityType.THEME_DAY, held_on=HALF_YEAR, title="主题党日", hosts=[named(BRANCH)], by=None, at=AT, present=20
    )

    assert _section(_report(city()), "life").startswith("各党组织开展主题党日1次。")


def test_a_chosen_route_is_told_with_its_reason_and_the_others_stay_blank() -> None:
    plan_gap(
        chamber=Chamber.objects.get(unit=named(UNCOVERED)), since=date(2022, 5, 1), by=None, at=AT, reason=GapReason.NO_MEMBER,
        route=GapRoute.JOINT, owner="王敏", next_on=date(2022, 9, 30),
    )

    said = _section(_report(city()), "coverage-ahead")

    assert f"计划联合组建：{UNCOVERED}（无党员，王敏经办，下一步9月30日）。" in said
    assert f"【待补充：{UNCOVERED}" not in said
    assert "云泽市广东商会" in said


def test_own_paragraphs_stand_in_their_section_and_close_what_they_answer() -> None:
    content = _report(city(), work_ahead="下半年集中办好两期培训。\n\n十月开展一次联学。", coverage_ahead="先易后难。")

    assert _section(content, "work-ahead") == "下半年集中办好两期培训。\n十月开展一次联学。"
    assert _section(content, "coverage-ahead").endswith("先易后难。")
    assert "【待补充：" in _section(content, "coverage-ahead")


def test_the_second_half_year_looks_forward_to_the_next_year() -> None:
    content = _report(city(), date(2022, 12, 31))

    assert content.title[1] == "2022年下半年商会党建工作总结"
    assert [part.heading for part in content.parts] == ["一、下半年工作情况", "二、2023年上半年工作安排"]
    assert "任期已满、尚未换届的党组织4个" in _section(content, "terms-ahead")


def test_an_empty_ledger_gives_blanks_and_no_zeros() -> None:
    empty = open_federation(name="空白县工商联", code="990299", by=None, at=AT)

    content = _report(empty.unit)

    assert list(content.numbers()) == []
    assert len(list(content.gaps())) == 8


def test_a_small_county_reads_well() -> None:
    content = _report(neighbour())

    said = _section(content, "cover")
    assert "所属商会1家，其中1家有党组织覆盖，党组织覆盖率100%。按组建方式分，单独组建1家。" in said
    assert "选派" not in said
    assert "【待补充：党组织书记任职情况】" in said
    assert _section(content, "coverage-ahead") == "所属商会都有党组织覆盖。"


def test_nothing_covered_is_0_percent_and_without_forms() -> None:
    bare = open_federation(name="起步县工商联", code="990298", by=None, at=AT)
    register_chamber(name="起步县茶业商会", under=bare.unit, since=SINCE, by=None, at=AT)

    said = _section(_report(bare.unit), "cover")

    assert "所属商会1家，其中0家有党组织覆盖，党组织覆盖率0%。\n" in said
    assert "既没有党组织、也没有指导员联系的1家" in said
    assert "【待补充：商会党组织】" in said


def test_only_a_federation_has_one() -> None:
    with pytest.raises(NotReported, match="不是工商联"):
        _report(named(UNCOVERED))


def test_an_unknown_kind_names_those_there_are() -> None:
    with pytest.raises(NotReported, match="half-year（半年工作总结）"):
        kind_with_code("weekly")


def test_the_number_of_queries_does_not_grow(django_assert_max_num_queries: object) -> None:
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        _report(city())
