"""An empty installation: the first page, the first account, the guided empty state."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import ACCOUNT, DESKTOP, PASSWORD, TELEPHONE, Site, no_serious_faults, sign_in, visitor

pytestmark = pytest.mark.browser


def test_the_office_registers_itself_and_is_told_what_comes_next(site: Site, chromium: Browser) -> None:
    page = visitor(chromium, site, DESKTOP).new_page()
    page.goto(site.setup)
    no_serious_faults(page)

    page.get_by_role("button", name="开始").click()
    expect(page.get_by_role("alert")).to_contain_text("请填本单位名称")
    for label, value in (("本单位名称", "云泽市工商联"), ("行政区划代码", "990200"), ("您的姓名", "王敏"), ("您的账号", ACCOUNT)):
        page.get_by_label(label).fill(value)
    page.get_by_label("新密码").fill(PASSWORD)
    page.get_by_label("再输一遍").fill(PASSWORD)
    page.get_by_role("button", name="开始").click()

    expect(page).to_have_url(f"{site.address}/")
    expect(page.get_by_role("main")).to_contain_text("导入")
    no_serious_faults(page)


@pytest.mark.parametrize("size", [DESKTOP, TELEPHONE], ids=["desktop", "telephone"])
def test_pages_of_an_empty_installation_have_no_faults(site: Site, chromium: Browser, size: dict[str, int]) -> None:
    page = visitor(chromium, site, size).new_page()
    sign_in(page)
    places = page.locator("nav.nav a").evaluate_all("links => links.map(link => link.getAttribute('href'))")

    for address in filter(None, places):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        no_serious_faults(page)
