"""Addresses of study hours."""

from __future__ import annotations

from django.urls import path

from shanghui.web.study import views

urlpatterns = [path("organizations/<int:organization>/study/", views.study_hours, name="study-hours")]
