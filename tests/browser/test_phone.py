"""A meeting on a telephone: five touches, a lost network, a draft after a reload, a visit; once in the ledger each time."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import ROOT, TELEPHONE, Site, no_serious_faults, served, visitor

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demonstration, served."""
    with served(tmp_path_factory.mktemp("city")) as site:
        yield site


def signed_in(browser: Browser, site: Site, account: str) -> tuple[BrowserContext, Page]:
    context = visitor(browser, site, TELEPHONE)
    page = context.new_page()
    _sign_in(page, site, account)
    return context, page


def _sign_in(page: Page, site: Site, account: str, path: str = "/login/") -> None:
    page.goto(path)
    page.get_by_label("账号").fill(account)
    page.get_by_label("密码").fill((site.data / "demonstration_sign_in.txt").read_text())
    page.get_by_role("button", name="登录").click()
    page.wait_for_load_state("load")


def held(site: Site, title: str) -> int:
    """How often it stands in the ledger."""
    asked = f"from shanghui.ledger.activities.models import Activity; print(Activity.objects.filter(title={title!r}).count())"
    said = subprocess.run([sys.executable, str(ROOT / "manage.py"), "shell", "-v", "0", "-c", asked], env=site.env, check=True,
                          capture_output=True, text=True, cwd=ROOT)
    return int(said.stdout.strip().splitlines()[-1])


def write(page: Page, title: str) -> None:
    page.get_by_role("textbox", name="主题", exact=True).fill(title)
    page.locator("#r-minutes").fill("看了三家后厨，定了回访。")


def test_a_meeting_takes_no_more_than_five_touches(chromium: Browser, city: Site) -> None:
    context, page = signed_in(chromium, city, "shuji")
    page.goto("/record/")
    no_serious_faults(page)
    page.evaluate("window.taps = 0; document.addEventListener('click', e => { if (e.isTrusted) sessionStorage.taps = +(sessionStorage.taps || 0) + 1 }, true)")
    write(page, "五下记完一次会")

    page.locator(".chip", has_text="主题党日").first.click()
    page.locator("[data-person] button").nth(0).click()
    page.locator("[data-person] button").nth(1).click()
    expect(page.locator("[data-count=excused]")).to_have_text("2")
    page.get_by_role("button", name="提交").click()
    page.wait_for_url(re.compile(r"/record/\d+/done/"))

    assert page.evaluate("Number(sessionStorage.taps)") <= 5 + 1  # a click on a chip's label is told twice: label and input
    expect(page.get_by_role("main")).to_contain_text("这一次已经计入")
    no_serious_faults(page)
    assert held(city, "五下记完一次会") == 1
    context.close()


def test_without_network_it_waits_and_goes_once(chromium: Browser, city: Site) -> None:
    context, page = signed_in(chromium, city, "shuji")
    page.goto("/record/")
    write(page, "断网也不丢")
    context.set_offline(True)
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("main")).to_contain_text("已存在本机，连上网会自动送出")
    no_serious_faults_offline = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert no_serious_faults_offline
    assert held(city, "断网也不丢") == 0
    stored = page.evaluate("JSON.stringify(localStorage)")
    assert not any(name in stored for name in page.locator("[data-person]").evaluate_all("all => all.map(one => one.dataset.person)"))

    context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online')); window.dispatchEvent(new Event('online'))")
    expect(page.get_by_role("main")).to_contain_text("已送出")
    page.reload()

    expect(page.locator("#waiting .note")).to_have_count(0)
    assert held(city, "断网也不丢") == 1
    context.close()


def _kept(page: Page) -> list[str]:
    """What the worker keeps on the device."""
    return list(page.evaluate("""async () => {
        const found = [];
        for (const name of await caches.keys()) for (const one of await (await caches.open(name)).keys()) found.push(new URL(one.url).pathname);
        return found;
    }"""))


