"""Addresses of the journal."""

from __future__ import annotations

from django.urls import path

from shanghui.web.audit import views

urlpatterns = [
    path("audit/", views.audit, name="audit"),
    path("audit/<int:entry>/", views.entry, name="audit-entry"),
    path("audit/<int:entry>/undo/", views.undo, name="undo"),
]
