"""发展党员 in a browser: from the application to the full member, with a step sent back and probation extended; every paper opened; on the
telephone for the member and for the contact."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESKTOP, TELEPHONE, Site, no_serious_faults, served, visitor
from tests.browser.test_guides import signed_in

pytestmark = pytest.mark.browser
BRANCH, NAME, CONTACT = "云泽市汽配机电商会党支部", "申小满", "钟桂燕"
OWN, PASSWORD, OTHER = "shenxiaoman", "xiaoman-2026-road", "road-2026-xiaoman"
REASON = "决议上的票数与会议记录不一致"


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demonstration, served."""
    with served(tmp_path_factory.mktemp("city")) as site:
        yield site


@dataclass
class Road:
    """One development as somebody works on it."""

    page: Page
    case: str

    def do(self, step: str, on: str, number: str = "") -> None:
        """Does a step from its form."""
        self.page.goto(f"{self.case}steps/{step}/")
        self.page.get_by_label("办理时间").fill(on)
        if number:
            self.page.get_by_label("文号").fill(number)
        self.page.get_by_role("button", name="办完这一步").click()
        expect(self.page.get_by_role("main")).to_contain_text("已登记。")

    def fill(self, part: str, *people: str, button: str = "保存", **values: str) -> None:
        """Fills a part in."""
        self.page.goto(f"{self.case}{part}/")
        for place, name in enumerate(people):
            self.page.locator("[name=people]").nth(place).fill(name)
        for name, value in values.items():
            self.page.locator(f"[name={name}]").fill(value)
        no_serious_faults(self.page)
        self.page.get_by_role("button", name=button, exact=True).click()
        self.page.wait_for_url(re.compile(r"/cases/\d+/$"))

    def see(self, *words: str) -> None:
        """The page of the case says these words."""
        self.page.goto(self.case)
        no_serious_faults(self.page)
        for one in words:
            expect(self.page.get_by_role("main")).to_contain_text(one)

    def paper(self, title: str) -> str:
        """The text of a drafted paper, downloaded from its page as Word."""
        self.page.goto(self.case)
        drafted = self.page.get_by_role("link", name=title, exact=False).first
        if not drafted.is_visible():
            self.page.locator("summary", has_text="登记和文书").filter(visible=True).evaluate_all("all => all.forEach(one => one.click())")
        drafted.click()
        no_serious_faults(self.page)
        with self.page.expect_download() as word:
            self.page.get_by_role("link", name="下载 Word").click()
        held = ZipFile(io.BytesIO(word.value.path().read_bytes())).read("word/document.xml").decode()
        return re.sub(r"<[^>]+>", "", held)


def opened(page: Page) -> str:
    """Registers the applicant and opens the development from the person's page; its address."""
    page.goto("/developments/")
    page.get_by_role("link", name="新立一件").click()
    no_serious_faults(page)
    page.get_by_role("link", name="先登记这个人").click()
    expect(page.get_by_role("radio", name="入党申请人")).to_be_checked()
    page.get_by_label("姓名").fill(NAME)
    page.get_by_label("出生年月").fill("1992-03-05")
    page.get_by_label("递交入党申请书时间").fill("2022-03-01")
    page.get_by_role("button", name="登记", exact=True).click()
    page.get_by_role("link", name="立项：发展党员").click()
    expect(page.get_by_label("本人")).to_have_value(f"{NAME}（{BRANCH}）")
    expect(page.get_by_label("递交入党申请书的时间")).to_have_value("2022-03-01")
    page.get_by_role("button", name="立项").click()
    page.wait_for_url(re.compile(r"/cases/\d+/$"))
    return page.url


