"""The address of the first page."""

from __future__ import annotations

from django.urls import path

from shanghui.web.setup import views

urlpatterns = [path("setup/", views.setup, name="setup")]
