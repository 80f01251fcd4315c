"""A real site for the browser: bin/run's own steps in an empty data folder, served by gunicorn, driven in Chromium."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).parents[2]
DESKTOP, TELEPHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
ACCOUNT, PASSWORD = "wangmin", "yunze-2022-browser"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


@dataclass(frozen=True)
class Site:
    """Where it is served, its data folder, and the path that sets it up."""

    address: str
    data: Path
    setup: str
    env: dict[str, str]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(150):
        try:
            urllib.request.urlopen(f"{address}/login/", timeout=2)
            return
        except OSError:
            assert process.poll() is None, "the server stopped"
            time.sleep(0.2)
    raise AssertionError("the server does not answer")


@pytest.fixture(scope="session")
def django_db_setup() -> None:
    """The browser's site has a database of its own."""


@contextmanager
def served(data: Path, *options: str) -> Iterator[Site]:
    """An installation prepared with these options, served, with a worker for background jobs."""
    kept = {key: value for key, value in os.environ.items() if key not in ("DJANGO_SETTINGS_MODULE", "TASKS_BACKEND", "DATABASE_URL")}
    env = {**kept, "SHANGHUI_DATA": str(data)}
    manage = [sys.executable, str(ROOT / "manage.py")]
    said = subprocess.run([*manage, "prepare", *options], env=env, check=True, capture_output=True, text=True, cwd=ROOT).stdout
    found = re.search(r"/setup/\?token=\w+", said)
    port = _free_port()
    serve = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread", "--threads", "4"]
    server = subprocess.Popen([*serve, "--log-level", "warning"], env=env, cwd=ROOT)
    worker = subprocess.Popen([*manage, "db_worker", "--interval", "0.2", "--no-startup-delay"], env=env, cwd=ROOT,
                              stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, server)
        yield Site(address, data, found.group() if found else "", env)
    finally:
        for process in (worker, server):
            process.terminate()
        for process in (worker, server):
            process.wait(20)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An empty installation."""
    with served(tmp_path_factory.mktemp("site"), "--empty") as made:
        assert made.setup
        yield made


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's browser."""
    path = next(found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name)))
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


def visitor(browser: Browser, site: Site, size: dict[str, int]) -> BrowserContext:
    """A browser window of this size that tells of errors on its pages."""
    context: BrowserContext = browser.new_context(viewport=size, locale="zh-CN", base_url=site.address)  # type: ignore[arg-type]
    context.set_default_timeout(20_000)
    return context


def sign_in(page: Page) -> None:
    """As the office's editor."""
    page.goto("/login/")
    page.get_by_label("账号").fill(ACCOUNT)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/")


def no_serious_faults(page: Page) -> None:
    """Axe finds nothing serious or critical, and nothing lies beside the screen."""
    from axe_playwright_python.sync_playwright import Axe

    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    serious = [(one["id"], [node["html"][:160] for node in one["nodes"][:3]]) for one in found if one["impact"] in ("serious", "critical")]
    assert serious == [], (page.url, serious)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{page.url} is wider than the screen"
