"""Addresses of posts."""

from __future__ import annotations

from django.urls import path

from shanghui.web.posts import changes, views

urlpatterns = [
    path("units/<int:unit>/appointments/new/", views.appointment_new, name="appointment-new"),
    path("appointments/<int:appointment>/change/", changes.appointment_change, name="appointment-change"),
    path("appointments/<int:appointment>/renew/", changes.appointment_renew, name="appointment-renew"),
]
