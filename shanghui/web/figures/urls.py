"""Addresses of figures."""

from __future__ import annotations

from django.urls import path

from shanghui.web.figures import views

urlpatterns = [
    path("figures/", views.figures, name="figures"),
    path("figures/<str:code>/", views.figure, name="figure"),
]
