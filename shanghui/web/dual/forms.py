"""The forms of a territorial body and of a second plate."""

from __future__ import annotations

from django import forms

from shanghui.web.kit.fields import SinceField
from shanghui.web.kit.forms import Form

USUAL_PLATE = "非公企业党建工作指导站"


class TerritoryForm(Form):
    """Which territorial body guides the organization, since when."""

    body = forms.CharField(label="属地党组织", max_length=80, help_text="所在乡镇、街道、园区的党组织，或者社会工作部门，如 城东街道党工委")
    since = SinceField(label="从什么时候起", help_text="只知道年月就写年月，如 2021年5月")


class PlateForm(Form):
    """Which plate, given by whom, since when."""

    name = forms.CharField(label="牌子名称", max_length=60, initial=USUAL_PLATE, help_text="和牌子上的字一致")
    given_by = forms.CharField(label="授牌单位", max_length=80, required=False)
    since = SinceField(label="什么时候授的牌", help_text="只知道年月就写年月，如 2021年5月")
