"""Making very many objects at once."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def keeping() -> Iterator[None]:
    """While hundreds of thousands of rows are made that all stay, cycles are not looked for: there are none among them, and to
    look through them again and again costs a tenth of the time. What is no longer used is freed all the same."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
