"""Forms of member enterprises."""

from __future__ import annotations

from typing import Any

from django import forms

from shanghui.kernel.code_tables import regions
from shanghui.ledger.organizations.models import Enterprise
from shanghui.web.codes.fields import IndustryField, RegionField
from shanghui.web.kit.fields import CreditCodeField, Option, PickField
from shanghui.web.kit.forms import Form


class EnterpriseForm(Form):
    """What is written about an enterprise."""

    name = forms.CharField(label="企业名称", max_length=100, help_text="与营业执照一致")
    credit_code = CreditCodeField(help_text="18 位，照营业执照抄写")
    industry = IndustryField()
    region = RegionField()
    representative = forms.CharField(label="法定代表人", max_length=40, required=False)

    @property
    def values(self) -> dict[str, Any]:
        """The columns of Enterprise but its name."""
        cleaned = self.cleaned_data
        region = cleaned["region"] or ""
        return {
            "credit_code": cleaned["credit_code"], "representative": cleaned["representative"],
            "industry_code": cleaned["industry"] or "", "region_code": region if region in regions() else "",
        }


def written_about(enterprise: Enterprise) -> dict[str, Any]:
    """The initial values of EnterpriseForm."""
    return {
        "name": enterprise.name, "credit_code": enterprise.credit_code, "industry": enterprise.industry_code,
        "region": enterprise.region_code, "representative": enterprise.representative,
    }


class RegisterForm(EnterpriseForm):
    """A new enterprise: also who keeps it."""

    keeper = PickField(label="登记单位", help_text="由哪个商会或工商联登记；入会另在商会的档案里登记")

    def __init__(self, *args: Any, keepers: list[Option], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["keeper"].offer(keepers)  # type: ignore[attr-defined]
