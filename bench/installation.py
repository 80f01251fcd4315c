"""An empty installation in a folder of its own, for one measurement."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def fresh() -> Iterator[Path]:
    """Sets Django up over a temporary data folder, with an empty database. Once a process."""
    folder = Path(tempfile.mkdtemp(prefix="shanghui-bench-"))
    os.environ |= {"SHANGHUI_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings"}
    os.environ.setdefault("SECRET_KEY", "bench")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
