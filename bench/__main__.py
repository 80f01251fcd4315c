"""`python -m bench [NAME …]`, the names in MEASUREMENTS: each over an installation of its own, one line a ratio."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterable

from bench.installation import fresh
from bench.rounds import Measured, Noted


def _import() -> list[Measured]:
    from bench import importing

    return importing.measure(100_000, rounds=2)


def _matrix() -> list[Measured]:
    from bench import matrix
    from shanghui.web.demonstration.large import province

    province.build()
    return matrix.measure(province.DAY, rounds=7)


def _pages() -> list[Measured]:
    from bench import pages
    from shanghui.web.demonstration.large import province

    province.build()
    return pages.measure(rounds=5)


def _ledger() -> list[Measured]:
    from bench import ledgers

    return ledgers.measure(100_000, rounds=5)


def _duties() -> list[Measured | Noted]:
    from bench import duties
    from shanghui.web.demonstration.large import nation

    return duties.measure(nation.build(float(os.environ.get("SHARE", 1))), rounds=5)


def _developments() -> list[Measured | Noted]:
    from bench import developments

    return developments.measure(int(os.environ.get("MANY", developments.MANY)))


def _checking() -> list[Measured | Noted]:
    from bench import checking

    return checking.measure(rounds=5)


def _explorer() -> list[Measured]:
    from bench import explorer
    from shanghui.web.demonstration.large import province

    return explorer.measure(province.build().federations[0], province.DAY, rounds=int(os.environ.get("ROUNDS", 3)))


def _report() -> list[Measured]:
    from bench import report
    from shanghui.web.demonstration.large import province

    made = province.build(people_count=10_000, chamber_count=2_800)
    return report.measure(made.federations[1], province.DAY, rounds=9)


def _dues() -> list[Measured]:
    from bench import dues

    return dues.measure(float(os.environ.get("SHARE", 1)), rounds=5)


def _comparison() -> list[Measured]:
    from bench import comparison

    return comparison.measure(int(comparison.PEOPLE * float(os.environ.get("SHARE", 1))), rounds=3)


def _planning() -> Iterable[Noted]:
    from bench import planning

    return planning.measure()


MEASUREMENTS: dict[str, Callable[[], Iterable[Measured | Noted]]] = {
    "ledger": _ledger, "matrix": _matrix, "pages": _pages, "import": _import, "duties": _duties, "checking": _checking,
    "developments": _developments, "planning": _planning, "dues": _dues, "explorer": _explorer, "report": _report,
    "comparison": _comparison,
}
ON_BOTH = {"duties"}
"""Measured once more with a private PostgreSQL, unless one is named already."""


def main(names: list[str]) -> int:
    """One measurement runs here; several run one after the other in processes of their own."""
    if len(names) == 1:
        with fresh():
            for one in MEASUREMENTS[names[0]]():
                print(one.line(), flush=True)
        return _on_postgres(names[0]) if names[0] in ON_BOTH and not os.environ.get("DATABASE_URL") else 0
    return max(subprocess.call([sys.executable, "-m", "bench", name]) for name in names or MEASUREMENTS)


def _on_postgres(name: str) -> int:
    return subprocess.call([sys.executable, "bin/with-postgres", sys.executable, "-m", "bench", name])


if __name__ == "__main__":
    unknown = set(sys.argv[1:]) - set(MEASUREMENTS)
    if unknown:
        sys.exit(f"没有“{'、'.join(sorted(unknown))}”。可以测：{'、'.join(MEASUREMENTS)}。")
    sys.exit(main(sys.argv[1:]))
