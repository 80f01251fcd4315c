"""The main job, as an office does it: sign in, import, dry run, confirm, coverage, open a figure, work a gap, report, download."""

from __future__ import annotations

import io
import re
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ACCOUNT, DESKTOP, PASSWORD, TELEPHONE, Site, no_serious_faults, sign_in, visitor

pytestmark = pytest.mark.browser
WORKBOOK = Path(__file__).parents[1] / "data" / "ledgers" / "d01_city_ledger_2022H1.xlsx"


def _set_up(page: Page, site: Site) -> None:
    page.goto(site.setup)
    for label, value in (("本单位名称", "云泽市工商联"), ("行政区划代码", "990200"), ("您的姓名", "王敏"), ("您的账号", ACCOUNT)):
        page.get_by_label(label).fill(value)
    page.get_by_label("新密码").fill(PASSWORD)
    page.get_by_label("再输一遍").fill(PASSWORD)
    page.get_by_role("button", name="开始").click()
    page.wait_for_url(f"{site.address}/")


def _import(page: Page) -> None:
    page.goto("/imports/new/")
    no_serious_faults(page)
    page.locator("input[type=file]").set_input_files(WORKBOOK)
    page.get_by_role("button", name="上传并读取").click()
    page.wait_for_url(re.compile(r"/imports/\d+/"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def _confirm(page: Page) -> None:
    page.goto(f"{page.url.split('?')[0]}?step=changes")
    no_serious_faults(page)
    expect(page.get_by_role("main")).to_contain_text("新增")
    page.get_by_role("button", name="确认").click()
    expect(page.get_by_role("link", name="整批撤销")).to_be_visible(timeout=60_000)
    no_serious_faults(page)


def _coverage_and_a_figure(page: Page) -> None:
    page.goto("/coverage/?on=2022-06-30")
    expect(page.get_by_role("main")).to_contain_text("85.0%")
    expect(page.get_by_role("main")).to_contain_text("100.0%")
    no_serious_faults(page)
    page.get_by_role("main").get_by_role("link", name="34", exact=False).first.click()
    expect(page).to_have_url(re.compile(r"/figures/coverage\.organization/"))
    expect(page.locator("table.tbl tbody tr")).to_have_count(34)
    no_serious_faults(page)


def _work_a_gap(page: Page) -> None:
    page.goto("/gaps/")
    expect(page.get_by_role("main")).to_contain_text("云泽市印刷包装商会")
    no_serious_faults(page)
    page.get_by_role("row", name=re.compile("云泽市印刷包装商会")).locator("a[href*='/gaps/']").first.click()
    page.get_by_role("radio", name="不足3名").check()
    page.get_by_role("radio", name="联合组建").check()
    page.get_by_label("经办人").fill("王敏")
    no_serious_faults(page)
    page.get_by_role("button", name="保存").click()
    page.goto("/gaps/")
    expect(page.get_by_role("main")).to_contain_text("王敏")


def _report(page: Page) -> bytes:
    page.goto("/reports/new/")
    page.get_by_role("link", name="半年工作总结").click()
    page.get_by_label("数据截至").fill("2022-06-30")
    no_serious_faults(page)
    page.get_by_role("button", name="生成草稿").click()
    expect(page.get_by_role("main")).to_contain_text("34家")
    no_serious_faults(page)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="下载 Word").click()
    return Path(waiting.value.path()).read_bytes()


def test_from_the_offices_own_workbook_to_the_report(site: Site, chromium: Browser) -> None:
    page = visitor(chromium, site, DESKTOP).new_page()
    _set_up(page, site)
    _import(page)
    _confirm(page)
    _coverage_and_a_figure(page)
    _work_a_gap(page)

    text = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(_report(page))).paragraphs)

    for said in ("40", "34", "85%", "362", "31", "85", "15"):
        assert said in text


@pytest.mark.parametrize("address", [
    "/", "/imports/new/", "/imports/", "/imports/1/", "/coverage/?on=2022-06-30", "/figures/coverage.organization/?on=2022-06-30",
    "/gaps/", "/reports/", "/reports/new/", "/reports/1/", "/chambers/", "/people/", "/activities/new/",
])
def test_the_same_pages_on_a_telephone(site: Site, chromium: Browser, address: str) -> None:
    page = visitor(chromium, site, TELEPHONE).new_page()
    sign_in(page)

    answer = page.goto(address)

    assert answer is not None
    assert answer.status == 200
    no_serious_faults(page)


def test_the_job_is_done_on_a_telephone_too_and_the_same_file_changes_nothing(site: Site, chromium: Browser) -> None:
    page = visitor(chromium, site, TELEPHONE).new_page()
    sign_in(page)

    _import(page)
    expect(page.get_by_role("main")).to_contain_text("没有变化")
    _coverage_and_a_figure(page)
    _work_a_gap(page)

    assert _report(page).startswith(b"PK")
