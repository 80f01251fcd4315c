"""Addresses about privacy."""

from __future__ import annotations

from django.urls import path

from shanghui.web.privacy import expired, looks, views

urlpatterns = [
    path("privacy/", views.privacy, name="privacy"),
    path("privacy/expired/", expired.expired, name="expired"),
    path("privacy/expired/erase/", expired.expired_erase, name="expired-erase"),
    path("privacy/looks/", looks.looks, name="looks"),
]
