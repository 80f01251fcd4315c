"""A receiver changes its form: the office changes the layout on a page, sees the new preview, makes the return, and takes the layout along as a file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from python_calamine import CalamineWorkbook

from tests.browser.conftest import DESKTOP, TELEPHONE, Site, no_serious_faults, served
from tests.browser.test_case import signed_in

pytestmark = pytest.mark.browser
LAYOUT = "chamber-ledger"


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demonstration, served."""
    with served(tmp_path_factory.mktemp("city")) as site:
        yield site


@pytest.mark.parametrize("size", [DESKTOP, TELEPHONE])
def test_a_heading_is_changed_a_column_moved_and_the_return_made(city: Site, chromium: Browser, size: dict[str, int], tmp_path: Path) -> None:
    page = signed_in(chromium, city, "wangmin", size)
    heading = f"商会全称{size['width']}"
    page.goto("/returns/")
    no_serious_faults(page)
    page.goto(f"/returns/{LAYOUT}/?on=2022-06-30")
    first = page.locator("thead th").all_inner_texts()
    no_serious_faults(page)
    page.get_by_role("link", name="改版式").click()
    page.get_by_label("标题").nth(1).fill(heading)
    page.get_by_label("次序").nth(1).fill("999")
    no_serious_faults(page)
    page.get_by_role("button", name="保存").click()

    page.wait_for_url(f"**/returns/{LAYOUT}/")
    expect(page.locator("thead th").last).to_have_text(heading)
    assert page.locator("thead th").count() == len(first)
    page.goto(f"/returns/{LAYOUT}/?on=2022-06-30")
    page.get_by_role("link", name="生成").click()
    no_serious_faults(page)
    page.get_by_role("main").get_by_role("button").first.click()
    page.goto("/returns/kept/")
    no_serious_faults(page)
    with page.expect_download() as waiting:
        page.locator("table.tbl tbody tr a").first.click()
    waiting.value.save_as(tmp_path / "报表.xlsx")
    cells = CalamineWorkbook.from_path(str(tmp_path / "报表.xlsx")).get_sheet_by_index(0).to_python()
    assert any(row[len(first) - 1] == heading for row in cells)
    page.goto(f"/returns/{LAYOUT}/")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="导出版式").click()
    waiting.value.save_as(tmp_path / "版式.json")
    assert json.loads((tmp_path / "版式.json").read_text())["columns"][-1]["title"] == heading
