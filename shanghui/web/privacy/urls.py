"""Addresses about privacy."""

from __future__ import annotations

from django.urls import path

from shanghui.web.privacy import views

urlpatterns = [
    path("privacy/", views.privacy, name="privacy"),
]
