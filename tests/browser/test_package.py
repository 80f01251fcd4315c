"""A city's figures go up as a file: two installations, cards exchanged, drafted, checked, sent, verified, accepted, traced, receipted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import DESKTOP, PASSWORD, TELEPHONE, Site, no_serious_faults, served, sign_in, visitor
from tests.browser.test_case import signed_in

pytestmark = pytest.mark.browser
CARD, PACKAGE, RECEIPT = "名片.json", "上报.shpkg", "回执.shpkg"


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demonstration, which reports."""
    with served(tmp_path_factory.mktemp("city")) as site:
        yield site


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An installation of its own, which is reported to."""
    with served(tmp_path_factory.mktemp("province"), "--empty") as site:
        yield site


def _set_up(page: Page, site: Site) -> None:
    """云岭省 begins, and opens the city as one of its federations."""
    page.goto(site.setup)
    for label, value in (("本单位名称", "云岭省工商联"), ("行政区划代码", "990000"), ("您的姓名", "高岭"), ("您的账号", "wangmin")):
        page.get_by_label(label).fill(value)
    page.get_by_label("新密码").fill(PASSWORD)
    page.get_by_label("再输一遍").fill(PASSWORD)
    page.get_by_role("button", name="开始").click()
    page.wait_for_url(f"{site.address}/")
    page.goto("/tree/new/")
    page.get_by_label("名称").first.fill("云泽市工商联")
    page.get_by_label("行政区划代码").fill("990200")
    page.get_by_label("上级工商联").select_option(label="云岭省工商联")
    page.get_by_role("button", name="保存").click()
    page.wait_for_url(re.compile(r"/tree/\d+/"))


def _saved(page: Page, link: Locator, to: Path) -> Path:
    with page.expect_download() as waiting:
        link.click()
    waiting.value.save_as(to)
    return to


def _card_of(page: Page, to: Path) -> Path:
    page.goto("/packages/partners/")
    no_serious_faults(page)
    return _saved(page, page.get_by_role("link", name="本单位名片"), to)


def _enter(page: Page, card: Path, side: str, unit: str = "") -> None:
    page.goto("/packages/partners/new/")
    page.locator("input[type=file]").set_input_files(card)
    page.get_by_role("radio", name=side).check()
    if unit:
        page.get_by_label("下级代表本平台的哪个单位").select_option(label=unit)
    no_serious_faults(page)
    page.get_by_role("button", name="登记").click()
    expect(page.get_by_role("main")).to_contain_text("核对指纹")


def _send(page: Page, to: Path) -> Path:
    """Draft, checked; signed; the file."""
    page.goto("/packages/new/")
    page.get_by_label("数据截至").fill("2022-06-30")
    page.get_by_role("radio", name=re.compile("姓名遮去")).check()
    no_serious_faults(page)
    page.get_by_role("button", name="核验").click()
    expect(page.get_by_role("main")).to_contain_text("核验时的数")
    no_serious_faults(page)
    page.get_by_role("link", name="报送").click()
    page.get_by_role("button", name="签名并生成文件").click()
    return _saved(page, page.get_by_role("link", name="下载文件"), to)


def _receive(page: Page, package: Path) -> None:
    page.goto("/packages/received/new/")
    page.locator("input[type=file]").set_input_files(package)
    page.get_by_role("button", name="验证").click()


def test_from_the_city_to_the_province_and_back(city: Site, province: Site, chromium: Browser, tmp_path: Path) -> None:
    below = signed_in(chromium, city, "wangmin", DESKTOP)
    above = visitor(chromium, province, DESKTOP).new_page()
    _set_up(above, province)
    _enter(below, _card_of(above, tmp_path / f"上{CARD}"), "我们要报送的上级")
    _enter(above, _card_of(below, tmp_path / f"下{CARD}"), "向我们上报的下级", "云泽市工商联")

    package = _send(below, tmp_path / PACKAGE)
    changed = bytearray(package.read_bytes())
    changed[-1] ^= 1
    (tmp_path / "改过.shpkg").write_bytes(changed)
    _receive(above, tmp_path / "改过.shpkg")
    expect(above.get_by_role("main")).to_contain_text("签名对不上")

    _receive(above, package)
    expect(above.get_by_role("main")).to_contain_text("签名有效")
    expect(above.get_by_role("main")).to_contain_text("34/40")
    no_serious_faults(above)
    above.get_by_role("main").get_by_role("link", name="34/40").first.click()
    expect(above.locator("table tbody tr")).to_have_count(34)
    no_serious_faults(above)
    above.go_back()
    above.get_by_role("link", name="接收", exact=True).click()
    above.get_by_role("button", name="接收").click()
    receipt = _saved(above, above.get_by_role("link", name="下载回执"), tmp_path / RECEIPT)
    above.goto("/coverage/?on=2022-06-30")
    expect(above.get_by_role("main")).to_contain_text("下级上报的数")
    no_serious_faults(above)
    _receive(above, package)
    expect(above.get_by_role("main")).to_contain_text("以前收过了")

    below.goto("/packages/receipt/")
    below.locator("input[type=file]").set_input_files(receipt)
    below.get_by_role("button", name="登记").click()
    expect(below.get_by_role("main")).to_contain_text("已接收")
    no_serious_faults(below)


@pytest.mark.parametrize("address", ["/packages/", "/packages/received/", "/packages/received/1/", "/packages/partners/", "/coverage/?on=2022-06-30"])
def test_what_came_is_read_on_a_telephone(province: Site, chromium: Browser, address: str) -> None:
    page = visitor(chromium, province, TELEPHONE).new_page()
    sign_in(page)

    answer = page.goto(address)

    assert answer is not None
    assert answer.status == 200
    no_serious_faults(page)
