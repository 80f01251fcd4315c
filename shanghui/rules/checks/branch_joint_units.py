"""联合党支部覆盖的单位数 (ORG-03)."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count

from shanghui.ledger.organizations.models import Form
from shanghui.ledger.organizations.queries import live_coverages
from shanghui.rules.picture import Picture
from shanghui.rules.registry import limit
from shanghui.rules.standing import Stand, check
from shanghui.rules.states import State

JOINT_FORMS = (Form.JOINT, Form.INDUSTRY, Form.AREA)


@check(
    "branch.joint_units", "联合党支部的单位数", norm="ORG-03", concerns="以联合组建、行业联建、区域共建方式覆盖商会的党支部",
    settled_by="分设联合党支部，或者具备条件的商会单独组建，并登记覆盖",
)
def joint_units(picture: Picture) -> Iterator[Stand]:
    """联合党支部覆盖的单位一般不超过5个；这里数登记了联合覆盖的商会。"""
    most = limit("ORG-03", "units")
    covering = live_coverages(picture.day).filter(organization_id__in=picture.rows.values("pk"), form__in=JOINT_FORMS)
    units = dict(covering.order_by().values_list("organization_id").annotate(n=Count("chamber_id", distinct=True)))
    for body in picture.bodies:
        count = units.get(body.unit, 0)
        if body.is_branch and count > most:
            message = f"联合覆盖了{count}家商会，一般不超过{most}家。请研究分设；地域相邻、行业相近确需一起建的，请说明原因。"
            yield Stand(body.unit, body.name, State.DUE, body.since, message)
