"""Addresses of guides."""

from __future__ import annotations

from django.urls import path

from shanghui.web.guides import guide, handing, mine, months, proposing, views

urlpatterns = [
    path("my-chambers/", mine.my_chambers, name="my-chambers"),
    path("guides/", views.guides, name="guides"),
    path("guides/new/", views.guide_new, name="guide-new"),
    path("guides/plan/", proposing.guide_plan, name="guide-plan"),
    path("guides/<int:guide>/", guide.guide, name="guide"),
    path("guides/<int:guide>/hand-over/", handing.guide_hand_over, name="guide-hand-over"),
    path("guides/<int:guide>/renew/", handing.guide_renew, name="guide-renew"),
    path("guides/<int:guide>/months/<str:period>/", months.guide_month, name="guide-month"),
]
