"""Addresses of dues."""

from __future__ import annotations

from django.urls import path

from shanghui.web.dues import branch, changes, lists, own, uses, years

urlpatterns = [
    path("dues/", lists.dues, name="dues"),
    path("units/<int:unit>/dues/", lists.dues_setting, name="dues-setting"),
    path("organizations/<int:organization>/dues/", branch.organization_dues, name="organization-dues"),
    path("organizations/<int:organization>/dues/pay/", branch.dues_pay, name="dues-pay"),
    path("organizations/<int:organization>/dues/year/", years.dues_year, name="dues-year"),
    path("organizations/<int:organization>/dues/publish/", years.dues_publish, name="dues-publish"),
    path("organizations/<int:organization>/dues/published/", years.dues_published, name="dues-published"),
    path("organizations/<int:organization>/dues/uses/", uses.dues_uses, name="dues-uses"),
    path("organizations/<int:organization>/dues/uses/new/", uses.dues_use_new, name="dues-use-new"),
    path("organizations/<int:organization>/dues/<int:person>/base/", changes.dues_base, name="dues-base"),
    path("organizations/<int:organization>/dues/<int:person>/adjust/", changes.dues_adjust, name="dues-adjust"),
    path("organizations/<int:organization>/dues/<int:person>/undo/", changes.dues_undo, name="dues-undo"),
    path("me/dues/", own.my_dues, name="my-dues"),
]
