"""Addresses of recording on a telephone."""

from __future__ import annotations

from django.urls import path

from shanghui.web.phone import offline, views

urlpatterns = [
    path("record/", views.record, name="record"),
    path("record/worker.js", offline.record_worker, name="record-worker"),
    path("record/shell/", offline.record_shell, name="record-shell"),
    path("record/roster/", views.record_roster, name="record-roster"),
    path("record/sign-in/", views.record_sign_in, name="record-sign-in"),
    path("record/<int:activity>/done/", views.record_done, name="record-done"),
]
