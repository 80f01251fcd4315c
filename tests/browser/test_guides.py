"""Guides in a browser: a proposal changed and confirmed at the desk and taken back; one's own chambers on a telephone."""

from __future__ import annotations

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


def signed_in(browser: Browser, site: Site, account: str, size: dict[str, int]) -> Page:
    page = visitor(browser, site, size).new_page()
    page.goto("/login/")
    page.get_by_label("账号").fill(account)
    page.get_by_label("密码").fill((site.data / "demonstration_sign_in.txt").read_text())
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/")
    return page


def test_a_proposal_is_changed_by_hand_confirmed_and_taken_back(chromium: Browser, city: Site) -> None:
    page = signed_in(chromium, city, "wangmin", DESKTOP)
    page.goto("/guides/plan/")
    no_serious_faults(page)
    page.get_by_role("checkbox", name="龙斌贵（现在联系").uncheck()
    page.get_by_role("button", name="看方案").click()
    no_serious_faults(page)
    loads = page.get_by_role("region", name="每人联系几家").or_(page.locator("section", has_text="每人联系几家")).first
    expect(loads).to_contain_text("龙斌贵")
    page.get_by_label("云泽市电脑城商会由谁联系").select_option(label="于辉鹏")
    page.get_by_label("云泽市广东商会由谁联系").select_option(label="于辉鹏")
    page.get_by_role("button", name="按改动重算负担").click()
    expect(page.locator("tr", has_text="于辉鹏").filter(has_text="4").last).to_be_visible()

    page.get_by_role("button", name="确认选派").click()

    expect(page.get_by_role("main")).to_contain_text("2 家商会有了新的指导员")
    expect(page.locator("tbody tr", has=page.get_by_role("rowheader", name="于辉鹏"))).to_contain_text("4 家")
    page.get_by_role("link", name="撤销这一步").click()
    page.get_by_role("button", name="撤销", exact=True).click()
    page.goto("/guides/")
    expect(page.locator("tbody tr", has=page.get_by_role("rowheader", name="龙斌贵"))).to_contain_text("2 家")


def test_a_guide_finds_what_is_missing_and_writes_a_visit_down_on_a_telephone(chromium: Browser, city: Site) -> None:
    page = signed_in(chromium, city, "zhidaoyuan", TELEPHONE)
    page.goto("/my-chambers/")
    no_serious_faults(page)
    card = page.locator("section.card", has_text="云泽市印刷包装商会")
    expect(card).to_contain_text("还差 1 名正式党员")
    card.get_by_role("link", name="记一次走访").click()
    page.get_by_label("说定的事").fill("会长愿意联合组建")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("link", name="再记一次")).to_be_visible()

    page.goto("/my-chambers/")
    expect(page.locator("section.card", has_text="云泽市印刷包装商会")).to_contain_text("会长愿意联合组建")
    page.get_by_role("link", name="本月走访月报").click()
    expect(page.get_by_role("article", name="月报")).to_contain_text("说定：会长愿意联合组建")
    no_serious_faults(page)


def test_handing_over_and_two_posts_have_no_faults(chromium: Browser, city: Site) -> None:
    for size in (DESKTOP, TELEPHONE):
        page = signed_in(chromium, city, "wangmin", size)
        page.goto("/guides/")
        page.get_by_role("link", name="郭丽静").click()
        no_serious_faults(page)
        page.get_by_role("link", name="移交").click()
        no_serious_faults(page)
        page.goto("/cross/")
        no_serious_faults(page)
        page.get_by_role("link", name="书记，会长").click()
        expect(page.get_by_role("main")).to_contain_text("共 9 人次")
        page.go_back()
        expect(page.get_by_role("heading", name="交叉任职")).to_be_visible()
