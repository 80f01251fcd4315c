"""Whether a chamber has a party organization: the mark, the form, the name and the figures must say the same."""

from __future__ import annotations

import re

from shanghui.exchange.recognition.bodies import Body
from shanghui.exchange.recognition.cleaning.choices import _NO_FORM

_TRACES = ("party_organization", "secretary", "members")


def check_chambers(body: Body) -> None:
    """× beside the name of an organization is refused; √ without a name is asked about."""
    if body.table.kind != "chamber":
        return
    for i, record in enumerate(body.records):
        fields = record.fields
        _check_covered(body, i)
        _check_form(body, i)
        name, kind = str(fields.get("name", "")), fields.get("kind")
        said = "街道" if re.search(r"街道商会$", name) else "乡镇" if re.search(r"[乡镇]商会$", name) else None
        if said and kind in ("街道", "乡镇") and kind != said:
            body.tell(i, "kind", "value_conflict", "warning", f"类别填“{kind}”，名称却是“{name}”。请核对")


def _check_covered(body: Body, i: int) -> None:
    fields = body.records[i].fields
    covered = fields.get("covered")
    organization = fields.get("party_organization")
    if covered is False and (organization or (fields.get("secretary") and fields.get("members"))):
        traces = "、".join(
            body.heading(body.column_of[n]).replace("\n", "") for n in _TRACES if fields.get(n) and n in body.column_of
        )
        body.tell(i, "covered", "value_conflict", "error", f"填的是没有建立，却又填了{traces}。请核对")
        body.refuse(i, "covered")
    elif covered and not organization and "party_organization" in body.column_of:
        body.tell(
            i, "party_organization", "missing", "warning", "填的是已建立党组织，没有写党组织名称。请补填", value=None
        )


def _check_form(body: Body, i: int) -> None:
    column = body.column_of.get("form")
    if column is None:
        return
    fields = body.records[i].fields
    raw = str(body.grid.rows[body.places[i]][column]).strip()
    organization, form = fields.get("party_organization"), fields.get("form")
    if raw in _NO_FORM and organization:
        body.tell(i, "form", "value_conflict", "error", f"填的是“{raw}”，却写了党组织“{organization}”。请核对")
        body.refuse(i, "form")
    elif fields.get("covered") is False and form:
        body.tell(i, "covered", "value_conflict", "error", f"填的是没有建立，组建方式却是“{form}”。请核对")
        body.refuse(i, "covered")
    elif form and form in ("单独组建", "联合组建") and not organization and "party_organization" in body.column_of:
        body.tell(
            i, "party_organization", "missing", "warning", f"组建方式是“{form}”，没有写党组织名称。请补填", value=None
        )
    elif form == "单独组建" and organization and "联合" in str(organization):
        body.tell(i, "form", "value_conflict", "warning", f"组建方式是“单独组建”，党组织却是“{organization}”。请核对")
