"""`report KIND --under CODE --on DATE --out FILE --json`: a file, and figures that are those of `indicators`."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from docx import Document

from tests.reports.test_word_templates import start, upload
from tests.worked_city import CITY

pytestmark = pytest.mark.django_db
KEYS = {"code", "title", "part", "text", "value", "numerator", "denominator", "section"}


def _json(*arguments: str) -> Any:
    out = StringIO()
    call_command(*arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


def _report(path: Path, kind: str = "half-year", under: str = CITY) -> Any:
    return _json("report", kind, "--under", under, "--on", "2022-06-30", "--out", str(path))


def test_it_writes_the_file_and_lists_what_is_in_it(tmp_path: Path) -> None:
    told = _report(tmp_path / "r.docx")

    text = "\n".join(one.text for one in Document(BytesIO((tmp_path / "r.docx").read_bytes())).paragraphs)
    assert told["file"] == str(tmp_path / "r.docx")
    assert (told["kind"], told["as_at"]) == ("half-year", "2022-06-30")
    assert told["title"] == "云泽市商会行业党委2022年上半年商会党建工作总结"
    assert all(set(figure) == KEYS for figure in told["figures"])
    assert all(figure["text"] in text and figure["section"] in text for figure in told["figures"])
    assert all(f"【待补充：{gap['missing']}】" in text for gap in told["gaps"])


def test_every_figure_is_equal_to_indicators(tmp_path: Path) -> None:
    known = {one["code"]: one for one in _json("indicators", "--on", "2022-06-30", "--under", CITY)}

    figures = _report(tmp_path / "r.docx")["figures"]

    assert figures
    for figure in figures:
        same = known[figure["code"]]
        assert {key: figure[key] for key in ("title", "value", "numerator", "denominator")} == {
            key: same[key] for key in ("title", "value", "numerator", "denominator")
        }


@pytest.mark.parametrize(("kind", "under", "name", "said"), [
    ("weekly", CITY, "r.docx", "没有“weekly”这种报告"),
    ("half-year", "999999", "r.docx", "没有代码为 999999 的工商联"),
    ("half-year", CITY, "nowhere/r.docx", "没有文件夹"),
    ("half-year", CITY, "r.txt", "请以 .docx 或 .pdf 结尾"),
])
def test_wrong_usage_is_status_2_and_a_sentence(tmp_path: Path, kind: str, under: str, name: str, said: str) -> None:
    with pytest.raises(CommandError, match=said) as wrong:
        _report(tmp_path / name, kind, under)

    assert wrong.value.returncode == 2
    assert list(tmp_path.iterdir()) == []


def test_without_libreoffice_pdf_is_status_2_and_word_is_offered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shanghui.reports.documents.pdf.converter", lambda: None)

    with pytest.raises(CommandError, match="请先下载 Word") as wrong:
        _report(tmp_path / "r.pdf")

    assert wrong.value.returncode == 2


def test_it_writes_with_the_template_in_force_and_says_so(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    assert _report(tmp_path / "r.docx")["template"] is None
    start(upload("{{ figures.coverage.organization.text }}"), date(2020, 1, 1))

    assert _report(tmp_path / "r.docx")["template"] == "云泽市工商联 第1版"
    assert [one.text for one in Document(str(tmp_path / "r.docx")).paragraphs] == ["85%"]
