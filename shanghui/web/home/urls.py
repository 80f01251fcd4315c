"""Addresses of the work table and the search."""

from __future__ import annotations

from django.urls import path

from shanghui.web.home import views

urlpatterns = [path("", views.home, name="home"), path("search/", views.search, name="search")]
