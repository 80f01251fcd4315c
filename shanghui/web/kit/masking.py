"""Numbers of people as pages show them: masked by the kernel's rule, «—» where there is none."""

from __future__ import annotations

from shanghui.kernel import sealing

NOTHING = "—"


def mask_id(number: str | None) -> str:
    """Region and the last four of a national ID; the day of birth goes.

    >>> mask_id("110105194912310025")
    '110105********0025'
    """
    return sealing.mask_id_number(number) if number else NOTHING


def mask_phone(number: str | None) -> str:
    """First three and last four of a telephone number.

    >>> mask_phone("15412342048")
    '154****2048'
    """
    return sealing.mask_phone(number) if number else NOTHING