def own_account(chromium: Browser, city: Site, secretary: Page) -> Page:
    """An account for the applicant, linked to the person; signed in on a telephone."""
    admin = signed_in(chromium, city, "admin", DESKTOP)
    admin.goto("/accounts/new/")
    for label, text in (("账号", OWN), ("姓名", NAME), ("新密码", PASSWORD), ("再输一遍", PASSWORD)):
        admin.get_by_role("main").get_by_label(label, exact=True).fill(text)
    admin.get_by_label("角色").select_option(label="党员")
    admin.get_by_label("在哪个单位").select_option(label=BRANCH)
    admin.get_by_role("button", name="开设", exact=True).click()
    expect(admin.get_by_role("main")).to_contain_text("账号已开设")
    secretary.goto("/people/")
    secretary.get_by_role("link", name=NAME).first.click()
    secretary.get_by_role("link", name="对应账号").click()
    secretary.locator("[name=user]").fill(f"{NAME}（{OWN}）")
    secretary.get_by_role("button", name="保存").click()
    expect(secretary.get_by_role("main")).to_contain_text("已保存。")

    page = visitor(chromium, city, TELEPHONE).new_page()
    page.goto("/login/")
    page.get_by_label("账号").fill(OWN)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    for label, text in (("现在的密码", PASSWORD), ("新密码", OTHER), ("再输一遍", OTHER)):
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("main")).to_contain_text("密码已改。")
    return page


def to_candidate(branch: Road) -> None:
    """From the talk to the decision, by the rules of 2014."""
    branch.do("talk", "2022-03-20")
    branch.do("activist", "2022-04-10")
    branch.do("activist_filing", "2022-04-20")
    branch.see("培养联系人要1至2名正式党员，现有0名")
    branch.fill("contacts", CONTACT, since="2022-04-21")
    branch.do("contacts", "2022-04-21")
    for day in ("2022-10-08", "2023-04-08"):
        branch.fill("examinations", button="登记", on=day, who="支委会")
    branch.do("cultivation", "2023-04-12")
    branch.do("candidate_review", "2023-04-15")
    branch.see("2026年5月11日以前办的，按当时的细则登记")
    branch.page.get_by_role("main").get_by_role("link", name="确定发展对象", exact=True).first.click()
    assert "/steps/candidate/" in branch.page.url
    branch.do("candidate", "2023-04-20")


def to_the_meeting(branch: Road, office: Road) -> None:
    """From the filing to the vote; the committee's part is the office's."""
    branch.do("candidate_filing", "2023-04-28")
    branch.fill("introducers", CONTACT, "龙泽兴", on="2023-05-10")
    branch.do("introducers", "2023-05-10")
    branch.do("political_review", "2023-05-20")
    branch.fill("training", training_days="3", training_hours="24")
    branch.do("training", "2023-05-25")
    branch.do("branch_review", "2023-05-28")
    branch.see("由上级党组织办理")
    office.fill("approver")
    office.do("prereview", "2023-06-01")
    branch.do("form", "2023-06-10")
    branch.fill("admission", expected="18", present="16", yes="15", abstained="1")
    branch.do("meeting", "2023-06-20")
    branch.do("report", "2023-06-25")


def sent_back(branch: Road, office: Road) -> None:
    """The office sends the report back; the branch reads why, and reports anew."""
    office.page.goto(f"{office.case}steps/report/return/")
    office.page.get_by_label("原因").fill(REASON)
    office.page.get_by_role("button", name="退回", exact=True).click()
    expect(office.page.get_by_role("main")).to_contain_text("已退回。")
    branch.see(REASON, "报党委审批")
    branch.do("report", "2023-07-01")


