"""A template changed in a browser: downloaded, refused for a wrong field, mended, tried, put in force, seen in a report, ended; on a telephone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from docx.shared import RGBColor
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import DESKTOP, TELEPHONE, Site, no_serious_faults, served
from tests.browser.test_guides import signed_in

pytestmark = pytest.mark.browser
HALF_YEAR = "/templates/report.half-year/"
HEAD, LINE = "云泽市工商联文件", "全市商会党组织覆盖率{{ figures.coverage.organization.text }}"


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demonstration, served."""
    with served(tmp_path_factory.mktemp("city")) as site:
        yield site


def got(page: Page, link: Locator, folder: Path, name: str) -> Path:
    """The file behind a link."""
    with page.expect_download() as waited:
        link.click()
    waited.value.save_as(folder / name)
    return folder / name


def lines(path: Path) -> list[str]:
    return [one.text for one in Document(str(path)).paragraphs]


def changed(shipped: Path, folder: Path, name: str, added: str) -> Path:
    """The template with a red head on top and a line at its end."""
    document = Document(str(shipped))
    document.paragraphs[0].insert_paragraph_before().add_run(HEAD).font.color.rgb = RGBColor(200, 0, 0)
    document.add_paragraph(added)
    document.save(str(folder / name))
    return folder / name


def upload(page: Page, path: Path) -> None:
    page.get_by_label("模板文件").set_input_files(path)
    page.get_by_role("button", name="上传并检查").click()


def word_of(page: Page, report: str, folder: Path, name: str) -> list[str]:
    page.goto(report)
    return lines(got(page, page.get_by_role("link", name="下载 Word"), folder, name))


def test_an_office_changes_the_template_of_its_report(chromium: Browser, city: Site, tmp_path: Path) -> None:
    page = signed_in(chromium, city, "wangmin", DESKTOP)
    page.goto("/templates/")
    no_serious_faults(page)
    page.get_by_role("link", name="半年工作总结").click()
    expect(page.get_by_role("main")).to_contain_text("还没有自己的模板")
    no_serious_faults(page)
    shipped = got(page, page.get_by_role("link", name="下载自带模板"), tmp_path, "shipped.docx")
    assert "{{ section.heading }}" in lines(shipped)

    page.get_by_role("link", name="字段", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("{{ figures.coverage.organization.text }}")
    no_serious_faults(page)
    page.go_back()

    page.get_by_role("link", name="上传模板").click()
    upload(page, changed(shipped, tmp_path, "wrong.docx", "覆盖率{{ figures.coverage.organisation.text }}"))
    expect(page.get_by_role("alert")).to_contain_text("是不是“figures.coverage.organization.text”（党组织覆盖率）？")
    no_serious_faults(page)
    upload(page, changed(shipped, tmp_path, "template.docx", LINE))
    page.wait_for_url(re.compile(r"/templates/versions/\d+/$"))
    version = page.url
    expect(page.get_by_role("main")).to_contain_text("检查通过，已保存，还没有启用")
    no_serious_faults(page)

    tried = lines(got(page, page.get_by_role("link", name=re.compile("现在的台账.*试填 Word")), tmp_path, "tried.docx"))
    assert tried[0] == HEAD
    assert tried[-1] == "全市商会党组织覆盖率85%"

    page.goto("/reports/new/")
    page.get_by_role("link", name="半年工作总结").click()
    page.get_by_role("button", name="生成草稿").click()
    page.wait_for_url(re.compile(r"/reports/\d+/$"))
    report = page.url
    expect(page.get_by_role("main")).to_contain_text("系统自带的公文版式")
    assert HEAD not in word_of(page, report, tmp_path, "before.docx")

    page.goto(version)
    page.get_by_role("link", name="启用", exact=True).click()
    no_serious_faults(page)
    page.get_by_role("button", name="启用").click()
    expect(page.get_by_role("main")).to_contain_text("在用")
    assert word_of(page, report, tmp_path, "used.docx")[0] == HEAD
    expect(page.get_by_role("link", name="云泽市工商联的模板第 1 版")).to_have_attribute("href", version.removeprefix(city.address))

    page.goto(version)
    page.get_by_role("link", name="停用", exact=True).click()
    page.get_by_role("button", name="停用").click()
    expect(page.get_by_role("main")).to_contain_text("没有启用")
    assert HEAD not in word_of(page, report, tmp_path, "after.docx")


def test_templates_are_seen_and_ended_on_a_telephone(chromium: Browser, city: Site, tmp_path: Path) -> None:
    page = signed_in(chromium, city, "wangmin", TELEPHONE)
    page.goto("/templates/paper.development.approval/")
    shipped = got(page, page.get_by_role("link", name="下载自带模板"), tmp_path, "shipped.docx")
    page.get_by_role("link", name="上传模板").click()
    upload(page, changed(shipped, tmp_path, "template.docx", "{{ facts.name }}，{{ facts.steps.approve.on }}"))
    page.wait_for_url(re.compile(r"/templates/versions/\d+/$"))
    tried = lines(got(page, page.get_by_role("link", name=re.compile("发展党员.*试填 Word")).first, tmp_path, "tried.docx"))
    assert tried[0] == HEAD
    page.get_by_role("link", name="启用", exact=True).click()
    page.get_by_role("button", name="启用").click()

    for address in ("/templates/", HALF_YEAR, f"{HALF_YEAR}fields/", f"{HALF_YEAR}upload/", page.url):
        page.goto(address)
        no_serious_faults(page)
    page.goto("/templates/")
    expect(page.get_by_role("main")).to_contain_text("本单位第 1 版")
