"""Addresses of chambers."""

from __future__ import annotations

from django.urls import path

from shanghui.web.chambers import changes, views

urlpatterns = [
    path("chambers/", views.chambers, name="chambers"),
    path("chambers/new/", changes.chamber_new, name="chamber-new"),
    path("chambers/<int:chamber>/", views.chamber, name="chamber"),
    path("chambers/<int:chamber>/change/", changes.chamber_change, name="chamber-change"),
    path("chambers/<int:chamber>/status/", changes.chamber_status, name="chamber-status"),
    path("chambers/<int:chamber>/size/", changes.chamber_size, name="chamber-size"),
    path("chambers/<int:chamber>/cover/", changes.chamber_cover, name="chamber-cover"),
    path("chambers/<int:chamber>/charter/", changes.chamber_charter, name="chamber-charter"),
    path("chambers/<int:chamber>/enterprise/", changes.chamber_enterprise, name="chamber-enterprise"),
]
