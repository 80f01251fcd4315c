"""Addresses of one's calendar and letter."""

from __future__ import annotations

from django.urls import path

from shanghui.web.feeds import feed, letters, views

urlpatterns = [
    path("my-calendar/", views.my_calendar, name="my-calendar"),
    path("my-calendar/make/", views.calendar_make, name="calendar-make"),
    path("my-calendar/<int:feed_key>/revoke/", views.calendar_revoke, name="calendar-revoke"),
    path("feed/<str:token>.ics", feed.feed, name="feed"),
    path("digest/", letters.digest, name="digest"),
]
