"""Addresses of the tree."""

from __future__ import annotations

from django.urls import path

from shanghui.web.tree import views

urlpatterns = [
    path("tree/", views.tree, name="tree"),
    path("tree/new/", views.federation_new, name="federation-new"),
    path("tree/<int:unit>/", views.unit, name="unit"),
    path("tree/<int:unit>/name/", views.unit_rename, name="unit-rename"),
    path("tree/<int:unit>/move/", views.unit_move, name="unit-move"),
]
