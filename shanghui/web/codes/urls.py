"""Addresses of the code tables."""

from __future__ import annotations

from django.urls import path

from shanghui.web.codes import views

urlpatterns = [path("codes/regions/", views.regions, name="region-options")]
