"""Addresses of the gap list."""

from __future__ import annotations

from django.urls import path

from shanghui.web.gaps import views

urlpatterns = [
    path("gaps/", views.gaps, name="gaps"),
    path("gaps/<int:chamber>/", views.gap, name="gap"),
]
