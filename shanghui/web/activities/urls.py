"""Addresses of activities."""

from __future__ import annotations

from django.urls import path

from shanghui.web.activities import changes, lists

urlpatterns = [
    path("activities/", lists.activities, name="activities"),
    path("activities/new/", changes.activity_new, name="activity-new"),
    path("activities/<int:activity>/", lists.activity, name="activity"),
    path("activities/<int:activity>/change/", changes.activity_change, name="activity-change"),
    path("activities/<int:activity>/remove/", changes.activity_remove, name="activity-remove"),
]
