"""Addresses of party organizations and of terms."""

from __future__ import annotations

from django.urls import path

from shanghui.web.organizations import changes, terms, views

urlpatterns = [
    path("organizations/", views.organizations, name="organizations"),
    path("organizations/new/", changes.organization_new, name="organization-new"),
    path("organizations/<int:organization>/", views.organization, name="organization"),
    path("organizations/<int:organization>/change/", changes.organization_change, name="organization-change"),
    path("organizations/<int:organization>/form/", changes.organization_form, name="organization-form"),
    path("organizations/<int:organization>/cover/", changes.organization_cover, name="organization-cover"),
    path("organizations/<int:organization>/parent/", changes.organization_parent, name="organization-parent"),
    path("organizations/<int:organization>/dissolve/", changes.organization_dissolve, name="organization-dissolve"),
    path("terms/<int:unit>/new/", terms.term_new, name="term-new"),
]
