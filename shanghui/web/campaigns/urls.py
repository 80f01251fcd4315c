"""Addresses of campaigns."""

from __future__ import annotations

from django.urls import path

from shanghui.web.campaigns import changes, lists

urlpatterns = [
    path("campaigns/", lists.campaigns, name="campaigns"),
    path("campaigns/new/", changes.campaign_new, name="campaign-new"),
    path("campaigns/<int:campaign>/", lists.campaign, name="campaign"),
    path("campaigns/<int:campaign>/branches/<int:organization>/", lists.campaign_branch, name="campaign-branch"),
    path("campaigns/<int:campaign>/change/", changes.campaign_change, name="campaign-change"),
    path("campaigns/<int:campaign>/end/", changes.campaign_end, name="campaign-end"),
    path("campaigns/<int:campaign>/withdraw/", changes.campaign_withdraw, name="campaign-withdraw"),
]
