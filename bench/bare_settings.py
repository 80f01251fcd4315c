"""The project's settings without its middleware, serving the bare view alone."""

from __future__ import annotations

from config.settings import *  # noqa: F403

MIDDLEWARE: list[str] = []
ROOT_URLCONF = "bench.bare"
DATABASES["default"]["CONN_MAX_AGE"] = None  # noqa: F405 - the floor keeps its connection
