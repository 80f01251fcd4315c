"""A draft is checked in a browser: kept, each finding dealt with, the mended Word taken; our own report has no finding until a figure is changed."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESKTOP, TELEPHONE, Site, no_serious_faults, served
from tests.browser.test_case import signed_in

pytestmark = pytest.mark.browser
WRONG = "截至2022年6月30日，全市40家商会，单独组建28家、联合组建6家，党组织组建率83%。另有商会共10家，其中行业商会6家、异地商会5家。"


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demonstration, served."""
    with served(tmp_path_factory.mktemp("city")) as site:
        yield site


def _word(*paragraphs: str) -> dict[str, object]:
    document, content = docx.Document(), io.BytesIO()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(content)
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return {"name": "汇报稿.docx", "mimeType": kind, "buffer": content.getvalue()}


def _check(page: Page, file: dict[str, object] | Path, button: str) -> None:
    page.goto("/reports/check/")
    page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_label("比哪一天的数").fill("2022-06-30")
    no_serious_faults(page)
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_role("heading", name="核对结果")).to_be_visible()


def _deal_with(page: Page, place: int, how: str, **filled: str) -> None:
    """The finding at this place (the first is 0)."""
    page.get_by_role("link", name=re.compile("^处理$|^改处理$")).nth(place).click()
    no_serious_faults(page)
    page.get_by_role("radio", name=how).check()
    for label, text in filled.items():
        page.get_by_label(re.compile(f"^{label}")).fill(text)
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("heading", name="核对结果")).to_be_visible()


@pytest.mark.parametrize("size", [DESKTOP, TELEPHONE])
def test_a_draft_is_mended_and_comes_back_as_word(city: Site, chromium: Browser, size: dict[str, int]) -> None:
    page = signed_in(chromium, city, "wangmin", size)
    _check(page, _word("关于商会党建情况的汇报", WRONG), "核对并保存")
    main = page.get_by_role("main")
    expect(main).to_contain_text("83%")
    expect(main.locator("ins", has_text="85%").first).to_be_visible()
    expect(main).to_contain_text("与台账不符")
    no_serious_faults(page)
    main.get_by_role("link", name="看台账里的名单").first.click()
    expect(page).to_have_url(re.compile(r"/figures/coverage\."))
    page.go_back()

    _deal_with(page, 0, "改稿", 改成="85%")
    expect(main.locator("del", has_text="83%").first).to_be_visible()
    no_serious_faults(page)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="下载改好的 Word").click()

    body = docx.Document(waiting.value.path()).element.xml
    assert "w:ins" in body
    assert "85%" in body
    assert "w:commentReference" in body


def test_our_own_report_is_sound_until_a_figure_is_changed(city: Site, chromium: Browser, tmp_path: Path) -> None:
    page = signed_in(chromium, city, "wangmin", DESKTOP)
    page.goto("/reports/new/")
    page.get_by_role("link", name="半年工作总结").click()
    page.get_by_label("数据截至").fill("2022-06-30")
    page.get_by_role("button", name="生成草稿").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="下载 Word").click()
    waiting.value.save_as(tmp_path / "总结.docx")
    _check(page, tmp_path / "总结.docx", "核对")
    expect(page.get_by_role("heading", level=1)).to_have_text("没有发现不一致")

    report = docx.Document(str(tmp_path / "总结.docx"))
    run = next(run for paragraph in report.paragraphs for run in paragraph.runs if "85%" in run.text)
    run.text = run.text.replace("85%", "88%")
    report.save(str(tmp_path / "改过.docx"))
    _check(page, tmp_path / "改过.docx", "核对")

    expect(page.get_by_role("heading", level=1)).to_contain_text("不一致")
    expect(page.locator("ins", has_text="85%").first).to_be_visible()
