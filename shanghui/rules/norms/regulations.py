"""The regulations that norms cite, each in the version that is or was in force (regulations §0.4)."""

from __future__ import annotations

from datetime import date

from shanghui.rules.registry import Regulation

BRANCHES = Regulation(
    "《支部工作条例》", "中国共产党支部工作条例（试行）", "中发〔2018〕38号", date(2018, 10, 28)
)
