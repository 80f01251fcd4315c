"""`bin/manage compare`: one JSON document, nothing written unless asked to keep (M50)."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from openpyxl.worksheet.worksheet import Worksheet

from shanghui.exchange.reconciling.models import Comparison
from tests.exchange.reconciling.spoiled import exported, put
from tests.web.somebody import NUMBER, somebody
from tests.worked_city import CITY

pytestmark = pytest.mark.django_db


def run(path: Path, *more: str, layout: str = "members-national") -> Any:
    out = io.StringIO()
    call_command("compare", str(path), "--layout", layout, "--under", CITY, "--on", "2022-06-30", "--json", *more, stdout=out)
    return json.loads(out.getvalue())


def test_it_tells_both_sides_and_keeps_nothing(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        put(sheet, 0, "学历", "博士研究生")

    path = tmp_path / "党员.xlsx"
    path.write_bytes(exported("members-national", change).content)

    told = run(path)

    assert told["counts"] == {"different": 1, "theirs": 0, "ours": 0, "unclear": 0, "same": 361}
    assert told["lines"][0]["cells"][0]["theirs"] == "博士研究生"
    assert told["comparison"] is None
    assert not Comparison.objects.exists()


def test_kept_it_stands_among_the_comparisons(tmp_path: Path) -> None:
    somebody()
    path = tmp_path / "一人.csv"
    path.write_text(f"姓名,公民身份号码,学历\n方云泽,{NUMBER},大学\n")

    told = run(path, "--keep")

    assert Comparison.objects.get(pk=told["comparison"]).cells.count() == 1
    assert NUMBER not in json.dumps(told)


def test_what_cannot_be_compared_ends_with_one_and_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "天气.csv"
    path.write_text("天气,温度\n晴,20\n")

    with pytest.raises(SystemExit) as ended:
        call_command("compare", str(path), "--layout", "members-national", "--under", CITY, "--json")

    assert ended.value.code == 1
    assert "没有认出" in json.loads(capsys.readouterr().out)["error"]


@pytest.mark.parametrize("more", [{"file": "没有.xlsx"}, {"layout": "nothing"}, {"under": "000"}])
def test_wrong_usage_says_so(tmp_path: Path, more: dict[str, str]) -> None:
    path = tmp_path / "a.csv"
    path.write_text("姓名,学历\n甲,大学\n")
    asked = {"file": str(path), "layout": "members-national", "under": CITY} | more

    with pytest.raises(CommandError) as ended:
        call_command("compare", asked["file"], "--layout", asked["layout"], "--under", asked["under"])

    assert ended.value.returncode == 2
