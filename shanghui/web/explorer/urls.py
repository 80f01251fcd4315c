"""Addresses of the explorer. They stand before those of figures, whose codes would match them (folders go by name)."""

from __future__ import annotations

from django.urls import path

from shanghui.web.explorer import saved, views

urlpatterns = [
    path("figures/explore/", views.explorer, name="explorer"),
    path("figures/explore/views/", saved.saved_views, name="saved-views"),
    path("figures/explore/views/new/", saved.saved_view_new, name="saved-view-new"),
    path("figures/explore/views/<int:saved_view>/", saved.saved_view, name="saved-view"),
    path("figures/explore/views/<int:saved_view>/rename/", saved.saved_view_rename, name="saved-view-rename"),
    path("figures/explore/views/<int:saved_view>/delete/", saved.saved_view_delete, name="saved-view-delete"),
]
