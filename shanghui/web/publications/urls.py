"""Addresses of notices."""

from __future__ import annotations

from django.urls import path

from shanghui.web.publications import views

urlpatterns = [
    path("publications/", views.publications, name="publications"),
    path("publications/new/", views.publication_new, name="publication-new"),
    path("publications/<int:publication>/", views.publication, name="publication"),
    path("publications/<int:publication>/change/", views.publication_change, name="publication-change"),
    path("publications/<int:publication>/end/", views.publication_end, name="publication-end"),
]
