"""The calendar in a browser: a gap opens its panel, the office agrees to excuse it, and the cell says so."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESKTOP, TELEPHONE, Site, no_serious_faults, served, visitor

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demonstration, served."""
    with served(tmp_path_factory.mktemp("city")) as site:
        yield site


def signed_in(browser: Browser, site: Site, size: dict[str, int]) -> Page:
    """A page of the office's editor."""
    page = visitor(browser, site, size).new_page()
    page.goto("/login/")
    page.get_by_label("账号").fill("wangmin")
    page.get_by_label("密码").fill((site.data / "demonstration_sign_in.txt").read_text())
    page.get_by_role("button", name="登录").click()
    page.wait_for_load_state("load")
    return page


def test_a_gap_is_opened_and_excused(chromium: Browser, city: Site) -> None:
    page = signed_in(chromium, city, DESKTOP)
    page.goto("/calendar/")
    gap = page.locator("a.cell.late", has_text="缺 1").first
    address = gap.get_attribute("href") or ""
    no_serious_faults(page)

    gap.click()
    panel = page.locator("#drill")
    expect(panel.get_by_role("heading", level=2)).to_contain_text("月")
    expect(panel).to_contain_text("应开")
    expect(page).to_have_url(re.compile(r"/calendar/(\?|$)"))
    no_serious_faults(page)

    panel.get_by_role("link", name="同意免除").first.click()
    page.get_by_label("同意免除的原因").fill("当月防汛，全员值守")
    no_serious_faults(page)
    page.get_by_role("button", name="同意免除").click()
    expect(page.get_by_role("main")).to_contain_text("当月防汛，全员值守")
    page.goto("/calendar/")
    expect(page.locator(f'a.cell[href="{address}"]')).to_have_text("说明")


def test_a_telephone_opens_the_month_as_a_page(chromium: Browser, city: Site) -> None:
    page = signed_in(chromium, city, TELEPHONE)
    page.goto("/calendar/")
    no_serious_faults(page)

    page.locator("a.cell:visible").first.click()

    page.wait_for_url(re.compile(r"/calendar/\d+/\d{4}-\d\d/"))
    no_serious_faults(page)


@pytest.mark.parametrize("path", ["/calendar/slots/", "/findings/", "/rules/", "/rules/?show=norms", "/rules/LIFE-05/"])
@pytest.mark.parametrize("size", [DESKTOP, TELEPHONE], ids=["desktop", "telephone"])
def test_the_other_pages_have_no_serious_faults(chromium: Browser, city: Site, path: str, size: dict[str, int]) -> None:
    page = signed_in(chromium, city, size)
    page.goto(path)

    no_serious_faults(page)
