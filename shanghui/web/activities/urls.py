"""Addresses of activities."""

from __future__ import annotations

from django.urls import path

from shanghui.web.activities import changes, grades, lists, pages, papers, people, talks

urlpatterns = [
    path("activities/", lists.activities, name="activities"),
    path("activities/new/", changes.activity_new, name="activity-new"),
    path("activities/talks/new/", talks.talk_new, name="talk-new"),
    path("activities/people/", people.activity_people, name="activity-people"),
    path("activities/<int:activity>/", pages.activity, name="activity"),
    path("activities/<int:activity>/change/", changes.activity_change, name="activity-change"),
    path("activities/<int:activity>/grades/", grades.activity_grades, name="activity-grades"),
    path("reviews/", grades.reviews, name="reviews"),
    path("activities/<int:activity>/talk/", talks.talk_change, name="talk-change"),
    path("activities/<int:activity>/remove/", changes.activity_remove, name="activity-remove"),
    path("activities/<int:activity>/sign-in-sheet/", pages.activity_sign_in, name="activity-sign-in"),
    path("activities/<int:activity>/record/", pages.activity_record, name="activity-record"),
    path("activities/<int:activity>/papers/", papers.activity_papers, name="activity-papers"),
    path("activities/<int:activity>/papers/<int:paper>/", papers.activity_paper, name="activity-paper"),
    path("activities/<int:activity>/papers/<int:paper>/remove/", papers.activity_paper_remove, name="activity-paper-remove"),
]
