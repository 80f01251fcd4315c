"""The larger demonstrations: they fill an empty installation only, and their accounts see what stands below them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from shanghui.access.models import Unit
from shanghui.kernel.refusals import Refused
from shanghui.web.demonstration import city, scales
from tests.worked_city import AT, TODAY

PROGRAMME = """
import json, django
django.setup()
from django.core.management import call_command
from django.test import Client
from django.test.utils import setup_test_environment
from django.utils import timezone
from shanghui.access.models import User
from shanghui.web.demonstration import scales
from shanghui.web.demonstration.accounts import listed, sign_in_file
from shanghui.web.demonstration.large import nation, province
from shanghui.ledger.organizations.models import Chamber

setup_test_environment()
province.CITIES, province.COUNTIES, province.TOWNSHIPS = 3, 2, 2
nation.CITIES, nation.COUNTIES = 2, 2
province.life.fill = lambda *told: None  # tens of thousands of meetings
call_command("migrate", verbosity=0)
password = {load}
told = {{"accounts": listed(), "kept": sign_in_file().read_text() == password, "chambers": Chamber.objects.count()}}
for account in ("wangmin", "shiji", "shuji"):
    client = Client()
    client.force_login(User.objects.get(username=account), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/coverage/?on={day}") if account != "shuji" else client.get("/")
    told[account] = {{"status": page.status_code, "password": User.objects.get(username=account).check_password(password)}}
    if account != "shuji":
        told[account]["where"] = page.context["node"].name
        told[account]["first"] = page.context["nodes"][0].name
print(json.dumps(told))
"""


def loaded(load: str, day: str, folder: Path) -> dict[str, Any]:
    """What an installation of its own tells after loading."""
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    env |= {"SHANGHUI_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "config.test_settings", "SECRET_KEY": "test"}
    done = subprocess.run([sys.executable, "-c", PROGRAMME.format(load=load, day=day)], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


@pytest.mark.parametrize(
    ("load", "day", "top"),
    [
        ("scales.load_province(at=timezone.now(), people=600, chambers=80)", "2022-06-30", "云泽省工商联"),
        ("scales.load_nation(at=timezone.now(), share=0.02)", "2022-12-20", "全国工商联"),
    ],
)
def test_its_accounts_see_what_stands_below_them(load: str, day: str, top: str, tmp_path: Path) -> None:
    told = loaded(load, day, tmp_path)

    assert told["kept"]
    assert told["chambers"] >= 80
    assert [one["account"] for one in told["accounts"]] == ["wangmin", "chenlei", "lizhuo", "admin", "shiji", "shuji"]
    assert all(told[account]["status"] == 200 and told[account]["password"] for account in ("wangmin", "shiji", "shuji"))
    assert told["wangmin"]["where"] == told["wangmin"]["first"] == top
    assert told["shiji"]["where"] == told["shiji"]["first"] == told["accounts"][4]["unit"] != top


@pytest.mark.django_db
def test_a_filled_installation_is_left_as_it_is() -> None:
    before = Unit.objects.count()
    for load in (lambda: scales.load_province(at=AT), lambda: scales.load_nation(at=AT), lambda: city.load(at=AT, today=TODAY)):
        with pytest.raises(Refused, match="只能装进空的安装里"):
            load()
    assert Unit.objects.count() == before
