"""Addresses of visits."""

from __future__ import annotations

from django.urls import path

from shanghui.web.visits import changes, lists, writing

urlpatterns = [
    path("visits/", lists.visits, name="visits"),
    path("visits/new/", writing.visit_new, name="visit-new"),
    path("visits/<int:visit>/", lists.visit_page, name="visit"),
    path("visits/<int:visit>/change/", changes.visit_change, name="visit-change"),
    path("visits/<int:visit>/remove/", changes.visit_remove, name="visit-remove"),
]
