"""Addresses of people."""

from __future__ import annotations

from django.urls import path

from shanghui.web.people import changes, corrections, duplicates, gaps, lists, merging, mine, numbers, pages, standings

urlpatterns = [
    path("me/", pages.me, name="me"),
    path("me/correction/", mine.me_correction, name="me-correction"),
    path("me/notice/", mine.me_notice, name="me-notice"),
    path("me/export/<slug:file_kind>/", mine.me_export, name="me-export"),
    path("people/corrections/", corrections.corrections, name="corrections"),
    path("people/corrections/<int:correction>/", corrections.correction, name="correction"),
    path("people/", lists.people, name="people"),
    path("people/new/", changes.person_new, name="person-new"),
    path("people/<int:person>/", pages.person, name="person"),
    path("people/<int:person>/change/", changes.person_change, name="person-change"),
    path("people/<int:person>/category/", changes.person_category, name="person-category"),
    path("people/<int:person>/affiliate/", changes.person_affiliate, name="person-affiliate"),
    path("people/<int:person>/account/", changes.person_account, name="person-account"),
    path("people/missing/", gaps.people_missing, name="people-missing"),
    path("people/duplicates/", duplicates.people_duplicates, name="people-duplicates"),
    path("people/duplicates/<int:person>/<int:other>/", duplicates.people_apart, name="people-apart"),
    path("people/<int:person>/merge/", merging.people_merge_with, name="people-merge-with"),
    path("people/duplicates/<int:person>/<int:other>/merge/", merging.people_merge, name="people-merge"),
    path("people/standings/", standings.people_standings, name="people-standings"),
    path("people/<int:person>/standing/<slug:state>/", standings.person_standing, name="person-standing"),
    path("people/standings/<int:standing>/change/", standings.standing_change, name="standing-change"),
    path("people/standings/<int:standing>/end/", standings.standing_end, name="standing-end"),
    path("people/standings/<int:standing>/contact/", standings.standing_contact, name="standing-contact"),
    path("people/<int:person>/reveal/<slug:field>/", numbers.person_reveal, name="person-reveal"),
]
