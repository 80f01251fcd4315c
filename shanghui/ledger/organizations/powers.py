"""What a party organization's form allows (M03): the form decides the powers, the screens offer nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from shanghui.ledger.organizations.models import Form, OrganizationKind


@dataclass(frozen=True)
class Powers:
    """`develops` members, `collects_dues`, `holds_elections`."""

    develops: bool = True
    collects_dues: bool = True
    holds_elections: bool = True


_FULL = Powers()
_LIMITED = Powers(develops=False, collects_dues=False, holds_elections=False)
_BY_FORM = {Form.FUNCTIONAL.value: _LIMITED, Form.TEMPORARY.value: _LIMITED}


def powers_of(form: str) -> Powers:
    """The powers of a form; full ones where no form is named."""
    return _BY_FORM.get(form, _FULL)


def term_months(kind: str) -> int:
    """How long a term lasts: three years for branches and general branches, five for committees (党的基层组织任期的意见)."""
    return 60 if kind == OrganizationKind.COMMITTEE else 36
