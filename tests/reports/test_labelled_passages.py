"""The checker on passages worded as public papers word them, right and with one figure changed: no false alarm, what is wrong is found (M44)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bench.figure_scores import passages, score
from shanghui.reports.checking.check import check
from shanghui.reports.checking.verdicts import Verdict

DATA = Path(__file__).parents[1] / "data" / "figures"
LABELLED = passages(DATA / "labelled.jsonl")
SECOND = passages(DATA / "second_half.jsonl")
"""Looked at only after the checker had been mended on the others (docs/checking-figures.md)."""
BLIND = passages(DATA / "blind.jsonl")
"""Written by somebody who had not seen the checker, to mislead it."""
NATURAL = passages(DATA / "natural.jsonl")
"""Worded as public papers are, by somebody who had not seen the checker."""
PUBLIC = passages(DATA / "public.jsonl")
"""Quoted from public pages on Party building, chambers, congresses, courts, census and the like, and the same with figures altered."""
WIDER = passages(DATA / "wider.jsonl")
"""Quoted from public pages of other fields: finance, trade, transport, sport, surveys; the half of what is wrong there is missed."""

KNOWN_ALARMS = {"w035m", "w042m", "x016", "x016m"}
"""A sum of another mention of the same whole; a list whose last member is named without a number; a list that its source broke off."""
KNOWN_MISSES = {
    ("w15m2", "difference 24家"), ("w15m2", "growth 21.4%"), ("w21m1", "ratio 82.9%"), ("w25m1", "ratio 七成"), ("w25m2", "ratio 五成"),
    ("w27m1", "difference 2.8个百分点"), ("w47m2", "growth 10.2%"), ("w63m1", "ratio 49.9%"), ("w63m2", "ratio 49.1%"),
    ("w73m2", "sum 1850名"), ("w89m1", "ratio 83.8%"),
}
"""Wrong figures the checker says nothing of: shares of a whole that is itself called wrong, shares of two parts together, a sum of two parts
named «分别为», a rate without a name in common, and what is so far off that something else may be meant (`explained`)."""


@pytest.mark.parametrize(
    "half", [LABELLED, SECOND, BLIND, NATURAL, PUBLIC, WIDER], ids=["first", "second", "blind", "natural", "public", "wider"]
)
def test_no_passage_gets_a_false_alarm(half: list[dict[str, Any]]) -> None:
    assert {name for name, _ in score(half).alarms} <= KNOWN_ALARMS


@pytest.mark.parametrize(
    ("half", "found", "covered"),
    [(SECOND, 74, 263), (BLIND, 34, 261), (NATURAL, 35, 238), (PUBLIC, 95, 874), (WIDER, 47, 332)],
    ids=["second", "blind", "natural", "public", "wider"],
)
def test_what_was_found_of_what_is_wrong_is_found_still(half: list[dict[str, Any]], found: int, covered: int) -> None:
    now = score(half)

    assert sum(now.found.values()) >= found
    assert sum(now.covered.values()) >= covered


@pytest.mark.parametrize(
    "text",
    [
        "系统里有全年总结、一页纸简报、书记述职、年会三个报告、八种情况专报、商会档案、覆盖图。",
        "共提交提案187件，其中会后17件，经审查立案175件。",
        "现有异地商会34家。单独建立党支部的有21家，联合建立党支部的有8家，尚未建立的5家，组建率为85.3%。",
        "收到案例126个，评出一等奖10个、二等奖20个、三等奖30个，共60个优秀案例。",
        "中标金额36.2亿元；节约资金2.1亿元，节资率4%。",
        "三县分别有商会12家、9家、15家，合计36家；党组织分别为10个、8个、13个，共31个。",
        "引进项目58个，较2020年的46个增加12个，增长26.1%。",
        "共有84家企业参加，较上年增加13家，上年为71家。其中餐饮7家、零售12家、物流38家、软件27家。",
        "特困供养2310人。床位1680张，入住1025人，入住率61.0%。",
        "欧洲市场占出口的38%，北美占27%，东南亚占22%，其他占13%。",
        "参训125人，应训130人。学员中，非公企业书记71人，社会组织书记54人。",
        "全市52家所属商会中，单独建立党组织的31家，联合组建党组织9个、覆盖商会19家，选派党建指导员的2家。",
        "年末常住人口412.6万人，其中城镇人口268.9万人、乡村人口143.7万人，常住人口城镇化率65.17%。",
        "人均可支配收入38612元，其中工资性收入21893元、经营净收入6925元、财产净收入2703元、转移净收入7091元，工资性收入占56.7%。",
        "应选代表280名，实选278名。其中，工人代表112名，占40.3%；专业技术人员代表67名，占24.1%；妇女代表93名，占33.5%。",
        "年内转入党员46名，转出31名，新发展14名，去世2名，年末党员593名，比年初的566名净增27名。",
    ],
)
def test_what_only_looks_like_a_claim_is_left_alone(text: str) -> None:
    assert [one.message for one in check(text) if one.verdict is Verdict.WRONG] == []


@pytest.mark.parametrize(
    ("text", "stated", "expected"),
    [
        ("计划培训120人，实际培训114人，完成计划的92%。", "92%", "95%"),
        ("全年受理企业诉求512件，同比多68件，增长15.3%；办结497件，办结率93.1%。", "93.1%", "97.1%"),
        ("应到代表186名，实到173名，因病请假15名，符合规定。", "173名", "171名"),
        ("省本级2316个，市级8742个，县级31208个，合计42366个。", "42366个", "42266个"),
        ("“满意”的占71.3%，“比较满意”的占20.6%，“一般”的占6.7%，“不满意”的占2.4%。", "2.4%", "1.4%"),
        ("收入合计360万元；支出合计317.5万元，其中办公支出98.3万元、活动支出219.2万元；结余32.5万元。", "32.5万元", "42.5万元"),
    ],
)
def test_plans_balances_totals_and_scales_are_checked(text: str, stated: str, expected: str) -> None:
    assert [(one.figure.text, one.expected) for one in check(text) if one.verdict is Verdict.WRONG] == [(stated, expected)]


def test_every_wrong_figure_is_found_but_those_known_to_be_missed() -> None:
    found = score(LABELLED)

    assert set(found.misses) == KNOWN_MISSES
    assert sum(found.checkable.values()) >= 150


@pytest.mark.parametrize("passage", LABELLED, ids=[one["id"] for one in LABELLED])
def test_full_width_white_space_and_broken_lines_change_no_verdict(passage: dict[str, str]) -> None:
    text = passage["text"]
    found = [(one.type, one.verdict) for one in check(text)]
    wide = text.translate({ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789%"})

    assert [(one.type, one.verdict) for one in check(wide)] == found
    if "\t" not in text:
        assert [(one.type, one.verdict) for one in check(text.replace("，", "，\n"))] == found
        assert [(one.type, one.verdict) for one in check(text.replace("家", " 家").replace("占", "占 "))] == found


def test_wrong_figures_say_what_they_should_be() -> None:
    called = [one for passage in LABELLED for one in check(passage["text"]) if one.verdict is Verdict.WRONG]

    assert all(one.expected and one.message for one in called)
