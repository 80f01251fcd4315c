"""Word templates: made plain, checked with the place of every fault, filled in a sandbox (M43)."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from shanghui.kernel.attachments import Unfit
from shanghui.kernel.word_templates.checking import Checked, check
from shanghui.kernel.word_templates.fields import Blank, Field, filled, sample
from shanghui.kernel.word_templates.language import Environment
from shanghui.kernel.word_templates.opening import look_at
from shanghui.kernel.word_templates.rendering import Unfillable, drawn_in, fill
from shanghui.kernel.word_templates.tidying import tidied

FIELDS = (
    Field("title", "标题"), Field("number", "文号"), Field("figures.coverage.text", "党组织覆盖率"),
    Field("rows", "名册", of=(Field("name", "姓名"), Field("leads", "是书记", flag=True), Field("cells", "各格", of=(Field("text", "文字"),)))),
)
FACTS = {"title": "甲<b>&乙", "figures.coverage.text": "85%", "rows": [{"name": "周明", "leads": True}, {"name": "方{{ title }}"}]}


def saved(document: Any) -> bytes:
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def word(*lines: str | list[str]) -> bytes:
    """A Word file with these paragraphs; a list is one paragraph of several runs."""
    document = Document()
    for one in lines:
        paragraph = document.add_paragraph()
        for text in one if isinstance(one, list) else [one]:
            paragraph.add_run(text)
    return saved(document)


def made(content: bytes, values: dict[str, Any] | None = None) -> list[str]:
    return [one.text for one in Document(BytesIO(fill(content, filled(FIELDS, FACTS if values is None else values)))).paragraphs]


def told(content: bytes) -> list[str]:
    return [str(one) for one in check(content, FIELDS).problems]


def test_fields_lists_and_conditions_are_filled_and_leave_no_empty_lines() -> None:
    content = word(
        "{{ title }}", "{% for one in rows %}", "{{ loop.index }}．{{ one.name }}{% if one.leads %}（书记）{% endif %}", "{% endfor %}",
        "{% if number %}", "文号{{ number }}", "{% endif %}", "覆盖率{{ figures.coverage.text }}",
    )

    assert told(content) == []
    assert made(content) == ["甲<b>&乙", "1．周明（书记）", "2．方{{ title }}", "覆盖率85%"]


def test_a_missing_fact_is_a_highlighted_blank_and_nothing_in_a_condition() -> None:
    content = word("{{ title }}第{{ number }}号{% if number %}有{% else %}无{% endif %}")

    document = Document(BytesIO(fill(content, filled(FIELDS, {"title": "报告"}))))

    (paragraph,) = document.paragraphs
    assert paragraph.text == "报告第【待补充：文号】号无"
    assert [run.text for run in paragraph.runs if run.font.highlight_color == WD_COLOR_INDEX.YELLOW] == ["【待补充：文号】"]


def test_a_placeholder_that_word_split_is_put_together() -> None:
    content = word(["全市{", "{ ti", "tle ", "}", "}完"], ["{%", " if number %}", "有{% endif %}没有"])

    assert told(content) == []
    assert made(content) == ["全市甲<b>&乙完", "没有"]


def test_the_face_of_the_placeholder_stays() -> None:
    document = Document()
    run = document.add_paragraph().add_run("{{ title }}")
    run.font.name, run.bold = "黑体", True

    found = Document(BytesIO(fill(saved(document), filled(FIELDS, FACTS)))).paragraphs[0].runs[0]

    assert (found.text, found.font.name, found.bold) == ("甲<b>&乙", "黑体", True)


def test_rows_of_a_table_are_repeated_and_an_empty_list_leaves_a_sound_table() -> None:
    document = Document()
    table = document.add_table(rows=4, cols=2)
    for row, texts in zip(table.rows, (("姓名", ""), ("{% for one in rows %}", ""), ("{{ one.name }}", "{{ loop.index }}"), ("{% endfor %}", "")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    content = saved(document)

    def cells(values: dict[str, Any]) -> list[list[str]]:
        filled_in = Document(BytesIO(fill(content, filled(FIELDS, values))))
        return [[cell.text for cell in row.cells] for row in filled_in.tables[0].rows]

    assert told(content) == []
    assert cells(FACTS) == [["姓名", ""], ["周明", "1"], ["方{{ title }}", "2"]]
    assert cells({}) == [["姓名", ""]]


def test_a_cell_that_a_condition_empties_still_ends_with_a_paragraph() -> None:
    document = Document()
    cell = document.add_table(rows=1, cols=2).rows[0].cells[0]
    cell.text = "{%p if number %}"
    cell.add_paragraph("{{ number }}")
    cell.add_paragraph("{%p endif %}")
    document.tables[0].rows[0].cells[1].text = "右"

    filled_in = Document(BytesIO(fill(saved(document), filled(FIELDS, {}))))

    assert [one[-1].tag for one in filled_in.element.body.iter(qn("w:tc"))] == [qn("w:p")] * 2


def test_headers_footers_and_footnotes_are_filled_and_checked() -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "{{ title }}"
    document.sections[0].footer.paragraphs[0].text = "{{ titel }}"

    assert told(saved(document)) == ["没有“titel”这个字段。是不是“title”（标题）？（页脚：“{{ titel }}”）"]
    document.sections[0].footer.paragraphs[0].text = "{{ number }}"
    section = Document(BytesIO(fill(saved(document), filled(FIELDS, FACTS)))).sections[0]
    assert (section.header.paragraphs[0].text, section.footer.paragraphs[0].text) == ("甲<b>&乙", "【待补充：文号】")


def test_tracked_changes_are_taken_as_accepted_and_said() -> None:
    document = Document()
    paragraph = document.add_paragraph("共")
    kept, gone = (f'<w:{tag} {nsdecls("w")} w:id="1" w:author="甲"><w:r><w:{text}>{{{{ {field} }}}}</w:{text}></w:r></w:{tag}>'
                  for tag, text, field in (("ins", "t", "title"), ("del", "delText", "old")))
    for xml in (gone, kept):
        paragraph._p.append(parse_xml(xml))
    ended = document.add_paragraph()
    ended._p.get_or_add_pPr().append(parse_xml(f'<w:rPr {nsdecls("w")}><w:del w:id="2" w:author="甲"/></w:rPr>'))
    content = saved(document)

    checked = check(content, FIELDS)

    assert (checked.problems, len(checked.warnings)) == ((), 1)
    assert "全部接受" in checked.warnings[0]
    assert made(content) == ["共甲<b>&乙"]
    assert b"w:ins" not in tidied(content)[0]


@pytest.mark.parametrize(("lines", "sentence"), [
    (["{{ titel }}"], "没有“titel”这个字段。是不是“title”（标题）？（正文：“{{ titel }}”）"),
    (["{{ 覆盖率 }}"], "没有“覆盖率”这个字段。是不是“figures.coverage.text”（党组织覆盖率）？"),
    (["{{ zzzz }}"], "没有“zzzz”这个字段。能用的字段见“字段”页"),
    (["{% for one in rows %}", "{{ one.nam }}", "{% endfor %}"], "没有“one.nam”这个字段。是不是“one.name”（姓名）？"),
    (["{% for one in rows %}", "甲", "{% endfor %}", "{{ one.name }}"], "没有“one.name”这个字段"),
    (["{{ title"], "花括号不成对"), (["｛｛ title ｝｝"], "全角"), (["{{ title title }}"], "“{{ title title }}”写法不对"), (["{{ }}"], "写法不对"),
    (["{{ figures.coverage }}"], "“figures.coverage”是一组字段"), (["{{ rows }}"], "“rows”是列表，不能直接写出来"),
    (["{% for one in title %}", "{% endfor %}"], "“title”不是列表"), (["{% for one in rows %}", "甲"], "“for”没有结束，后面缺一个 {% endfor %}"),
    (["{% endif %}"], "多了一个“endif”，前面没有和它成对的 if"), (["{% if title %}", "{% endfor %}"], "多了一个“endfor”"),
    (["甲{% for one in rows %}", "乙{% endfor %}"], "要么在同一段里，要么各自单独占一段"), (["{%p if title %}甲", "{%p endif %}"], "要单独占一段"),
    (["{%tr for one in rows %}", "{%tr endfor %}"], "要放在表格里"), (["{% set a = 1 %}"], "不认识"), (["{% include 'a' %}"], "不认识"),
    (["{{ title|upper }}"], "“|upper”不能用"), (["{{ title() }}"], "写法不能用"), (["{{ title[0] }}"], "写法不能用"), (["{{ 'a' * 9 }}"], "写法不能用"),
    (["{{ title.__class__ }}"], "没有“title.__class__”这个字段"), (["{{ (1).__class__ }}"], "写法不能用"),
    (["{% if rows.append(1) %}", "{% endif %}"], "写法不能用"),
    (["{% for one in rows %}", "{{ one.leads }}", "{% endfor %}"], "“one.leads”只能用在 if 里"),
    (["{% for one in rows recursive %}", "{% endfor %}"], "写法不对"), (["{% if title is even %}", "{% endif %}"], "“is even”不能用"),
    (["{% if title == '甲' %}", "{% elif titel %}", "{% endif %}"], "没有“titel”"), (["{% vm %}"], "不认识"), (["{% cellbg title %}"], "不认识"),
])
def test_every_fault_is_said_in_plain_words_with_its_place(lines: list[str], sentence: str) -> None:
    said = told(word(*lines))

    assert any(sentence in one for one in said), said
    assert all("正文：“" in one for one in said)


def test_a_field_in_the_name_of_a_picture_or_in_an_instruction_is_a_fault() -> None:
    document = Document()
    run = document.add_paragraph("{{ title }}").add_run()
    run._r.append(parse_xml(f'<w:instrText {nsdecls("w")}>PAGE {{{{ title }}}}</w:instrText>'))

    assert "字段写在了图片说明、公式或域里" in told(saved(document))[0]


def test_sound_ways_of_writing_pass() -> None:
    content = word(
        "{{ title|default('无', true) }}", "{% if number or rows %}{{ rows|length }}{% endif %}", "{# 备忘 #}完", "{% if title == “甲” %}甲{% endif %}",
    )

    assert told(content) == []
    assert made(content)[2] == "完"


def test_a_template_without_a_field_is_warned_of() -> None:
    checked: Checked = check(word("没有"), FIELDS)

    assert (checked.problems, checked.used) == ((), frozenset())
    assert "模板里没有一个字段" in checked.warnings[0]


def test_what_slips_by_the_check_still_reaches_nothing() -> None:
    environment = Environment()
    values = filled(FIELDS, FACTS)

    for source in ("{{ title.__class__ }}", "{{ title.upper }}", "{{ rows.append }}", "{{ rows[0] }}", "{{ nothing.at.all }}", "{{ self.x }}", "{{ range }}"):
        assert environment.from_string(source).render(values) in ("【待补充】", ""), source
    with pytest.raises(Unfillable):
        fill(word("{{ title() }}"), values)


def test_broken_markup_is_a_fault_and_not_mended_in_silence() -> None:
    document = Document()
    table = document.add_table(rows=1, cols=1)
    table.rows[0].cells[0].text = "甲{% for one in rows %}"
    document.add_paragraph("乙{% endfor %}")

    with pytest.raises(Unfillable, match="跨了段落、表格"):
        fill(saved(document), filled(FIELDS, FACTS))


@pytest.mark.parametrize("instruction", ["INCLUDEPICTURE http://example.org/a.png", "INCLUDETEXT /etc/passwd", "DDEAUTO cmd"])
def test_a_field_that_fetches_other_files_is_refused(instruction: str) -> None:
    document = Document()
    document.add_paragraph().add_run()._r.append(parse_xml(f'<w:instrText {nsdecls("w")} xml:space="preserve"> {instruction} </w:instrText>'))

    with pytest.raises(Unfit, match="会读取别处内容的域"):
        look_at("模板.docx", saved(document))


def test_a_note_part_that_is_broken_is_refused_before_anything_reads_it() -> None:
    file = BytesIO(word("{{ title }}"))
    with ZipFile(file, "a") as archive:
        archive.writestr("word/footnotes.xml", "<w:footnotes")

    with pytest.raises(Unfit, match="打不开"):
        look_at("模板.docx", file.getvalue())


def test_a_placeholder_wrapped_beyond_measure_is_a_fault() -> None:
    assert told(word("{{ " + "(" * 3000 + "title" + ")" * 3000 + " }}"))


def test_a_sound_file_is_taken_in() -> None:
    assert look_at("夹/模板.docx", word("{{ title }}")).name == "模板.docx"
    assert sample(FIELDS)["rows"][0]["name"] == "〔姓名〕"


DRAWN = (*FIELDS, Field("charts", "各图", of=(Field("title", "图的标题"), Field("chart", "图", drawn=True))))


def test_the_places_of_pictures_are_found_in_their_order() -> None:
    content = word("{{ title }}", "{% for one in charts %}", "{{ one.title }}", "{{ one.chart }}", "{% endfor %}")
    values = filled(DRAWN, {"title": "甲", "charts": [{"title": "\ufdd07\ufdd0", "chart": 1}, {"title": "乙", "chart": 2}]})

    document = Document(BytesIO(fill(content, values)))

    assert [number for _, number in drawn_in(document)] == [1, 2]
    assert [one.text for one in document.paragraphs][:2] == ["甲", "7"]


@pytest.mark.parametrize("line", ["图：{{ one.chart }}", "{{ one.chart }}{{ one.title }}"])
def test_a_picture_stands_alone_in_its_paragraph(line: str) -> None:
    found = check(word("{% for one in charts %}", line, "{% endfor %}"), DRAWN).problems

    assert "图要放在正文里，单独占一段" in str(found[0])


def test_a_picture_in_a_header_is_refused() -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "{{ chart }}"

    assert "图要放在正文里" in str(check(saved(document), (Field("chart", "图", drawn=True),)).problems[0])


def test_what_is_blank_on_purpose_is_no_gap() -> None:
    assert made(word("甲{{ title }}乙"), {"title": Blank("")}) == ["甲乙"]
