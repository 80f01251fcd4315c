"""The little language of templates: fields, for over lists, if. Everything else is refused before and stopped while filling."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinja2 import ChainableUndefined
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment

from shanghui.kernel.word_templates.fields import GAP

FILTERS = ("join", "length", "default")


class Missing(ChainableUndefined):
    """What a template names and nobody gave: a visible blank, nothing in a condition, an empty list in a loop."""

    def __str__(self) -> str:
        return GAP

    def __html__(self) -> str:
        return GAP


class Environment(SandboxedEnvironment):
    """Reads mappings by name and nothing else: no attribute, no index, no call reaches an object."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=Missing)
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in FILTERS}
        self.tests = {name: self.tests[name] for name in ("defined",)}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """An entry of a mapping; of anything else nothing but the counters of a loop."""
        if isinstance(obj, Mapping):
            return obj.get(attribute, Missing(name=attribute))
        if isinstance(obj, Missing):
            return obj
        if type(obj).__name__ == "LoopContext" and attribute in LOOP:
            return getattr(obj, attribute)
        return Missing(name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """The same by an index that is a name."""
        return self.getattr(obj, argument) if isinstance(argument, str) else Missing(name=str(argument))

    def call(self, context: Any, obj: Any, *args: Any, **kwargs: Any) -> Any:
        """Nothing can be called. Raises SecurityError."""
        raise SecurityError("模板里不能调用程序")


LOOP = ("index", "first", "last", "length")
"""What a template may ask of a loop."""