def _start_without_network(context: BrowserContext, page: Page) -> None:
    page.goto("/record/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    context.set_offline(True)
    page.goto("/record/")
    expect(page.get_by_role("main")).to_contain_text("没有网络，也可以先记")


def test_a_start_without_network_records_once_and_keeps_nothing_of_anybody(chromium: Browser, city: Site) -> None:
    context, page = signed_in(chromium, city, "shuji")
    page.goto("/record/")
    names = page.locator("[data-person]").evaluate_all("all => all.map(one => one.dataset.person)")
    _start_without_network(context, page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    write(page, "没有网络开的机")
    page.wait_for_timeout(500)
    page.reload()
    expect(page.get_by_role("main")).to_contain_text("没交的草稿")
    expect(page.get_by_role("textbox", name="主题", exact=True)).to_have_value("没有网络开的机")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("main")).to_contain_text("已存在本机，连上网会自动送出")
    kept = _kept(page)
    assert "/record/shell/" in kept
    assert all(one == "/record/shell/" or one.startswith("/static/") for one in kept)
    shell = page.evaluate("async () => (await (await caches.match('/record/shell/', {ignoreVary: true})).text()) + JSON.stringify(localStorage)")
    assert not any(name in shell for name in names)

    context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online')); window.dispatchEvent(new Event('online'))")
    expect(page.get_by_role("main")).to_contain_text("已送出")
    page.get_by_role("link", name="名单还没点，去补上").click()
    page.get_by_role("link", name="补上").click()
    expect(page.get_by_role("textbox", name="主题", exact=True)).to_have_value("没有网络开的机")
    page.locator("[data-person] button").first.click()
    page.get_by_role("button", name="提交").click()
    page.wait_for_url(re.compile(r"/record/\d+/done/"))

    expect(page.get_by_role("main")).to_contain_text("这一次已经计入")
    assert held(city, "没有网络开的机") == 1
    context.close()


def test_after_signing_out_a_start_without_network_knows_nobody(chromium: Browser, city: Site) -> None:
    context, page = signed_in(chromium, city, "shuji")
    page.goto("/record/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.goto("/my-access/")
    page.locator("summary.me").click()
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url("**/login/**")
    context.set_offline(True)
    page.goto("/record/")

    expect(page.get_by_role("main")).to_contain_text("没有登录过，或者已经退出")
    expect(page.get_by_role("button", name="提交")).to_be_hidden()
    assert page.evaluate("Object.keys(localStorage).filter(name => name.startsWith('shanghui.')).length") == 0
    context.close()


def test_another_kind_without_network_has_its_names_and_another_day_says_that_they_follow(chromium: Browser, city: Site) -> None:
    context, page = signed_in(chromium, city, "shuji")
    page.goto("/record/?type=theme_day")
    everybody = page.locator("[data-person]").count()
    context.set_offline(True)
    page.locator(".chip", has_text="支委会").first.click()
    expect(page.locator("[data-count=expected]")).not_to_have_text(str(everybody))
    page.locator(".chip", has_text="主题党日").first.click()
    expect(page.locator("[data-person]")).to_have_count(everybody)
    page.locator("summary", has_text="没写地点").click()
    page.locator("#r-held_on").fill("2026-01-05")
    page.locator("#r-held_on").dispatch_event("change")
    expect(page.get_by_role("main")).to_contain_text("名单没有换成新的")

    context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("[data-stale-note]")).to_have_count(0)
    context.close()


def test_an_answer_that_is_lost_doubles_nothing(chromium: Browser, city: Site) -> None:
    context, page = signed_in(chromium, city, "shuji")
    page.goto("/record/")
    write(page, "回执丢了")
    lost: list[str] = []

    def lose(route: object) -> None:
        route.fetch()  # type: ignore[attr-defined]
        lost.append("once")
        route.abort()  # type: ignore[attr-defined]

    page.route("**/record/", lose, times=1)
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("main")).to_contain_text("已存在本机")
    page.reload()
    expect(page.get_by_role("main")).to_contain_text("已送出")

    assert lost == ["once"]
    assert held(city, "回执丢了") == 1
    context.close()


def test_a_draft_is_there_after_a_reload_and_can_be_dropped(chromium: Browser, city: Site) -> None:
    context, page = signed_in(chromium, city, "shuji")
    page.goto("/record/")
    write(page, "没写完")
    page.locator("[data-person] button").first.click()
    page.wait_for_timeout(500)
    page.reload()

    expect(page.get_by_role("main")).to_contain_text("没交的草稿")
    expect(page.get_by_role("textbox", name="主题", exact=True)).to_have_value("没写完")
    expect(page.locator("[data-count=excused]")).to_have_text("1")
    no_serious_faults(page)
    page.get_by_role("button", name="丢掉").click()
    expect(page.get_by_role("textbox", name="主题", exact=True)).to_have_value("")
    page.reload()
    expect(page.get_by_role("main")).not_to_contain_text("没交的草稿")
    context.close()


