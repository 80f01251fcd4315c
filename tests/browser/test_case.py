"""A joint branch in a browser: from the list of uncovered chambers over a plan to its founding, and the coverage that rises by the
chambers of the group from that day on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESKTOP, TELEPHONE, Site, no_serious_faults, served, visitor

pytestmark = pytest.mark.browser

TODAY = date.today()
OPENED, FOUNDED = TODAY - timedelta(days=30), TODAY - timedelta(days=3)
PLANNED = ("云泽市女企业家商会", "云泽市广东商会", "云泽市电脑城商会", "云泽市软件和信息服务业商会")
BY_HAND = ("云泽市印刷包装商会", "云泽市随州商会")


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


def covered(page: Page, day: date) -> int:
    """How many chambers a party organization covers, as the coverage page shows it for a day."""
    page.goto(f"/coverage/?on={day.isoformat()}")
    return int(page.locator('a.fig[href*="/figures/coverage.organization/"]').first.inner_text())


def do(page: Page, title: str, day: date, number: str = "") -> None:
    """Does the next step, which is this one."""
    main = page.get_by_role("main")
    expect(main.get_by_role("heading", name=title, exact=True).first).to_be_visible()
    main.get_by_role("link", name="办这一步").click()
    no_serious_faults(page)
    page.get_by_label("办理时间").fill(day.isoformat())
    if number:
        page.get_by_label("文号").fill(number)
    page.get_by_role("button", name="办完这一步").click()
    expect(page.get_by_role("main").get_by_text(f"“{title}”已登记。")).to_be_visible()


def open_case(page: Page, chambers: tuple[str, ...]) -> str:
    page.goto("/cases/new/establishment/")
    no_serious_faults(page)
    for place, name in enumerate(chambers, start=1):
        page.get_by_label(f"第 {place} 个").fill(name)
    page.get_by_label("立项时间").fill(OPENED.isoformat())
    page.get_by_role("button", name="立项").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("组建党组织")
    return page.url


def plan_and_accept(page: Page, chambers: tuple[str, ...]) -> str:
    """From the list of uncovered chambers to a plan, and its group with these chambers to a case."""
    page.goto("/gaps/")
    page.get_by_role("link", name="规划联合支部").click()
    no_serious_faults(page)
    page.get_by_role("button", name="开始规划").click()
    expect(page.get_by_role("main")).to_contain_text("已证明最优")
    no_serious_faults(page)
    group = page.locator("section.card", has=page.get_by_role("link", name=chambers[0]))
    for name in chambers:
        expect(group).to_contain_text(name)
    group.get_by_role("link", name="立项组建").click()
    no_serious_faults(page)
    page.get_by_label("立项时间").fill(OPENED.isoformat())
    page.get_by_role("button", name="立项").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("组建党组织")
    return page.url


def fill_in(page: Page, case: str, full: int) -> None:
    """People from the ledger, the design as proposed, the first of them as candidate for secretary."""
    page.goto(f"{case}people/")
    page.get_by_role("button", name="按台账列出").click()
    expect(page.get_by_role("main")).to_contain_text(f"编入正式党员 {full} 名")
    no_serious_faults(page)
    page.get_by_role("radio", name="不编入").first.check()
    expect(page.locator("#count")).to_contain_text(f"编入正式党员 {full - 1} 名")
    page.get_by_role("radio", name="组织关系", exact=True).first.check()
    expect(page.locator("#count")).to_contain_text(f"编入正式党员 {full} 名")
    page.get_by_role("button", name="保存").click()
    page.goto(f"{case}design/")
    no_serious_faults(page)
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("main")).to_contain_text("组建方案已保存。")
    page.goto(f"{case}election/")
    page.get_by_label("姓名").first.select_option(index=1)
    page.get_by_role("button", name="保存").click()
    no_serious_faults(page)


def count_votes(page: Page, case: str, full: int) -> None:
    page.goto(f"{case}election/")
    page.get_by_label("赞成票").first.fill(str(full))
    for label in ("应到会有选举权人数", "实到会有选举权人数", "发出选票", "收回选票"):
        page.get_by_label(label).first.fill(str(full))
    people = page.locator("[name=nominee-0-person] option").all_inner_texts()[2:]
    tellers = [one.partition("（")[0] for one in people]
    for label, name in (("主持人", "龙斌贵"), ("监票人", tellers[0]), ("计票人", tellers[1])):
        page.get_by_label(label).fill(name)
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("main")).to_contain_text("人数、选票和得票都对得上")
    no_serious_faults(page)


@pytest.mark.parametrize(
    ("size", "opened", "chambers", "full"), [(DESKTOP, plan_and_accept, PLANNED, 6), (TELEPHONE, open_case, BY_HAND, 3)],
    ids=["desktop", "telephone"],
)
def test_a_joint_branch_is_founded_and_coverage_rises_from_that_day_on(
    chromium: Browser, city: Site, size: dict[str, int], opened: Callable[[Page, tuple[str, ...]], str],
    chambers: tuple[str, ...], full: int,
) -> None:
    wang, chen = signed_in(chromium, city, "wangmin", size), signed_in(chromium, city, "chenlei", size)
    before, eve = covered(wang, FOUNDED), covered(wang, FOUNDED - timedelta(days=1))

    case = opened(wang, chambers)
    no_serious_faults(wang)
    fill_in(wang, case, full)
    wang.goto(case)
    for title, days in (("摸底", 1), ("筹备", 2), ("请示", 3)):
        do(wang, title, OPENED + timedelta(days=days))
    expect(wang.get_by_role("link", name="办这一步")).to_have_count(0)
    expect(wang.get_by_role("main")).to_contain_text("不能自己批自己报的")

    chen.goto(case)
    chen.get_by_role("link", name="起草关于成立党组织的批复").click()
    expect(chen.locator(".sheet")).to_contain_text(f"覆盖范围：{'、'.join(chambers)}")
    no_serious_faults(chen)
    with chen.expect_download() as word:
        chen.get_by_role("link", name="下载 Word").click()
    assert word.value.suggested_filename.endswith(".docx")
    chen.goto(case)
    do(chen, "批复", OPENED + timedelta(days=10), f"云工商党〔{TODAY.year}〕{full}号")

    count_votes(wang, case, full)
    wang.goto(case)
    no_serious_faults(wang)
    do(wang, "成立大会", FOUNDED)
    assert covered(wang, FOUNDED) == before, "only the last step writes into the ledger"
    wang.goto(case)
    do(wang, "选举结果报告", FOUNDED + timedelta(days=1))
    chen.goto(case)
    do(chen, "批准选举结果", FOUNDED + timedelta(days=2), f"云工商党〔{TODAY.year}〕1{full}号")
    no_serious_faults(chen)
    expect(chen.get_by_role("main")).to_contain_text("已办结")

    assert covered(wang, FOUNDED - timedelta(days=1)) == eve
    assert covered(wang, FOUNDED) == before + len(chambers)
    assert covered(wang, TODAY) == before + len(chambers)
