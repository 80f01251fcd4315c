"""换届 in a browser: from the branch's page through a tie broken by a second ballot to the new term, by two editors; on a telephone."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESKTOP, TELEPHONE, Site, no_serious_faults, served
from tests.browser.test_guides import signed_in

pytestmark = pytest.mark.browser
BRANCH = "云泽市汽配机电商会党支部"


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demonstration, served."""
    with served(tmp_path_factory.mktemp("city")) as site:
        yield site


def done(page: Page, title: str, on: str, number: str = "") -> None:
    """Does the step that stands under this title."""
    page.locator("li", has=page.get_by_role("heading", name=title, exact=True)).get_by_role("link", name="办这一步").click()
    page.get_by_label("办理时间").fill(on)
    if number:
        page.get_by_label("文号").fill(number)
    page.get_by_role("button", name="办完这一步").click()
    expect(page.get_by_role("main")).to_contain_text(f"“{title}”已登记")


def opened(page: Page) -> str:
    """Opens the case from the page of the branch; its address."""
    page.goto("/organizations/")
    page.get_by_role("link", name=BRANCH).first.click()
    page.get_by_role("link", name="开始换届").click()
    expect(page.get_by_label("党组织")).to_have_value(BRANCH)
    page.get_by_label("立项时间").fill("2026-03-01")
    page.get_by_role("button", name="立项").click()
    page.wait_for_url(re.compile(r"/cases/\d+/$"))
    return page.url


def fill_in(page: Page, names: list[str], votes: list[str]) -> None:
    """Candidates for the committee with their votes, the first for secretary."""
    for place, name in enumerate([*names, names[0]]):
        row = f"nominee-{place}"
        if not page.locator(f"[name={row}-person]").count():
            page.get_by_role("button", name="保存").click()
        page.locator(f"[name={row}-person]").select_option(label=name)
        page.locator(f"[name={row}-post]").select_option(label="委员" if place < len(names) else "书记")
        if votes and place < len(names):
            page.locator(f"[name={row}-votes]").fill(votes[place])
    page.get_by_role("button", name="保存").click()


def test_a_branch_elects_its_committee_and_the_new_term_stands_on_its_page(chromium: Browser, city: Site) -> None:
    page, upper = signed_in(chromium, city, "wangmin", DESKTOP), signed_in(chromium, city, "chenlei", DESKTOP)
    case = opened(page)
    no_serious_faults(page)
    done(page, "上级提醒", "2026-03-02")
    page.goto(f"{case}election/")
    expect(page.get_by_role("radio", name="设委员会", exact=True)).to_be_checked()
    page.get_by_role("button", name="保存").click()
    page.goto(case)
    done(page, "研究并请示", "2026-03-10")
    upper.goto(case)
    done(upper, "上级同意换届", "2026-03-20", "云商党〔2026〕5号")

    page.goto(f"{case}election/")
    names = [one for one in page.locator("[name=nominee-0-person] option").all_inner_texts() if "正式党员" in one][:4]
    fill_in(page, names, [])
    page.goto(case)
    done(page, "酝酿提名", "2026-04-01")
    done(page, "预备人选报上级", "2026-04-02")
    upper.goto(case)
    done(upper, "上级同意人选", "2026-04-10", "云商党〔2026〕6号")

    page.goto(f"{case}election/")
    for label in ("实到会有选举权人数", "发出选票", "收回选票"):
        page.get_by_label(label).fill("18")
    others = [one.partition("（")[0] for one in page.locator("[name=nominee-0-person] option").all_inner_texts() if "正式党员" in one][4:]
    page.get_by_label("监票人").fill(others[0])
    page.get_by_label("计票人").fill(others[1])
    fill_in(page, names, ["17", "16", "10", "10"])
    expect(page.get_by_role("main")).to_contain_text("最后一个名额有人得票相等")
    page.goto(f"{case}again/")
    no_serious_faults(page)
    for place, votes in ((0, "10"), (1, "7")):
        page.locator("input[name^=votes-]").nth(place).fill(votes)
    for label in ("再次投票时实到会人数", "再次投票发出选票", "再次投票收回选票"):
        page.get_by_label(label).fill("18")
    page.get_by_role("button", name="保存").click()
    done(page, "党员大会选举", "2026-04-20")

    page.get_by_role("link", name="填写全体会议").click()
    no_serious_faults(page)
    page.get_by_label("到会委员").fill("3")
    page.locator("[name=secretary]").select_option(index=1)
    page.locator("[name=secretary_votes]").fill("3")
    page.get_by_role("button", name="保存").click()
    done(page, "第一次全体会议", "2026-04-20")
    done(page, "报告选举结果", "2026-04-22")
    upper.goto(case)
    expect(upper.get_by_role("main")).to_contain_text("自2026年4月20日起是新的一届")
    done(upper, "上级批准", "2026-05-01", "云商党〔2026〕9号")

    upper.get_by_role("link", name="看党组织").click()
    expect(upper.get_by_role("main")).to_contain_text("2029")
    expect(upper.get_by_role("main")).to_contain_text("选任")


def test_the_forms_of_an_election_fit_a_telephone(chromium: Browser, city: Site) -> None:
    page = signed_in(chromium, city, "wangmin", TELEPHONE)
    page.goto("/organizations/")
    page.get_by_role("link", name="云泽市河南商会党支部").first.click()
    page.get_by_role("link", name="开始换届").click()
    page.get_by_role("button", name="立项").click()
    page.wait_for_url(re.compile(r"/cases/\d+/$"))
    case = page.url
    for part in ("", "voters/", "again/", "election/"):
        page.goto(f"{case}{part}")
        no_serious_faults(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= TELEPHONE["width"], part
