"""The half-year report of a city of two hundred chambers against writing the same document from ready data."""

from __future__ import annotations

from datetime import date, timedelta

from bench.rounds import Measured, interleaved
from shanghui.access.models import Unit
from shanghui.reports.content import Content
from shanghui.reports.documents.word import to_word
from shanghui.reports.registry import kind_with_code


def measure(city: Unit, day: date, rounds: int) -> list[Measured]:
    """Compiled and written, and only written."""
    kind = kind_with_code("half-year")

    def compiled() -> Content:
        return kind.compile(unit=city, day=day, made_on=day + timedelta(days=5), own_text={})

    ready = compiled()
    times = interleaved({"ready": lambda: to_word(ready), "ours": lambda: to_word(compiled())}, rounds)
    chambers = f"{city.name}，{len(to_word(ready))} 字节的 Word 文件"
    return [Measured("编出并写出半年总结", times["ours"], times["ready"], None, chambers)]
