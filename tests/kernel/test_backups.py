"""Backup and restore: every row and attachment comes back; a damaged or foreign file changes nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from shanghui.kernel import backups
from shanghui.kernel.refusals import Refused
from tests.worked_city import WORKBOOK

ROOT = Path(__file__).parents[2]


def _manage(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "SHANGHUI_DATA")}
    env = {**kept, "SHANGHUI_DATA": str(data), "DJANGO_SETTINGS_MODULE": "config.settings"}
    return subprocess.run([sys.executable, str(ROOT / "manage.py"), *words], env=env, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of a small installation beside its data folder."""
    data = tmp_path_factory.mktemp("saved")
    assert _manage(data, "init", "云泽市工商联", "990200").returncode == 0
    assert _manage(data, "import", str(WORKBOOK), "--under", "990200", "--apply").returncode == 0
    made = _manage(data, "backup", str(data / "backup.zip"), "--json")
    assert json.loads(made.stdout)["attachments"] == 1
    return data


def test_what_was_saved_comes_back_whole(saved: Path, tmp_path: Path) -> None:
    (tmp_path / "sealing_keys.json").write_bytes((saved / "sealing_keys.json").read_bytes())

    assert _manage(tmp_path, "restore", str(saved / "backup.zip")).returncode == 0

    _manage(tmp_path, "backup", str(tmp_path / "again.zip"))
    first, second = (backups.verify(folder)["parts"] for folder in (saved / "backup.zip", tmp_path / "again.zip"))
    assert first == second
    ask = ("indicators", "--on", "2022-06-30", "--under", "990200")
    assert _manage(tmp_path, *ask).stdout == _manage(saved, *ask).stdout


def test_without_the_keys_nothing_is_restored(saved: Path, tmp_path: Path) -> None:
    answer = _manage(tmp_path, "restore", str(saved / "backup.zip"))

    assert answer.returncode == 1
    assert "sealing_keys.json" in answer.stdout


def test_a_full_installation_is_not_overwritten(saved: Path) -> None:
    answer = _manage(saved, "restore", str(saved / "backup.zip"))

    assert answer.returncode == 1
    assert "已经有数据" in answer.stdout


def test_a_damaged_file_is_told_from_a_whole_one(saved: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.zip"
    with zipfile.ZipFile(saved / "backup.zip") as whole, zipfile.ZipFile(damaged, "w") as copy:
        for name in whole.namelist():
            content = whole.read(name)
            copy.writestr(name, content[:-20] if name.endswith("people_person.jsonl") else content)

    with pytest.raises(Refused, match="损坏"):
        backups.verify(damaged)
    (tmp_path / "none.zip").write_bytes(b"no backup")
    with pytest.raises(Refused, match="不是完好的备份文件"):
        backups.verify(tmp_path / "none.zip")


@pytest.mark.django_db
def test_every_row_of_the_database_at_hand_is_read(tmp_path: Path) -> None:
    parts = backups.save(tmp_path / "here.zip")["parts"]

    for model in backups.tables():
        assert parts[f"tables/{model._meta.db_table}.jsonl"]["rows"] == model._base_manager.count()
