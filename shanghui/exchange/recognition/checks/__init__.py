"""What is checked: each record, each table, the sheets of a file against each other, the whole upload."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from shanghui.exchange.recognition.bodies import Body
from shanghui.exchange.recognition.told import Told
from shanghui.kernel.workbooks import Grid


def check_body(body: Body, today: date) -> None:
    """Everything that one table tells by itself."""


def check_file(bodies: Sequence[Body], passed: Sequence[Grid], told: Told) -> None:
    """Sheets of a file against each other."""


def check_upload(bodies: Sequence[Body], told: Told, today: date) -> None:
    """People and chambers that stand on more than one row."""
