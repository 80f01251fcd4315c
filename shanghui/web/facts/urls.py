"""The one address that ends a fact."""

from __future__ import annotations

from django.urls import path

from shanghui.web.facts import views

urlpatterns = [path("facts/<str:kind>/<int:fact>/end/", views.fact_end, name="fact-end")]
