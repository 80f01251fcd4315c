"""Figures whose claim stands far from what it follows from: bases in brackets, lists by year, averages, spans of days, pairs (M44)."""

from __future__ import annotations

import pytest

from shanghui.reports.checking.check import check
from shanghui.reports.checking.passage import Passage
from shanghui.reports.checking.verdicts import Verdict

CASES = [
    # changes
    ("全市党员总数为214637名，比上年净增{}名（2021年底为211580名）。", "3057", "3157"),
    ("常住人口428.35万人，比上年末增加{}万人，上年末为425.92万人。", "2.43", "3.43"),
    ("进出口总额156.8亿元，同比增长{}%，去年同期为139.5亿元。", "12.4", "14.2"),
    ("受理纠纷1268件，调解成功1134件。与去年同期的1043件相比，受理量增加{}件。", "225", "235"),
    ("募集8643万元，其中2021年4745万元、2022年3898万元。2022年比2021年减少{}万元，下降17.9%。", "847", "874"),
    ("规上企业1126家，较年初净增{}家：新增入库83家，退库25家。", "58", "48"),
    ("应换届的党组织共211个。截至10月20日已完成换届183个，尚有{}个未完成。", "28", "38"),
    # shares and rates
    ("会员8416个，其中企业会员6132个、团体会员84个、个人会员2200个。企业会员占{}%。", "72.9", "79.2"),
    ("民营经济增加值1874.6亿元，占GDP的比重为{}%（全市GDP为2963.4亿元）。", "63.3", "61.3"),
    ("商会总数达126家（上年末为112家），其中乡镇商会78家、行业商会31家、异地商会17家，已建党组织的商会119家，党组织覆盖率{}%。", "94.4", "96.4"),
    ("第一期42人、第二期45人、第三期38人，合计125人；参训率{}%，应训130人。", "96.2", "92.6"),
    ("签约亿元以上项目74个，协议总投资538亿元。项目开工率{}%，开工47个。", "63.5", "65.3"),
    ("走访企业1408家，出具体检报告1126份，占走访企业数的{}%。", "80.0", "70.0"),
    ("全年收缴党费12.84万元；使用党费7.62万元，占当年收缴的{}%。", "59.3", "19.3"),
    # sums
    ("党员{}名，含正式党员283名、预备党员29名。", "312", "314"),
    ("党员{}名，其中正式党员283名、预备党员29名。", "312", "314"),
    ("引进项目{}个，2021年3个、2022年2个、2023年6个。", "11", "12"),
    ("女企业家商会{}个，会员2350人，其中省级1个、市级5个、县级11个。", "17", "97"),
    ("社会消费品零售总额874.6亿元，增长7.4%。按消费类型分，商品零售{}亿元，餐饮收入99.3亿元。", "775.3", "757.3"),
    ("新一届理事会由二十七人组成，其中会长一人、副会长八人、秘书长一人、理事{}人。", "十七", "十八"),
    ("执委会共有执委168人，非公有制人士139人，占82.7%；连任82人，新任{}人。", "86", "68"),
    ("收到提案436件。已经解决的305件，占70.0%；列入计划的108件，占24.8%；留作参考的{}件。", "23", "32"),
    ("收到提案146件。已落实的{}件，占84%；正在落实的23件，占16%。", "123", "122"),
    # averages and spans
    ("84家企业研发投入总额73.6亿元，户均{}亿元。", "0.88", "0.98"),
    ("有党员的187家，党员总数1432名，平均每家有党员{}名。", "7.7", "6.7"),
    ("2019年至2021年三年间，共帮助会员融资7.5亿元，年均{}亿元。", "2.5", "2.9"),
    ("5月16日至18日，举办为期{}天的培训班。", "3", "5"),
    ("市工商联成立于1952年，至2022年已走过{}年历程。", "70", "72"),
    ("实现营收86.4亿元，是2018年28.8亿元的{}倍。", "3", "4"),
    ("5家企业上榜，比上届增加1家，分别为恒远集团（第87位）、金岭钢铁（第143位）、远洋化纤（第208位）、华南药业（第366位）和天合电子（第471位），"
     "合计营业收入3126亿元，平均每家{}亿元。", "625.2", "652.2"),
]


def _wrong(text: str) -> list[str]:
    return [one.message for one in check(text) if one.verdict is Verdict.WRONG]


@pytest.mark.parametrize(("text", "right", "wrong"), CASES)
def test_the_right_figure_is_left_alone_and_the_wrong_one_called_so(text: str, right: str, wrong: str) -> None:
    assert _wrong(text.format(right)) == []
    assert len(_wrong(text.format(wrong))) >= 1


def test_days_across_a_new_year_are_left_alone() -> None:
    assert _wrong("12月30日至1月2日，会期4天。") == []


@pytest.mark.parametrize(
    "text",
    [
        "“四好”商会46家，占54.1%，商会由48家发展到85家。到2027年，力争民营企业突破12万户，“四好”商会占比达到70%。",
        "企业按规模分，大型19家、小微型2192家；按产业分，一产占6%，二产占48%，三产占46%。",
        "9月1日至3日召开会议，为期两天半。",
        "2月30日至3月2日，为期9天。",
        "秘书长一人，一名老党员发言。",
        "商会86家，党员312名，其中女党员101名、青年党员88名。",
        "平均每家企业用工143人，户均减少6人。",
    ],
)
def test_what_only_looks_alike_is_left_alone(text: str) -> None:
    assert _wrong(text) == []


def test_a_very_long_paragraph_is_looked_at_in_stretches_and_nothing_is_lost() -> None:
    one = "全区商会共有40家，其中乡镇商会21家、行业商会9家、异地商会8家，秘书处逐家走访了解情况并且建立了台账。"
    many = 200

    found = check(one * many)

    assert [finding.figure.start for finding in found if finding.verdict is Verdict.WRONG] == [
        place * len(one) + one.index("40家") for place in range(many)
    ]


def test_a_heading_does_not_run_into_the_sentence_below_it() -> None:
    passage = Passage("（一）推进组建，提升覆盖\n所属商会41家，其中34家有党组织。")

    assert passage.before(passage.counts[0]) == "所属商会"
