"""Addresses of coverage."""

from __future__ import annotations

from django.urls import path

from shanghui.web.coverage import views

urlpatterns = [
    path("coverage/", views.coverage, name="coverage"),
    path("coverage/compare/", views.compare, name="coverage-compare"),
]
