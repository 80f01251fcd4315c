"""An activity recorded on the desk as an office does it: the roster appears, all are marked at once, one item is added, the page opens."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESKTOP, TELEPHONE, Site, no_serious_faults, sign_in, visitor
from tests.browser.test_journey import _confirm, _import, _set_up

pytestmark = pytest.mark.browser
BRANCH = "云泽市汽配机电商会党支部"


def _record(page: Page) -> None:
    page.goto("/activities/new/")
    page.get_by_label("活动类别").select_option("支部党员大会")
    page.get_by_label("活动名称").fill("讨论预备党员转正")
    page.get_by_label("第 1 个").first.fill(BRANCH)
    page.get_by_label("第 1 个").first.press("Tab")
    expect(page.locator(".who").first).to_be_visible()
    page.get_by_role("button", name="全部到会").click()
    page.locator(".who input[value=excused]").first.check()
    expect(page.locator("[data-mark='请假']")).to_have_text("1")
    page.get_by_role("button", name="加一项").click()
    expect(page.locator(".item")).to_have_count(4)
    page.locator("[name=agenda-3-topic]").fill("讨论转正")
    no_serious_faults(page)
    page.get_by_role("button", name="登记", exact=True).last.click()
    page.wait_for_url(re.compile(r"/activities/\d+/"))


def test_a_meeting_is_recorded_with_its_roster_and_its_page_has_no_faults(site: Site, chromium: Browser) -> None:
    page = visitor(chromium, site, DESKTOP).new_page()
    _set_up(page, site)
    _import(page)
    _confirm(page)

    _record(page)

    expect(page.get_by_role("main")).to_contain_text("算作 1 个党组织")
    expect(page.get_by_role("main")).to_contain_text("请假 1")
    no_serious_faults(page)
    address = page.url
    page.emulate_media(media="print")
    for hidden in (page.get_by_role("navigation", name="主导航"), page.locator("#history"), page.locator("input[type=file]"), page.locator(".mtabs")):
        assert not any(one.is_visible() for one in hidden.all())
    expect(page.locator(".print-foot")).to_contain_text("打印于")
    expect(page.locator("#attendance")).to_be_visible()
    small = visitor(chromium, site, TELEPHONE).new_page()
    sign_in(small)
    for place in (address, f"{address}change/", "/activities/new/", "/activities/talks/new/", "/activities/"):
        small.goto(place)
        no_serious_faults(small)
