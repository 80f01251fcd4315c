"""Regions by GB/T 2260 and industries by GB/T 4754, found by code or name."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from shanghui.kernel.code_tables import industries, region_name, regions
from shanghui.web.kit.fields import Option, Picker, PickField, Standing


@lru_cache(maxsize=1)
def region_options() -> tuple[Option, ...]:
    """Every region: «320102 江苏省南京市玄武区»."""
    return tuple(Option(code, f"{code} {region_name(code)}", (code, region_name(code))) for code in regions())


@lru_cache(maxsize=1)
def industry_options() -> tuple[Option, ...]:
    """Every section and division: «62 餐饮业»."""
    return tuple(Option(code, f"{code} {name}", (code.lower(), name)) for code, name in industries().items())


def matching_regions(text: str, most: int = 30) -> Iterable[Option]:
    """The first regions whose code begins with the text, or whose name contains it."""
    text = text.strip()
    found = (one for one in region_options() if text and (one.words.startswith(text) or text in one.words))
    return [one for _, one in zip(range(most), found, strict=False)]


class IndustryField(PickField):
    """An industry; the whole list stands in the page."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            options=industry_options, **{"label": "行业（GB/T 4754）", "required": False, "help_text": "写代码或名称，如 62 餐饮业"} | more
        )


class RegionField(Standing, PickField):
    """A region; suggestions are fetched as one types. What was written without a code may stay as it is."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            options=region_options, widget=Picker(fetched_from="region-options"),
            **{"label": "所在地（GB/T 2260）", "required": False, "help_text": "写六位代码或名称，如 玄武区"} | more,
        )

    def clean(self, value: Any) -> Any:
        """The code; or unchanged text that never had one."""
        if value and value == self.initial and value not in regions():
            return value
        return super().clean(value)
