"""The checker of drafts: its own passages, what must not change a verdict, Word files, tables, the ledger, bad files (M44)."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from shanghui.access.scope import Scope, whole
from shanghui.kernel.refusals import Refused
from shanghui.reports.checking.check import check, check_draft
from shanghui.reports.checking.drafts import Draft, read_draft
from shanghui.reports.checking.figures import chinese_number, figures
from shanghui.reports.checking.verdicts import Verdict
from shanghui.reports.documents.word import to_word
from shanghui.reports.ledger_checking import against_ledger, day_of
from shanghui.reports.operations import compile_report
from shanghui.reports.queries import read
from tests.worked_city import AT, CITY, HALF_YEAR, city

PASSAGES = [json.loads(line) for line in (Path(__file__).parents[1] / "data" / "figures" / "passages.jsonl").read_text().splitlines()]


def verdicts(text: str) -> dict[str, str]:
    """{figure as written: verdict}; the worst where one is checked in several ways."""
    order = [Verdict.OK, Verdict.ROUNDING, Verdict.UNSURE, Verdict.WRONG]
    found: dict[str, Verdict] = {}
    for one in check(text):
        said = text[one.figure.start : one.figure.end]
        found[said] = max(found.get(said, Verdict.OK), one.verdict, key=order.index)
    return {said: verdict.value for said, verdict in found.items()}


@pytest.mark.parametrize("passage", PASSAGES, ids=[one["id"] for one in PASSAGES])
def test_each_labelled_passage_gets_its_verdicts_and_no_other_alarm(passage: dict[str, Any]) -> None:
    found = verdicts(passage["text"])

    assert {said: verdict for said, verdict in found.items() if said in passage["verdicts"]} == passage["verdicts"]
    assert [said for said, verdict in found.items() if verdict == "wrong" and passage["verdicts"].get(said) != "wrong"] == []


def full_width(text: str) -> str:
    return text.translate({ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789%"})


@pytest.mark.parametrize("passage", PASSAGES, ids=[one["id"] for one in PASSAGES])
def test_full_width_white_space_and_broken_lines_change_no_verdict(passage: dict[str, Any]) -> None:
    text = passage["text"]
    plain = [(one.type, one.verdict) for one in check(text)]

    assert [(one.type, one.verdict) for one in check(full_width(text))] == plain
    assert [(one.type, one.verdict) for one in check(text.replace("，", "，\n"))] == plain
    assert [(one.type, one.verdict) for one in check(text.replace("家", " 家").replace("占", "占 "))] == plain


SHARES = [one for one in PASSAGES if any("%" in said and verdict == "ok" for said, verdict in one["verdicts"].items())]


@pytest.mark.parametrize("passage", SHARES, ids=[one["id"] for one in SHARES])
def test_a_right_share_with_another_first_digit_is_found(passage: dict[str, Any]) -> None:
    text = passage["text"]
    for said, verdict in passage["verdicts"].items():
        if verdict != "ok" or not said.endswith("%"):
            continue
        other = ("9" if said[0] != "9" else "4") + said[1:]
        found = [one for one in check(text.replace(said, other, 1)) if one.verdict is Verdict.WRONG]
        assert found, (said, other)


def test_a_finding_says_where_what_and_how_it_was_computed() -> None:
    text = "40家商会中，28家单独建立党支部，6家联合建立党支部，组建率83%。"

    (one,) = [found.data(text) for found in check(text)]

    assert text[one["start"] : one["end"]] == one["stated"] == "83%"
    assert (one["expected"], one["type"], one["verdict"]) == ("85%", "ratio", "wrong")
    assert one["operands"] == ["28家", "6家", "40家"]
    assert one["message"] == "写的是83%，（28家＋6家）÷40家＝85%"


def test_what_is_no_count_is_left_out() -> None:
    texts = [one.text for one in figures("2022年6月第3次会议，45岁以下12名，1+1+N，〔2022〕12号，3名以上，“六有”，5—8家，约20家")]

    assert texts == ["12名", "20家"]


@pytest.mark.parametrize(("written", "value"), [("十", 10), ("二十八", 28), ("一百零五", 105), ("两", 2), ("二〇二二", None)])
def test_chinese_numbers(written: str, value: int | None) -> None:
    assert chinese_number(written) == value


# --- files


def a_word_file(*paragraphs: str, table: tuple[tuple[str, ...], ...] = ()) -> bytes:
    document = Document()
    for one in paragraphs:
        document.add_paragraph(one)
    if table:
        grid = document.add_table(rows=0, cols=len(table[0]))
        for row in table:
            for cell, text in zip(grid.add_row().cells, row, strict=True):
                cell.text = text
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


ACROSS = (
    ("县区", "单独", "联合", "合计", "组建率"), ("甲", "5", "1", "6", "80%"), ("乙", "7", "2", "9", "90%"),
    ("丙", "4", "—", "4", "70%"), ("丁", "3", "3", "6", "95%"),
)


@pytest.mark.parametrize(("table", "wrong"), [
    (ACROSS, []),
    (tuple((*row[:3], "7" if row[0] == "丁" else row[3], row[4]) for row in ACROSS), ["7"]),
    ((("县区", "合计", "男", "女"), ("甲", "6", "5", "1"), ("乙", "9", "7", "2"), ("丙", "9", "4", "4")), ["9"]),
    ((("县区", "合计", "其中党员", "其中书记"), ("甲", "60", "5", "1"), ("乙", "90", "7", "2"), ("丙", "50", "4", "4")), []),
])
def test_rows_of_a_table_are_checked_where_the_others_prove_what_adds_up(table: tuple[tuple[str, ...], ...], wrong: list[str]) -> None:
    draft = read_draft("稿.docx", a_word_file("表", table=table))

    assert [one.figure.text for one in check_draft(draft) if one.verdict is Verdict.WRONG] == wrong


def test_a_word_file_is_read_with_its_tables_and_the_places_fit() -> None:
    table = (("县区", "商会", "党员"), ("城东区", "12", "1,100"), ("城西区", "8", "90"), ("合计", "21", "1,190"))
    draft = read_draft("稿.docx", a_word_file("党员362人，其中正式党员331人、预备党员32人。", table=table))

    found = check_draft(draft)

    wrong = [draft.text[one.figure.start : one.figure.end] for one in found if one.verdict is Verdict.WRONG]
    right = [draft.text[one.figure.start : one.figure.end] for one in found if one.verdict is Verdict.OK]
    assert wrong == ["362人", "21"]
    assert "1,190" in right


def test_what_was_deleted_in_tracked_changes_is_not_read_and_what_was_inserted_is() -> None:
    document = Document()
    paragraph = document.add_paragraph("党员362人，其中正式党员331人、预备党员")
    paragraph._p.append(parse_xml(
        f'<w:del {nsdecls("w")} w:id="1" w:author="x"><w:r><w:delText>32人</w:delText></w:r></w:del>'
    ))
    paragraph._p.append(parse_xml(f'<w:ins {nsdecls("w")} w:id="2" w:author="x"><w:r><w:t>31人。</w:t></w:r></w:ins>'))
    content = io.BytesIO()
    document.save(content)

    draft = read_draft("稿.docx", content.getvalue())

    assert "32人" not in draft.text
    assert [one.verdict for one in check_draft(draft)] == [Verdict.OK]


def test_gb18030_text_is_read() -> None:
    assert read_draft("稿.txt", "党员３６２人".encode("gb18030")).text == "党员３６２人"


def bomb() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 501 * 1024 * 1024)
    return content.getvalue()


@pytest.mark.parametrize(("name", "content", "words"), [
    ("稿.doc", b"\xd0\xcf\x11\xe0", "另存为 .docx"), ("稿.pdf", b"%PDF-1.7", "不是 Word"), ("稿.docx", b"not a zip", "不是 docx 文件"),
    ("稿.docx", b"", "空文件"),
])
def test_other_files_are_refused_with_what_to_do(name: str, content: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words):
        read_draft(name, content)


def test_a_bomb_is_refused() -> None:
    with pytest.raises(Refused, match="不是 docx 文件"):
        read_draft("稿.docx", bomb())


def test_a_zip_that_only_looks_like_word_is_refused() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")

    with pytest.raises(Refused, match="打不开"):
        read_draft("稿.docx", content.getvalue())


# --- the ledger


def the_city() -> Scope:
    return whole(HALF_YEAR).under(city())


@pytest.mark.django_db
@pytest.mark.parametrize(("text", "expected"), [
    ("商会现有党员362人，其中预备党员31人，入党积极分子85人。", {"362人": "ok", "31人": "ok", "85人": "ok"}),
    ("商会现有党员372人，培养入党积极分子58人。", {"372人": "wrong", "58人": "wrong"}),
    ("全市40家商会中，28家单独组建，6家联合组建，组织覆盖率85%。", {"40家": "ok", "28家": "ok", "6家": "ok", "85%": "ok"}),
    ("全市党组织覆盖率86%。", {"86%": "wrong"}),
    ("去年党员372人。", {}), ("到年底党员达到400人，力争覆盖率90%。", {}),
    ("2021年，全市有商会38家。", {}), ("2022年上半年，全市有商会39家。", {"39家": "wrong"}),
    ("今年新成立商会3家，其中行业商会2家。", {}), ("走访行业商会5家，走访商会12家，其中异地商会5家。", {}),
    ("发展预备党员5名。", {}), ("联合3家企业开展主题党日。", {}), ("城东区：商会5家，其中行业商会3家；商会党员60名。", {}),
    ("未组建党组织的6家商会中，行业商会2家、异地商会4家。", {"6家": "ok"}),
    ("全市商会40家，其中行业商会17家、异地商会16家。", {"40家": "ok", "17家": "wrong", "16家": "ok"}), ("全区共有商会39家。", {"39家": "wrong"}),
    ("18家行业商会16家异地商会。", {"18家": "ok"}),
    ("一、上半年工作情况\n（一）推进组建，提升覆盖\n所属商会41家。", {"41家": "wrong"}),
    ("各党组织开展支部党员大会7次、支委会0次。", {"7次": "wrong", "0次": "ok"}), ("汽配支部召开支部党员大会2次、支委会6次。", {}),
    ("各支部“三会一课”、主题党日应开9次，已开8次，完成率89%，上级同意免除3次（合开的分别计算）。", {
        "9次": "wrong", "8次": "wrong", "89%": "wrong", "3次": "wrong",
    }),
])
def test_named_figures_are_compared_with_the_ledger_as_at_the_day(text: str, expected: dict[str, str]) -> None:
    found = {text[one.figure.start : one.figure.end]: one.verdict.value for one in against_ledger(text, the_city(), HALF_YEAR)}

    assert found == expected


@pytest.mark.parametrize(("text", "day"), [
    ("截至2022年6月30日，", date(2022, 6, 30)), ("截至2022年2月底，", date(2022, 2, 28)), ("截至2022年12月底", date(2022, 12, 31)),
    ("截至2022年2月30日", None), ("2022年", None),
])
def test_the_day_of_a_draft(text: str, day: date | None) -> None:
    assert day_of(text) == day


@pytest.mark.django_db
def test_our_own_half_year_report_gives_no_alarm(tmp_path: Path) -> None:
    report = compile_report(kind="half-year", unit=city(), day=HALF_YEAR, by=None, at=AT)
    draft = read_draft("总结.docx", to_word(read(report)))

    found = [*check_draft(draft), *against_ledger(draft.text, the_city(), HALF_YEAR)]

    assert len(found) > 3
    assert [one.message for one in found if one.verdict is Verdict.WRONG] == []


@pytest.mark.django_db
def test_any_one_figure_of_our_own_half_year_report_changed_is_found_with_its_mend() -> None:
    report = compile_report(kind="half-year", unit=city(), day=HALF_YEAR, by=None, at=AT)
    draft = read_draft("总结.docx", to_word(read(report)))
    changed = [one for one in figures(draft.text) if one.text[0].isdigit()]
    assert len(changed) > 25

    for one in changed:
        other = "7" if one.text[0] != "7" else "4"
        text = f"{draft.text[: one.start]}{other}{draft.text[one.start + 1 :]}"
        found = [*check_draft(Draft(text, draft.tables)), *against_ledger(text, the_city(), HALF_YEAR)]
        mends = {finding.expected for finding in found if finding.verdict is Verdict.WRONG}
        assert mends & {one.text, one.text.removesuffix(one.unit)}, draft.text[one.start - 20 : one.end + 10]


@pytest.mark.django_db
def test_the_command_answers_with_one_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft = tmp_path / "稿.txt"
    draft.write_text("截至2022年6月30日，全市40家商会，党员372人。", encoding="utf-8")

    call_command("check_figures", str(draft), under=CITY, json=True)

    found = json.loads(capsys.readouterr().out)["findings"]
    assert [(one["stated"], one["verdict"], one["type"]) for one in found] == [("40家", "ok", "ledger"), ("372人", "wrong", "ledger")]


@pytest.mark.parametrize("json_too", [False, True])
def test_the_command_takes_many_passages_line_by_line(
    json_too: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = "".join(json.dumps({"id": one["id"], "text": one["text"]}, ensure_ascii=False) + "\n" for one in PASSAGES[:3])
    monkeypatch.setattr("sys.stdin", io.StringIO(lines))

    call_command("check_figures", batch=True, json=json_too)

    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["id"] for one in answers] == ["o01", "o02", "o03"]
    assert answers[1]["findings"][0]["verdict"] == "wrong"


def test_a_line_that_is_no_passage_is_named_and_the_others_are_checked(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO('xx\n{"id": 2}\n[1]\n{"id": 3, "text": 5}\n\n{"id": "b", "text": "好"}\n'))

    with pytest.raises(SystemExit):
        call_command("check_figures", batch=True)

    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(one["id"], one.get("line")) for one in answers] == [(None, 1), (None, 2), (None, 3), (3, 4), ("b", None)]
    assert "不是文字" in answers[3]["error"]
