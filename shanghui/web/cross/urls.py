"""The address of the page of two posts."""

from __future__ import annotations

from django.urls import path

from shanghui.web.cross import views

urlpatterns = [path("cross/", views.cross, name="cross")]
