"""Addresses of invitations."""

from __future__ import annotations

from django.urls import path

from shanghui.web.invitations import views

urlpatterns = [
    path("activities/<int:activity>/invite/", views.activity_invite, name="activity-invite"),
    path("invitations/<int:invitation>/", views.invitation, name="invitation"),
    path("invitations/<int:invitation>/accept/", views.invitation_accept, name="invitation-accept"),
    path("invitations/<int:invitation>/decline/", views.invitation_decline, name="invitation-decline"),
    path("invitations/<int:invitation>/withdraw/", views.invitation_withdraw, name="invitation-withdraw"),
]
