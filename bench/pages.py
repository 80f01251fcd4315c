"""A list page among 70,000 people, signed in, against a bare view with one indexed query and no middleware.

Both are served by gunicorn, one worker each, and asked over one open connection, as `performance` of a page is felt.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from http.client import HTTPConnection
from pathlib import Path
from statistics import median

from django.conf import settings
from django.core.management import call_command
from django.test import Client

from bench.rounds import Measured
from shanghui.access.models import Role, Unit, User
from shanghui.access.operations import create_user, grant
from shanghui.ledger.people.models import Person

AT = datetime(2022, 7, 1, tzinfo=UTC)
TIMES = 30
"""Requests for each address in one round."""
PAGES = {"人员列表第 1 页": "/people/", "按姓名查找": "/people/?q=%E7%8E%8B%E5%BB%BA", "按拼音查找": "/people/?q=wj"}


def _editor(unit: Unit) -> User:
    user = create_user(
        username="bench", display_name="经办", password="云泽-bench-2022", by=None, at=AT, must_change_password=False
    )
    grant(user=user, role=Role.EDITOR, unit=unit, since=date(2020, 1, 1), by=None, at=AT)
    return user


def _cookies(user: User) -> str:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.get("/people/", HTTP_HOST="127.0.0.1")  # a browser brings along what the page before gave it
    return "; ".join(f"{name}={cookie.value}" for name, cookie in client.cookies.items())


@contextmanager
def _served(application: str) -> Iterator[tuple[HTTPConnection, int]]:
    """The application behind gunicorn on a free port: a connection that stays open, and the process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "--worker-class", "gthread", "--threads", "1", "--keep-alive", "600"]
    command += ["--log-level", "error", "--bind", f"127.0.0.1:{port}", application]
    server = subprocess.Popen(command, env={**os.environ, "SECRET_KEY": settings.SECRET_KEY})
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        for _ in range(100):
            try:
                connection.connect()
                break
            except ConnectionRefusedError:
                time.sleep(0.1)
        yield connection, server.pid
    finally:
        connection.close()
        server.terminate()
        server.wait()


def _worked(server: int) -> float:
    """Seconds of processor time that a server and its workers have had (Linux): a neighbour at work hardly moves them."""
    parents = {int(path.parent.name): int(path.read_text().rpartition(")")[2].split()[1]) for path in Path("/proc").glob("[0-9]*/stat")}
    own = [pid for pid, parent in parents.items() if server in (pid, parent)]
    return sum(int(path.read_text().split()[0]) for pid in own for path in Path(f"/proc/{pid}/task").glob("*/schedstat")) / 1e9


def _seconds(connection: HTTPConnection, address: str, cookie: str = "") -> list[float]:
    """How long each of TIMES answers took."""
    taken = []
    for _ in range(TIMES):
        started = time.perf_counter()
        connection.request("GET", address, headers={"Cookie": cookie} if cookie else {})
        answer = connection.getresponse()
        answer.read()
        taken.append(time.perf_counter() - started)
        assert answer.status == 200, (address, answer.status)
    return taken


def measure(rounds: int) -> list[Measured]:
    """The first page, and searches by name, by pinyin and by a whole identity number; medians of single answers, rounds interleaved."""
    call_command("collectstatic", interactive=False, verbosity=0)
    user = User.objects.filter(username="bench").first() or _editor(Unit.objects.get(code="990000", kind="federation"))
    cookie = _cookies(user)
    somebody = Person.objects.exclude(id_digest=b"").order_by("-pk")[Person.objects.count() // 2]
    pages = PAGES | {"按证件号查找": f"/people/?q={somebody.id_number}"}
    floors: list[float] = []
    taken: dict[str, list[float]] = {name: [] for name in pages}
    worked = dict.fromkeys(["", *pages], 0.0)
    with _served("bench.bare:application") as (bare, bare_server), _served("config.wsgi:application") as (ours, our_server):
        for address in pages.values():
            _seconds(ours, address, cookie)  # warm
        _seconds(bare, "/")
        for _ in range(rounds):
            before = _worked(bare_server)
            floors += _seconds(bare, "/")
            worked[""] += _worked(bare_server) - before
            for name, address in pages.items():
                before = _worked(our_server)
                taken[name] += _seconds(ours, address, cookie)
                worked[name] += _worked(our_server) - before
    return [
        Measured(name, median(times), median(floors), 12, f"70,000 人中的 50 行；服务进程的处理器时间 {worked[name] / worked['']:.1f}×")
        for name, times in taken.items()
    ]
