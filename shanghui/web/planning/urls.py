"""Addresses of plans of joint branches."""

from __future__ import annotations

from django.urls import path

from shanghui.web.planning import accepting, changes, views

urlpatterns = [
    path("joint-plans/", views.joint_plans, name="joint-plans"),
    path("joint-plans/new/", changes.joint_plan_new, name="joint-plan-new"),
    path("joint-plans/<int:plan>/", views.joint_plan, name="joint-plan"),
    path("joint-plans/<int:plan>/progress/", views.joint_plan_progress, name="joint-plan-progress"),
    path("joint-plans/<int:plan>/stop/", changes.joint_plan_stop, name="joint-plan-stop"),
    path("joint-plans/<int:plan>/groups/<int:group>/accept/", accepting.joint_plan_accept, name="joint-plan-accept"),
    path("joint-plans/<int:plan>/units/<int:plan_unit>/move/", changes.joint_plan_move, name="joint-plan-move"),
    path("joint-plans/<int:plan>/units/<int:plan_unit>/lead/", changes.joint_plan_lead, name="joint-plan-lead"),
]
