"""Addresses of member enterprises."""

from __future__ import annotations

from django.urls import path

from shanghui.web.enterprises import views

urlpatterns = [
    path("enterprises/", views.enterprises, name="enterprises"),
    path("enterprises/new/", views.enterprise_new, name="enterprise-new"),
    path("enterprises/<int:enterprise>/", views.enterprise, name="enterprise"),
    path("enterprises/<int:enterprise>/change/", views.enterprise_change, name="enterprise-change"),
]
