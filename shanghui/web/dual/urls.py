"""Addresses of what is double."""

from __future__ import annotations

from django.urls import path

from shanghui.web.dual import changes, lists

urlpatterns = [
    path("dual-life/", lists.dual_life, name="dual-life"),
    path("organizations/<int:organization>/territory/", changes.organization_territory, name="organization-territory"),
    path("organizations/<int:organization>/plate/", changes.organization_plate, name="organization-plate"),
]
