"""The addresses: every subject's folder that has a urls.py, in the order of the folders' names.

One flat list: a resolver for each folder would be asked, and refuse, one after the other before every page.
"""

from __future__ import annotations

import importlib
import pkgutil

from django.urls import URLPattern, URLResolver

import shanghui.web as web


def _subjects() -> list[URLPattern | URLResolver]:
    found: list[URLPattern | URLResolver] = []
    for module in sorted(pkgutil.iter_modules(web.__path__), key=lambda one: one.name):
        name = f"{web.__name__}.{module.name}"
        if module.ispkg and any(one.name == "urls" for one in pkgutil.iter_modules(importlib.import_module(name).__path__)):
            found += importlib.import_module(f"{name}.urls").urlpatterns
    return found


urlpatterns = _subjects()
handler403 = "shanghui.web.home.errors.forbidden"
handler404 = "shanghui.web.home.errors.not_found"
handler500 = "shanghui.web.home.errors.server_error"
