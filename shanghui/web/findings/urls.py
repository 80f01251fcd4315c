"""Addresses of findings."""

from __future__ import annotations

from django.urls import path

from shanghui.web.findings import views

urlpatterns = [
    path("findings/", views.findings, name="findings"),
    path("findings/change/", views.findings_change, name="findings-change"),
    path("findings/<int:finding>/", views.finding, name="finding"),
    path("findings/<int:finding>/explain/", views.finding_explain, name="finding-explain"),
    path("findings/<int:finding>/assign/", views.finding_assign, name="finding-assign"),
]
