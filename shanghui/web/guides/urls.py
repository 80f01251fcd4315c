"""Addresses of guides."""

from __future__ import annotations

from django.urls import path

from shanghui.web.guides import views

urlpatterns = [
    path("guides/", views.guides, name="guides"),
    path("guides/new/", views.guide_new, name="guide-new"),
]
