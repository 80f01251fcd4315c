"""Addresses of the rules."""

from __future__ import annotations

from django.urls import path

from shanghui.web.rules import views

urlpatterns = [
    path("rules/", views.rules, name="rules"),
    path("rules/<str:norm>/", views.rule, name="rule"),
    path("rules/packs/<str:pack>/on/", views.pack_on, name="pack-on"),
    path("rules/switches/<int:switch>/off/", views.pack_off, name="pack-off"),
]
