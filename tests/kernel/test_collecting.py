"""Large pieces of work: the collector of cycles rests meanwhile, and works again afterwards."""

from __future__ import annotations

import gc

import pytest

from shanghui.kernel.collecting import collecting_later


def test_the_collector_rests_and_works_again() -> None:
    assert gc.isenabled()
    with collecting_later():
        assert not gc.isenabled()
        with collecting_later():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_works_again_after_an_error() -> None:
    with pytest.raises(ValueError, match="甲"), collecting_later():
        raise ValueError("甲")

    assert gc.isenabled()
