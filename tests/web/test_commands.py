"""The commands other programs rely on: what they print, and with which status they end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.worked_city import WORKBOOK

ROOT = Path(__file__).parents[2]


def manage(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A command in a data folder of its own, on SQLite."""
    kept = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "SHANGHUI_DATA")}
    env = {**kept, "SHANGHUI_DATA": str(data), "DJANGO_SETTINGS_MODULE": "config.settings"}
    return subprocess.run([sys.executable, str(ROOT / "manage.py"), *words], env=env, capture_output=True, text=True, check=False)


def test_an_empty_data_folder_is_told_what_comes_first(tmp_path: Path) -> None:
    answer = manage(tmp_path, "indicators", "--json")

    assert answer.returncode == 2
    assert "init" in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize("words", [
    ("indicators", "--on", "2022-02-30"), ("indicators", "--under", "990299"), ("records", "nothing"),
    ("import", "nowhere.xlsx", "--under", "990200"), ("undo-import", "7"), ("init", "云泽市工商联", "99"),
])
def test_wrong_usage_ends_with_2_and_a_sentence(tmp_path_factory: pytest.TempPathFactory, words: tuple[str, ...]) -> None:
    data = tmp_path_factory.getbasetemp() / "usage"
    data.mkdir(exist_ok=True)
    manage(data, "init", "云泽市工商联", "990200")

    answer = manage(data, *words)

    assert answer.returncode == 2
    assert "Traceback" not in answer.stderr


def test_the_shows_of_the_main_job(tmp_path: Path) -> None:
    manage(tmp_path, "init", "云泽市工商联", "990200")
    taken = ("import", str(WORKBOOK), "--under", "990200", "--apply", "--json")
    first = json.loads(manage(tmp_path, *taken).stdout)
    ask = ("indicators", "--on", "2022-06-30", "--under", "990200", "--json")
    figures = {one["code"]: (one["numerator"], one["denominator"]) for one in json.loads(manage(tmp_path, *ask).stdout)}

    again = json.loads(manage(tmp_path, *taken).stdout)
    behind = json.loads(manage(tmp_path, "records", "coverage.organization", *ask[1:]).stdout)
    undone = [manage(tmp_path, "undo-import", str(run["run"])).returncode for run in (first,)]

    assert figures["coverage.organization"] == (34, 40)
    assert len(behind) == 34
    assert {(kind["new"], kind["changed"]) for kind in again["changes"].values()} == {(0, 0)}
    assert undone == [0]
    assert json.loads(manage(tmp_path, *ask).stdout)[0]["numerator"] == 0


def test_errors_end_with_1_and_nothing_is_written(tmp_path: Path) -> None:
    manage(tmp_path, "init", "云泽市工商联", "990200")
    roster = WORKBOOK.with_name("d02_member_roster.xlsx")

    answer = manage(tmp_path, "import", str(roster), "--under", "990200", "--apply")

    assert answer.returncode == 1
    assert "什么都没有写入" in answer.stdout


def _instance(tmp_path: Path, **changes: object) -> str:
    rule = {"max_units": 5, "min_full": 3, "w_uncovered": 10000, "w_branch": 100, "r_area": 10, "r_industry": 30}
    units = [{"id": n, "full": 1 + n % 2, "industry": n, "code": "320505101" if n < 5 else "320605101", "x": 0, "y": 0} for n in range(6)]
    file = tmp_path / "instance.json"
    file.write_text(json.dumps({"name": "例", "family": "code", "rule": rule, "units": units, **changes}), encoding="utf-8")
    return str(file)


def test_a_plan_of_joint_branches_needs_no_database_and_says_who_is_left_out(tmp_path: Path) -> None:
    answer = manage(tmp_path / "data", "plan-joint", _instance(tmp_path), "--time-limit", "5", "--json")

    plan = json.loads(answer.stdout)
    assert answer.returncode == 0
    assert (plan["cost"], plan["bound"], plan["optimal"]) == (10100, 10100, True)
    assert sorted(plan["groups"][0]["units"]) == [0, 1, 2, 3, 4]
    assert [(one["id"], "附近没有" in one["why"]) for one in plan["uncovered"]] == [(5, True)]


def test_a_plan_for_people_says_what_is_proven(tmp_path: Path) -> None:
    answer = manage(tmp_path, "plan-joint", _instance(tmp_path))

    assert "已证明没有更好的分法" in answer.stdout
    assert "未编入 5" in answer.stdout


def test_an_instance_with_mistakes_ends_with_1_and_names_them(tmp_path: Path) -> None:
    answer = manage(tmp_path, "plan-joint", _instance(tmp_path, family="road"), "--json")

    assert answer.returncode == 1
    assert [one["place"] for one in json.loads(answer.stdout)["problems"]] == ["family"]


@pytest.mark.parametrize("words", [("nowhere.json",), ("instance.json", "--time-limit", "0"), ("instance.json", "--time-limit", "soon"), ()])
def test_wrong_usage_of_the_planner_ends_with_2(tmp_path: Path, words: tuple[str, ...]) -> None:
    answer = manage(tmp_path, "plan-joint", *words)

    assert answer.returncode == 2
    assert "Traceback" not in answer.stderr
