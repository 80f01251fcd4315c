"""`python -m bench [import|matrix|pages|ledger …]`: each measurement over an installation of its own, one line a ratio."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

from bench.installation import fresh
from bench.rounds import Measured


def _import() -> list[Measured]:
    from bench import importing

    return importing.measure(100_000, rounds=2)


def _matrix() -> list[Measured]:
    from bench import matrix, province

    province.build()
    return matrix.measure(province.DAY, rounds=7)


def _pages() -> list[Measured]:
    from bench import pages, province

    province.build()
    return pages.measure(rounds=5)


def _ledger() -> list[Measured]:
    from bench import ledgers

    return ledgers.measure(100_000, rounds=5)


MEASUREMENTS: dict[str, Callable[[], list[Measured]]] = {
    "ledger": _ledger, "matrix": _matrix, "pages": _pages, "import": _import,
}


def main(names: list[str]) -> int:
    """One measurement runs here; several run one after the other in processes of their own."""
    if len(names) == 1:
        with fresh():
            for one in MEASUREMENTS[names[0]]():
                print(one.line(), flush=True)
        return 0
    return max(subprocess.call([sys.executable, "-m", "bench", name]) for name in names or MEASUREMENTS)


if __name__ == "__main__":
    unknown = set(sys.argv[1:]) - set(MEASUREMENTS)
    if unknown:
        sys.exit(f"没有“{'、'.join(sorted(unknown))}”。可以测：{'、'.join(MEASUREMENTS)}。")
    sys.exit(main(sys.argv[1:]))