def test_another_kind_brings_other_names_and_a_refusal_keeps_what_was_typed(chromium: Browser, city: Site) -> None:
    context, page = signed_in(chromium, city, "shuji")
    page.goto("/record/")
    everybody = page.locator("[data-person]").count()
    page.locator(".chip", has_text="谈心谈话").click()
    expect(page.locator("#roster")).to_contain_text("谁和谁谈")
    expect(page.locator("#r-minutes")).to_be_hidden()
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("main")).to_contain_text("至少 2 人")
    page.locator(".chip", has_text="主题党日").first.click()
    expect(page.locator("[data-person]")).to_have_count(everybody)
    page.get_by_role("button", name="提交").click()
    expect(page.locator("#e-title")).to_contain_text("请填主题")
    no_serious_faults(page)
    context.close()


def test_an_expired_session_says_so_and_signing_out_asks_and_wipes(chromium: Browser, city: Site) -> None:
    context, page = signed_in(chromium, city, "shuji")
    page.goto("/record/")
    write(page, "登录过期")
    context.clear_cookies(name="shanghui_session")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("main")).to_contain_text("请重新登录，登录后自动送出")
    _sign_in(page, city, "shuji", "/login/?next=/record/")
    expect(page.get_by_role("main")).to_contain_text("已送出")
    assert held(city, "登录过期") == 1

    write(page, "退出前没送出")
    context.set_offline(True)
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("main")).to_contain_text("已存在本机")
    page.route("**/record/", lambda route: route.abort())
    context.set_offline(False)
    page.goto("/my-access/")
    asked: list[str] = []
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept())[0])
    page.locator("summary.me").click()
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url("**/login/**")

    assert "1 条没有送出" in asked[0]
    assert page.evaluate("Object.keys(localStorage).filter(name => name.startsWith('shanghui.')).length") == 0
    context.close()


def test_a_code_on_the_wall_brings_a_member_onto_the_list(chromium: Browser, city: Site) -> None:
    context, page = signed_in(chromium, city, "shuji")
    page.goto("/record/")
    page.get_by_role("link", name="扫码签到").click()
    page.get_by_role("button", name="启用扫码签到").click()
    no_serious_faults(page)
    page.get_by_role("link", name="回到记录").click()
    page.get_by_role("textbox", name="主题", exact=True).fill("先开签到")
    page.get_by_role("button", name="先开签到").click()
    page.wait_for_url(re.compile(r"/sign/[^/]+/wall/"))
    no_serious_faults(page)
    other, telephone = signed_in(chromium, city, "dangyuan")
    telephone.goto(page.url.replace("wall/", ""))
    no_serious_faults(telephone)
    telephone.get_by_role("button", name="签到", exact=True).click()
    expect(telephone.get_by_role("main")).to_contain_text("已签到")

    page.get_by_role("button", name="结束签到，回到记录").click()
    expect(page.locator("[data-count=present]")).to_have_text("1")
    page.locator("#r-minutes").fill("看了三家后厨。")
    page.get_by_role("button", name="提交").click()
    page.wait_for_url(re.compile(r"/record/\d+/done/"))
    expect(page.get_by_role("main")).to_contain_text("到会 1/")
    other.close()
    context.close()


def test_a_visit_is_written_without_network_and_goes_once(chromium: Browser, city: Site) -> None:
    context, page = signed_in(chromium, city, "zhidaoyuan")
    page.goto("/visits/new/")
    page.get_by_role("link", name="云泽市印刷包装商会").click()
    no_serious_faults(page)
    page.locator(".chip", has_text="会长").first.click()
    page.get_by_label("说定的事").fill("会长同意联合组建")
    context.set_offline(True)
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("main")).to_contain_text("已存在本机")
    context.set_offline(False)
    expect(page.get_by_role("main")).to_contain_text("已送出")
    page.get_by_role("link", name="看记录").click()
    expect(page.get_by_role("main")).to_contain_text("会长同意联合组建")
    page.goto("/visits/")
    expect(page.get_by_role("main")).to_contain_text("共 1 次")
    no_serious_faults(page)
    context.close()
