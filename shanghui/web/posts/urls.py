"""Addresses of posts."""

from __future__ import annotations

from django.urls import path

from shanghui.web.posts import views

urlpatterns = [path("units/<int:unit>/appointments/new/", views.appointment_new, name="appointment-new")]
