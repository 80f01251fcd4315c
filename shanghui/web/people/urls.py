"""Addresses of people."""

from __future__ import annotations

from django.urls import path

from shanghui.web.people import changes, lists, numbers, pages

urlpatterns = [
    path("me/", pages.me, name="me"),
    path("people/", lists.people, name="people"),
    path("people/new/", changes.person_new, name="person-new"),
    path("people/<int:person>/", pages.person, name="person"),
    path("people/<int:person>/change/", changes.person_change, name="person-change"),
    path("people/<int:person>/category/", changes.person_category, name="person-category"),
    path("people/<int:person>/affiliate/", changes.person_affiliate, name="person-affiliate"),
    path("people/<int:person>/account/", changes.person_account, name="person-account"),
    path("people/<int:person>/reveal/<slug:field>/", numbers.person_reveal, name="person-reveal"),
]
