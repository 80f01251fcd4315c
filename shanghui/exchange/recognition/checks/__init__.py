"""What is checked: each record, each table, the sheets of a file against each other, the whole upload.

A check is a function over a table (or the tables); it says what it finds and refuses the fields it must.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from shanghui.exchange.recognition.bodies import Body
from shanghui.exchange.recognition.checks.age import check_age
from shanghui.exchange.recognition.checks.chambers import check_chambers
from shanghui.exchange.recognition.checks.completeness import check_missing
from shanghui.exchange.recognition.checks.days import check_future, check_period
from shanghui.exchange.recognition.checks.duplicates import check_duplicates
from shanghui.exchange.recognition.checks.figures import check_rosters, check_summaries
from shanghui.exchange.recognition.checks.formulas import check_formulas, check_hidden
from shanghui.exchange.recognition.checks.identity import check_identity
from shanghui.exchange.recognition.checks.matrices import check_matrices, check_rates
from shanghui.exchange.recognition.checks.meetings import check_meetings
from shanghui.exchange.recognition.checks.membership import check_contacts, check_membership
from shanghui.exchange.recognition.checks.order import check_order
from shanghui.exchange.recognition.checks.organizations import check_certificates, check_organizations, check_terms
from shanghui.exchange.recognition.checks.others import check_charters, check_dues, check_transfers
from shanghui.exchange.recognition.checks.posts import check_posts
from shanghui.exchange.recognition.checks.references import check_references
from shanghui.exchange.recognition.checks.sums import check_sums
from shanghui.exchange.recognition.checks.totals import check_totals
from shanghui.exchange.recognition.told import Told
from shanghui.kernel.workbooks import Grid


def check_body(body: Body, today: date) -> None:
    """Everything that one table tells by itself, except its totals."""
    check_formulas(body)
    check_hidden(body)
    check_missing(body)
    check_age(body)
    check_identity(body)
    check_order(body)
    check_future(body, today)
    check_period(body)
    check_membership(body)
    check_contacts(body)
    check_chambers(body)
    check_organizations(body)
    check_terms(body)
    check_certificates(body)
    check_meetings(body)
    check_transfers(body)
    check_dues(body)
    check_charters(body)
    check_posts(body)


def check_file(bodies: Sequence[Body], passed: Sequence[Grid], told: Told) -> None:
    """Sheets of a file against each other."""
    check_summaries(bodies, passed, told)
    check_matrices(bodies, passed, told)
    check_rates(passed, told)
    check_sums(passed, told)
    check_rosters(bodies)
    check_references(bodies)


def check_upload(bodies: Sequence[Body]) -> None:
    """People and chambers that stand on more than one row; then the totals, which do not count a row twice."""
    check_duplicates(bodies)
    for body in bodies:
        check_totals(body)