def test_from_the_application_to_the_full_member(chromium: Browser, city: Site) -> None:
    secretary, wang = signed_in(chromium, city, "shuji", DESKTOP), signed_in(chromium, city, "wangmin", DESKTOP)
    branch = Road(secretary, opened(secretary))
    office = Road(wang, branch.case)
    to_candidate(branch)
    own = own_account(chromium, city, secretary)
    own.goto("/my-development/")
    no_serious_faults(own)
    expect(own.get_by_role("main")).to_contain_text("发展对象")
    expect(own.get_by_role("main")).to_contain_text(CONTACT)

    to_the_meeting(branch, office)
    assert "赞成15票，反对0票，弃权1票" in branch.paper("关于审批预备党员的请示")
    sent_back(branch, office)
    office.do("committee_talk", "2023-07-10")
    office.do("approve", "2023-08-01", "云商党〔2023〕12号")
    secretary.goto(f"{branch.case}admission/")
    secretary.get_by_role("button", name="保存").click()
    expect(secretary.get_by_role("main")).to_contain_text("“党员大会接收”已经登记")
    office.do("admission_filing", "2023-08-10")
    branch.do("placed", "2023-08-05")
    branch.do("oath", "2023-08-20")

    branch.do("confirmation_request", "2024-06-10")
    branch.fill("extended", on="2024-06-20", months="6", expected="18", present="16", yes="15", no="1")
    branch.see("2024年6月20日党员大会决定延长6个月", "2024年12月20日")
    branch.do("extension_report", "2024-06-24")
    office.do("extension_approval", "2024-07-05", "云商党〔2024〕9号")
    branch.do("probation", "2024-12-20")
    branch.fill("confirmation", expected="18", present="16", yes="16")
    branch.do("confirmation_meeting", "2024-12-20")
    branch.do("confirmation_report", "2024-12-26")
    office.do("confirm", "2025-01-15", "云商党〔2025〕2号")
    papers = {title: office.paper(title) for title in (
        "关于批准预备党员的批复", "关于延长预备期的请示", "关于同意延长预备期的批复", "关于预备党员转正的请示", "关于批准转正的批复",
    )}
    assert "至2024年6月20日止" in papers["关于批准预备党员的批复"]
    assert "决定延长预备期6个月，2024年7月5日经党委批准，预备期于2024年12月20日满" in papers["关于预备党员转正的请示"]
    assert "党龄自2024年12月20日算起" in papers["关于批准转正的批复"]
    assert "同意延长预备期6个月，至2024年12月20日止" in papers["关于延长预备期的请示"]
    assert "云商党〔2024〕9号" in papers["关于同意延长预备期的批复"]
    assert not any("待补充" in text for text in papers.values())

    secretary.goto(f"{branch.case}archived/")
    for box in secretary.get_by_role("main").get_by_role("checkbox").all():
        box.check(force=True)
    secretary.get_by_role("button", name="保存").click()
    branch.do("archive", "2025-02-01")
    branch.see("已办结")
    secretary.goto("/people/")
    secretary.get_by_role("link", name=NAME).first.click()
    for words in ("2024-12-20 至今", "2023-06-20 — 2024-12-19", "2022-03-01"):
        expect(secretary.get_by_role("main")).to_contain_text(words)
    own.goto("/my-development/")
    no_serious_faults(own)
    expect(own.get_by_role("main")).to_contain_text("正式党员")


def test_today_the_upper_level_consents_and_the_names_are_posted_before_the_decision(chromium: Browser, city: Site) -> None:
    today = date.today()
    wang = signed_in(chromium, city, "wangmin", DESKTOP)
    wang.goto("/developments/")
    wang.get_by_role("link", name="邹川").click()
    office = Road(wang, wang.url)
    office.do("cultivation", (today - timedelta(days=40)).isoformat())
    office.do("candidate_review", (today - timedelta(days=36)).isoformat())
    assert "报请同意后公示" in office.paper("关于确定发展对象的请示")
    office.do("candidate_consent", (today - timedelta(days=34)).isoformat())
    office.see("请先填写公示")
    posted = today - timedelta(days=30)
    office.fill("posted", posted_on=posted.isoformat(), posted_at="商会公告栏")
    text = office.paper("关于确定发展对象的公示")
    assert f"公示时间：{posted.year}年{posted.month}月{posted.day}日至" in text
    assert "待补充" not in text.replace("【待补充：性别、出生年月、工作单位】", "")
    office.do("publicity", (today - timedelta(days=9)).isoformat())
    office.do("candidate", (today - timedelta(days=5)).isoformat())
    office.see("确定入党介绍人", "政治审查", "集中培训")


def test_a_contact_sees_and_registers_on_the_telephone(chromium: Browser, city: Site) -> None:
    page = signed_in(chromium, city, "dangyuan", TELEPHONE)
    page.goto("/wards/")
    no_serious_faults(page)
    expect(page.get_by_role("main")).to_contain_text("马辉建")
    page.get_by_role("link", name="登记培养考察").first.click()
    no_serious_faults(page)
    page.get_by_role("button", name="登记").click()
    expect(page.get_by_role("main")).to_contain_text("考察已登记。")
    page.get_by_role("link", name="登记培养考察").first.click()
    page.get_by_role("button", name="登记").click()
    expect(page.get_by_role("main")).to_contain_text("已经登记过了")
    page.get_by_role("link", name="返回").click()
    page.wait_for_url("**/wards/")
