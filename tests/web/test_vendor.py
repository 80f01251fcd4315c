"""The files taken from elsewhere are the ones named, unchanged, each with its licence."""

import hashlib
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "shanghui" / "web" / "static"
VENDOR = STATIC / "vendor"
WANTED = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))


def recorded() -> dict[str, str]:
    lines = (VENDOR / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, name in (line.split("  ", 1) for line in lines)}


def test_every_vendored_file_has_the_recorded_sum() -> None:
    for name, digest in recorded().items():
        assert hashlib.sha256((STATIC / name).read_bytes()).hexdigest() == digest, name


def test_nothing_lies_in_vendor_without_a_sum() -> None:
    lying = {path.relative_to(STATIC).as_posix() for path in VENDOR.rglob("*") if path.is_file()}
    assert lying - {"vendor/SHA256SUMS"} == set(recorded()) - {"icons.svg"}


@pytest.mark.parametrize("folder", ["htmx-2.0.11", "echarts-6.1.0", "tabler-icons-3.52.0"])
def test_each_package_brings_its_licence(folder: str) -> None:
    assert (VENDOR / folder / "LICENSE").stat().st_size > 100


def test_versions_are_exact() -> None:
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in WANTED["dependencies"].values())


def test_the_sprite_holds_the_icons_named() -> None:
    drawn = re.findall(r'<symbol id="i-([a-z0-9-]+)"', (STATIC / "icons.svg").read_text(encoding="utf-8"))
    assert drawn == sorted(WANTED["icons"])


def test_templates_use_only_icons_of_the_sprite() -> None:
    used = {
        icon
        for template in (ROOT / "shanghui" / "web").rglob("*.html")
        for icon in re.findall(r'{%\s*icon\s+"([^"]+)"', template.read_text(encoding="utf-8"))
    }
    assert used - set(WANTED["icons"]) == set()


def test_no_lock_file_with_addresses_is_kept() -> None:
    assert not (ROOT / "package-lock.json").exists()
    assert "://" not in (ROOT / "package.json").read_text(encoding="utf-8")
