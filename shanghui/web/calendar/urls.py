"""Addresses of the calendar of duties."""

from __future__ import annotations

from django.urls import path

from shanghui.web.calendar import cell, changes, views

_SLOT = "calendar/<int:organization>/<str:period>/<str:rule>"

urlpatterns = [
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/slots/", views.slots, name="calendar-slots"),
    path("calendar/<int:organization>/<str:period>/", cell.cell, name="calendar-cell"),
    path(f"{_SLOT}/explain/", changes.calendar_explain, name="calendar-explain"),
    path(f"{_SLOT}/excuse/", changes.calendar_excuse, name="calendar-excuse"),
    path(f"{_SLOT}/withdraw/", changes.calendar_withdraw, name="calendar-withdraw"),
    path("organizations/<int:organization>/extend-term/", changes.term_extend, name="term-extend"),
]
