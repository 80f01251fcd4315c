"""A norm is cited only as surely as it was read."""

from __future__ import annotations

from shanghui.rules.norms.regulations import BRANCHES
from shanghui.rules.registry import Modality, Norm


def _made(verified: str, modality: Modality = Modality.MUST) -> Norm:
    return Norm("X-01", "", "", BRANCHES, "第十一条", modality, verified)


def test_read_text_with_its_article() -> None:
    assert [_made(verified).source for verified in ("A", "B", "A/B")] == ["《支部工作条例》第十一条"] * 3


def test_a_quoted_number_with_an_article_from_memory() -> None:
    quoted = _made("B/M")

    assert quoted.limits_read
    assert not quoted.is_verified
    assert quoted.source == "《支部工作条例》（条号待核实）"


def test_secondary_statements_show_article_and_doubt() -> None:
    assert not _made("C").limits_read
    assert [_made(verified).source for verified in ("C", "B/C")] == ["《支部工作条例》第十一条（待核实）"] * 2


def test_memory_shows_no_article() -> None:
    assert [_made(verified).source for verified in ("M", "C/M")] == ["《支部工作条例》（待核实）"] * 2


def test_custom_is_unverified() -> None:
    assert not _made("practice", Modality.LOCAL).is_verified
    assert not _made("A/practice", Modality.LOCAL).is_verified
